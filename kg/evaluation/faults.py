"""The error listing: equal errors over all papers are one entry, the most frequent first, each with a place to look at.

Invariant: each mention, matched concept and result that is wrong is in exactly one entry; what is right is in none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.evaluation.annotation import Annotation, Reported
from kg.evaluation.comparison import Comparison, paired, plain
from kg.evaluation.listed import words
from kg.text import squeeze

SORTS = {
    "missed": "mentions missed",
    "invented": "mentions invented",
    "ends": "mentions with other ends",
    "kind": "mentions with another kind",
    "role": "concepts with another role",
    "result missed": "results missed",
    "result invented": "results invented",
    "result metric": "results with the right value and another metric",
}
AROUND = 40  # characters of context on each side


@dataclass(slots=True)
class Fault:
    """One error, as often as it was made: what it is in words, how often, in which papers, and the text around its first place."""

    sort: str
    what: str
    context: str
    count: int = 0
    papers: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """The entry as plain JSON values."""
        return {"sort": self.sort, "what": self.what, "count": self.count, "context": self.context, "papers": self.papers}


def faults(compared: Sequence[Comparison]) -> dict[str, list[Fault]]:
    """All errors by sort, in the order of `SORTS`, each list with the most frequent first and then by the alphabet."""
    grouped: dict[tuple[str, str], Fault] = {}
    for comparison in compared:
        for sort, what, context in (*_mentions(comparison), *_roles(comparison), *_results(comparison)):
            fault = grouped.setdefault((sort, what.casefold()), Fault(sort, what, context))
            fault.count += 1
            if comparison.gold.id not in fault.papers:
                fault.papers.append(comparison.gold.id)
    by_sort: dict[str, list[Fault]] = {sort: [] for sort in SORTS}
    for fault in sorted(grouped.values(), key=lambda fault: (-fault.count, fault.what)):
        by_sort[fault.sort].append(fault)
    return by_sort


def _mentions(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    text = comparison.gold.text
    exact = {id(span) for pair in comparison.exact for span in pair}
    for one, other in comparison.met:
        shown = one or other
        if shown is None or id(shown) in exact:
            continue
        name, context = squeeze(text[shown.start : shown.end]), _around(text, shown.start, shown.end)
        if one is None or other is None:
            yield ("missed" if one else "invented"), f"{shown.kind} {name}", context
            continue
        wrong_ends = (one.start, one.end) != (other.start, other.end)
        read_as = squeeze(text[other.start : other.end]) if wrong_ends else ""
        if one.kind == other.kind:
            yield "ends", f"{one.kind} {name} → {read_as}", context
        else:
            yield "kind", f"{one.kind} {name} → {' '.join(filter(None, (other.kind, read_as)))}", context


def _roles(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    ours, theirs = comparison.gold.roles, comparison.seen.roles
    for one, other in comparison.concepts:
        right, given = ours.get(one), theirs.get(other)
        if right and (given is None or given.role != right.role):
            first = min((span for span in comparison.gold.spans if span.key == one), key=lambda span: span.start)
            context = _around(comparison.gold.text, first.start, first.end)
            yield "role", f"{right.role} → {given.role if given else 'none'}: {one[1]} {one[0]}", context


def _results(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    known = {id(result) for pair in comparison.results for result in pair}
    ours = [result for result in comparison.gold.results if id(result) not in known]
    theirs = [result for result in comparison.seen.results if id(result) not in known]
    other_metric = paired(ours, theirs, lambda one, other: int(plain(one.value) == plain(other.value)))
    for one, other in other_metric:
        yield "result metric", f"{one.metric or 'none'} → {other.metric or 'none'}", _reported(comparison.gold, one)
    paired_off = {id(result) for pair in other_metric for result in pair}
    for sort, side, results in (("result missed", comparison.gold, ours), ("result invented", comparison.seen, theirs)):
        yield from ((sort, f"{one.metric or 'none'}", _reported(side, one)) for one in results if id(one) not in paired_off)


def _reported(side: Annotation, result: Reported) -> str:
    start = result.start
    if start is None:  # a person's file gives the value alone: the first place where it is no part of a longer number
        start = next((begin for begin, _ in words(result.value, side.text)), side.text.find(result.value))
    return _around(side.text, start, start + len(result.value)) if start >= 0 else result.value


def _around(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    left = ("…" if start > AROUND else "") + " ".join(before.split()) + (" " if before[-1:].isspace() else "")
    right = (" " if after[:1].isspace() else "") + " ".join(after.split()) + ("…" if end + AROUND < len(text) else "")
    return f"{left}[{squeeze(text[start:end])}]{right}"
