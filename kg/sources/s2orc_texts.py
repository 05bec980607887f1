"""S2ORC as a data set of Semantic Scholar: the whole text of a paper a line, with annotations that say where its parts stand.

Invariant: title, abstract and bibliography are stretches of the text; an annotation that does not fit the text is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from kg.models import Author, Paper, Place, Reference, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import ids_within, prose
from kg.sources.json_fields import author, authors, line, member, objects, paper, reference, references, string, year
from kg.sources.json_stream import Element, papers, share
from kg.text import squeeze

_PREFIXES = {"arxiv": "arxiv:", "doi": "doi:", "acl": "acl:", "pubmed": "pmid:", "dblp": "dblp:", "pubmedcentral": "pmc:PMC"}
_MARKS = re.compile(r"[\W\d]+$")  # of footnotes, behind a printed name

LONGEST_NAME = 80  # characters: a longer stretch is an address with the name in it

Span = tuple[int, int, dict[str, Any]]  # start, end, attributes


def sniff(given: Input) -> float:
    """High where the records have a corpus id beside a text with annotations."""
    return share(given.head, lambda record: 0.99 if "corpusid" in record and ("content" in record or "body" in record) else 0.0)


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each line, its bibliography as references; a reject for a record whose annotations show neither title nor abstract."""
    yield from papers(given, _paper)


def _paper(record: dict[str, Any], element: Element, place: Place) -> Iterator[Paper]:
    body = next((found for key in ("content", "body") if isinstance(found := record.get(key), dict)), {})
    text, notes = string(body.get("text")), body.get("annotations")
    abstract = "\n\n".join(squeeze(text[start:end]) for start, end, _ in _spans(notes, "abstract", text))
    title = line(record.get("title")) or next((line(text[start:end]) for start, end, _ in _spans(notes, "title", text)), "")
    listed = record.get("bibliography") if isinstance(record.get("bibliography"), dict) else body
    yield paper(
        place,
        _names(record),
        title=title or "",
        abstract=prose(abstract),
        authors=authors(_authors(record.get("authors"), notes, text)),
        year=year(record.get("year")),
        references=references(_cited(listed or {})),
        licence=string(member(record, "openaccessinfo", "license")) or string(member(body, "source", "oainfo", "license")) or None,
    )


def _names(record: dict[str, Any]) -> Iterator[str]:
    yield f"s2:{number}" if (number := string(record.get("corpusid"))).isdigit() else ""
    listed = record.get("externalids") or member(record, "openaccessinfo", "externalids")
    for key, value in listed.items() if isinstance(listed, dict) else ():
        if (prefix := _PREFIXES.get(str(key).lower())) and string(value):
            yield f"{prefix}{string(value).removeprefix('PMC')}"


def _authors(listed: Any, notes: Any, text: str) -> Iterator[Author | None]:
    """The authors who are listed, else those whose names the annotations show."""
    found = objects(listed)
    for item in found:
        yield author(string(item.get("name")), string(item.get("authorId")) or string(item.get("authorid")), prefix="s2")
    for start, end, _ in () if found else _spans(notes, "author", text):
        name = text[start:end].strip()
        yield author(name if name.endswith(".") else _MARKS.sub("", name)) if "\n" not in name and len(name) <= LONGEST_NAME else None


def _cited(listed: dict[str, Any]) -> Iterator[Reference | None]:
    text, notes = string(listed.get("text")), listed.get("annotations")
    titles = _spans(notes, "bibtitle", text) or _spans(notes, "bib_title", text)
    named = {start: end for start, end, _ in titles}
    for start, end, said in _spans(notes, "bibentry", text) or _spans(notes, "bib_entry", text):
        raw = squeeze(text[start:end])
        matched = string(said.get("matched_paper_id"))
        title = next((text[first : named[first]] for first in range(start, min(end, start + 2000)) if first in named), "")
        yield reference([f"s2:{matched}" if matched.isdigit() else "", *ids_within(raw)], title=title, raw="" if title else raw)


def _spans(notes: Any, name: str, text: str) -> list[Span]:
    """The stretches that the annotations, a list or JSON of one, give a name."""
    found = notes.get(name) if isinstance(notes, dict) else None
    if isinstance(found, str):
        try:
            found = orjson.loads(found)
        except orjson.JSONDecodeError:
            return []
    spans = []
    for item in objects(found):
        start, end, said = item.get("start"), item.get("end"), item.get("attributes")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
            spans.append((start, end, said if isinstance(said, dict) else {}))
    return spans


SOURCE = Source("s2orc-texts", "S2ORC texts (the data set s2orc of Semantic Scholar)", sniff, read)
