"""Records made of tagged lines, cut out of a stream: RIS, Web of Science.

Invariant: one record is in memory at a time, and a record without its end mark ends where the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from string import ascii_uppercase, digits

from rispy import RisParser

from kg.models import Reject
from kg.protocols import Input
from kg.sources.lines import LONGEST, numbered

TAGS = {"".join(pair): "".join(pair) for pair in product(ascii_uppercase, ascii_uppercase + digits)}

Values = dict[str, list[str]]  # for each tag its lines, in order


@dataclass(frozen=True, slots=True)
class Form:
    """How records of a format look: what begins one and what ends it (in a line as `tidy` returns it), and their parser."""

    begins: re.Pattern[str]
    ends: re.Pattern[str]
    tidy: Callable[[str], str]
    parser: type[RisParser]
    last: str


def records(given: Input, form: Form) -> Iterator[tuple[int, Values] | Reject]:
    """The values of each record with the line it begins at; what stands outside of records is passed over."""
    lines: list[str] = []
    first = size = 0
    for item in numbered(given):
        if isinstance(item, Reject):
            yield item
            continue
        number, line = item[0], form.tidy(item[1])
        if form.begins.match(line):
            if lines:
                yield first, _values(lines, form)
            lines, first, size = [], number, 0
        elif not lines:
            continue
        size += len(line)
        if size > LONGEST:
            yield Reject(file=given.name, line=first, reason=f"a record of more than {LONGEST:,} characters: its end mark may be missing")
            lines, size = [], 0
        elif form.ends.match(line):
            yield first, _values(lines, form)
            lines = []
        else:
            lines.append(line)
    if lines:
        yield first, _values(lines, form)


def _values(lines: list[str], form: Form) -> Values:
    parser = form.parser(mapping=TAGS, list_tags=list(TAGS), delimiter_tags_mapping={}, ignore=[], skip_unknown_tags=True)
    found: list[dict[str, object]] = parser.parse_lines(iter([*lines, form.last]))
    record = found[0] if found else {}
    return {tag: [line for line in value if line] if isinstance(value, list) else [str(value)] for tag, value in record.items()}
