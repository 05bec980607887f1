"""arXiv's metadata as JSON Lines (the Kaggle snapshot).

Invariant: the date is that of the first version, where the versions give one; a missing field never costs the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Date
from email.utils import parsedate_to_datetime
from typing import Any

from kg.models import Author, Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.arxiv_text import arxiv_abstract, arxiv_title, categories
from kg.sources.fields import MONTHS
from kg.sources.identifiers import arxiv_id
from kg.sources.json_fields import author, authors, iso, line, objects, paper, string, strings
from kg.sources.json_stream import Element, papers, share
from kg.text import squeeze

_KEYS = {"submitter", "journal-ref", "report-no", "versions", "update_date", "authors_parsed", "comments"}
_MONTHS = {month.title(): number for number, month in enumerate(MONTHS, 1)}
_STAMP = re.compile(rf"[A-Z][a-z]{{2}}, ([0-9]{{1,2}}) ({'|'.join(_MONTHS)}) ([12][0-9]{{3}}) (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] GMT")
_BEHALF = re.compile(r"(?:for|on behalf of)\b|(?:[\W\d]|and\b)*$", re.I)  # of a collaboration; or the numbers of footnotes
_PARTS = re.compile(r",\s*(?:and\s+)?|\s+and\s+")


def sniff(given: Input) -> float:
    """High where the records have an arXiv id, categories and keys of the snapshot."""
    return share(given.head, _likeness)


def _likeness(record: dict[str, Any]) -> float:
    if "bib_entries" in record or not arxiv_id(string(record.get("id"))):
        return 0.0
    return 0.97 if len(_KEYS & record.keys()) >= 2 else 0.95 if isinstance(record.get("categories"), str | list) else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each line; a reject for one whose id is no arXiv id, or that has neither title nor abstract."""
    yield from papers(given, _paper)


def _paper(record: dict[str, Any], element: Element, place: Place) -> Iterator[Paper]:
    yield metadata(record, place)


def metadata(record: dict[str, Any], place: Place, **more: Any) -> Paper:
    """The paper in a record of the snapshot; `more` are fields beyond it. Raises ValueError with the reason where there is none."""
    known = arxiv_id(string(record.get("id")))
    if not known:
        raise ValueError(f"`id` {string(record.get('id'))[:40]!r} is no arXiv id: write it as `2401.01234`")
    listed = record.get("categories")
    dated = next((day for version in objects(record.get("versions")) if (day := day_of(version.get("created")))), None)
    return paper(
        place,
        [f"arxiv:{known}", *(f"doi:{text}" for text in string(record.get("doi")).split())],
        title=arxiv_title(string(record.get("title"))),
        abstract=arxiv_abstract(string(record.get("abstract"))),
        authors=_authors(record),
        organisations=_organisations(record),
        date=dated or iso(record.get("update_date")),
        venue=line(record.get("journal-ref")),
        comment=line(record.get("comments")),
        keywords=categories(word for text in strings(listed) for word in text.split()),
        licence=string(record.get("license")) or None,
        **more,
    )


def _authors(record: dict[str, Any]) -> tuple[Author, ...]:
    if isinstance(parsed := record.get("authors_parsed"), list):
        people = [[string(part) for part in item[:3]] for item in parsed if isinstance(item, list) and item]
        return authors(author(" ".join(filter(None, [*person[1:2], person[0], *person[2:3]]))) for person in people)
    printed = record.get("authors")
    names = strings(printed) if isinstance(printed, list) else _PARTS.split(squeeze(re.sub(r"\([^()]*\)", "", string(printed))))
    return authors(author(name) for name in names)


def _organisations(record: dict[str, Any]) -> tuple[str, ...]:
    """What stands behind the parts of the parsed names: affiliations."""
    parsed = record.get("authors_parsed")
    listed = [item for item in parsed if isinstance(item, list)] if isinstance(parsed, list) else []
    named = (line(part) for item in listed for part in item[3:])
    return tuple(dict.fromkeys(name for name in named if name and not _BEHALF.match(name)))


def day_of(text: Any) -> str | None:
    """The date of a version, which is written as in mails."""
    if match := _STAMP.fullmatch(text) if isinstance(text, str) else None:
        try:
            return Date(int(match[3]), _MONTHS[match[2]], int(match[1])).isoformat()
        except ValueError:
            return None
    try:
        return parsedate_to_datetime(string(text)).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return iso(text)


SOURCE = Source("arxiv-snapshot", "arXiv metadata (JSON Lines of the snapshot)", sniff, read)
