"""The assemble stage: two passes over the papers, first for what the whole corpus says, then for the stars.

Invariant: stars come out once an id; memory holds concept ids a paper, never the texts.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.assembly import Citations, LinkIndex, concept_star, named_star, occurrences, paper_stars, stub_star
from kg.assembly.papers import identifier, keywords
from kg.ledger import derived, facts
from kg.models import Extraction, Linking, Paper, Reference, Star
from kg.pipeline.measuring import Corpus, builds_on_of, measure
from kg.text import fold


@dataclass(slots=True)
class _Named:
    """Spellings and paper counts of the nodes that records only name."""

    label: str
    spellings: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, target: str, name: str) -> None:
        self.spellings[target][name] += 1


def assemble(db: sqlite3.Connection, fingerprint: str, linking: Linking, *, min_confidence: float = 0.0) -> Iterator[Star]:
    """Every star of the graph that the ledger's papers, their extractions and `linking` make."""
    index = LinkIndex(linking)
    corpus = Corpus()
    for paper, extraction in _read(db, fingerprint):
        corpus.add(paper, occurrences(extraction, index, min_confidence=min_confidence))
    concepts = [index.concepts[key] for key in sorted(corpus.papers_of)]
    measures = measure(corpus, concepts)
    kind_of = {concept.id: concept.kind for concept in concepts}
    yield from (concept_star(concept, measures, kind_of) for concept in concepts)
    builds_on = builds_on_of(corpus)
    citations, known = _citations(db)
    stubs: dict[str, list[Reference]] = {}
    named = [_Named("Keyword"), _Named("Author"), _Named("Venue")]
    for paper, extraction in _read(db, fingerprint):
        found = occurrences(extraction, index, min_confidence=min_confidence)
        yield from paper_stars(paper, extraction, found, citations=citations, builds_on=builds_on.get(paper.id, {}))
        _name(named, paper, extraction)
        for reference in paper.references:
            if (target := citations.target(reference)) and target not in known and target != paper.id:
                stubs.setdefault(target, []).append(reference)
    yield from (stub_star(target, references) for target, references in sorted(stubs.items()))
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
        people.add(author.id or identifier("author", author.name), author.name)
    if paper.venue:
        venues.add(identifier("venue", paper.venue), paper.venue)


def _citations(db: sqlite3.Connection) -> tuple[Citations, set[str]]:
    by_id: dict[str, str] = {}
    titles: dict[str, list[str]] = defaultdict(list)
    for paper, _ in derived.papers(db):
        by_id.update(dict.fromkeys((*paper.ids, paper.id), paper.id))
        if paper.title:
            titles[fold(paper.title)].append(paper.id)
    unique: Mapping[str, str] = {title: ids[0] for title, ids in titles.items() if len(ids) == 1}
    return Citations(by_id, unique), set(by_id.values())
