"""JSON that people edit: objects one a line, laid out over lines, or in one array, each with the lines that it stands on.

Invariant: an object that is broken costs no other that begins a line, and every complaint names the line to look at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.models import Reject

_BEGIN = re.compile(r"^(?:\[[ \t]*)?(?=\{)", re.MULTILINE)  # a paper begins its line: deeper objects are indented
_BETWEEN = re.compile(r"[\s,\[\]]*")


@dataclass(frozen=True, slots=True)
class Raw:
    """A JSON value, the text it was parsed from, and the 1-based line it begins at."""

    value: Any
    source: str
    line: int

    def line_of(self, under: str, needle: str | None) -> int:
        """The line on which `needle` first stands as a JSON string after the key `under`; the key's line where it does not, else the
        value's first."""
        begin = max(self.source.find(f'"{under}"'), 0)
        forms = () if needle is None else (json.dumps(needle, ensure_ascii=False), json.dumps(needle))
        at = next((found for form in forms if (found := self.source.find(form, begin)) >= 0), begin)
        return self.line + self.source.count("\n", 0, at)


def values(text: str, file: str) -> Iterator[Raw | Reject]:
    """The objects in `text`, in order; a Reject for each that is not valid JSON."""
    decoder = json.JSONDecoder()
    position, line, counted = 0, 1, 0
    while True:
        gap = _BETWEEN.match(text, position)
        position = gap.end() if gap else position
        line, counted = line + text.count("\n", counted, position), position
        if position >= len(text):
            return
        try:
            value, end = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            yield Reject(file=file, line=error.lineno, reason=_remedy(error))
            follows = _BEGIN.search(text, text.find("\n", position) + 1) if "\n" in text[position:] else None
            if follows is None:
                return
            position = follows.end()
            continue
        except RecursionError:
            yield Reject(file=file, line=line, reason="nested too deeply: a paper is one flat object")
            return
        yield Raw(value, text[position:end], line)
        position = end


def _remedy(error: json.JSONDecodeError) -> str:
    before, at = error.doc[: error.pos].rstrip(), error.doc[error.pos : error.pos + 1]
    where = f"not valid JSON at column {error.colno}"
    if error.pos >= len(error.doc.rstrip()):
        return f"{where}: the file ends inside a paper: a bracket or quote is missing"
    if (at in "]}" and before.endswith(",")) or (error.msg.startswith("Expecting property name") and before.endswith(",")):
        return f"{where}: a comma too many before {at!r}: delete it"
    if error.msg.startswith("Expecting ',' delimiter"):
        return f"{where}: a comma or a closing bracket is missing before {at!r} (or a quote inside a text lacks its backslash)"
    if error.msg.startswith(("Invalid control character", "Unterminated")):
        return f"{where}: a text must end with its quote on the line on which it began"
    if error.msg.startswith("Expecting value"):
        return f"{where}: a paper is a JSON object: it begins with {{ and its texts stand in quotes"
    return f"{where}: {error.msg}: correct it there"
