"""Paragraphs of a page to cards: which are titles, which abstracts, which navigation; told apart by length and punctuation alone.

Invariant: every paragraph that is prose is in a card, and cards come in the order of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.sources.lines import Line
from kg.sources.page_dates import PrintedDate

_TWO_SENTENCES = re.compile(r"[a-z]{3}\. [A-Z]")
_TITLE_LONGEST = 250  # characters; a longer paragraph or line is prose, and is not soft-wrapped


@dataclass(frozen=True, slots=True)
class Card:
    """One card: its texts, the line it begins at, and its foot where it has one."""

    line: int
    title: str
    abstract: str
    authors: int | None = None
    organisation: str | None = None
    date: PrintedDate | None = None


def paragraphs(run: Sequence[list[Line]]) -> list[Line]:
    """(line, text) of each paragraph, soft-wrapped lines joined. Where a line is too long to have been wrapped, each line is a paragraph;
    a lone paragraph of several lines is a title over an abstract."""
    run = [paragraph for paragraph in run if paragraph]
    if len(run) == 1 and len(run[0]) > 1 and not any(len(text) >= _TITLE_LONGEST for _, text in run[0]):
        run = [run[0][:1], run[0][1:]]
    found: list[Line] = []
    for paragraph in run:
        if any(len(text) >= _TITLE_LONGEST for _, text in paragraph):
            found += paragraph
        else:
            found.append((paragraph[0][0], " ".join(text for _, text in paragraph)))
    return [(line, text) for line, text in found if any(char.isalpha() for char in text)]


def without_navigation(texts: list[Line]) -> list[Line]:
    """`texts` from the first short line with prose under it; the last two where there is none."""
    for at, (above, below) in enumerate(pairwise(texts)):
        if not is_prose(above[1]) and is_prose(below[1]):
            return texts[at:]
    return texts[-2:]


def segments(texts: list[Line]) -> list[Card]:
    """Cards in paragraphs: a title, the paragraph under it, and what goes on until a short line with prose under it."""
    made: list[Card] = []
    at = 0
    while at < len(texts):
        line, title = texts[at]
        if is_prose(title):
            title, body = "", [title]
        else:
            at, body = at + 1, []
        if not body and at < len(texts) and (is_prose(texts[at][1]) or not _begins(texts, at)):
            body.append(texts[at][1])
            at += 1
        elif body:
            at += 1
        while at < len(texts) and not _begins(texts, at):
            body.append(texts[at][1])
            at += 1
        made.append(Card(line, title, "\n\n".join(body)))
    return made


def _begins(texts: list[Line], at: int) -> bool:
    return not is_prose(texts[at][1]) and at + 1 < len(texts) and is_prose(texts[at + 1][1])


def is_prose(text: str) -> bool:
    """Whether a paragraph is an abstract rather than a title: long, or a sentence that ends as sentences do, or two sentences."""
    if len(text) >= _TITLE_LONGEST or (len(text) >= 60 and text.endswith((".", ".)", '."', ".”"))):
        return True
    return len(text) >= 100 and bool(_TWO_SENTENCES.search(text))


def footless(texts: list[Line]) -> list[Card]:
    """The cards in text that no foot follows: a short line with prose under it; the rest is navigation."""
    made: list[Card] = []
    at = 0
    while at + 1 < len(texts):
        if is_prose(texts[at][1]) or not is_prose(texts[at + 1][1]):
            at += 1
            continue
        end = at + 2
        while end < len(texts) and is_prose(texts[end][1]):
            end += 1
        made += segments(texts[at:end])
        at = end
    return made
