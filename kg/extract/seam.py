"""The one way from a processed Doc to an `Extraction`, whichever model's components ran.

Invariant: every mention's `name` and kind has at most one use, every use's concept has a mention, and every offset lies in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.abbreviate import singular_pair
from kg.extract.language import language
from kg.extract.places import found, text_of
from kg.models import Extraction, Mention, Result, Use

if TYPE_CHECKING:
    from spacy.tokens import Doc


def extraction_of(doc: Doc) -> Extraction:
    """What the Doc's components found, as one record; a Doc that no component touched gives an empty one."""
    text = text_of(doc)
    mentions = tuple(
        Mention(start=m.start, end=m.end, kind=m.kind, name=m.concept or text[m.start : m.end], confidence=m.confidence, by=m.by or "unknown")
        for m in found(doc)
    )
    known = {(mention.kind, mention.name) for mention in mentions}
    uses = {(use["kind"], use["name"]): Use(**use) for use in doc._.kg_uses}
    pairs = (singular_pair(short, long) for short, long, *_ in doc._.kg_abbreviations)
    return Extraction(
        mentions=mentions,
        uses=tuple(use for key, use in uses.items() if key in known),
        results=tuple(Result(**result) for result in doc._.kg_results),
        keywords=tuple(doc._.kg_keywords),
        abbreviations=tuple(dict.fromkeys(pairs)),
        language=language(text),
    )
