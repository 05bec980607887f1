"""Names of people as far as they tell whether two records mean the same ones.

Invariant: `Frost, Ada`, `Ada Frost` and `A. Frost` have one surname and one initial.
"""

from __future__ import annotations

import re

from kg.text import fold

_NOT_LETTER = re.compile(r"[\W_]+")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_GERMAN = re.compile(r"(?<=[aou])e")  # `Mueller` for `Müller`


def surname(name: str) -> str:
    """The folded letters of the family name: what stands before a comma, else the last word; `Jr.` and the like are no part of it."""
    words = fold(name.partition(",")[0] if "," in name else name).split()
    while len(words) > 1 and _NOT_LETTER.sub("", words[-1]) in _SUFFIXES:
        words.pop()
    return _NOT_LETTER.sub("", "".join(words) if "," in name else "".join(words[-1:]))


def initial(name: str) -> str:
    """The first letter of the given name, folded; empty where there is none."""
    given = name.partition(",")[2] if "," in name else " ".join(name.split()[:-1])
    return fold(given)[:1]


def name_words(name: str) -> list[str]:
    """The words of a name by which two lists of authors are compared, initials left out; none of what is not in Latin letters, for it may be
    the same name in other ones."""
    words = (_GERMAN.sub("", word) for word in fold(name).replace("/", " ").split() if len(word) > 1 and word not in _SUFFIXES)
    return [word for word in words if word.isascii() and word.isalpha()]
