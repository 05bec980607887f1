"""Titles, abstracts and categories as arXiv writes them: LaTeX, wrapped at 80 columns.

Invariant: a paragraph is one line; only arXiv's own categories count as keywords, not the classes of other schemes beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.sources.markup import plain
from kg.text import squeeze

_CATEGORY = re.compile(r"^[a-z-]+(?:\.[A-Za-z-]{2,})?$")
_INDENTED = re.compile(r"(?<=\S)[ \t]*\n(?:  +)(?=\S)")


def arxiv_title(text: str) -> str:
    """The title as text, on one line."""
    return squeeze(plain(squeeze(text)))


def arxiv_abstract(text: str) -> str:
    """The abstract as text: wrapped lines joined. A line that is indented under one that is not begins a paragraph."""
    text = text.strip("\n\r ")
    lines = text.split("\n")
    if any(line and not line[0].isspace() for line in lines[1:]):  # else the whole text is set in, by a pretty printer
        text = _INDENTED.sub("\n\n", text)
    return plain(text)


def categories(terms: Iterable[str]) -> tuple[str, ...]:
    """The arXiv categories among `terms`, in order, each once."""
    return tuple(dict.fromkeys(term for term in terms if _CATEGORY.match(term)))
