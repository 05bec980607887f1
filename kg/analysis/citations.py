"""References that are only titles or strings find the paper they mean among the corpus's titles.

An equal folded title is found by hash; a near one among the few titles that share rare words with it, so no reference is ever compared with all
titles. Invariant: a match is a function of the reference and the set of titles, and it never contradicts a known year by more than one.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.analysis.titles import in_series, similarity, tells, words
from kg.models import Reference

YEARS_APART = 1  # a preprint and its publication
_RARE = 4  # words under which a title is filed
_CROWD = 200  # titles under one word: a word of more says nothing and would make the search slow
_CANDIDATES = 16
_KEPT = 100_000  # answers remembered: a work is cited by many
_RAW = 1000  # characters of a raw reference that are looked at
_LONGEST = 40  # words of a title
_SPACES = 4  # words more or less: hyphens set or not
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_ABOUT = re.compile(r"\b((?:comment|reply|response|discussion|erratum|corrigendum|correction|retraction)s?)\s(?:on|to|of|for)\b", re.IGNORECASE)
_ENDS, _OPENS = ".,:;?!\"”’')]}", "\"“‘'([{"

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The paper that a reference means, by its title; `score` 1.0 where the folded titles are equal, else their similarity."""

    paper: str
    score: float


class TitleIndex:
    """The corpus's titles, ready to be asked. Holds folded titles, ids and years, no other text."""

    def __init__(self, papers: Iterable[tuple[str, str, int | None]]) -> None:
        """`papers` are (id, title, year), in any order."""
        self._papers: dict[Words, list[tuple[str, int | None]]] = {}
        for paper, title, year in papers:
            if found := words(title):
                self._papers.setdefault(found, []).append((paper, year))
        self._filed: dict[str, array[int]] | None = None
        self._titles: list[Words] = []
        self._known: dict[Reference, Match | None] = {}

    def find(self, reference: Reference) -> Match | None:
        """The paper that the reference's title, or else its raw string, names; None where none does, or more than one. Its id is not looked at."""
        key = Reference(title=reference.title, year=reference.year, raw=None if reference.title else reference.raw)
        if key not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = self._by_title(key) if key.title else self._by_string(key)
        return self._known[key]

    def exact(self, title: str, year: int | None) -> Match | None:
        """The one paper with an equal folded title, under the same guards."""
        return self._equal(words(title), [year] if year else [])

    def standing(self, raw: str, year: int | None) -> Match | None:
        """The paper whose whole title stands in a raw reference, between punctuation, under the same guards; the longest title decides."""
        stretches, years = _cut(raw, year)
        marks = _marks(raw)
        equal = (self._equal(stretch, years) for stretch in stretches if stretch in self._papers and marks <= set(stretch))
        return next((match for match in equal if match), None)

    def _by_title(self, reference: Reference) -> Match | None:
        title, years = words(reference.title or ""), [reference.year] if reference.year else []
        return self._equal(title, years) or self._nearest([title], title, years, set())

    def _by_string(self, reference: Reference) -> Match | None:
        raw = reference.raw or ""
        if found := self.standing(raw, reference.year):
            return found
        stretches, years = _cut(raw, reference.year)
        return self._nearest(stretches, {word for part in stretches for word in part}, years, _marks(raw))

    def _equal(self, title: Words, years: list[int]) -> Match | None:
        near = [(paper, year) for paper, year in self._papers.get(title, ()) if _agree(title, year, years)]
        same = [(paper, year) for paper, year in near if year in years]
        chosen = same if len(near) > 1 else near
        return Match(chosen[0][0], 1.0) if len(chosen) == 1 else None

    def _nearest(self, stretches: list[Words], asked: Iterable[str], years: list[int], marks: set[str]) -> Match | None:
        best: dict[str, float] = {}
        for title in self._candidates(asked):
            if not marks <= set(title):
                continue
            score = max((similarity(part, title) for part in stretches if abs(len(part) - len(title)) <= _SPACES), default=0.0)
            for paper, year in self._papers[title] if score else ():
                if _agree(title, year, years) and not in_series(title):
                    best[paper] = score
        top = max(best.values(), default=0.0)
        first = [paper for paper, score in best.items() if score == top]
        return Match(first[0], top) if len(first) == 1 else None

    def _candidates(self, asked: Iterable[str]) -> list[Words]:
        filed = self._file()
        shared = Counter(number for word in set(asked) for number in filed.get(word, ()))
        likely = sorted((-count, self._titles[number]) for number, count in shared.items() if count > 1)
        return [title for _, title in likely[:_CANDIDATES]]

    def _file(self) -> dict[str, array[int]]:
        if self._filed is None:
            self._titles = sorted(self._papers)
            number_of = Counter(word for title in self._titles for word in set(title))
            filed: dict[str, array[int]] = {}
            for number, title in enumerate(self._titles):
                for word in sorted(set(title), key=lambda word: (number_of[word], word))[:_RARE]:
                    filed.setdefault(word, array("l")).append(number)
            self._filed = {word: numbers for word, numbers in filed.items() if len(numbers) <= _CROWD}
        return self._filed


def _agree(title: Words, year: int | None, years: list[int]) -> bool:
    """May a reference of these years mean a paper of this title and year?"""
    if year is None or not years:
        return tells(title, dated=False) and not in_series(title)
    apart = min(abs(year - said) for said in years)
    return apart <= (0 if in_series(title) else YEARS_APART) and tells(title, dated=True)


def _marks(raw: str) -> set[str]:
    """The words of a raw reference that say it is a work about a work, which shares most of its title: a match must have them too."""
    return {match[1].lower() for match in _ABOUT.finditer(raw[:_RAW])}


def _cut(raw: str, year: int | None) -> tuple[list[Words], list[int]]:
    """The stretches of a raw reference, longest first, and the years that it may be of."""
    raw = raw[:_RAW]
    years = [year] if year else [int(number) for number in _YEAR.findall(raw)]
    return sorted(set(_stretches(raw)), key=lambda stretch: (-len(stretch), stretch)), years


def _stretches(raw: str) -> Iterator[Words]:
    """The stretches of a raw reference that begin and end at punctuation, where a title may stand whole, as folded words."""
    parts: list[Words] = []
    breaks = [0]
    for token in raw.split():
        if token[0] in _OPENS and breaks[-1] != len(parts):
            breaks.append(len(parts))
        parts.append(words(token))
        if token[-1] in _ENDS:
            breaks.append(len(parts))
    if breaks[-1] != len(parts):
        breaks.append(len(parts))
    for place, start in enumerate(breaks):
        for end in breaks[place + 1 :]:
            stretch = tuple(word for part in parts[start:end] for word in part)
            if len(stretch) > _LONGEST:
                break
            if len(stretch) > 1:
                yield stretch
