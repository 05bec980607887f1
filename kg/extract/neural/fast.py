"""The model `fast`: the same reader over an encoder of half the layers, one of them whole, for large collections; a little less is read right.

Invariant: all but the files is the model `neural`'s.
"""

from __future__ import annotations

from pathlib import Path

from kg.extract.neural import recipe as neural
from kg.extract.pipeline import Recipe

FOLDER = Path(__file__).resolve().parent.parent / "model_fast"


def recipe() -> Recipe:
    """What `kg.extract.load("fast")` is made of."""
    return neural.recipe(FOLDER, "trained reader, three layers: quicker, a little less right")
