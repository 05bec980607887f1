"""The model `neural`: the trained reader between the abbreviation finder and the keyword list.

Invariant: the recipe is the whole of it; its files are what decides an extraction, so they are part of the fingerprint.
"""

from __future__ import annotations

import json
from functools import partial
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.config import processors
from kg.extract.names import lexicon_files
from kg.extract.pipeline import Recipe

if TYPE_CHECKING:
    from spacy.language import Language

FOLDER = Path(__file__).resolve().parent.parent / "model"
FILES = ("encoder.onnx", "heads.npz", "reader.json", "terms.json", "vocab.txt")
MERGER = "merge.json"
COMPONENTS: dict[str, dict[str, Any]] = {
    "kg_sentences": {},
    "kg_abbreviations": {},
    "kg_reader": {},
    "kg_keywords": {},
}


def recipe(folder: Path = FOLDER, title: str = "trained reader, six layers") -> Recipe:
    """What `kg.extract.load("neural")` is made of; another folder is another model of the same make."""
    files = (*(folder / name for name in FILES), merger_file(folder), *lexicon_files())  # keywords, and names in other languages
    return Recipe(title, version="1", components=COMPONENTS, files=files, build=partial(build, folder), least=partial(least, folder))


def least(folder: Path) -> float:
    """The `use_least` of the model in `folder`, as `reader.Settings` has it (that module is dearer to import)."""
    return float(json.loads((folder / "reader.json").read_text(encoding="utf-8")).get("use_least", 0.0))


def merger_file(folder: Path) -> Path:
    """The merger of names in `folder`, else the shipped one: it knows nothing of the encoder, so it serves every model."""
    own = folder / MERGER
    return own if own.exists() else FOLDER / MERGER


def build(folder: Path = FOLDER) -> Language:
    """The spaCy pipeline of this model: on up to four threads, or on one in a worker process, whose siblings have the other processors."""
    return pipeline(folder, threads=1 if parent_process() else min(processors(), 4))


def pipeline(folder: Path | None = None, *, threads: int = 1) -> Language:
    """The same pipeline over the model in `folder` (None is the shipped one), with `threads` threads for the encoder."""
    import kg.extract.neural.factory  # noqa: F401  registers `kg_reader` where the package's entry points are not installed
    from kg.extract.components import blank

    nlp = blank()
    for name, config in COMPONENTS.items():
        nlp.add_pipe(name, config={**config, "model": str(folder) if folder else None, "threads": threads} if name == "kg_reader" else config)
    return nlp
