"""Terms that the training papers annotate, as a nudge to the tagger: what a rare name is, is easier remembered than learned.

A term is a run of words, folded where case says nothing, with how often it is annotated as one mention where it stands, and as what
kind. Invariant: the nudge only adds to tag scores before decoding, so spans stay legal and confidences stay posteriors; a term seen
in no training paper changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from kg.extract.inflect import singular
from kg.extract.neural.decode import Array, tags_of

Key = tuple[str, ...]
LONGEST = 8  # words of a term
WIDEST = 3.0  # log odds beyond which more evidence says no more


def fold(word: str) -> str:
    """A word as terms are looked up: lower case where only the first letter is a capital."""
    return word.lower() if len(word) == 1 or word[1:].islower() else word


@lru_cache(maxsize=1 << 16)
def forms(word: str) -> tuple[str, str]:
    """A word as it is looked up inside of a term, and as a term's last."""
    folded = fold(word)
    return folded, singular(folded)


def key(words: Sequence[str]) -> Key:
    """Words as terms are looked up: each folded, the last in singular."""
    return (*(forms(word)[0] for word in words[:-1]), forms(words[-1])[1])


@dataclass(frozen=True, slots=True)
class Branch:
    """What may follow some words of a term: the branches by the next word, and the terms that end with it, as kind and log odds."""

    goes_on: dict[str, Branch] = field(default_factory=dict)
    ends: dict[str, tuple[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Terms:
    """`root` holds the terms, word by word, with their kind and the log odds that they are annotated where they stand; `short_forms` what
    short forms mean in nearly every training paper that defines them; `kinds` the one kind that a name (its key, joined by spaces) has in
    the training papers, which settle it for all of them."""

    root: Branch
    short_forms: dict[str, str]
    kinds: dict[str, str]

    @classmethod
    def of(cls, odds: dict[Key, tuple[str, float]], short_forms: dict[str, str], kinds: dict[str, str] | None = None) -> Terms:
        """From kind and log odds by term."""
        root = Branch()
        for term, known in odds.items():
            branch = root
            for word in term[:-1]:
                branch = branch.goes_on.setdefault(word, Branch())
            branch.ends[term[-1]] = known
        return cls(root, short_forms, kinds or {})

    @classmethod
    def read(cls, path: Path) -> Terms:
        """From JSON: {"terms": {kind: {term: log odds}}, "shortForms": {short: long}, "kinds": {kind: [name...]}}, words parted by spaces."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        odds = {tuple(term.split(" ")): (kind, float(odds)) for kind, terms in stored["terms"].items() for term, odds in terms.items()}
        return cls.of(odds, stored["shortForms"], {name: kind for kind, names in stored.get("kinds", {}).items() for name in names})

    def kind(self, words: Sequence[str]) -> str | None:
        """The kind that the training papers settled for this name, if they know it."""
        return self.kinds.get(" ".join(key(words)))

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, str, float]]:
        """Longest terms from left to right, without overlap: first word, end, kind, log odds."""
        both, done = list(map(forms, words)), 0
        goes_on, ends = self.root.goes_on, self.root.ends
        for place, (folded, last) in enumerate(both):
            if place < done or (folded not in goes_on and last not in ends):
                continue
            found = self._longest(both, place)
            if found:
                done = found[1]
                yield found

    def _longest(self, words: Sequence[tuple[str, str]], start: int) -> tuple[int, int, str, float] | None:
        """The longest term that begins with word `start`."""
        branch, found = self.root, None
        for place in range(start, len(words)):
            folded, last = words[place]
            known = branch.ends.get(last)
            if known:
                found = start, place + 1, *known
            if folded not in branch.goes_on:
                break
            branch = branch.goes_on[folded]
        return found


def nudged(emissions: Array, words: Sequence[str], terms: Terms, weight: float) -> Array:
    """Tag scores [words, tags] with each known term's tags raised (or lowered) by `weight` times its log odds."""
    if not weight:
        return emissions
    places: list[int] = []
    tags: list[int] = []
    sizes: list[float] = []
    for start, end, kind, odds in terms.matches(words):
        places += range(start, end)
        tags += tags_of(end - start, kind)
        sizes += [weight * max(-WIDEST, min(WIDEST, odds))] * (end - start)
    if not places:
        return emissions
    out = emissions.copy()
    out[places, tags] += np.array(sizes, dtype=np.float32)  # matches don't overlap, so no place comes twice
    return out
