"""Ways to run an extractor over many texts: in this process, or in a pool of worker processes.

Invariant: every engine gives the same extractions in the same order; only the time differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.config import processors
from kg.engines.pool import run_pool
from kg.models import Extraction
from kg.protocols import Extractor

POOL_FROM = 100  # texts: below this, starting workers costs more than it saves


def run(extractor: Extractor, texts: Iterable[str], *, model: str, count: int, workers: int | None = None) -> Iterator[Extraction]:
    """One extraction for each text, in order. `workers` None or 1 runs here; 0 chooses by the number of texts (`count`) and of processors.
    Worker processes import the program's main module again, so only a program that guards its main part (as `kg` does) may ask for them.
    `model` names the extractor, for workers to load their own."""
    chosen = (min(processors(), 8) if count >= POOL_FROM else 1) if workers == 0 else workers or 1
    if chosen == 1:
        return extractor.extract(texts)
    return run_pool(model, texts, count=count, workers=chosen)
