"""One paper's concepts: its local names resolved by the links, one role each.

Invariant: a paper has at most one occurrence of a concept, and its sentence and mention are ranges of the paper's text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.kinds import ROLES, role_for
from kg.models import Concept, Extraction, Link, Linking, Mention, Use
from kg.text import fold

_STRENGTH = {role: -rank for rank, role in enumerate(ROLES)}


class LinkIndex:
    """A linking, ready to be asked: which concept does a local name of a kind mean?"""

    def __init__(self, linking: Linking) -> None:
        self.concepts: dict[str, Concept] = {concept.id: concept for concept in linking.concepts}
        self._links: dict[tuple[str, str], Link] = {(link.kind, link.name): link for link in linking.links}

    def concept(self, kind: str, name: str) -> Concept | None:
        """The concept of a local name, or None where linking dropped it."""
        link = self._links.get((kind, name))
        return self.concepts.get(link.concept) if link else None

    def link(self, kind: str, name: str) -> Link | None:
        """The decision behind a local name."""
        return self._links.get((kind, name))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A concept in a paper: its role, the sentence that carries it, the mention shown for it and all its mentions."""

    concept: Concept
    role: str
    confidence: float
    sentence: tuple[int, int]
    mentions: tuple[Mention, ...]
    shown: Mention
    by: str


def occurrences(extraction: Extraction, index: LinkIndex, *, min_confidence: float = 0.0) -> list[Occurrence]:
    """The paper's concepts, sorted by id. Where several local names mean one concept, the strongest role wins, then the
    higher confidence, then the earlier sentence. Uses below `min_confidence` and names that linking dropped are left out."""
    mentions: dict[str, list[Mention]] = {}
    for mention in extraction.mentions:
        if concept := index.concept(mention.kind, mention.name):
            mentions.setdefault(concept.id, []).append(mention)
    uses: dict[str, list[Use]] = {}
    for use in extraction.uses:
        concept = index.concept(use.kind, use.name)
        if concept and concept.id in mentions and use.confidence >= min_confidence:
            uses.setdefault(concept.id, []).append(use)
    return [_occurrence(index.concepts[key], uses[key], mentions[key]) for key in sorted(uses)]


def _occurrence(concept: Concept, uses: list[Use], mentions: list[Mention]) -> Occurrence:
    best = min(uses, key=lambda use: (-_STRENGTH[role_for(use.role, concept.kind)], -use.confidence, use.sentence))
    start, end = best.sentence
    ordered = sorted(mentions, key=lambda mention: (mention.start, mention.end))
    inside = [mention for mention in ordered if start <= mention.start and mention.end <= end]
    shown = inside[0] if inside else ordered[0]
    return Occurrence(concept, role_for(best.role, concept.kind), best.confidence, best.sentence, tuple(ordered), shown, best.by)


def surfaces(found: Iterable[Occurrence], text: str) -> dict[tuple[str, str], str]:
    """(kind, folded form) to concept id, over every form in which the paper prints its concepts: how a result's
    dataset, metric and method, which are printed names, find their nodes."""
    forms: dict[tuple[str, str], str] = {}
    for occurrence in found:
        concept = occurrence.concept
        for mention in occurrence.mentions:
            forms.setdefault((concept.kind, fold(text[mention.start : mention.end])), concept.id)
            forms.setdefault((concept.kind, fold(mention.name)), concept.id)
        forms.setdefault((concept.kind, fold(concept.name)), concept.id)
    return forms
