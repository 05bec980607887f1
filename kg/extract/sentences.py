"""Where sentences begin and end in a title and an abstract.

Rules over characters, because abstracts are too regular to need a parser. Invariant: the ranges are in order, don't overlap,
hold no outer white space and together hold every other character of the text; the title is a sentence of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.places import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

TITLE_LIMIT = 400  # characters; a longer first line is no title but a paragraph of a text that has line breaks

_END = re.compile(
    r"""(?P<stop>[.!?]+)["'”’)\]}]*(?:\s+(?=["'“‘(\[$\\]*[A-Z0-9\u00c0-\uffff])|\s*$)"""
    r"""|(?<=[a-z]{3})(?P<glued>\.)(?=[A-Z][a-z]+\s)|(?P<wide>[。！？]+)|(?P<blank>\n\s*\n)"""
)
_NO_END = re.compile(
    r"(?:\b(?:e\.\s?g|i\.\s?e|et\s+al|cf|vs|viz|w\.\s?r\.\s?t|s\.\s?t|a\.\s?k\.\s?a|i\.\s?i\.\s?d|approx|resp|ca|incl|esp"
    r"|Figs?|Eqs?|Secs?|Refs?|Tabs?|Thm|Ch|App|Def|Dr|Prof|Mr|Mrs|Ms|St|Jr|Sr|Inc|Ltd|Vol|pp)|(?:^|[\s(])[A-Z])$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(?:No|Nos|no|nos|p|vol|eq|fig|sec|ver|v)$")


def title_end(text: str) -> int:
    """The offset of the newline that ends the title, 0 where the text has no title line."""
    end = text.find("\n")
    return end if 0 < end <= TITLE_LIMIT else 0


@lru_cache(maxsize=256)  # each component asks in turn
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The character range of each sentence; one range for a text without sentence ends, none for an empty text."""
    title = title_end(text)
    cuts = [title] if title else []
    cuts += [match.end() for match in _END.finditer(text, title) if _ends(text, match)]
    ranges = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        piece = text[start:end]
        if stripped := piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            ranges.append((first, first + len(stripped)))
    return tuple(ranges)


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether the stop that `match` found ends a sentence and not an abbreviation."""
    if match["stop"] != ".":
        return True
    before = text[max(0, match.start() - 12) : match.start()]
    after = text[match.end() : match.end() + 1]
    if _NO_END.search(before):
        return after == ""
    return not (after.isdigit() and _NUMBERED.search(before))


def mark_sentences(doc: Doc) -> Doc:
    """Set the Doc's sentence starts. A boundary inside a token moves to the token's start."""
    if len(doc) > 1:
        doc[1].is_sent_start = False  # one token with a value tells spaCy that sentences are known, also where there is only one
    starts = [start for start, _ in sentences(text_of(doc))]
    if starts:
        starts[0] = 0  # white space before the first sentence belongs to it
    offsets = {offset: index for index, offset in enumerate(doc.to_array("IDX").tolist())}
    for start in starts:
        if start in offsets:
            doc[offsets[start]].is_sent_start = True
    return doc
