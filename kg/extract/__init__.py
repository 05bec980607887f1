"""Reads one text for concepts, their roles, reported numbers and keywords: a spaCy pipeline behind `kg.protocols.Extractor`.

`load` gives an extractor by model name; `abbreviations` is the one pure part that others may want alone. Every model's
components write to the same places of a spaCy `Doc` (`kg.extract.places`), and `kg.extract.seam` turns any such Doc into an
`Extraction`. Invariant: spaCy is imported when the first text is read, never by `import kg.extract` or `load`.
"""

from __future__ import annotations

from kg.extract.abbreviate import Abbreviation, abbreviations
from kg.extract.pipeline import DEFAULT_MODEL, MODELS, load, recipe_of

__all__ = ["DEFAULT_MODEL", "MODELS", "Abbreviation", "abbreviations", "load", "recipe_of"]
