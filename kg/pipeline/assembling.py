"""The assemble stage: two passes over the papers, first for what the whole corpus says, then for the stars.

Invariant: stars come out once an id; memory holds concept ids a paper, never the texts.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson

from kg.assembly import LinkIndex, concept_star, fuller, named_star, occurrences, paper_stars, stub_star
from kg.assembly.identifiers import identifier
from kg.assembly.papers import keywords
from kg.assembly.people import author_id
from kg.ledger import derived, facts
from kg.models import Extraction, Linking, Paper, Reference, Star
from kg.pipeline.citing import REFERENCES, Catalogue, citation_graph
from kg.pipeline.measuring import Corpus, builds_on_of, measure


@dataclass(slots=True)
class _Named:
    """Spellings and paper counts of the nodes that records only name."""

    label: str
    spellings: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, target: str, name: str) -> None:
        self.spellings[target][name] += 1


def assemble(db: sqlite3.Connection, fingerprint: str, linking: Linking, *, min_confidence: float = 0.0, match_titles: bool = True) -> Iterator[Star]:
    """Every star of the graph that the ledger's papers, their extractions and `linking` make. References without an id are looked up by
    title where `match_titles`; where references led is noted in the ledger."""
    index = LinkIndex(linking)
    corpus, catalogue = Corpus(), Catalogue(match_titles)
    for paper, extraction in _read(db, fingerprint):
        catalogue.add(paper)
        corpus.add(paper, occurrences(extraction, index, min_confidence=min_confidence))
    concepts = [index.concepts[key] for key in sorted(corpus.papers_of)]
    measures = measure(corpus, concepts)
    kind_of = {concept.id: concept.kind for concept in concepts}
    yield from (concept_star(concept, measures, kind_of) for concept in concepts)
    builds_on = builds_on_of(corpus)
    graph = citation_graph(db, catalogue)
    derived.set_meta(db, REFERENCES, orjson.dumps(graph.outcomes).decode())
    citations = graph.citations
    stubs: dict[str, Reference] = {}
    named = [_Named("Keyword"), _Named("Author"), _Named("Venue")]
    for paper, extraction in _read(db, fingerprint):
        found = occurrences(extraction, index, min_confidence=min_confidence)
        yield from paper_stars(paper, extraction, found, citations=citations, builds_on=builds_on.get(paper.id, {}))
        _name(named, paper, extraction)
        for reference in paper.references:
            if (cited := citations.find(reference)) and cited.outcome == "stub":
                stubs[cited.target] = fuller(reference, stubs.get(cited.target))
    yield from (stub_star(target, stubs[target], citations=citations.counts.get(target)) for target in sorted(stubs))
    for nodes in named:
        counted = nodes.label == "Keyword"
        yield from (named_star(key, nodes.label, names, papers=names.total() if counted else None) for key, names in sorted(nodes.spellings.items()))


def _read(db: sqlite3.Connection, fingerprint: str) -> Iterator[tuple[Paper, Extraction]]:
    for paper, text_hash in derived.papers(db):
        yield paper, facts.extraction(db, text_hash, fingerprint)


def _name(named: list[_Named], paper: Paper, extraction: Extraction) -> None:
    words, people, venues = named
    seen = set()
    for word, _ in keywords(paper, extraction):
        if (key := identifier("keyword", word)) not in seen:  # the record and the text may both say it
            seen.add(key)
            words.add(key, word)
    for author in paper.authors:
        people.add(author_id(author), author.name)
    if paper.venue:
        venues.add(identifier("venue", paper.venue), paper.venue)
