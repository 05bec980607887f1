"""Where concepts come from, and which paper stands on which.

Invariant: nothing is claimed of a paper about itself, and no known year is contradicted; the order of the input means nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

MAX_PROPOSERS = 1


def first_years(paper_concepts: Mapping[str, Iterable[str]], years: Mapping[str, int | None]) -> dict[str, int]:
    """The earliest known year of a paper that holds the concept; concepts of undated papers alone are left out."""
    found: dict[str, int] = {}
    for paper, concepts in paper_concepts.items():
        year = years.get(paper)
        if year is not None:
            for concept in concepts:
                found[concept] = min(year, found.get(concept, year))
    return dict(sorted(found.items()))


def introduced_by(
    proposes: Mapping[str, Iterable[tuple[str, float]]], years: Mapping[str, int | None], first: Mapping[str, int] | None = None
) -> dict[str, str]:
    """The paper that introduced each concept, of those that propose it as (paper, confidence): the earliest by known year, of equals the
    more confident, then the first id. Undated papers count only where no dated one proposes it, and only if there is just one.
    With `first` (from `first_years`), a concept that an earlier paper already holds was introduced by none that we have."""
    found: dict[str, str] = {}
    for concept, proposals in sorted(proposes.items()):
        best: dict[str, float] = {}
        for paper, confidence in proposals:
            best[paper] = max(confidence, best.get(paper, 0.0))
        dated = {paper: year for paper in best if (year := years.get(paper)) is not None}
        if not dated:
            if len(best) == 1:
                found[concept] = next(iter(best))
            continue
        paper = min(dated, key=lambda item: (dated[item], -best[item], item))
        if first is None or concept not in first or first[concept] >= dated[paper]:
            found[concept] = paper
    return found


def builds_on(
    proposes: Mapping[str, Iterable[str]],
    uses: Iterable[tuple[str, str, float]],
    *,
    years: Mapping[str, int | None] | None = None,
    min_confidence: float = 0.5,
) -> list[tuple[str, str, list[str]]]:
    """(paper, the paper it builds on, concepts) sorted: the first uses, or compares with, what the second alone proposes.

    `uses` are (paper, concept, confidence). A concept that several papers propose tells nobody's work apart and is skipped, unless known
    years single out one proposer as strictly the earliest (each later claim is then a paper that renamed or extended it). A paper never
    builds on itself, nor on one of a later year where both years are known; uses below `min_confidence` are not counted."""
    known = years or {}
    owner = {concept: paper for concept, papers in proposes.items() if (paper := _owner(sorted(set(papers)), known))}
    proposed = {concept: set(papers) for concept, papers in proposes.items()}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for paper, concept, confidence in uses:
        other = owner.get(concept)
        if other and confidence >= min_confidence and paper not in proposed[concept] and _in_order(other, paper, known):
            found[paper, other].add(concept)
    return [(paper, other, sorted(concepts)) for (paper, other), concepts in sorted(found.items())]


def _owner(papers: Sequence[str], years: Mapping[str, int | None]) -> str | None:
    if len(papers) <= MAX_PROPOSERS:
        return papers[0] if papers else None
    dated = sorted((year, paper) for paper in papers if (year := years.get(paper)) is not None)
    if len(dated) < len(papers) or dated[0][0] == dated[1][0]:
        return None
    return dated[0][1]


def _in_order(earlier: str, later: str, years: Mapping[str, int | None]) -> bool:
    one, other = years.get(earlier), years.get(later)
    return one is None or other is None or one <= other
