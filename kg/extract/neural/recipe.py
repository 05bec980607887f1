"""The model `neural`: the trained reader between the abbreviation finder and the keyword list.

Invariant: the recipe is the whole of it; its files are what decides an extraction, so they are part of the fingerprint.
"""

from __future__ import annotations

import os
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.extract.pipeline import Recipe

if TYPE_CHECKING:
    from spacy.language import Language

FOLDER = Path(__file__).resolve().parent.parent / "model"
FILES = ("encoder.onnx", "heads.npz", "reader.json", "terms.json", "vocab.txt")
COMPONENTS: dict[str, dict[str, Any]] = {
    "kg_sentences": {},
    "kg_abbreviations": {},
    "kg_reader": {},
    "kg_keywords": {},
}


def recipe() -> Recipe:
    """What `kg.extract.load("neural")` is made of."""
    return Recipe(version="1", components=COMPONENTS, files=tuple(FOLDER / name for name in FILES), build=build)


def build() -> Language:
    """The spaCy pipeline of this model: on up to four threads, or on one in a worker process, whose siblings have the other processors."""
    return pipeline(threads=1 if parent_process() else min(os.cpu_count() or 1, 4))


def pipeline(folder: Path | None = None, *, threads: int = 1) -> Language:
    """The same pipeline over the model in `folder` (None is the shipped one), with `threads` threads for the encoder."""
    import kg.extract.neural.factory  # noqa: F401  registers `kg_reader` where the package's entry points are not installed
    from kg.extract.components import blank

    nlp = blank()
    for name, config in COMPONENTS.items():
        nlp.add_pipe(name, config={**config, "model": str(folder) if folder else None, "threads": threads} if name == "kg_reader" else config)
    return nlp
