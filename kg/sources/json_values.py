"""JSON values one after the other out of a stream: an array's items, or objects over several lines each.

Invariant: at most one value, of at most `LONGEST` characters, is in memory; nesting is bounded by the parser's own limit.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from typing import Any

from kg.models import Reject
from kg.protocols import Input
from kg.sources.json_window import Window
from kg.sources.lines import LONGEST

_SPACE = " \t\r\n"
_DECODER = json.JSONDecoder()


def in_lines(head: str) -> bool:
    """Whether the text is one value a line: false for an array and for a first object that goes on over several lines. A first line
    that is broken doesn't matter where most lines are objects."""
    text = head.lstrip()
    first = text.split("\n", 1)[0].strip()
    if text.startswith("{"):
        if first.endswith("}") or len(first) > 200:
            return True
        if parsed := _parse(text, 0):
            return "\n" not in text[: parsed[1]]
        if not first.endswith(("{", ",", "[")):
            return True
    return _mostly_objects(text)


def _mostly_objects(text: str) -> bool:
    """Whether more than half of the first lines are each an object and nothing else."""
    lines = [line for line in text.split("\n", 20)[:20] if line.strip()]
    return 2 * sum(_object_alone(line.strip()) for line in lines) > len(lines)


def _object_alone(line: str) -> bool:
    parsed = _parse(line, 0) if line.startswith("{") and line.endswith("}") else None
    return parsed is not None and parsed[1] == len(line)


def head_values(head: str) -> list[Any]:
    """The values that stand whole in the head, at most 50; lines that are no JSON are left out."""
    if in_lines(head):
        lines = [line.strip() for line in head.split("\n") if line.strip()][:50]
        return [parsed[0] for line in lines if (parsed := _parse(line, 0))]
    found: list[Any] = []
    at = _skip(head, 0)
    at += head[at : at + 1] == "["
    while len(found) < 50 and (parsed := _parse(head, _skip(head, at))):
        found.append(parsed[0])
        at = parsed[1]
    return found


def values(given: Input) -> Iterator[tuple[int, Any] | Reject]:
    """Each item of the array, or each object, with the line it begins at; one Reject where the JSON breaks, and then no more."""
    with given.text() as stream:
        window = Window(stream)
        window.grow()
        window.move(_skip(window.text, 0))
        if window.text[window.at : window.at + 1] == "[":
            window.move(window.at + 1)
        broken = yield from _each(window, given.name)
    if (fault := getattr(given, "fault", None)) and not broken:
        yield Reject(file=given.name, line=window.line, reason=fault)


def _each(window: Window, file: str) -> Generator[tuple[int, Any] | Reject, None, bool]:
    while True:
        window.move(_skip(window.text, window.at))
        if window.text[window.at : window.at + 1] == "]":
            return False
        parsed = _parse(window.text, window.at)
        if parsed and (window.ended or parsed[1] < len(window.text)):  # a number at the very end may go on
            yield window.line, parsed[0]
            window.move(parsed[1])
        elif window.ended and window.at == len(window.text):
            return False
        elif window.ended or len(window.text) - window.at > LONGEST:
            yield Reject(file=file, line=window.line, reason=_broken(window.text[window.at :], cut=window.ended))
            return True
        else:
            window.grow()


def _skip(text: str, at: int) -> int:
    while at < len(text) and (text[at] in _SPACE or text[at] == ","):
        at += 1
    return at


def _parse(text: str, at: int) -> tuple[Any, int] | None:
    """The value at `at` and where it ends."""
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None


def _broken(text: str, *, cut: bool) -> str:
    try:
        _DECODER.raw_decode(text)
    except RecursionError:
        return "the JSON is nested too deeply here: a paper is one flat object; what stood before is kept"
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated"):
            return "the JSON is cut short in the object that begins here: fetch the file again; what stood before is kept"
        return f"the JSON breaks in the object that begins here ({error.msg}): correct it; what stood before is kept"
    except ValueError:
        pass
    return "the JSON ends within the object that begins here" if cut else f"an object of more than {LONGEST:,} characters: split the file"
