"""One abstract a line, and nothing else.

Invariant: every line with text becomes a paper or a reject; a format with any other structure is not claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.lines import head_lines, numbered
from kg.text import clean

LEAST_WORDS = 8  # fewer words on a line are no abstract
PROSE_WORDS = 30  # words that a line of an abstract nearly always has

_CUE = re.compile(
    r"\b(?:we|our|paper|study|propos\w+|method\w*|results?|approach\w*|experiment\w*|model\w*|algorithm\w*|evaluat\w+|survey\w*|research)\b", re.I
)
_STRUCTURE = re.compile(r"^\s*(?:[{\[<#@%|>*;/]|[-+] |\d+[.)] |[A-Z][A-Z0-9] {1,2}-|\w+ ?= ?|\"[^\"]*\"[,;\t]|[\w.:/-]+[,;]\S)|\t")


def _is_prose(line: str) -> bool:
    words = line.split()
    if len(words) < PROSE_WORDS or _STRUCTURE.search(line):
        return False
    return sum(word.strip("(),.;:'\"").isalpha() for word in words) >= 0.7 * len(words)


def sniff(given: Input) -> float:
    """High where nearly every line of the head is a long paragraph of scholarly prose, the first one among them."""
    lines = head_lines(given)
    filled = [line for line in lines if line.strip()]
    if not filled or not _is_prose(filled[0]):
        return 0.0
    prose = sum(map(_is_prose, filled)) / len(filled)
    cues = sum(len(_CUE.findall(line)) >= 2 for line in filled) / len(filled)
    spaced = len(lines) - len(filled) > len(filled) / 2  # blank lines between paragraphs: also the look of an essay
    if prose < 0.8 or cues < (0.9 if spaced else 0.6):
        return 0.0
    return 0.4 if spaced or len(filled) == 1 else 0.6


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each line with text, without a title; a reject for a line with too few words."""
    for item in numbered(given):
        if isinstance(item, Reject):
            yield item
            continue
        number, line = item
        abstract = clean(line).strip()
        if len(abstract.split()) >= LEAST_WORDS:
            yield Paper(abstract=abstract, places=(Place(file=given.name, line=number),))
        elif abstract:
            reason = f"{len(abstract.split())} words are no abstract: put one whole abstract on each line, or take the line out"
            yield Reject(file=given.name, line=number, reason=reason)


SOURCE = Source("abstract-lines", "one abstract a line", sniff, read)
