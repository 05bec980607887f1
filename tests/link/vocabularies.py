"""Vocabularies in a few words."""

from __future__ import annotations

from kg.models import Concept, Link, Linking, Term, Vocabulary


def term(name: str, papers: int = 3, kind: str = "METHOD", **surfaces: int) -> Term:
    """A term printed as its name, once a paper, unless `surfaces` says otherwise."""
    return Term(kind=kind, name=name, papers=papers, surfaces=surfaces or {name: papers})


def vocabulary(*terms: Term, **abbreviations: dict[str, int]) -> Vocabulary:
    """The terms and the (short, long) pairs with their papers."""
    return Vocabulary(terms=terms, abbreviations=abbreviations)


def link_of(linking: Linking, name: str, kind: str = "METHOD") -> Link:
    """The one link of a local name."""
    (found,) = [link for link in linking.links if (link.kind, link.name) == (kind, name)]
    return found


def concept_of(linking: Linking, name: str, kind: str = "METHOD") -> Concept:
    """The concept that a local name means."""
    wanted = link_of(linking, name, kind).concept
    (found,) = [concept for concept in linking.concepts if concept.id == wanted]
    return found
