"""Concept mentions by the lexicon, joined with those by shape; the longest wins.

Invariant: a mention by the lexicon carries its canonical name, one by shape carries none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.extract.coin import urls
from kg.extract.names import PHENOMENON, lexicon
from kg.extract.places import Found, found, set_found, text_of
from kg.extract.shapes import shaped

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

# Strict precision on gold dev, to the nearest 0.05 (benchmarks/extract_priors.py prints it).
_CONFIDENCE = {"METHOD": 0.85, "DATASET": 0.9, "TASK": 0.75, "METRIC": 0.8}


class Matchers(NamedTuple):
    """The two lexicon matchers (any case, exact case); a label is `KIND|canonical`."""

    lower: PhraseMatcher
    exact: PhraseMatcher


def lexicon_matchers(nlp: Language) -> Matchers:
    """The matchers over the whole lexicon, tokenized as `nlp` does."""
    from spacy.matcher import PhraseMatcher

    lower, exact = PhraseMatcher(nlp.vocab, attr="LOWER"), PhraseMatcher(nlp.vocab, attr="ORTH")
    for name in lexicon():
        (exact if name.exact else lower).add(f"{name.kind}|{name.canonical}", [nlp.make_doc(name.surface)])
    return Matchers(lower, exact)


def mark_lexicon(doc: Doc, *, matchers: Matchers, shapes: bool = True) -> Doc:
    """Add to the Doc's concept mentions what the lexicon and the shapes find."""
    items = found(doc)
    for matcher in (matchers.lower, matchers.exact):
        for span in matcher(doc, as_spans=True):
            kind, canonical = span.label_.split("|", 1)
            if kind != PHENOMENON:
                items.append(Found(span.start_char, span.end_char, kind, _CONFIDENCE[kind], "lexicon", canonical))
    if shapes:
        items += shaped(doc)
    addresses = urls(text_of(doc))
    set_found(doc, (item for item in items if not any(start <= item.start < end for start, end in addresses)))
    return doc
