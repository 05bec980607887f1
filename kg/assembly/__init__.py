"""From facts and decisions to stars: the graph as a pure function.

`occurrences` resolves what one paper's extraction says into role edges; `paper_stars`, `concept_star` and `named_star` write the nodes.
Invariant: equal papers, extractions, links and measures give equal stars, in whatever order they were read; no role edge without a
sentence that stands verbatim in the record.
"""

from __future__ import annotations

from kg.assembly.citations import OUTCOMES, UNMATCHED, Citations, Cited
from kg.assembly.concepts import Measures, concept_star
from kg.assembly.occurrences import LinkIndex, Occurrence, occurrences
from kg.assembly.papers import fuller, named_star, paper_stars, stub_star

__all__ = [
    "OUTCOMES",
    "UNMATCHED",
    "Citations",
    "Cited",
    "LinkIndex",
    "Measures",
    "Occurrence",
    "concept_star",
    "fuller",
    "named_star",
    "occurrences",
    "paper_stars",
    "stub_star",
]
