"""What a text is before its mentions count: a paper in English, a text in another language, or no paper at all.

The tagger learned from English papers alone, so elsewhere it takes a dish for a method. A paper shows itself by words of research, by
known terms and by mentions the tagger is sure of; a text that has hardly any of the three gives nothing. In another language only names
count, those that are listed and those that look like one. Invariant: an English paper's mentions are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from kg.extract.names import PHENOMENON, lexicon
from kg.extract.neural import words as W
from kg.extract.neural.terms import WIDEST, Terms, key

SURE = 0.9  # a mention so confident speaks for a paper
SURE_SHORT = 0.6  # in a text as short as a title, where the tagger is seldom surer
FOREIGN_LEAST = 0.5  # least confidence of a mention in another language
LISTED = 0.7  # confidence of a listed name in another language
ENOUGH, WORDS_EACH = 5, 10  # evidence asked for: one for so many words, up to enough (no gold paper has less than 6)
_KNOWN = 0.9  # log odds from which a term of the training papers is known: annotated in 7 of 10 places

_RESEARCH = re.compile(
    r"\b(?:we|our|paper|propos(?:e|es|ed|al)|present(?:s|ed)|introduc(?:e|es|ed|ing)|stud(?:y|ies|ied)|investigat\w+|novel|approach\w*|methods?"
    r"|methodology|framework|algorithm\w*|model\w*|experiment\w*|evaluat\w+|results?|show(?:s|n)|demonstrat\w+|outperform\w*|performance"
    r"|benchmark\w*|datasets?|data|learn(?:s|ed|ing)|train(?:ed|ing)|tasks?|problems?|analy[sz]\w+|research\w*|empirical\w*|theor\w+|estimat\w+"
    r"|accura\w+|prediction\w*|neural|networks?|classif\w+|prove[sn]?|bounds?|complexity|optimal\w*|technique\w*|distribution\w*|polynomial\w*"
    r"|converge\w*|dimension\w*|function\w*|parameter\w*|comput\w+|linguistic\w*|hypothes[ie]s|conference|proceedings|approximat\w+"
    r"|inequalit\w+|(?:prior|previous|recent|existing) works?)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2}|[A-Z][\w-]*\d|\d[\w-]*[A-Z]")
_LATIN = re.compile(r"[A-Za-z]")
_OTHER_LETTERS = re.compile(r"[^\W\d_A-Za-z\u00c0-\u024f\u0370-\u03ff]")


def is_paper(text: str, ranges: Sequence[W.Span], confidences: Iterable[float], terms: Terms) -> bool:
    """Whether the text reads like a paper; a short one needs less to say so. `confidences` are those of distinct mentions."""
    need = min(ENOUGH, len(ranges) / WORDS_EACH)
    sure = SURE if len(ranges) > 2 * WORDS_EACH else SURE_SHORT
    evidence = sum(one > sure for one in confidences)
    research: set[str] = set()
    for match in _RESEARCH.finditer(text):
        research.add(match[0].lower()[:5])
        if evidence + len(research) >= need:
            return True
    return evidence + len(research) + 2 * _known(text, ranges, terms) >= need


def _known(text: str, ranges: Sequence[W.Span], terms: Terms) -> int:
    """How many known terms the text holds."""
    printed = [text[a:b] for a, b in ranges]
    return len({tuple(printed[start:end]) for start, end, _, odds in terms.matches(printed) if odds > _KNOWN})


def is_name(surface: str) -> bool:
    """Whether letters and digits make this a name in any language: Latin script, a capital inside, all capitals, or digits with capitals."""
    return bool(_LATIN.search(surface) and _NAME.search(surface)) and not _OTHER_LETTERS.search(surface)


def listed_names(text: str, ranges: Sequence[W.Span], terms: Terms) -> list[tuple[int, int, str]]:
    """The lexicon's names and the training papers' that stand in a text of another language, and their terms of several words: start,
    end, kind, in order of place. A single word of lower case is none: it may be a word of that language."""
    printed = [text[a:b] for a, b in ranges]
    taken: set[int] = set()
    out = []
    for source in (_lexicon_names(), terms):
        for first, end, kind, odds in source.matches(printed):
            surface = text[ranges[first][0] : ranges[end - 1][1]]
            clear = " " in surface or is_name(surface) or (source is not terms and surface != surface.lower())
            if clear and odds > _KNOWN and taken.isdisjoint(range(first, end)):
                taken.update(range(first, end))
                out.append((ranges[first][0], ranges[end - 1][1], kind))
    return sorted(out)


def proper_names(words: Sequence[str]) -> list[tuple[int, int, str]]:
    """The lexicon's names among these words that are printed with a capital: first word, end, kind."""
    return [
        (start, end, kind)
        for start, end, kind, _ in _lexicon_names().matches(words)
        if any(word != word.lower() for word in words[start:end])
    ]  # fmt: skip


@cache
def _lexicon_names() -> Terms:
    """The lexicon as terms; its phenomena are keywords and left out."""
    odds: dict[tuple[str, ...], tuple[str, float]] = {}
    for name in lexicon():
        printed = [name.surface[a:b] for a, b in W.words(name.surface)]
        if printed and name.kind != PHENOMENON:
            odds.setdefault(key(printed), (name.kind, WIDEST))
    return Terms.of(odds, {})
