"""How references find their papers, and what the citation graph says of papers.

Invariant: a reference to a paper that has a record leads to it whatever id it is cited by; a title is asked only where no id decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kg.kinds import PAPER_IDS
from kg.models import Reference

RESOLVED, MATCHED, STUB, UNMATCHED = "resolved", "matched", "stub", "unmatched"
OUTCOMES = (RESOLVED, MATCHED, STUB, UNMATCHED)


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a reference leads: to a paper by an id (`resolved`) or by its title (`matched`, with a score), or to a `stub`, an id without a record."""

    target: str
    outcome: str
    score: float | None = None

    @property
    def rank(self) -> tuple[bool, float]:
        """Smaller for the better evidence."""
        return self.score is not None, -(self.score or 0.0)


def no_match(reference: Reference) -> tuple[str, float] | None:
    """A matching by title that is switched off."""
    return None


@dataclass(frozen=True, slots=True)
class Citations:
    """References by any known identifier (`by_id`), by an identifier that no record has but a record's title answers to (`by_title_of`),
    or by title alone (`match`, which gives paper and score). `counts` are in-corpus citations and `pagerank` theirs, by paper."""

    by_id: Mapping[str, str] = field(default_factory=dict)
    match: Callable[[Reference], tuple[str, float] | None] = no_match
    by_title_of: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    pagerank: Mapping[str, float] = field(default_factory=dict)

    def find(self, reference: Reference) -> Cited | None:
        """Where the reference leads; None for a work that nothing identifies, or
        whose id is of no registry that papers have (it could be the id of something else)."""
        if reference.id and (known := self.by_id.get(reference.id)):
            return Cited(known, RESOLVED)
        found = self.by_title_of.get(reference.id) if reference.id else self.match(reference)
        if found:
            return Cited(found[0], MATCHED, found[1])
        return Cited(reference.id, STUB) if reference.id and reference.id.partition(":")[0] in PAPER_IDS else None
