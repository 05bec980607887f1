"""What the whole corpus says of its concepts, gathered in one pass over the papers.

Invariant: a corpus is order independent: adding papers in another order gives equal measures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.analysis import builds_on, co_occurrence, communities, first_years, introduced_by, is_a, pagerank
from kg.assembly import Measures, Occurrence
from kg.models import Concept, Paper

WORKS_WITH = ("USES", "EVALUATES_ON", "COMPARES_WITH", "ADDRESSES", "MEASURES")  # roles that make a paper build on a proposal


@dataclass(slots=True)
class Corpus:
    """Which papers hold which concepts, in which role."""

    years: dict[str, int | None] = field(default_factory=dict)
    concepts_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    papers_of: dict[str, int] = field(default_factory=dict)
    proposes: dict[str, list[tuple[str, float]]] = field(default_factory=lambda: defaultdict(list))
    uses: list[tuple[str, str, float]] = field(default_factory=list)

    def add(self, paper: Paper, found: Sequence[Occurrence]) -> None:
        """Counts one paper's concepts."""
        self.years[paper.id] = paper.year
        self.concepts_of[paper.id] = tuple(item.concept.id for item in found)
        for item in found:
            key = item.concept.id
            self.papers_of[key] = self.papers_of.get(key, 0) + 1
            if item.role == "PROPOSES":
                self.proposes[key].append((paper.id, item.confidence))
            elif item.role in WORKS_WITH:
                self.uses.append((paper.id, key, item.confidence))


def measure(corpus: Corpus, concepts: Sequence[Concept]) -> Measures:
    """The measures of `concepts`, all that the corpus holds. PageRank and communities are of the co-occurrence graph, weighted by
    the number of shared papers, of pairs that meet more often than chance."""
    pairs = co_occurrence(corpus.concepts_of.values())
    drawn = [(one, other, float(papers)) for one, other, papers, npmi in pairs if npmi > 0]
    first = first_years(corpus.concepts_of, corpus.years)
    broader: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for narrow, broad, why in is_a(concepts):
        broader[narrow].append((broad, why))
    beside: dict[str, list[tuple[str, int, float]]] = defaultdict(list)
    for one, other, papers, npmi in pairs:
        beside[one].append((other, papers, npmi))
    return Measures(
        papers=corpus.papers_of, first_year=first, introduced_by=introduced_by(corpus.proposes, corpus.years, first),
        pagerank=pagerank(corpus.papers_of, drawn), community=communities(corpus.papers_of, drawn), is_a=broader, co_occurs=beside,
    )  # fmt: skip


def builds_on_of(corpus: Corpus) -> dict[str, dict[str, list[str]]]:
    """Paper to the papers it builds on, each with the concepts by which it does."""
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    proposers = {concept: [paper for paper, _ in proposals] for concept, proposals in corpus.proposes.items()}
    for paper, other, concepts in builds_on(proposers, corpus.uses, years=corpus.years):
        found[paper][other] = concepts
    return found
