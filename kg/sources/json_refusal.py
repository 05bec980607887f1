"""Why JSON that no format claims is not read: the place where it breaks, or the keys that no format has.

Invariant: the answer is one short line, whatever the text.
"""

from __future__ import annotations

import json
from typing import Any

from kg.sources.json_stream import glimpse, json_kind, parsed
from kg.sources.json_values import in_lines
from kg.text import clean

_PARSER = json.JSONDecoder(strict=False)
_HEAD = 1 << 16  # characters of a full head: what breaks near its end may well go on behind it
_UNKNOWN = "in no format that is known here"
_KEYS = 6


def json_refusal(head: str) -> tuple[str, int | None] | None:
    """(reason, line or None where it is no matter of one line) for text that begins like JSON; None for other text."""
    if head.lstrip()[:1] not in ("{", "["):
        return None
    return _of_lines(head) if in_lines(head) else _of_whole(head)


def _of_lines(head: str) -> tuple[str, int | None]:
    first: tuple[str, int | None] | None = None
    for number, line in enumerate(head.split("\n"), 1):
        if not line.strip():
            continue
        try:
            return _described(parsed(line.strip())), None
        except ValueError as error:
            first = first or (str(error), number)
    return _described_head(head) if first is None or len(head) >= _HEAD else first


def _of_whole(head: str) -> tuple[str, int | None]:
    try:
        value, _ = _PARSER.raw_decode(head, len(head) - len(head.lstrip()))
    except json.JSONDecodeError as error:
        cut = error.msg.startswith("Unterminated") or error.pos >= len(head.rstrip()) - 1
        if cut and len(head) >= _HEAD:
            return _described_head(head)
        if cut:
            return f"{_UNKNOWN}: its JSON is cut short here; fetch or write the file again", head.rstrip().count("\n") + 1
        return f"{_UNKNOWN}: as JSON it breaks at column {error.colno} ({error.msg})", error.lineno
    except (ValueError, RecursionError):
        return f"{_UNKNOWN}: its JSON is nested too deeply, or a number in it is too long", None
    return _described(value), None


def _described_head(head: str) -> tuple[str, int | None]:
    records = glimpse(head).records
    return (_described(records[0]) if records else f"{_UNKNOWN}: JSON without a record in its first {_HEAD:,} characters"), None


def _described(value: Any) -> str:
    """What the value is, of a list its first item."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, dict):
        return f"{_UNKNOWN}: JSON with {json_kind(value)} where records were expected"
    keys = [f"`{' '.join(clean(str(key)).split())[:30]}`" for key in value]
    more = ", …" if len(keys) > _KEYS else ""
    return f"{_UNKNOWN}: JSON with the keys {', '.join(keys[:_KEYS])}{more}" if keys else f"{_UNKNOWN}: JSON without any keys"
