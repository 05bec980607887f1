"""CSL-JSON: the items that Zotero, Mendeley and pandoc hand to citation processors.

Invariant: names are parts, put together as `Given particle Family`; a date is as exact as its parts, or what its string begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.models import Author, Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import date_in, date_of, prose
from kg.sources.identifiers import arxiv_id
from kg.sources.json_fields import author, authors, iso, line, named, paper, parts, string, words
from kg.sources.json_stream import Element, papers, share

_TYPES = {
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter", "classic", "collection",
    "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case",
    "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
}  # fmt: skip
_KEYS = {
    "issued", "container-title", "DOI", "citation-key", "citation-label", "ISSN", "ISBN", "URL", "accessed", "publisher", "container-title-short",
    "author",
}  # fmt: skip
_ARXIV = re.compile(r"arxiv\s*[:.]\s*([\w.-]+(?:/\d{7})?(?:v\d+)?)", re.I)
_EXTRA = re.compile(r"\b(PMID|PMCID|DOI)\s*:\s*(\S+)", re.I)  # as managers keep in a note what has no field of its own
_PREFIXES = {"PMID": "pmid:", "PMCID": "pmc:PMC", "DOI": "doi:"}


def sniff(given: Input) -> float:
    """High where items have a type of CSL and its keys, titles as strings."""
    return share(given.head, _likeness)


def _likeness(record: dict[str, Any]) -> float:
    if "type" not in record or isinstance(record.get("title"), list) or {"authorships", "authors"} & record.keys():
        return 0.0
    dated = isinstance(record.get("issued"), dict)
    return (
        0.9
        if string(record["type"]) in _TYPES and (dated or len(_KEYS & record.keys()) >= 2)
        else 0.5
        if dated or ("id" in record and "title" in record)
        else 0.0
    )


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each item; a reject for an item with neither title nor abstract."""
    yield from papers(given, _item)


def _item(record: dict[str, Any], element: Element, place: Place) -> Iterator[Paper]:
    people = record.get("author") or record.get("editor")
    yield paper(
        place,
        _names(record),
        title=line(record.get("title")) or "",
        abstract=prose(string(record.get("abstract"))),
        authors=authors(map(_author, people if isinstance(people, list) else [people])),
        date=_date(record.get("issued")) or _date(record.get("event-date")) or _date(record.get("original-date")) or _date(record.get("submitted")),
        venue=next((text for key in ("container-title", "event-title", "event", "publisher") if (text := line(record.get(key)))), None),
        url=string(record.get("URL")) or None,
        keywords=words(record.get("keyword") or record.get("keywords") or record.get("categories")),
        language=string(record.get("language")) or None,
        licence=string(record.get("license")) or None,
    )


def _names(record: dict[str, Any]) -> Iterator[str]:
    """The DOI, the PubMed id, and the arXiv id from where managers put it: archive, number, note, URL."""
    yield f"doi:{text}" if (text := string(record.get("DOI"))) and arxiv_id(text) is None else text
    for key, found in _EXTRA.findall(string(record.get("note"))):
        text = found.rstrip(";,.") if key.upper() == "DOI" else found.rstrip(";,.").upper().removeprefix("PMC")
        yield f"{_PREFIXES[key.upper()]}{text}" if key.upper() == "DOI" or text.isdigit() else ""
    yield f"pmid:{text}" if (text := string(record.get("PMID"))).isdigit() else ""
    yield f"pmc:{text}" if (text := string(record.get("PMCID")).upper()).startswith("PMC") else ""
    if string(record.get("archive")).lower() == "arxiv":
        yield string(record.get("archive_location"))
    for key in ("number", "note", "archive_location", "URL", "container-title", "id"):
        text = string(record.get(key))
        if "arxiv" in text.lower():
            match = _ARXIV.search(text)
            yield f"arxiv:{match[1].rstrip('.')}" if match and arxiv_id(match[1].rstrip(".")) else text


def _author(item: Any) -> Author | None:
    if not isinstance(item, dict):
        return author(string(item))
    parts_of = named(item, "given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return author(parts_of or string(item.get("literal")) or string(item.get("name")), item.get("ORCID"))


def _date(value: Any) -> str | None:
    if isinstance(value, list):
        value = next(iter(value), None)
    if not isinstance(value, dict):
        return iso(value)
    listed = value.get("date-parts")
    if isinstance(listed, list) and listed:
        return parts(listed[0] if isinstance(listed[0], list) else listed)
    if "year" in value:
        return date_of(*(string(value.get(key)) for key in ("year", "month", "day")))
    return date_in(string(value.get("raw"))) or date_in(string(value.get("literal")))


SOURCE = Source("csl-json", "CSL-JSON (Zotero, Mendeley, pandoc)", sniff, read)
