"""When are two titles the same work's, and which titles say too little to tell?

Invariant: a title that differs in a number, a numeral or a word of its own (`supervised` and `unsupervised`, `Part I` and `Part II`) is another
work's, however long the rest that both share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from kg.text import fold

THRESHOLD = 0.9  # of all characters, in order, that a near title must share
_WORD = 0.85  # the same for the words in which the two differ: a typo or a spelling, not another word
_STOP = frozenset(
    ("a", "an", "the", "of", "for", "in", "on", "and", "or", "with", "to", "by", "from", "via", "using", "at", "is", "as", "its", "into", "towards",
     "toward")
)  # fmt: skip
_NUMERAL = re.compile(r"\d|^[ivx]+$")
_GENERIC = re.compile(
    r"^(?:the )?(?:guest )?(?:introduction|preface|foreword|editorial|editors? note|index|abstracts?|contents|conclusions?|discussion|keynote|panel|"
    r"tutorial|workshop|welcome|message|untitled|no title|errat\w+|corrigend\w+|corrections?|retraction|reply|response|comments?|commentary|"
    r"book reviews?|news|obituary|program(?:me)?|posters?|acknowledge?ments?|references|appendix|supplement\w*|notes?|letters?|"
    r"personal communication|private communication|in preparation|submitted|to appear|ibid|technical report|"
    r"(?:ph ?d|master s) thesis)\b(?: \w+){0,3}$"
)
_SERIES = re.compile(
    r"^(?:(?:a|the|final|annual|technical|first|second|third|\d\w*) )*(?:reports? (?:of|on|from)|proceedings|overview of|findings of|results of|"
    r"summary of|introduction to|preface to|guest editor\w*|editorial|special issue|in this issue|lecture notes|minutes of|book review)\b"
)


def words(title: str) -> tuple[str, ...]:
    """The folded words of a title."""
    return tuple(fold(title).replace("/", " ").split())


def tells(found: Sequence[str], *, dated: bool) -> bool:
    """Does an equal title of these words name one work? Short ones do only where the years agree as well (`dated`), and what many works
    bear (`Introduction`, `Technical report`) never does."""
    if _GENERIC.match(" ".join(found)):
        return False
    letters = sum(map(len, found))
    return (len(found) >= 4 and letters >= 20) or (dated and len(found) >= 2 and letters >= 10)


def in_series(found: Sequence[str]) -> bool:
    """Do works of other years bear this title too (`Report on the …`, `Findings of …`)?"""
    return bool(_SERIES.match(" ".join(found)))


def similarity(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two titles are, 0 to 1: the share of characters in common, in order (normalised indel similarity), or 0.0 where that is
    less than 0.9, a title is short, or they differ in a number or in more than the spelling of a word."""
    from rapidfuzz import fuzz

    if one == other:
        return 1.0
    if min(len(one), len(other)) < 5 or min(sum(map(len, one)), sum(map(len, other))) < 30:
        return 0.0
    score = fuzz.ratio(" ".join(one), " ".join(other), score_cutoff=100 * THRESHOLD) / 100
    return round(score, 4) if score and _same_but_for_spelling(one, other) else 0.0


def _same_but_for_spelling(one: Sequence[str], other: Sequence[str]) -> bool:
    """Are these the same words in the same order, but for spelling, or but for spelling and function words?"""
    told, said = ([word for word in title if word not in _STOP] for title in (one, other))
    return _aligned(told, said) or _aligned(one, other)


def _aligned(one: Sequence[str], other: Sequence[str]) -> bool:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return all(tag == "equal" or _spelled_alike(one[a:b], other[c:d]) for tag, a, b, c, d in blocks)


def _spelled_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Do stretches in which two titles differ say the same: other spaces, a typo or a spelling? A typo stands behind the second letter, for what
    stands before it often turns the meaning (`symmetric` and `asymmetric`, `micro` and `macro`)."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    left, right = "".join(one), "".join(other)
    if left == right:
        return True
    if left[:2] != right[:2] or any(_NUMERAL.search(word) for word in (*one, *other)):
        return False
    if OSA.distance(left, right) <= 1:
        return max(len(left), len(right)) >= 5
    return min(len(left), len(right)) >= 8 and fuzz.ratio(left, right) >= 100 * _WORD
