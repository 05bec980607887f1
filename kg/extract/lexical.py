"""The model `lexicon`: names we list, shapes we know, cue words for roles. No training, no weights.

Invariant: the recipe is the whole of it; each component is a registered factory, so the same pipeline can be put together in plain spaCy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.extract.names import lexicon_files
from kg.extract.pipeline import Recipe

if TYPE_CHECKING:
    from spacy.language import Language

COMPONENTS: dict[str, dict[str, Any]] = {
    "kg_sentences": {},
    "kg_abbreviations": {},
    "kg_lexicon": {"shapes": True},
    "kg_names": {"propagate": True},
    "kg_roles": {},
    "kg_results": {},
    "kg_keywords": {},
}


def recipe() -> Recipe:
    """What `kg.extract.load("lexicon")` is made of."""
    return Recipe("names and shapes of names: quickest, for comparison", version="1", components=COMPONENTS, files=lexicon_files(), build=build)


def build() -> Language:
    """The spaCy pipeline of this model."""
    from kg.extract.components import blank

    nlp = blank()
    for name, config in COMPONENTS.items():
        nlp.add_pipe(name, config=config)
    return nlp
