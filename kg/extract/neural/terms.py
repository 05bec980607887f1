"""Terms that the training papers annotate, as a nudge to the tagger: what a rare name is, is easier remembered than learned.

A term is a run of words, folded where case says nothing, with how often it is annotated as one mention where it stands, and as what
kind. Invariant: the nudge only adds to tag scores before decoding, so spans stay legal and confidences stay posteriors; a term seen
in no training paper changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from kg.extract.inflect import singular
from kg.extract.neural.decode import TAGS, Array

Key = tuple[str, ...]
LONGEST = 8  # words of a term
WIDEST = 3.0  # log odds beyond which more evidence says no more


def fold(word: str) -> str:
    """A word as terms are looked up: lower case where only the first letter is a capital."""
    return word.lower() if len(word) == 1 or word[1:].islower() else word


@lru_cache(maxsize=1 << 16)
def forms(word: str) -> tuple[str, str, frozenset[str]]:
    """A word as it is looked up inside of a term, and as a term's last, and both in lower case."""
    folded = fold(word)
    last = singular(folded)
    return folded, last, frozenset((folded.lower(), last.lower()))


def key(words: Sequence[str]) -> Key:
    """Words as terms are looked up: each folded, the last in singular."""
    return (*(forms(word)[0] for word in words[:-1]), forms(words[-1])[1])


@dataclass(frozen=True)
class Terms:
    """`odds` gives a term's kind and the log odds that it is annotated where it stands; `first` the longest term by first word;
    `short_forms` what short forms mean in nearly every training paper that defines them; `kinds` the one kind that a name (its key,
    joined by spaces) has in the training papers, which settle it for all of them."""

    odds: dict[Key, tuple[str, float]]
    first: dict[str, int]
    short_forms: dict[str, str]
    kinds: dict[str, str]

    @classmethod
    def of(cls, odds: dict[Key, tuple[str, float]], short_forms: dict[str, str], kinds: dict[str, str] | None = None) -> Terms:
        """With the longest term by first word worked out."""
        first: dict[str, int] = {}
        for term in odds:
            head = term[0].lower()
            first[head] = max(first.get(head, 0), len(term))
        return cls(odds, first, short_forms, kinds or {})

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
        both = [forms(word) for word in words]
        folded, done = [one for one, _, _ in both], 0
        for place, (_, _, heads) in enumerate(both):
            if place < done or self.first.keys().isdisjoint(heads):
                continue
            longest = max(self.first.get(head, 0) for head in heads)
            for end in range(min(place + longest, len(words)), place, -1):
                known = self.odds.get((*folded[place : end - 1], both[end - 1][1]))
                if known:
                    yield place, end, *known
                    done = end
                    break


def nudged(emissions: Array, words: Sequence[str], terms: Terms, weight: float) -> Array:
    """Tag scores [words, tags] with each known term's tags raised (or lowered) by `weight` times its log odds."""
    if not weight:
        return emissions
    out = emissions.copy()
    for start, end, kind, odds in terms.matches(words):
        size = np.float32(weight * max(-WIDEST, min(WIDEST, odds)))
        parts = ["S"] if end == start + 1 else ["B", *["I"] * (end - start - 2), "E"]
        for place, part in zip(range(start, end), parts, strict=True):
            out[place, TAGS.index(f"{part}-{kind}")] += size
    return out
