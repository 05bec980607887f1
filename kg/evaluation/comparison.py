"""One paper read twice: which mention, concept and result of the one is which of the other.

Invariant: every pairing is one to one; the better likeness pairs first, and of equals the one that stands first in its list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.evaluation.annotation import Annotation, Key, Reported, Span

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A paper's gold annotation beside what was seen in it. `there` is False where nobody read it, so that all is missed.

    `exact` are mentions with equal ends and kind; `touching` overlap and have one kind; `met` covers every mention once, paired by
    overlap whatever the kinds, with None where there is no partner. `concepts` pair by overlapping mentions of one kind; `results`
    by equal value and one metric's name containing the other's."""

    gold: Annotation
    seen: Annotation
    there: bool
    gold_spans: list[Span]
    seen_spans: list[Span]
    exact: list[tuple[Span, Span]]
    touching: list[tuple[Span, Span]]
    met: list[tuple[Span | None, Span | None]]
    concepts: list[tuple[Key, Key]]
    results: list[tuple[Reported, Reported]]


def compare(gold: Annotation, seen: Annotation | None) -> Comparison:
    """The comparison of two annotations of one text; `seen` None counts as an empty one."""
    other = seen or Annotation(gold.id, gold.text)
    ours, theirs = _distinct(gold.spans), _distinct(other.spans)
    found = {_form(span): span for span in theirs}
    return Comparison(
        gold, other, seen is not None, ours, theirs,
        exact=[(span, found[_form(span)]) for span in ours if _form(span) in found],
        touching=paired(ours, theirs, lambda a, b: a.overlap(b) if a.kind == b.kind else 0),
        met=_met(ours, theirs),
        concepts=_same_concepts(gold.spans, other.spans),
        results=paired(gold.results, other.results, _same_result),
    )  # fmt: skip


def paired(gold: Sequence[Item], seen: Sequence[Item], likeness: Callable[[Item, Item], float]) -> list[tuple[Item, Item]]:
    """Greedy one-to-one pairs, highest likeness first; a likeness of 0 never pairs."""
    rated = ((likeness(one, other), i, j) for i, one in enumerate(gold) for j, other in enumerate(seen))
    pairs, used_gold, used_seen = [], set(), set()
    for _, i, j in sorted((pair for pair in rated if pair[0] > 0), key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in used_gold and j not in used_seen:
            used_gold.add(i)
            used_seen.add(j)
            pairs.append((gold[i], seen[j]))
    return pairs


def _form(span: Span) -> tuple[int, int, str]:
    return (span.start, span.end, span.kind)


def _distinct(spans: Sequence[Span]) -> list[Span]:
    return list({_form(span): span for span in spans}.values())


def _met(gold: list[Span], seen: list[Span]) -> list[tuple[Span | None, Span | None]]:
    def likeness(one: Span, other: Span) -> float:
        shared = one.overlap(other)  # of equal overlaps the one with the right kind, then the one with the right ends
        return shared and shared + 0.5 * (one.kind == other.kind) + 0.25 * ((one.start, one.end) == (other.start, other.end))

    pairs = paired(gold, seen, likeness)
    known = {id(span) for pair in pairs for span in pair}
    missed: list[tuple[Span | None, Span | None]] = [(span, None) for span in gold if id(span) not in known]
    return [*pairs, *missed, *((None, span) for span in seen if id(span) not in known)]


def _same_concepts(gold: Sequence[Span], seen: Sequence[Span]) -> list[tuple[Key, Key]]:
    ours, theirs = _by_concept(gold), _by_concept(seen)

    def likeness(one: Key, other: Key) -> int:
        return sum(a.overlap(b) > 0 for a in ours[one] for b in theirs[other]) if one[1] == other[1] else 0

    return paired(list(ours), list(theirs), likeness)


def _by_concept(spans: Sequence[Span]) -> dict[Key, list[Span]]:
    grouped: dict[Key, list[Span]] = {}
    for span in spans:
        grouped.setdefault(span.key, []).append(span)
    return grouped


def _same_result(one: Reported, other: Reported) -> int:
    return int(plain(one.value) == plain(other.value) and (plain(one.metric) in plain(other.metric) or plain(other.metric) in plain(one.metric)))


def plain(text: str | None) -> str:
    """A printed value or name for comparing: trimmed, case folded, empty for None."""
    return (text or "").strip().casefold()
