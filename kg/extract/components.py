"""The pipeline's parts as registered spaCy factories, and a blank pipeline to put them in.

Importing this module (spaCy does so itself through the package's `spacy_factories` and `spacy_tokenizers` entry points) is all it takes for
`nlp.add_pipe("kg_lexicon")`. It is the one module that imports spaCy at its top. Invariant: components are plain functions or
`functools.partial` of them, so that a pipeline can be pickled for worker processes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import registry

from kg.extract import places
from kg.extract.abbreviate import mark_abbreviations
from kg.extract.keywords import keyword_matcher, mark_keywords
from kg.extract.lexicon_match import lexicon_matchers, mark_lexicon
from kg.extract.naming import mark_names
from kg.extract.results import mark_results
from kg.extract.roles import mark_roles, role_matcher
from kg.extract.sentences import mark_sentences
from kg.extract.tokens import tokenizer

Component = Callable[[Doc], Doc]

TOKENIZER = "kg.tokenizer.v1"
MAX_CHARACTERS = 50_000_000  # spaCy's own limit guards parsers against memory; nothing here needs it

places.register()


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """The tokenizer that every name fits, by name, so that a saved pipeline has it before its matchers are made."""
    return _tokenizer_of


def _tokenizer_of(nlp: Language) -> Tokenizer:
    return tokenizer(nlp.vocab)


def blank() -> Language:
    """An English pipeline without components, with the tokenizer that every name fits."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.max_length = MAX_CHARACTERS
    return nlp


@Language.factory("kg_sentences", assigns=["token.is_sent_start", "doc.sents"])
def kg_sentences(nlp: Language, name: str) -> Component:
    """Sentence boundaries; the title line is a sentence of its own."""
    return mark_sentences


@Language.factory("kg_abbreviations", assigns=["doc._.kg_abbreviations"])
def kg_abbreviations(nlp: Language, name: str) -> Component:
    """Abbreviations that the text defines (Schwartz and Hearst 2003)."""
    return mark_abbreviations


@Language.factory("kg_lexicon", default_config={"shapes": True}, assigns=["doc.spans", "doc.ents"])
def kg_lexicon(nlp: Language, name: str, shapes: bool) -> Component:
    """Concept mentions by the lexicon and, with `shapes`, by productive patterns."""
    return partial(mark_lexicon, matchers=lexicon_matchers(nlp), shapes=shapes)


@Language.factory("kg_names", default_config={"propagate": True}, requires=["doc.spans"], assigns=["span._.kg_name"])
def kg_names(nlp: Language, name: str, propagate: bool) -> Component:
    """One name for the mentions of one thing; with `propagate`, further occurrences of defined and coined names are added."""
    return partial(mark_names, propagate=propagate)


@Language.factory("kg_roles", requires=["doc.spans", "doc.sents"], assigns=["doc._.kg_uses"])
def kg_roles(nlp: Language, name: str) -> Component:
    """One role a concept by cue words."""
    return partial(mark_roles, matcher=role_matcher(nlp))


@Language.factory("kg_results", requires=["doc.spans", "doc.sents"], assigns=["doc._.kg_results"])
def kg_results(nlp: Language, name: str) -> Component:
    """The numbers that the text reports."""
    return mark_results


@Language.factory("kg_keywords", assigns=["doc._.kg_keywords"])
def kg_keywords(nlp: Language, name: str) -> Component:
    """Phenomena that the text speaks of."""
    return partial(mark_keywords, matcher=keyword_matcher(nlp))
