"""Several records of one work to one paper: the better value of each field, by a stated rule.

Invariant: the result depends on the set of records alone, not on their order; every place and identifier is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from kg.hashing import digest
from kg.models import Author, Paper, Place, Reference
from kg.sources.identifiers import PREFIXES, arxiv_id, doi, identifier
from kg.sources.people import initial, surname
from kg.text import fold

T = TypeVar("T", bound=Hashable)


def merge(records: Sequence[Paper]) -> Paper:
    """One paper from records of the same work (at least one), its `id` settled: the first of its identifiers in the order of
    `PREFIXES`, else `sha:` and 16 hex digits over folded title and abstract, where there is no abstract over the title, the first
    author's surname and initial, the year and, where nobody is named, the venue.

    Title: the one most records have, not in capitals throughout, the longest. Abstract: one that is not cut off, the longest.
    Authors: the longest list, then the one with most ids and the fullest names. Date: the most exact, then the earliest; the
    year is the date's, else the earliest. Venue: not a preprint server, then the most frequent, then the longest. Counts: the
    highest. Organisations, keywords, references, identifiers and places are united."""
    records = sorted(records, key=lambda record: record.model_dump_json())
    ids = _ids(records)
    title = _best((record.title for record in records if record.title), lambda text: (not text.isupper(), len(text))) or ""
    abstract = max((record.abstract for record in records), key=lambda text: (not text.rstrip().endswith(("…", "...")), len(text), text))
    date = _date(records)
    years = [record.year for record in records if record.year]
    year = int(date[:4]) if date and not date.startswith("--") else min(years, default=None)
    authors = max((record.authors for record in records), key=_authors_rank)
    venue = _best((record.venue for record in records if record.venue), lambda text: ("arxiv" not in text.lower() and text != "CoRR", 0))
    arxiv = next((name.removeprefix("arxiv:") for name in ids if name.startswith("arxiv:")), None)
    registered = next((name.removeprefix("doi:") for name in ids if name.startswith("doi:")), None)
    return Paper(
        id=_settled(ids) or _of_text(title, abstract, authors, year, venue),
        title=title, abstract=abstract, date=date, ids=ids, arxiv_id=arxiv, doi=registered,
        authors=authors,
        author_count=max((record.author_count for record in records if record.author_count is not None), default=None),
        organisations=_united((name for record in records for name in record.organisations), fold),
        year=year,
        venue=venue,
        url=_best((record.url for record in records if record.url), lambda text: (text.startswith("https://arxiv.org/abs/"), -len(text))),
        comment=max((record.comment for record in records if record.comment), key=lambda text: (len(text), text), default=None),
        keywords=_united((word for record in records for word in record.keywords), fold),
        references=_united((reference for record in records for reference in record.references), _reference_key),
        citation_count=max((record.citation_count for record in records if record.citation_count is not None), default=None),
        language=_best((record.language for record in records if record.language), lambda text: (True, 0)),
        licence=_best((record.licence for record in records if record.licence), lambda text: (True, 0)),
        places=tuple(sorted({place for record in records for place in record.places}, key=_place_key)),
    )  # fmt: skip


def _ids(records: Iterable[Paper]) -> tuple[str, ...]:
    names: set[str] = set()
    for record in records:
        names.update(identifier(name) or name for name in record.ids)
        names.update(f"arxiv:{arxiv_id(text) or text}" for text in [record.arxiv_id] if text)
        if record.doi:
            known = doi(record.doi)
            names.add(f"doi:{known}" if known else identifier(record.doi) or f"doi:{record.doi.lower()}")
    return tuple(sorted(names))


def _settled(ids: Sequence[str]) -> str | None:
    return next((name for prefix in PREFIXES for name in ids if name.startswith(f"{prefix}:")), None)


def _of_text(title: str, abstract: str, authors: Sequence[Author], year: int | None, venue: str | None) -> str:
    parts = [fold(title), fold(abstract)]
    if not parts[1]:  # a title alone may be that of many works
        parts += [surname(authors[0].name), initial(authors[0].name)] if authors else ["", "", fold(venue or "")]
        parts.append(str(year or ""))
    return f"sha:{digest(*parts)[:16]}"


def _best(values: Iterable[str], rank: Callable[[str], tuple[bool, int]]) -> str | None:
    """The value with the best flag of `rank`, then the most frequent, then the best number of `rank`, the longest, the last."""
    counts = Counter(values)
    return max(counts, key=lambda text: (rank(text)[0], counts[text], rank(text)[1], len(text), text), default=None)


def _date(records: Iterable[Paper]) -> str | None:
    dates = [record.date for record in records if record.date]
    return min(dates, key=lambda date: (date.startswith("--"), -len(date), date), default=None)


def _authors_rank(authors: tuple[Author, ...]) -> tuple[int, int, int, list[str]]:
    names = [author.name for author in authors]
    return len(authors), sum(author.id is not None for author in authors), sum(map(len, names)), names


def _united(values: Iterable[T], key: Callable[[T], object]) -> tuple[T, ...]:
    unique: dict[object, T] = {}
    for value in values:
        unique.setdefault(key(value), value)
    return tuple(unique.values())


def _reference_key(reference: Reference) -> object:
    return reference.id or fold(reference.title or reference.raw or "")


def _place_key(place: Place) -> tuple[str, int]:
    return place.file, place.line
