"""Lines and paragraphs of an input, numbered, bounded, with what went wrong as rejects in their place.

Invariant: no line longer than `LONGEST` characters is ever held; each such line, and a break of the packed data, is one Reject.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.models import Reject
from kg.protocols import Input

LONGEST = 1 << 24  # characters: more than any record of any format we know, and still small in memory
LONGEST_RECORD = 1 << 22  # characters of a record of many short lines, each of which takes memory many times its length

Line = tuple[int, str]  # 1-based number, text without its line break


def numbered(given: Input, *, longest: int = LONGEST) -> Iterator[Line | Reject]:
    """Each line of `given` with its number. The line in which packed data breaks off is not given: it is part of the reject."""
    with given.text() as stream:
        number = 0
        while line := stream.readline(longest + 1):
            number += 1
            if line.endswith("\n"):
                yield number, line[:-1]
            elif len(line) > longest:
                while (more := stream.readline(1 << 16)) and not more.endswith("\n"):
                    pass
                yield Reject(file=given.name, line=number, reason=f"a line of more than {longest:,} characters: split the file into lines of records")
            elif _fault(given) is None:
                yield number, line
    if fault := _fault(given):
        yield Reject(file=given.name, line=number or 1, reason=fault)


def _fault(given: Input) -> str | None:
    fault: str | None = getattr(given, "fault", None)  # inputs made elsewhere need not know of packed data
    return fault


def head_lines(given: Input) -> list[str]:
    """The lines of the head, the last one left out where the head may have cut it."""
    lines = given.head.split("\n")
    return lines[:-1] if len(given.head) >= 1 << 16 and len(lines) > 1 else lines
