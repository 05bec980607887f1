"""Query results as plain values, the same whichever engine answered.

Invariant: every value is None, bool, int, float, str, or a list or dict of these. A node is `{"labels", "properties"}`, a
relationship `{"type", "properties"}`, a path `{"nodes", "relationships"}`; engine-internal numbers are left out. Dates and
times are ISO 8601 strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.kinds import NODES

_NODE, _EDGE = {"id", "labels", "properties"}, {"id", "start", "end", "type", "properties"}


def plain(value: Any) -> Any:
    """`value` of a result row as JSON would hold it."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple | set | frozenset) and not hasattr(value, "srid"):
        return [plain(item) for item in value]
    if isinstance(value, Mapping) and type(value) is dict:
        return _plain_dict(value)
    return _driver_value(value)


def _plain_dict(value: dict[str, Any]) -> dict[str, Any]:
    """A map; or the dict by which the embedded engine shows a node or relationship, told by its very keys."""
    keys = value.keys()
    if keys == _NODE and isinstance(value["properties"], dict):
        properties = {k: v for k, v in value["properties"].items() if v is not None and k != "type"}
        return {"labels": list(value["labels"]), "properties": plain(properties)}
    if keys == _EDGE and isinstance(value["properties"], dict):
        return {"type": value["type"], "properties": plain(value["properties"])}
    return {str(key): plain(item) for key, item in value.items()}


def _driver_value(value: Any) -> Any:
    """What the Neo4j driver returns in types of its own, told by shape so that the driver need not be imported."""
    if hasattr(value, "nodes") and hasattr(value, "relationships"):
        return {"nodes": [plain(n) for n in value.nodes], "relationships": [plain(r) for r in value.relationships]}
    if hasattr(value, "labels"):
        labels = sorted(value.labels, key=lambda label: (label not in NODES, label))  # the driver holds them as a set
        return {"labels": labels, "properties": _sorted(value)}
    if hasattr(value, "start_node"):
        return {"type": value.type, "properties": _sorted(value)}
    if hasattr(value, "iso_format"):
        return value.iso_format()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)


def _sorted(value: Any) -> dict[str, Any]:
    return {key: plain(item) for key, item in sorted(value.items())}


def one_line(message: str) -> str:
    """The first line of an engine's message, without the echo of the statement that follows it."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return lines[0] if lines else "no reason given"
