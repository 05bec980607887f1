"""Records out of JSON in whatever frame they come: lines, an array, an API's answer, one object, or several of those in a row.

Values are parsed one at a time by the standard library (lines by orjson), so a file of any size is read in the space of one record.
Invariant: at most `LONGEST` characters are held; what is too long, too deep or broken is one Reject that says so, and what stood
before it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import orjson

from kg.errors import RecordError
from kg.models import Paper, Place, Reject
from kg.protocols import Input
from kg.sources.json_values import in_lines
from kg.sources.json_window import PARSER, Window
from kg.sources.lines import LONGEST, head_lines, numbered

ARRAYS = frozenset({"results", "data", "items", "notes", "papers", "works", "recommendedPapers"})  # keys under which answers list records
WRAPPERS = frozenset({"message"})  # keys under which an answer wraps its list

_SEEN = 20  # records of the head that are looked at


@dataclass(frozen=True, slots=True)
class Element:
    """One value where a record is expected, the line it begins at, and the members of the answer around it that came before it."""

    line: int
    value: Any
    around: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What the head of an input shows: its first records, the last one perhaps in part, and the members of the answer around them."""

    records: list[dict[str, Any]]
    around: dict[str, Any]
    paged: bool


Stream = Generator[Element, None, bool]


def _documents(window: Window) -> Iterator[Element]:
    while char := window.char():
        if char == "[":
            yield from _items(window, {})
        elif char == "{":
            members: dict[str, Any] = {}
            line = window.line
            if not (yield from _members(window, members)):
                yield Element(line, members)
        elif char == ",":
            window.take()
        else:
            yield Element(window.line, window.value())


def _items(window: Window, around: dict[str, Any]) -> Stream:
    window.take()
    window.listing = True
    while (char := window.char()) != "]":
        if char == ",":
            window.take()
            continue
        if not char:
            raise window.error("the JSON ends within a list: fetch the file again")
        line = window.line
        yield Element(line, window.value(), around)
    window.take()
    window.listing = False
    return True


def _members(window: Window, members: dict[str, Any]) -> Stream:
    """Fills `members`, but gives the items of a list of records one by one; the generator's value is whether there was such a list."""
    window.take()
    window.open.append(members)
    listed, held = False, 0
    while (char := window.char()) != "}":
        if char == ",":
            window.take()
            continue
        if char != '"':
            raise window.error("the JSON ends within an object: fetch the file again" if not char else "the JSON breaks here: a key was expected")
        key = window.value()
        members[key] = None  # known already, should its value be cut
        if window.char() != ":":
            raise window.error(
                "the JSON breaks here: a colon was expected" if window.char() else "the JSON ends within an object: fetch the file again"
            )
        window.take()
        char = window.char()
        if char == "[" and key in ARRAYS:
            listed = yield from _items(window, {**window.open[0], **members})
        elif char == "{" and key in WRAPPERS and len(window.open) == 1:
            inner: dict[str, Any] = {}
            listed |= yield from _members(window, inner)
            members[key] = inner
        else:
            start = window.position
            members[key] = window.value()
            held += window.position - start
            if held > LONGEST:
                raise window.error(f"an object of more than {LONGEST:,} characters: split the file into one record a line")
    window.take()
    window.open.pop()
    return listed


def elements(given: Input) -> Iterator[Element | Reject]:
    """Each value of `given` that stands where a record is expected; a Reject for a bad line, or where the JSON breaks for good.
    `line` counts records instead where the whole text stands on one line."""
    if in_lines(given.head) and not glimpse(given.head).paged:
        yield from _lines(given)
        return
    flat = "\n" not in given.head.strip()
    count, line = 0, 1
    with given.text() as stream:
        window = Window(stream)
        try:
            for count, element in enumerate(_documents(window), 1):
                yield Element(count, element.value, element.around) if flat else element
        except RecordError as error:
            line = count + 1 if flat else error.line or 1
            yield Reject(file=given.name, line=line, reason=getattr(given, "fault", None) or error.reason)
            return
    if fault := getattr(given, "fault", None):
        yield Reject(file=given.name, line=count or 1, reason=fault)


def _lines(given: Input) -> Iterator[Element | Reject]:
    for item in numbered(given):
        if isinstance(item, Reject):
            yield item
            continue
        number, line = item
        line = line.strip(" \t\r\x1e,")
        if line and line not in "[]":
            try:
                yield Element(number, parsed(line))
            except ValueError as error:
                yield Reject(file=given.name, line=number, reason=str(error))


