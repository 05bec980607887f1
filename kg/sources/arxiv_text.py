"""Titles, abstracts, lists of names and categories as arXiv writes them: LaTeX, wrapped at 80 columns.

Invariant: a paragraph is one line; only arXiv's own categories count as keywords, not the classes of other schemes beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.sources.markup import plain, shown
from kg.text import squeeze

_CATEGORY = re.compile(r"^[a-z-]+(?:\.[A-Za-z-]{2,})?$")
_BRACKETS = re.compile(r"\([^()]*\)")
_NESTED = 4  # brackets within brackets that are taken out
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
_INDENTED = re.compile(r"(?<=\S)[ \t]*\n(?:  +)(?=\S)")


def arxiv_title(text: str) -> str:
    """The title as text, on one line."""
    return squeeze(plain(squeeze(text)))


def arxiv_abstract(text: str) -> str:
    """The abstract as text: wrapped lines joined. A line that is indented under one that is not begins a paragraph."""
    text = text.strip("\n\r ")
    if "\n  " in text and any(line and not line[0].isspace() for line in text.split("\n")[1:]):  # else a pretty printer set the whole text in
        text = _INDENTED.sub("\n\n", text)
    return plain(text)


def categories(terms: Iterable[str]) -> tuple[str, ...]:
    """The arXiv categories among `terms`, in order, each once."""
    return tuple(dict.fromkeys(term for term in terms if _CATEGORY.match(term)))


def listed(names: str) -> list[str]:
    """The names of `A. One, B. Two (Somewhere) and C. Three`, as text."""
    names = shown(names)
    for _ in range(_NESTED):
        names = _BRACKETS.sub(" ", names)
    return [name for name in _AND.split(squeeze(names)) if name]
