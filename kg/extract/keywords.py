"""Phenomena that a text speaks of and that are none of the four kinds: `hallucination`, `grokking`, `distribution shift`.

Invariant: a keyword is the canonical name of a listed phenomenon that stands in the text, each once, in order of first place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.names import PHENOMENON, lexicon

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc


def keyword_matcher(nlp: Language) -> PhraseMatcher:
    """A matcher whose labels are the canonical names."""
    from spacy.matcher import PhraseMatcher

    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for name in lexicon():
        if name.kind == PHENOMENON:
            matcher.add(name.canonical, [nlp.make_doc(name.surface)])
    return matcher


def mark_keywords(doc: Doc, *, matcher: PhraseMatcher) -> Doc:
    """Fill `doc._.kg_keywords`; of overlapping phenomena the longest counts."""
    from spacy.util import filter_spans

    doc._.kg_keywords = list(dict.fromkeys(span.label_ for span in filter_spans(matcher(doc, as_spans=True))))
    return doc
