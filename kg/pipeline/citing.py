"""The citation graph of a corpus: where every reference leads, and what the graph as a whole says of papers.

Invariant: memory holds ids, titles and years of papers and the citations among them, never their texts; the order of the papers means nothing.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson

from kg.analysis import TitleIndex, citation_pagerank, in_corpus_citations
from kg.assembly import OUTCOMES, UNMATCHED, Citations
from kg.models import Paper, Reference

REFERENCES = "references"  # the mark of the ledger that says where references led, as JSON


@dataclass(slots=True)
class Catalogue:
    """What references are looked up in: papers by id, and by title where `match_titles`."""

    match_titles: bool = True
    years: dict[str, int | None] = field(default_factory=dict)
    by_id: dict[str, str] = field(default_factory=dict)
    titles: list[tuple[str, str, int | None]] = field(default_factory=list)
    registries: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, paper: Paper) -> None:
        """Files one paper."""
        names = (*paper.ids, paper.id)
        self.by_id.update(dict.fromkeys(names, paper.id))
        self.years[paper.id] = paper.year
        if self.match_titles and paper.title:
            self.titles.append((paper.id, paper.title, paper.year))
            self.registries[paper.id] = frozenset(name.partition(":")[0] for name in names)


def citations_of(db: sqlite3.Connection, catalogue: Catalogue) -> Citations:
    """How the references of the ledger's papers find their papers. An id that no record has stands for the paper with the title that
    references give for it, or that stands whole in their string, unless the paper has another id of that registry."""
    if not catalogue.match_titles:
        return Citations(catalogue.by_id)
    index = TitleIndex(catalogue.titles)

    def match(reference: Reference) -> tuple[str, float] | None:
        found = index.find(reference)
        return (found.paper, found.score) if found else None

    found: dict[str, str] = {}
    everywhere = frozenset.intersection(*map(frozenset, catalogue.registries.values())) if catalogue.registries else frozenset()
    for _, references in references_of(db):
        for reference in references:
            if reference.id and reference.id not in catalogue.by_id and reference.id.partition(":")[0] not in everywhere:
                title, raw, year = reference.title, reference.raw, reference.year
                same = index.exact(title, year) if title else index.standing(raw, year) if raw else None
                if same and reference.id.partition(":")[0] not in catalogue.registries[same.paper]:
                    found[reference.id] = min(same.paper, found.get(reference.id, same.paper))
    return Citations(catalogue.by_id, match, {name: (paper, 1.0) for name, paper in found.items()})


def references_of(db: sqlite3.Connection) -> Iterator[tuple[str, list[Reference]]]:
    """(id, references) of every paper that has references, by id."""
    for paper_id, data in db.execute("SELECT id, json FROM paper ORDER BY id"):
        if listed := orjson.loads(data).get("references"):
            yield paper_id, [Reference.model_validate(item) for item in listed]


@dataclass(frozen=True, slots=True)
class CitationGraph:
    """Citations with what they say of papers filled in, the citations among papers with records, and `outcomes`: how many references were
    resolved by id, matched by title, lead to a stub, or name nothing that is known. A paper's reference to itself counts nowhere."""

    citations: Citations
    edges: list[tuple[str, str]]
    outcomes: dict[str, int]


def citation_graph(db: sqlite3.Connection, catalogue: Catalogue) -> CitationGraph:
    """The citation graph of the ledger's papers, all of which `catalogue` holds."""
    citations = citations_of(db, catalogue)
    edges: set[tuple[str, str]] = set()
    stubs: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    same = {paper_id: paper_id for paper_id in catalogue.years}  # one string an id, however many edges
    for paper_id, references in references_of(db):
        unknown: set[str] = set()
        for reference in references:
            cited = citations.find(reference)
            if cited is None or cited.target != paper_id:
                outcomes[cited.outcome if cited else UNMATCHED] += 1
            if cited and cited.target in same and cited.target != paper_id:
                edges.add((same[paper_id], same[cited.target]))
            elif cited and cited.target not in same:
                unknown.add(cited.target)
        stubs.update(unknown)
    listed = sorted(edges)
    counts = {**in_corpus_citations(listed), **stubs}
    measured = Citations(citations.by_id, citations.match, citations.by_title_of, counts, citation_pagerank(listed))
    return CitationGraph(measured, listed, {outcome: outcomes[outcome] for outcome in OUTCOMES})
