"""Where the records of one paper disagree, and which value the paper took by which rule.

Invariant: values that only say more or less of the same (a year and a date in it, another case, a cut abstract) are no conflict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.config import graph_dir
from kg.ledger import Ledger, derived, folding
from kg.models import Paper
from kg.text import fold

Same = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class _Field:
    """A field as text ("" where a record does not say), when two values agree, and the rule of `kg.sources.merging` by which one wins."""

    name: str
    value: Callable[[Paper], str]
    same: Same
    rule: str


def conflicts(*, graph: str | Path | None = None) -> dict[str, Any]:
    """`papers` that several records are of, `conflicts` by field, and each one (`found`): the paper, the field, the value `kept`, the `rule`, and
    each value with the places (`file:record`) that say it."""
    found: list[dict[str, Any]] = []
    several = 0
    with Ledger.open(Path(graph) if graph else graph_dir()) as ledger:
        for paper_id, records in folding.members(ledger.db):
            known = derived.paper(ledger.db, paper_id)
            if len(records) > 1 and known:
                several += 1
                found += _of(known[0], [record for _, record in records])
    found.sort(key=lambda item: (item["paper"], item["field"]))
    return {"papers": several, "conflicts": dict(sorted(Counter(item["field"] for item in found).items())), "found": found}


def _of(paper: Paper, records: list[Paper]) -> Iterable[dict[str, Any]]:
    for field in FIELDS:
        said: dict[str, list[str]] = {}
        for record in records:
            if value := field.value(record):
                said.setdefault(value, []).extend(map(str, record.places))
        if all(field.same(one, other) for one, other in combinations(sorted(said), 2)):
            continue
        values = [{"value": value, "places": sorted(places)} for value, places in sorted(said.items())]
        yield {"paper": paper.id, "title": paper.title, "field": field.name, "kept": field.value(paper), "rule": field.rule, "values": values}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _year(paper: Paper) -> str:
    dated = paper.date[:4] if paper.date and not paper.date.startswith("--") else ""
    return dated or _text(paper.year)


def _equal(one: str, other: str) -> bool:
    return one == other


def _folded(one: str, other: str) -> bool:
    return fold(one) == fold(other)


def _one_date(one: str, other: str) -> bool:
    if one.startswith("--") or other.startswith("--"):
        return one[-5:] == other[-5:] or min(len(one), len(other)) < 7
    return one.startswith(other) or other.startswith(one)


def _one_abstract(one: str, other: str) -> bool:
    """Is it one text, whole or cut off, however marked up?"""
    first, second = (fold(text).replace(" ", "").rstrip(".…") for text in (one, other))
    return first.startswith(second) or second.startswith(first)


def _one_list(one: str, other: str) -> bool:
    """Are these the same people? Family names decide, for given ones are cut to initials here and there."""
    return [_family(name) for name in one.split("; ")] == [_family(name) for name in other.split("; ")]


def _family(name: str) -> str:
    return (fold(name).split() or [""])[-1]


def _authors(paper: Paper) -> str:
    return "; ".join(author.name for author in paper.authors)


FIELDS = (
    _Field("title", lambda paper: paper.title, _folded, "the one most records have, not in capitals throughout, then the longest"),
    _Field("year", _year, _equal, "of the most exact date, then the earliest"),
    _Field("date", lambda paper: _text(paper.date), _one_date, "the most exact, then the earliest"),
    _Field("venue", lambda paper: _text(paper.venue), _folded, "not a preprint server, then the most frequent, then the longest"),
    _Field("doi", lambda paper: _text(paper.doi).lower(), _equal, "all are kept as ids, the first in the alphabet is shown"),
    _Field("arxiv_id", lambda paper: _text(paper.arxiv_id), _equal, "all are kept as ids, the first in the alphabet is shown"),
    _Field("authors", _authors, _one_list, "the longest list, then the one with most ids, then the fullest names"),
    _Field("author_count", lambda paper: _text(paper.author_count), _equal, "the highest"),
    _Field("abstract", lambda paper: paper.abstract, _one_abstract, "one that is not cut off, then the longest"),
    _Field("citation_count", lambda paper: _text(paper.citation_count), _equal, "the highest"),
    _Field("language", lambda paper: _text(paper.language), _folded, "the most frequent, then the longest"),
    _Field("licence", lambda paper: _text(paper.licence), _folded, "the most frequent, then the longest"),
)
