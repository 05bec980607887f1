"""What a node is called and how it is coloured, in every format that shows one.

Invariant: names and colours come from the node and from `kg.kinds` alone.
"""

from __future__ import annotations

from kg.kinds import KINDS, NODES
from kg.models import Node

_COLOURS = {kind.label: kind.colour for kind in KINDS.values()} | {label.name: label.colour for label in NODES.values()}
_OPENING = 70


def group(node: Node) -> str:
    """The most telling label: the kind's for a concept, else the node's own."""
    return next((label for label in node.labels if label in {kind.label for kind in KINDS.values()}), node.labels[0])


def colour(label: str) -> str:
    """The colour of a label as `#rrggbb`; grey for one that the vocabulary does not know."""
    return _COLOURS.get(label, "#888888")


def title(node: Node) -> str:
    """A name to read: the node's name or title; else how its abstract opens, in quotation marks; else its id."""
    for key in ("name", "title"):
        if name := node.properties.get(key):
            return str(name)
    abstract = str(node.properties.get("abstract", ""))
    if len(abstract) > _OPENING:
        return f"“{abstract[:_OPENING].rsplit(' ', 1)[0]} …”"
    if not abstract and "value" in node.properties:
        return " ".join(str(node.properties[key]) for key in ("value", "unit", "metric") if key in node.properties)
    return f"“{abstract}”" if abstract else node.id
