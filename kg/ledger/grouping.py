"""Which records are one work, by their keys: `kg.sources.identity` says what a key is.

Records that share a sure key are one. Then the weak keys are looked at, a family (one title, one abstract) at a time: where its records
name authors of whom none is on both lists, they are several works that bear one title, and only those whose authors agree are joined.
Invariant: the result is a function of the set of records, whatever their order: every family sees what the sure keys made of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

MOST_TITLES = 3  # under one abstract: what more works bear is a notice, no abstract


@dataclass(slots=True)
class _Work:
    """What the records of a family say that the sure keys joined: parts of keys, years or titles (`notes`), words of names."""

    parts: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    first: set[str] = field(default_factory=set)
    everyone: set[str] = field(default_factory=set)

    def add(self, part: str, note: str, first: str, others: str) -> None:
        self.parts.add(part)
        self.notes.update([note] if note else [])
        self.first.update(first.split())
        self.everyone.update(first.split(), others.split())


def grouped(rows: Iterable[int], sure: Iterable[tuple[str, int]], weak: Iterable[tuple[str, int]]) -> dict[int, list[int]]:
    """`rows` in groups of one work each, from (key, row) sorted by key."""
    root = {row: row for row in rows}
    last_key, last_row = None, 0
    for key, row in sure:
        if key == last_key:
            root[_find(root, row)] = _find(root, last_row)
        last_key, last_row = key, row
    joined = [pair for _, found in groupby(weak, key=lambda item: item[0].partition("|")[0]) for pair in _family(root, found)]
    for one, other in joined:
        root[_find(root, one)] = _find(root, other)
    groups: dict[int, list[int]] = {}
    for row in root:
        groups.setdefault(_find(root, row), []).append(row)
    return groups


def _find(root: dict[int, int], row: int) -> int:
    while root[row] != row:
        root[row] = root[root[row]]
        row = root[row]
    return row


def _family(root: dict[int, int], found: Iterable[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """The pairs of works in a family that are one."""
    works: dict[int, _Work] = defaultdict(_Work)
    for key, row in found:
        _, part, said = key.split("|", 2)
        works[_find(root, row)].add(part, *said.split(";", 2))
    of_titles = any(part for work in works.values() for part in work.parts)
    notes = {note for work in works.values() for note in work.notes}
    if len(works) < 2 or not (of_titles or _tells(notes)):
        return
    named = {row: work for row, work in works.items() if work.first}
    nameless = {row: work for row, work in works.items() if not work.first}
    agreed = _agreed(named)
    for rows in agreed:
        yield from _chained({row: named[row] for row in rows})
    if len(agreed) == 1:  # the title or abstract is of one work alone, so what names nobody is that work too
        yield from _chained(works, {part for work in named.values() for part in work.parts})
    if not of_titles or len(notes) < 2:
        yield from _chained(nameless)
        return
    for year in notes:  # nobody is named, and the years differ: a yearly notice
        yield from _chained({row: work for row, work in nameless.items() if year in work.notes})


def _tells(notes: set[str]) -> bool:
    """Does an abstract tell its work, whose records say these titles, each with an arXiv id or without? Not what stands under many titles or, as
    with the parts of a series, under several ids of arXiv."""
    titles, numbers = ({note.partition(" ")[at] for note in notes} - {""} for at in (0, 2))
    return len(titles) <= MOST_TITLES and len(numbers) < 2


def _agreed(named: dict[int, _Work]) -> list[list[int]]:
    """The works in groups whose authors agree: the first author of one is among those of another, directly or through others."""
    root = {row: row for row in named}
    bearers: dict[str, list[int]] = defaultdict(list)
    for row, work in named.items():
        for word in work.everyone:
            bearers[word].append(row)
    for word in {word for work in named.values() for word in work.first}:
        for row in bearers[word][1:]:
            root[_find(root, row)] = _find(root, bearers[word][0])
    groups: dict[int, list[int]] = defaultdict(list)
    for row in root:
        groups[_find(root, row)].append(row)
    return list(groups.values())


def _chained(works: dict[int, _Work], parts: set[str] | None = None) -> Iterator[tuple[int, int]]:
    """Pairs that join all works which share a part, of `parts` alone where these are given."""
    last: dict[str, int] = {}
    for row, work in works.items():
        for part in work.parts if parts is None else work.parts & parts:
            if part in last:
                yield last[part], row
            last[part] = row
