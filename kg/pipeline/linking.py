"""The link stage: the vocabulary of all extractions, and the decisions over it.

Invariant: linking sees names and counts only, never a paper.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.ledger import derived, facts
from kg.models import Extraction, Linking, Term, Vocabulary
from kg.text import squeeze

DECISIONS = "decisions.toml"


def link_vocabulary(db: sqlite3.Connection, fingerprint: str, folder: Path) -> tuple[Linking, list[str]]:
    """The linking of everything in the ledger, with the user's decisions from the graph's folder applied on top; and those decisions
    that name nothing in the corpus."""
    from kg.link import link, load_decisions, unused

    decisions = load_decisions(folder / DECISIONS)
    vocabulary = vocabulary_of(_texts(db, fingerprint))
    return link(vocabulary, decisions=decisions), unused(decisions, vocabulary)


def _texts(db: sqlite3.Connection, fingerprint: str) -> Iterator[tuple[str, Extraction]]:
    for paper, text_hash in derived.papers(db):
        yield paper.text, facts.extraction(db, text_hash, fingerprint)


def vocabulary_of(read: Iterable[tuple[str, Extraction]]) -> Vocabulary:
    """The names in (text, extraction) pairs, with their numbers of papers and surface forms, sorted."""
    papers: Counter[tuple[str, str]] = Counter()
    surfaces: dict[tuple[str, str], Counter[str]] = {}
    shorts: dict[str, Counter[str]] = {}
    for text, extraction in read:
        papers.update({(mention.kind, mention.name) for mention in extraction.mentions})
        for mention in extraction.mentions:
            surfaces.setdefault((mention.kind, mention.name), Counter())[squeeze(text[mention.start : mention.end])] += 1
        for short, long in set(extraction.abbreviations):
            shorts.setdefault(short, Counter())[long] += 1
    terms = tuple(
        Term(kind=kind, name=name, papers=papers[kind, name], surfaces=dict(sorted(surfaces[kind, name].items()))) for kind, name in sorted(papers)
    )
    return Vocabulary(terms=terms, abbreviations={short: dict(sorted(longs.items())) for short, longs in sorted(shorts.items())})
