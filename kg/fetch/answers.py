"""Answers as values: JSON that may be broken, of another shape, or hold half of a surrogate pair.

Invariant: what is not the expected JSON is a Fault with one line, never an exception of a parser.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import orjson

from kg.fetch.service import Fault


def parsed(body: bytes, shape: type[Any] = dict) -> Any:
    """The JSON value in `body`, which must be a `shape`."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        value = _lenient(body)
    if not isinstance(value, shape):
        raise Fault(f"an answer that is no JSON {'object' if shape is dict else 'list'}")
    return value


def _lenient(body: bytes) -> Any:
    """For what orjson alone refuses: half of a surrogate pair, which becomes a question mark."""
    try:
        whole = json.dumps(json.loads(body), ensure_ascii=False).encode("utf-8", "replace")
        return orjson.loads(whole)
    except (ValueError, RecursionError):
        raise Fault(f"an answer that is no whole JSON ({len(body)} bytes)") from None


def objects(value: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The list of objects under `key`."""
    items = value.get(key)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Fault(f"an answer without the list `{key}`")
    return items


def lines(records: Iterable[dict[str, Any]]) -> tuple[bytes, ...]:
    """Each record as one line of JSON."""
    return tuple(orjson.dumps(record) + b"\n" for record in records)


def number(value: Any) -> int | None:
    """A count, None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def complaint(body: bytes) -> str:
    """What a service says of an error, in one line of at most 200 characters; empty where it says nothing that can be read."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    if not isinstance(value, dict):
        return ""
    texts = [text for key in ("message", "error", "detail") if isinstance(text := value.get(key), str)]
    line = " ".join(" ".join(texts[:1]).split())
    return "".join(char for char in line if char.isprintable())[:200].rstrip(" .:")
