"""How alike two names of one paper are: what tells `Pointer Net` and `pointer network` from `model-free RL` and `model-based RL`.

A pair of groups of mentions becomes one row of numbers: shared words and stems, the words that only one has (with how often such a word
was dropped without changing the concept in the training papers), letters that could abbreviate the other, and how the two stand to
each other in the text. Invariant: the longer name comes first whatever the order asked in, so a pair has one row; nothing here knows the
encoder, so its weights can change.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.extract.inflect import key, singular
from kg.extract.wordlist import words

Span = tuple[int, int]

_PART = re.compile(r"[^\W_]+")
_INNER = re.compile(r"[a-z][A-Z]|[A-Z]{2}|\d")
_DIGITS = re.compile(r"\d+")
_LITTLE = words("a an and as at between by for from in into of on or over the to under via with without")
_ENDINGS = sorted(
    words(
        "isations izations isation ization ational ations ation itions ition ative atory ating ators ator ates ated ate ments ment ings ing "
        "ionals ional ions ion ities ity ances ance ences ence ically ical ics ic ally als al ures ure ables able ible ives ive ers er ors or "
        "eds ed ies y e izers izer isers iser izing ising izes ized ize ised"
    ),
    key=lambda ending: (-len(ending), ending),
)
_WRITTEN = {"nets": "network", "net": "network", "nn": "network", "multi": "multiple", "robot": "robotic", "text": "textual"}
_GENERIC = words(
    "model method framework network algorithm dataset data benchmark task learning approach system mechanism technique architecture module "
    "strategy training process procedure problem objective loss function score rate metric pipeline paradigm agent scheme policy tool corpus "
    "application"
)
_BESIDE = r"an?|the|our|called|named|namely|dubbed|i\.?e\.?|or|which is"
_BESIDE_WITHIN, _BESIDE_WORDS = 40, 4  # characters and words between two names that stand in apposition, at most
_APPOSED = re.compile(rf"^[\s\"'“”‘’*`]*(?:\(|\[|:|—|–|,\s*(?:{_BESIDE})\b|called|named|dubbed|termed)")
_LISTED = re.compile(r"^\s*(?:,|/|&|and\b|or\b|,\s*and\b|as well as\b|,\s*or\b)\s*$", re.I)
_SET_APART = re.compile(r"\b(?:than|versus|vs\.?|unlike|compared|instead|over|from|outperform\w*|and|or|while|whereas|beyond|both)\b", re.I)
_POINTING = re.compile(r"\b(?:the|our|this|that|these|those|such|its|their)\s+(?:\w+\s+)?$", re.I)
_PROPOSED = re.compile(r"\b(?:we|paper|work)\b[^.]*\b(?:propos|introduc|present|develop|design|call|name|dub)", re.I)


_OPPOSITES = (
    "free based|supervised unsupervised|supervised self|supervised semi|unsupervised semi|online offline|forward backward|micro macro|single multi|"
    "single multiple|intra inter|pre post|white black|low high|short long|small large|sparse dense|local global|static dynamic|linear nonlinear|"
    "top bottom|positive negative|discrete continuous|explicit implicit|centralized decentralized|convex nonconvex|monolingual multilingual|"
    "extractive abstractive|autoregressive nonautoregressive|parametric nonparametric|lower upper|encoder decoder|precision recall|on off|one two"
)
_OPPOSED = frozenset(frozenset(pair.split()) for pair in _OPPOSITES.split("|"))


class Group(NamedTuple):
    """Mentions that are one concept already: kind, name, and where they stand (character ranges, in order)."""

    kind: str
    name: str
    places: tuple[Span, ...]


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A word without its endings, for comparing only: `recommender`, `recommendation` and `recommending` are one."""
    low = singular(word).lower()
    low = _WRITTEN.get(low, low)
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            return low[: -len(ending)]
    return low


@lru_cache(maxsize=1 << 14)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name, hyphens cut, without the little ones."""
    out = tuple(word for word in _PART.findall(name) if word.lower() not in _LITTLE)
    return out or tuple(_PART.findall(name))


@dataclass(frozen=True)
class Known:
    """What the training papers say: `dropped` is, for a word (stem), the log odds that two names are one concept where only one of them
    has it; `papers` in how many papers a name (key) is a concept."""

    dropped: Mapping[str, float]
    papers: Mapping[str, int]
    usual: float = -1.0  # of a word that was not seen


@dataclass(frozen=True)
class Page:
    """A text as far as pairs need it: its sentences, the end of its title, the stems of each group's name (in order, and as a set), and
    how many other groups have all of them."""

    text: str
    starts: Sequence[int]
    title: int
    groups: Sequence[Group]
    stems: Sequence[tuple[str, ...]]
    sets: Sequence[frozenset[str]]
    holders: Sequence[int]

    @classmethod
    def of(cls, text: str, sentences: Sequence[Span], groups: Sequence[Group]) -> Page:
        """With the title's end worked out: the first line break, 0 where there is none."""
        stems = [tuple(map(stem, parts(group.name))) for group in groups]
        sets = [frozenset(each) for each in stems]
        holders = [sum(each <= other for other in sets) - 1 for each in sets]
        return cls(text, [a for a, _ in sentences], max(0, text.find("\n")), groups, stems, sets, holders)

    def sentence(self, place: int) -> int:
        """The number of the sentence that holds a character."""
        return max(0, bisect_right(self.starts, place) - 1)


