"""Which concepts stand in the same papers more often than chance has it.

The measure is normalized pointwise mutual information (Bouma 2009, "Normalized (pointwise) mutual information in collocation
extraction"): ln(p(a,b) / p(a)p(b)) / -ln p(a,b), from -1 (never together) over 0 (independent) to 1 (only together). Invariant: the
result is a function of the set of papers, sorted, each pair once with the smaller id first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

MAX_CONCEPTS = 200  # a survey of more would pay for millions of pairs that say nothing


def co_occurrence(paper_concepts: Iterable[Sequence[str]], *, min_papers: int = 2) -> list[tuple[str, str, int, float]]:
    """(a, b, papers, NPMI) for every two concepts that share at least `min_papers` papers, a < b, sorted; NPMI rounded to 4 places.
    Of a paper with more than 200 concepts only the 200 that the corpus holds most often (of equals the first by id) are paired."""
    papers = [sorted(set(concepts)) for concepts in paper_concepts]
    single = Counter(concept for concepts in papers for concept in concepts)
    kept = ([concept for concept in concepts if single[concept] >= min_papers] for concepts in papers)
    pairs = Counter(pair for concepts in kept for pair in combinations(_bounded(concepts, single), 2))
    return [
        (one, other, together, _npmi(together, single[one], single[other], len(papers)))
        for (one, other), together in sorted(pairs.items())
        if together >= min_papers
    ]


def _bounded(concepts: list[str], single: Counter[str]) -> list[str]:
    if len(concepts) <= MAX_CONCEPTS:
        return concepts
    return sorted(sorted(concepts, key=lambda concept: (-single[concept], concept))[:MAX_CONCEPTS])


def _npmi(together: int, one: int, other: int, papers: int) -> float:
    if together == papers:
        return 1.0  # both in every paper: the limit of the measure
    return round(math.log(together * papers / (one * other)) / -math.log(together / papers), 4) + 0.0
