"""Extractors by model name: what a model is made of, its fingerprint, and texts in, extractions out.

Invariants: `load` is cheap and imports no spaCy; equal fingerprint and text give an equal extraction, so whatever can change
an extraction (component settings, lexicon and model files, spaCy's version, `CODE_VERSION`) is part of the fingerprint.
A new model is one entry of `MODELS`: the name of a module with a function `recipe() -> Recipe`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ConfigError
from kg.extract.places import doc_of
from kg.extract.seam import extraction_of
from kg.hashing import canonical, digest, digest_bytes
from kg.models import Extraction
from kg.protocols import Extractor

if TYPE_CHECKING:
    from spacy.language import Language

CODE_VERSION = "7"  # raise it with every change of code under kg/extract/ that can change an extraction
DEFAULT_MODEL = "neural"
MODELS: dict[str, str] = {"fast": "kg.extract.neural.fast", "lexicon": "kg.extract.lexical", "neural": "kg.extract.neural.recipe"}

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model's pipeline is made: what the model is in a few words, its version, its components in order with their settings
    (plain JSON values), the files that shape it, `build`, which is called when the first text is read, and `least`, which gives the
    confidence below which its uses are wrong too often to be shown unasked."""

    title: str
    version: str
    components: dict[str, dict[str, Any]]
    files: tuple[Path, ...]
    build: Callable[[], Language]
    least: Callable[[], float] = float


@dataclass(frozen=True)
class PipelineExtractor:
    """A `kg.protocols.Extractor` over a spaCy pipeline; the pipeline is built once, on first use."""

    model: str
    recipe: Recipe

    @cached_property
    def fingerprint(self) -> str:
        """40 hex digits over all that can change an extraction."""
        files = [[path.name, digest_bytes([path.read_bytes()])] for path in sorted(self.recipe.files)]
        spacy_version = ".".join(version("spacy").split(".")[:2])
        content = [self.model, self.recipe.version, list(self.recipe.components.items()), files, spacy_version, CODE_VERSION]
        return digest(canonical(content).decode())

    @cached_property
    def least(self) -> float:
        """The confidence below which uses are left out where nobody says otherwise."""
        return self.recipe.least()

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline, for those who want Docs."""
        return self.recipe.build()

    def extract(self, texts: Iterable[str]) -> Iterator[Extraction]:
        """One extraction a text, in order. Any text is read whole; one with nothing in it gives an empty extraction."""
        for doc in self.nlp.pipe(doc_of(self.nlp, readable(text)) for text in texts):
            yield extraction_of(doc)


def readable(text: str) -> str:
    """`text` with lone surrogates, which no encoder takes, replaced one for one, so that every offset stays right."""
    return _SURROGATE.sub("\ufffd", text)


def load(model: str | None = None) -> Extractor:
    """The extractor called `model` (one of `MODELS`; None is `DEFAULT_MODEL`). Raises ConfigError for another name."""
    model = model or DEFAULT_MODEL
    if model not in MODELS:
        raise ConfigError(f'no extraction model is called "{model}": choose one of {", ".join(MODELS)}')
    return PipelineExtractor(model, recipe_of(model))


def recipe_of(model: str) -> Recipe:
    """What the model of this name, one of `MODELS`, is made of."""
    recipe: Recipe = import_module(MODELS[model]).recipe()
    return recipe