def opposed(one: str, other: str) -> bool:
    """Whether two names can't be one thing, whatever else they share: both bear a number and the numbers differ (`GPT-3`, `GPT-4`), or each
    has a word that is the other's opposite (`model-free`, `model-based`)."""
    (x, numbers), (y, others) = _lowered(one), _lowered(other)
    if (numbers and others and numbers.isdisjoint(others)) or "non" in x ^ y:
        return True
    return any(frozenset((a, b)) in _OPPOSED or a in (f"un{b}", f"non{b}") or b in (f"un{a}", f"non{a}") for a in x - y for b in y - x)


@lru_cache(maxsize=1 << 14)
def _lowered(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a name in lower case, and the numbers in them."""
    low = frozenset(word.lower() for word in parts(name))
    return low, frozenset(digits for word in low for digits in _DIGITS.findall(word))


@lru_cache(maxsize=1 << 14)
def _coined(name: str) -> bool:
    """Whether the name is one word that could be an abbreviation."""
    return bool(_INNER.search(name)) and " " not in name.strip() and len(name) > 1


def candidates(page: Page) -> list[tuple[int, int]]:
    """Pairs of groups of one kind that might be one concept, the longer name first: they share a stem, or one could abbreviate the other
    or is set beside it; and they are not opposed."""
    out = []
    for i, one in enumerate(page.groups):
        for j, other in enumerate(page.groups[:i]):
            if one.kind == other.kind and page.stems[i] and page.stems[j]:  # a name of signs alone is like no other
                longer = (len(page.stems[i]), len(one.name)) >= (len(page.stems[j]), len(other.name))
                pair = (i, j) if longer else (j, i)
                if _like(page, *pair) and not opposed(one.name, other.name):
                    out.append(pair)
    return out


def _like(page: Page, a: int, b: int) -> bool:
    if not page.sets[a].isdisjoint(page.sets[b]):
        return True
    short = page.groups[b].name
    return (_coined(short) and _initials(page.groups[a].name, short) > 0.6) or _any_apposed(page.text, page.groups[a].places, page.groups[b].places)


def _any_apposed(text: str, one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Whether the two stand in apposition anywhere, see `_near`."""
    for x in one:
        for y in other:
            end, start = (x[1], y[0]) if x[0] < y[0] else (y[1], x[0])
            if start - end <= _BESIDE_WITHIN and _apposed(text[end:start]):
                return True
    return False


def _apposed(between: str) -> bool:
    return bool(_APPOSED.match(between)) and between.count(" ") <= _BESIDE_WORDS


def _initials(long: str, short: str) -> float:
    """The share of a coined short name's letters that are found in order in the long name, its capitals at beginnings of words or as capitals."""
    if not _coined(short):
        return 0.0
    letters = [char for char in short if char.isalnum()]
    heads = {match.start() for match in _PART.finditer(long)}
    place, hits = 0, 0
    for letter in letters:
        for at in range(place, len(long)):
            strong = at in heads or long[at].isupper()
            if long[at].lower() == letter.lower() and (strong or letter.islower()):
                place, hits = at + 1, hits + 1
                break
    return hits / len(letters)


def _near(page: Page, a: int, b: int) -> tuple[int, int, int, int]:
    """Of the places where the two stand side by side: how many are appositions, how many are items of one list, the words between at
    the nearest, and whether words of contrast stand between there."""
    apposed = listed = 0
    nearest, apart = 60, 0
    for one in page.groups[a].places:
        for other in page.groups[b].places:
            first, second = (one, other) if one[0] < other[0] else (other, one)
            gap = second[0] - first[1]
            if gap > 200:
                continue
            between = page.text[first[1] : second[0]]
            far = between.count(" ")
            if gap <= _BESIDE_WITHIN and _apposed(between):
                apposed += 1
            if _LISTED.match(between):
                listed += 1
            if far < nearest:
                nearest, apart = far, int(bool(_SET_APART.search(between)) and page.sentence(first[0]) == page.sentence(second[0]))
    return apposed, listed, nearest, apart


@lru_cache(maxsize=1 << 14)
def _grams(name: str) -> frozenset[str]:
    folded = f" {key(name)} "
    return frozenset(folded[i : i + 3] for i in range(len(folded) - 2))


FEATURES = (
    "words_long", "words_short", "shared", "only_long", "only_short", "same_head", "same_first", "suffix", "prefix", "in_order", "same_words",
    "grams", "dropped_sum", "dropped_min", "dropped_max", "added_sum", "generic_long", "generic_short", "coined_only_long", "coined_only_short",
    "digits_differ", "papers_long", "papers_short", "rivals_short", "rivals_long", "initials", "coined_short", "coined_long",
    "apposed", "listed", "nearest", "apart", "same_sentence", "sentences_apart", "title_long", "title_short", "title_both", "short_later",
    "count_long", "count_short", "pointing", "introduced_both", "task", "method", "metric", "dataset", "groups",
)  # fmt: skip


def row(page: Page, pair: tuple[int, int], known: Known) -> list[float]:
    """The numbers of one candidate pair, in the order of `FEATURES`."""
    a, b = pair
    return [*_words(page, a, b, known), *_context(page, a, b)]


def _words(page: Page, a: int, b: int, known: Known) -> list[float]:
    long, short = page.groups[a].name, page.groups[b].name
    s, t = page.stems[a], page.stems[b]
    x, y = parts(long), parts(short)
    only_x = [i for i, stem_ in enumerate(s) if stem_ not in t]
    only_y = [i for i, stem_ in enumerate(t) if stem_ not in s]
    odds = [known.dropped.get(s[i], known.usual) for i in only_x]
    added = [known.dropped.get(t[i], known.usual) for i in only_y]
    grams_x, grams_y = _grams(long), _grams(short)
    shared = len(t) - len(only_y)
    positions = [s.index(stem_) for stem_ in t if stem_ in s]
    coined_x, coined_y = [x[i] for i in only_x if _INNER.search(x[i])], [y[i] for i in only_y if _INNER.search(y[i])]
    digits = {w for w in x if any(c.isdigit() for c in w)} ^ {w for w in y if any(c.isdigit() for c in w)}
    return [
        len(s), len(t), shared, len(only_x), len(only_y), s[-1] == t[-1], s[0] == t[0], s[-len(t):] == t, s[: len(t)] == t,
        not only_y and positions == sorted(positions), len(_lowered(long)[0] & _lowered(short)[0]),
        2 * len(grams_x & grams_y) / max(1, len(grams_x) + len(grams_y)),
        sum(odds), min(odds, default=1.0), max(odds, default=1.0), sum(added),
        sum(singular(x[i]).lower() in _GENERIC for i in only_x), sum(singular(y[i]).lower() in _GENERIC for i in only_y),
        len(coined_x), len(coined_y), len(digits), known.papers.get(key(long), 0), known.papers.get(key(short), 0),
        page.holders[b] - (page.sets[b] <= page.sets[a]), page.holders[a] - (page.sets[a] <= page.sets[b]),
        _initials(long, short), bool(_INNER.search(short)), bool(_INNER.search(long)),
    ]  # fmt: skip


def _context(page: Page, a: int, b: int) -> list[float]:
    one, other = page.groups[a].places, page.groups[b].places
    apposed, listed, nearest, apart = _near(page, a, b)
    in_a, in_b = {page.sentence(p[0]) for p in one}, {page.sentence(p[0]) for p in other}
    title_a, title_b = any(p[0] < page.title for p in one), any(p[0] < page.title for p in other)
    pointing = sum(bool(_POINTING.search(page.text[max(0, p[0] - 20) : p[0]])) for p in other)
    kind = page.groups[a].kind
    return [
        apposed, listed, nearest, apart, len(in_a & in_b), min(abs(i - j) for i in in_a for j in in_b), title_a, title_b, title_a and title_b,
        other[0][0] > one[0][0], len(one), len(other), pointing, _introduced(page, one) and _introduced(page, other),
        kind == "TASK", kind == "METHOD", kind == "METRIC", kind == "DATASET", len(page.groups),
    ]  # fmt: skip


def _introduced(page: Page, places: Sequence[Span]) -> bool:
    """Whether the title names it, or a sentence that says what the paper proposes."""
    for start, _ in places:
        number = page.sentence(start)
        stop = page.starts[number + 1] if number + 1 < len(page.starts) else len(page.text)
        if start < page.title or _PROPOSED.search(page.text, page.starts[number] if page.starts else 0, stop):
            return True
    return False
