"""Records made of tagged lines, cut out of a stream: RIS, Web of Science.

Invariant: one record is in memory at a time, and a record without its end mark ends where the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from string import ascii_uppercase, digits
from typing import Any

from kg.models import Paper, Place, Reject
from kg.protocols import Input
from kg.sources.lines import LONGEST_RECORD, numbered

TAGS = {"".join(pair): "".join(pair) for pair in product(ascii_uppercase, ascii_uppercase + digits)}

Values = dict[str, list[str]]  # for each tag its lines, in order


@dataclass(frozen=True, slots=True)
class Form:
    """How records of a format look: what begins one and what ends it (in a line as `tidy` returns it), rispy's parser for them, the
    line that ends a record for that parser, and how messages show what begins one."""

    begins: str
    ends: re.Pattern[str]
    tidy: Callable[[str], str]
    parser: str
    last: str
    shown: str


def papers(given: Input, form: Form, make: Callable[[Values, Place], Paper | Reject]) -> Iterator[Paper | Reject]:
    """What `make` gives for each record; one Reject where there is none."""
    found = False
    for item in records(given, form):
        found = True
        yield item if isinstance(item, Reject) else make(item[1], Place(file=given.name, line=item[0]))
    if not found:
        yield Reject(file=given.name, line=1, reason=f"no record was found: each begins with a line `{form.shown}`")


def records(given: Input, form: Form) -> Iterator[tuple[int, Values] | Reject]:
    """The values of each record with the line it begins at; what stands outside of records is passed over."""
    lines: list[str] = []
    first = size = 0
    for item in numbered(given):
        if isinstance(item, Reject):
            yield item
            continue
        number, line = item[0], form.tidy(item[1])
        if line.startswith(form.begins):
            if lines:
                yield first, _values(lines, form)
            lines, first, size = [], number, 0
        elif not lines:
            continue
        size += len(line)
        if size > LONGEST_RECORD:
            yield Reject(file=given.name, line=first, reason=f"a record of more than {LONGEST_RECORD:,} characters: its end mark may be missing")
            lines, size = [], 0
        elif line[0] == "E" and form.ends.match(line):
            yield first, _values(lines, form)
            lines = []
        else:
            lines.append(line)
    if lines:
        yield first, _values(lines, form)


@cache
def _parser(name: str) -> Any:
    import rispy

    tags: Any = TAGS  # looked into for every line, which takes long in a list
    return getattr(rispy, name)(mapping=TAGS, list_tags=tags, delimiter_tags_mapping={}, ignore=[], skip_unknown_tags=True)


def _values(lines: list[str], form: Form) -> Values:
    lines.append(form.last)
    found: list[dict[str, object]] = _parser(form.parser).parse_lines(iter(lines))
    record = found[0] if found else {}
    return {tag: [line for line in value if line] if isinstance(value, list) else [str(value)] for tag, value in record.items()}
