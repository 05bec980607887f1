"""Where components leave what they found on a spaCy Doc: `doc.spans["concepts"]`, `doc.ents` and the `Doc._`/`Span._` extensions.

Invariants: concept spans neither overlap nor nest; all that is stored is plain JSON values, so that a Doc survives
`to_bytes`, `DocBin` and worker processes. Offsets are characters into `doc.text`, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

CONCEPTS = "concepts"

_DOC: dict[str, Any] = {"kg_abbreviations": [], "kg_uses": [], "kg_results": [], "kg_keywords": []}
_SPAN: dict[str, Any] = {"kg_name": "", "kg_hint": "", "kg_confidence": 1.0, "kg_by": ""}


class Found(NamedTuple):
    """A concept mention: character range, kind, confidence (0 to 1), the component that saw it, a canonical name where
    that component knows one (a lexicon does; a tagger leaves it empty), and its concept's name once `kg_names` has worked it out."""

    start: int
    end: int
    kind: str
    confidence: float
    by: str
    name: str = ""
    concept: str = ""


def register() -> None:
    """Declare the extensions; harmless when they stand already."""
    from spacy.tokens import Doc, Span

    for target, defaults in ((Doc, _DOC), (Span, _SPAN)):
        for name, default in defaults.items():
            if not target.has_extension(name):
                target.set_extension(name, default=default)


def text_of(doc: Doc) -> str:
    """`doc.text`, put together once: spaCy joins the tokens anew at each call, a quarter of the pipeline's time."""
    text: str | None = doc.user_data.get("kg_text")
    if text is None:
        text = doc.user_data["kg_text"] = doc.text
    return text


def doc_of(nlp: Language, text: str) -> Doc:
    """The text as a Doc, tokens alone, that `text_of` need not put together again."""
    doc = nlp.make_doc(text)
    doc.user_data["kg_text"] = text
    return doc


def found(doc: Doc) -> list[Found]:
    """The concept mentions that the Doc holds, in order of place."""
    return [_found(span) for span in doc.spans.get(CONCEPTS, ())]


def _found(span: Span) -> Found:
    own = span._  # made anew at each call: a Doc is read and written as a whole, and what lies between works on `Found`
    return Found(span.start_char, span.end_char, span.label_, own.kg_confidence, own.kg_by, own.kg_hint, own.kg_name)


def disjoint(items: Iterable[Found]) -> list[Found]:
    """The items without those that overlap a longer one (of equal length the surer, then the earlier), in order of place."""
    kept: list[Found] = []
    taken: set[int] = set()
    for item in sorted(items, key=lambda f: (f.start - f.end, -f.confidence, f.start, f.kind)):
        place = range(item.start, item.end)
        if item.end > item.start and taken.isdisjoint(place):
            taken.update(place)
            kept.append(item)
    return sorted(kept)


def snapped(doc: Doc, items: Sequence[Found]) -> list[Found]:
    """The items as `set_found` would place them, in order of place."""
    starts = doc.to_array("IDX")
    ends = starts + doc.to_array("LENGTH")
    if set(starts.tolist()).issuperset(item.start for item in items) and set(ends.tolist()).issuperset(item.end for item in items):
        return disjoint(items)  # every edge is a token's
    return [item._replace(start=span.start_char, end=span.end_char) for span, item in _placed(doc, items)]


def set_found(doc: Doc, items: Iterable[Found]) -> None:
    """Replace the Doc's concept mentions by `items`, the longest first where they overlap. An offset inside a token is moved
    to the token's edge (`kg.extract.tokens` cuts so finely that this hardly happens)."""
    spans: list[Span] = []
    for span, item in _placed(doc, items):
        own = span._
        own.kg_hint, own.kg_confidence, own.kg_by, own.kg_name = item.name, item.confidence, item.by, item.concept
        spans.append(span)
    doc.spans[CONCEPTS] = spans
    doc.set_ents(spans, default="outside")


def _placed(doc: Doc, items: Iterable[Found]) -> Iterator[tuple[Span, Found]]:
    last = 0
    for item in disjoint(items):
        span = doc.char_span(item.start, item.end, label=item.kind, alignment_mode="expand")
        if span is not None and span.start >= last:
            last = span.end
            yield span, item
