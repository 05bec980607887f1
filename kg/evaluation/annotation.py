"""What one reader, person or pipeline, says of one paper.

Invariant: offsets are characters into `text`, end exclusive; a concept is known by name (or id) and kind together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

Key = tuple[str, str]  # a concept in a paper: name or id, kind


@dataclass(frozen=True, slots=True)
class Span:
    """A mention: where it stands, its kind, the concept it names; `confidence` (0 to 1) where the reader gives one."""

    start: int
    end: int
    kind: str
    concept: str
    confidence: float | None = None

    @property
    def key(self) -> Key:
        return (self.concept, self.kind)

    def overlap(self, other: Span) -> int:
        """Characters that both cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """The role that a paper gives to a concept."""

    role: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """A number that the paper reports; `value` as printed, `start` where it stands in the text, if that is known."""

    value: str
    metric: str | None = None
    unit: str | None = None
    dataset: str | None = None
    method: str | None = None
    baseline: str | None = None
    kind: str = "absolute"
    confidence: float | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """One paper as one reader sees it; `roles` holds one role a concept."""

    id: str
    text: str
    spans: tuple[Span, ...] = ()
    roles: Mapping[Key, RoleHeld] = field(default_factory=dict)
    results: tuple[Reported, ...] = ()

    def only(self, kinds: frozenset[str]) -> Annotation:
        """The annotation with nothing but these kinds of concept."""
        spans = tuple(span for span in self.spans if span.kind in kinds)
        return replace(self, spans=spans, roles={key: held for key, held in self.roles.items() if key[1] in kinds})

    def surer_than(self, floor: float) -> Annotation:
        """The annotation without concepts and results whose confidence is under `floor`; what has none stays."""
        dropped = {key for key, held in self.roles.items() if _below(held.confidence, floor)}
        return replace(
            self,
            spans=tuple(span for span in self.spans if span.key not in dropped),
            roles={key: held for key, held in self.roles.items() if key not in dropped},
            results=tuple(result for result in self.results if not _below(result.confidence, floor)),
        )


def _below(confidence: float | None, floor: float) -> bool:
    return confidence is not None and confidence < floor
