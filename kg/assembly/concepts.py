"""Concept stars: a canonical concept with what was measured over all papers.

Invariant: measures that a graph of equal papers shares are equal; a CO_OCCURS edge is held by the smaller id alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.assembly.identifiers import filled
from kg.assembly.papers import star
from kg.kinds import KINDS, labels_of
from kg.models import Concept, Edge, Node, Star


@dataclass(frozen=True, slots=True)
class Measures:
    """What the whole corpus says of concepts, by concept id; edges as (target id, properties)."""

    papers: Mapping[str, int] = field(default_factory=dict)
    first_year: Mapping[str, int] = field(default_factory=dict)
    introduced_by: Mapping[str, str] = field(default_factory=dict)
    pagerank: Mapping[str, float] = field(default_factory=dict)
    community: Mapping[str, str] = field(default_factory=dict)
    is_a: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)  # narrow id -> (broad id, why)
    co_occurs: Mapping[str, list[tuple[str, int, float]]] = field(default_factory=dict)  # smaller id -> (larger id, papers, NPMI)


def concept_star(concept: Concept, measures: Measures, kind_of: Mapping[str, str]) -> Star:
    """The star of a concept that stands in at least one paper; `kind_of` tells the kind of every concept in the graph."""
    key = concept.id
    node = Node(key, labels_of(concept.kind), filled(
        name=concept.name, kind=concept.kind, aliases=list(concept.aliases), papers=measures.papers.get(key, 0),
        firstYear=measures.first_year.get(key), introducedBy=measures.introduced_by.get(key),
        pagerank=measures.pagerank.get(key), community=measures.community.get(key),
    ))  # fmt: skip
    edges = [Edge("IS_A", broad, KINDS[kind_of[broad]].label, {"why": why}) for broad, why in measures.is_a.get(key, []) if broad in kind_of]
    edges += [
        Edge("CO_OCCURS", other, KINDS[kind_of[other]].label, {"papers": papers, "npmi": npmi})
        for other, papers, npmi in measures.co_occurs.get(key, [])
        if other in kind_of
    ]
    return star(node, edges)