def parsed(line: str) -> Any:
    """The value on a line. Raises ValueError with the reason and the remedy."""
    try:
        return orjson.loads(line)
    except ValueError:
        pass
    try:
        return PARSER.decode(line)  # also reads what orjson does not: NaN, control characters, halves of surrogate pairs
    except RecursionError:
        raise ValueError("nested too deeply: a record of this format is nearly flat") from None
    except json.JSONDecodeError as error:
        if error.msg.startswith("Unterminated") or error.pos >= len(line) - 1:
            raise ValueError(f"not valid JSON: the line is cut short (at column {len(line)}): write the whole object on one line") from None
        raise ValueError(f"not valid JSON: {error.msg} at column {error.colno}: correct it there") from None
    except ValueError:
        raise ValueError("a number is too long to be read: correct it") from None


def glimpse(head: str) -> Glimpse:
    """The first records in `head`, for sniffing; never raises."""
    text = head.lstrip()
    window = Window(StringIO(text))
    records: list[dict[str, Any]] = []
    around: dict[str, Any] = {}
    paged = False
    try:
        for element in _documents(window):
            around, paged = element.around or around, paged or bool(element.around)
            records += [element.value] if isinstance(element.value, dict) else []
            if len(records) >= _SEEN:
                break
    except RecordError:
        paged = paged or (window.listing and bool(window.open))
        records += _cut(window)
        around = around or (window.open[0] if paged and window.open else {})
    if not records and in_lines(text):
        records = _whole_lines(text)
    return Glimpse(records, around, paged)


def _cut(window: Window) -> list[dict[str, Any]]:
    """The record in which the head ends or breaks, as far as it goes."""
    if window.listing:
        if window.char() != "{":
            return []
        window.open.clear()
        try:
            for _ in _members(window, {}):
                pass
        except RecordError:
            pass
    return window.open[-1:] if window.open else []


def _whole_lines(text: str) -> list[dict[str, Any]]:
    records = []
    for line in text.split("\n")[:_SEEN]:
        try:
            value = orjson.loads(line)
        except ValueError:
            continue
        records += [value] if isinstance(value, dict) else []
    return records


def share(head: str, likeness: Callable[[dict[str, Any]], float]) -> float:
    """The mean likeness of the records that stand in `head`; 0 where there are none, or the text is no JSON."""
    if head.lstrip()[:1] not in ("{", "["):
        return 0.0
    found = [likeness(record) for outer in glimpse(head).records for record in unfold(outer) if isinstance(record, dict)]
    return sum(found) / len(found) if found else 0.0


def unfold(value: Any) -> Iterator[Any]:
    """`value` itself, or the records that it lists where it is an answer that was kept whole (on a line, or in an array)."""
    inner = value
    if isinstance(value, dict):
        inner = next((value[key] for key in WRAPPERS if isinstance(value.get(key), dict)), value)
        for key in ARRAYS & inner.keys():
            if isinstance(inner[key], list):
                yield from inner[key]
                return
    yield inner


Make = Callable[[dict[str, Any], Element, Place], Iterable[Paper]]


def papers(given: Input, make: Make) -> Iterator[Paper | Reject]:
    """What `make` gives for each record; a Reject for what is no object, and for each ValueError of `make`, whose text is its reason."""
    empty = True
    for element in elements(given):
        if isinstance(element, Reject):
            empty = False
            yield element
            continue
        for value in unfold(element.value):
            empty = False
            yield from _made(value, element, Place(file=given.name, line=element.line), make)
    if empty:
        yield Reject(file=given.name, line=1, reason="an answer without any record: ask for something that exists, or leave the file out")


def _made(value: Any, element: Element, place: Place, make: Make) -> Iterator[Paper | Reject]:
    if not isinstance(value, dict):
        reason = f"{json_kind(value)} where a record was expected: write each record as a JSON object"
        yield Reject(file=place.file, line=place.line, reason=reason)
        return
    try:
        yield from make(value, element, place)
    except ValueError as error:
        yield Reject(file=place.file, line=place.line, reason=" ".join(str(error).split())[:300])


def json_kind(value: Any) -> str:
    """The kind of a JSON value in words."""
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "a string", list: "a list", type(None): "null"}
    return kinds.get(type(value), "an object")


__all__ = ["ARRAYS", "Element", "Glimpse", "elements", "glimpse", "head_lines", "json_kind", "papers", "parsed", "share", "unfold"]
