"""Offsets carried over to another copy of the same text, which differs in spaces and invisible characters alone.

Readers of files drop control characters, byte-order marks and the like; that must not cost a paper its score.
Invariant: a span covers the same visible characters before and after.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from kg.evaluation.annotation import Annotation


def carried_over(annotation: Annotation, text: str) -> Annotation | None:
    """The annotation with offsets into `text`; None where the two texts differ in what a reader sees."""
    if annotation.text == text:
        return annotation
    ours, theirs = _visible(annotation.text), _visible(text)
    if [annotation.text[at] for at in ours] != [text[at] for at in theirs]:
        return None
    place = dict(zip(ours, theirs, strict=True))
    spans = []
    for span in annotation.spans:
        if inside := [place[at] for at in range(span.start, span.end) if at in place]:
            spans.append(replace(span, start=inside[0], end=inside[-1] + 1))
    results = tuple(replace(one, start=place.get(one.start)) if one.start is not None else one for one in annotation.results)
    return replace(annotation, text=text, spans=tuple(spans), results=results)


def _visible(text: str) -> list[int]:
    return [at for at, char in enumerate(text) if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf")]
