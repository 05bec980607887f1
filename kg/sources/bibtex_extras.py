"""What indexes add to BibTeX: cited works, citation counts, affiliations (Web of Science, Scopus).

Invariant: each cited work is one string as the index prints it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.models import Reference
from kg.sources.bibtex_texts import read_line
from kg.sources.fields import cited

_LINES = re.compile(r"\.[ \t]*\n\s*")
MOST_DIGITS = 15  # of a count
_WORKS = re.compile(r";\s+")
_COUNT = re.compile(r"(?:cited by|times cited)\s*:?\s*(\d{1,15})(?!\d)", re.I)


def references(values: dict[str, str]) -> Iterator[Reference]:
    """The cited works: a line each in Web of Science's field, with semicolons between them in Scopus'."""
    listed = _LINES.split(_inner(values.get("cited-references", ""))) + _WORKS.split(_inner(values.get("references", "")))
    for raw in listed:
        if (text := read_line(raw).rstrip(" .;")) and (found := cited(text)):
            yield found


def citation_count(values: dict[str, str]) -> int | None:
    """How often the index saw the work cited; None where it does not say."""
    number = _inner(values.get("times-cited", "")).strip()
    if number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS:
        return int(number)
    match = _COUNT.match(_inner(values.get("note", "")).strip())
    return int(match[1]) if match else None


def organisations(values: dict[str, str]) -> tuple[str, ...]:
    """The affiliations, where they stand without the names of the authors."""
    text = values.get("affiliations", "") or ("" if "unique-id" in values else values.get("affiliation", ""))
    return tuple(dict.fromkeys(name for part in _inner(text).split(";") if (name := read_line(part))))


def _inner(text: str) -> str:
    return text[1:-1] if text.startswith("{") and text.endswith("}") else text
