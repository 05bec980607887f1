"""One paper's extraction as `kg extract` prints it, the form of `schemas/extraction.json`.

Invariant: offsets are characters into `text`, end exclusive, and `text` is what was read.
"""

from __future__ import annotations

from pydantic import Field

from kg.assembly import LinkIndex, occurrences
from kg.models import Extraction, Paper, Record, Result


class PrintedMention(Record):
    """A stretch of `text` that names the concept, seen by component `by`."""

    start: int
    end: int
    kind: str
    concept: str
    confidence: float
    by: str


class PrintedEdge(Record):
    """The paper's one role towards a concept; `sentence` is the character range that carries it."""

    concept: str
    name: str
    kind: str
    role: str
    confidence: float
    sentence: tuple[int, int]
    by: str


class PrintedExtraction(Record):
    """What was seen in one paper. `text` is title, newline, abstract, or the one of them that is there."""

    id: str
    text: str
    title: str = ""
    language: str | None = Field(default=None, description="set where the text is not in the extractor's own language")
    mentions: tuple[PrintedMention, ...] = ()
    edges: tuple[PrintedEdge, ...] = ()
    results: tuple[Result, ...] = ()
    keywords: tuple[str, ...] = ()


def printed(
    paper: Paper, extraction: Extraction, index: LinkIndex, *, min_confidence: float = 0.0, result_confidence: float = 0.0
) -> PrintedExtraction:
    """The paper's extraction with canonical concept ids, without uses (and their mentions) below `min_confidence` and results below
    `result_confidence`."""
    found = occurrences(extraction, index, min_confidence=min_confidence)
    mentions = [
        PrintedMention(
            start=mention.start, end=mention.end, kind=item.concept.kind, concept=item.concept.id,
            confidence=round(mention.confidence, 4), by=mention.by,
        )
        for item in found
        for mention in item.mentions
    ]  # fmt: skip
    edges = tuple(
        PrintedEdge(
            concept=item.concept.id, name=item.concept.name, kind=item.concept.kind, role=item.role,
            confidence=round(item.confidence, 4), sentence=item.sentence, by=item.by,
        )
        for item in found
    )  # fmt: skip
    return PrintedExtraction(
        id=paper.id, text=paper.text, title=paper.title, language=extraction.language,
        mentions=tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.concept))),
        edges=edges, results=tuple(one for one in extraction.results if one.confidence >= result_confidence), keywords=extraction.keywords,
    )  # fmt: skip
