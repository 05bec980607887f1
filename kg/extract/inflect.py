"""English plurals, as far as names of methods and tasks need them.

Invariant: `singular` is idempotent on what it returns and leaves names that are no plural (`bias`, `loss`, `BLEU`, `GANs'`) alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.wordlist import words
from kg.text import fold

_KEEP = words(
    "analysis basis bias bus canvas chaos class corpus cosmos diagnosis focus gas hypothesis kubernetes lens less loss mathematics "
    "news pass physics plus process robotics series species status synthesis thesis this us virus always perhaps process across "
    "analytics dynamics economics ethics genomics graphics kinematics linguistics logistics mechanics optics "
    "proteomics semantics statistics tactics thermodynamics bayes gibbs keras mcts pandas paraphrasis nas cos flops means atlas alias texas"
)
_ES = ("sses", "xes", "ches", "shes", "zzes")
_ACRONYM = re.compile(r"^[\w\-]*[A-Z0-9]s$")


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """The singular of one English word, or the word itself where it is none; case is kept."""
    low = word.lower()
    if _ACRONYM.match(word):
        return word[:-1]
    if word.endswith("S") or low.endswith("-means"):  # a name (`ConvS2S`), capitals, an algorithm that has no singular
        return word
    if len(word) < 4 or not low.endswith("s") or low in _KEEP or low.endswith(("ss", "us", "is", "ics", "ous")) or word.isupper():
        return word
    if low.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if low.endswith(_ES):
        return word[:-2]
    return word[:-1]


def singular_phrase(phrase: str) -> str:
    """`phrase` with its last word in singular; a plural behind `of` stays (`mixture of experts`)."""
    if " of " in phrase:
        return phrase
    head, cut, last = phrase.rpartition(" ")
    return f"{head}{cut}{singular(last)}"


def plural(word: str) -> str:
    """The regular plural of one English word in lower case, or of an acronym."""
    low = word.lower()
    if low.endswith(("s", "x", "ch", "sh", "z")):
        return word + "es"
    if low.endswith("y") and len(word) > 2 and low[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """What two mentions of one thing in one paper share: case, hyphens, spaces and number folded away."""
    return fold(singular_phrase(name.strip())).replace(" ", "")
