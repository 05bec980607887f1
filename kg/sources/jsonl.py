"""Our own JSON Lines: one paper an object, keys as in `schemas/paper.json`; also as a JSON array or as pretty-printed objects.

Invariant: each object is one paper or one reject with its line; a bad line costs no other line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import orjson

from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.json_values import head_values, in_lines, values
from kg.sources.lines import numbered
from kg.sources.paper_json import KEYS, paper_of

_FOREIGN = {  # keys that only other formats have
    "paperId", "corpusId", "corpusid", "externalIds", "DOI", "display_name", "abstract_inverted_index", "versions", "update_date", "submitter",
    "journal-ref", "message", "metadata", "issued", "container-title", "forum", "content",
    "n_citation", "indexed_abstract", "paper_id", "bib_entries", "PMID", "inCitations", "s2PdfUrl", "author", "referenced_works", "authorships",
}  # fmt: skip


def sniff(given: Input) -> float:
    """High where most objects of the head have a title or abstract, our keys, and none that other formats alone have."""
    if given.head.lstrip()[:1] not in ("{", "[") and not in_lines(given.head):
        return 0.0
    found = [_likeness(value) for value in head_values(given.head)]
    return 0.9 * sum(found) / len(found) if found else 0.0


def _likeness(value: Any) -> float:
    if not isinstance(value, dict) or _FOREIGN & value.keys():
        return 0.0
    text = value.get("text")
    if "summary" in value and not (text or value.get("abstract")):
        return 0.0  # an abstract under a name that is not ours
    if not any(isinstance(value.get(key), str) and value[key].strip() for key in ("title", "abstract")):
        # title, newline, abstract in one string, as extractions print it; a bare `text` may be anything
        return 0.6 if "id" in value and isinstance(text, str) and "\n" in text.strip() else 0.0
    return 1.0 if len(value.keys() & KEYS) >= 0.5 * len(value) else 0.6


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper or a reject for each object; the id that an object gives stays in `id`, so that what is made of it can be joined to it."""
    if not in_lines(given.head):
        for item in values(given):
            yield item if isinstance(item, Reject) else _made(item[1], given.name, item[0])
        return
    for line in numbered(given):
        if isinstance(line, Reject):
            yield line
        elif line[1].strip():
            yield _parsed(line[1], given.name, line[0])


def _parsed(line: str, file: str, number: int) -> Paper | Reject:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return Reject(file=file, line=number, reason=f"not valid JSON: {_why(line)}")
    return _made(value, file, number)


def _why(line: str) -> str:
    try:
        json.loads(line)
    except json.JSONDecodeError as error:
        if error.pos >= len(line.rstrip()) - 1 or error.msg.startswith("Unterminated"):
            return f"the line is cut short (at column {len(line)}): write the whole object on one line"
        return f"{error.msg} at column {error.colno}: correct it there"
    except (RecursionError, ValueError):
        return "nested too deeply: a paper is one flat object"
    return "it holds half of a surrogate pair: write the characters themselves"


def _made(value: Any, file: str, number: int) -> Paper | Reject:
    try:
        return paper_of(value, Place(file=file, line=number))
    except ValueError as error:
        return Reject(file=file, line=number, reason=str(error))


SOURCE = Source("jsonl", "JSON Lines of papers (keys as in schemas/paper.json)", sniff, read)
