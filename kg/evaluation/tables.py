"""A report as tables for reading.

Invariant: what is shown is the report's own figures, rounded; a table without rows is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.evaluation.confusion import NONE, Confusion
from kg.evaluation.faults import SORTS, Fault
from kg.evaluation.report import Report
from kg.evaluation.scores import ALL, Ratio

Row = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A titled table; `note` says in a line what its figures mean."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    note: str = ""


def tables(report: Report, *, agreement: bool = False, errors: int = 0) -> Iterator[Shown]:
    """The tables of a report; `agreement` words them for two annotators; `errors` entries of each sort of error."""
    seen = "second" if agreement else "predicted"
    yield Shown(
        "Figures in percent",
        ("", "precision", "recall", "F1", "in gold" if not agreement else "first", seen),
        list(_figures(report)),
        _roles_in_words(report, agreement=agreement),
    )
    gold, missed, invented = ("first", "only first", "only second") if agreement else ("gold", "missed", "invented")
    yield from _confusion(report.kinds, f"Kinds of overlapping mentions: {gold} down, {seen} across", missed, invented)
    if report.roles:
        yield from _confusion(report.roles, f"Roles of matched concepts: {gold} down, {seen} across", "none", "none")
    if not agreement:
        yield from _calibration(report)
    for sort, found in report.faults.items():
        if errors and found:
            title = SORTS[sort].replace("missed", missed).replace("invented", invented)
            yield _listing(title, found, errors)


def _figures(report: Report) -> Iterator[Row]:
    for name, by_kind in (("mention", report.mentions), ("overlap", report.overlaps)):
        for kind, ratio in by_kind.items():
            yield name if kind == ALL else f"  {kind}", *_ratio(ratio)
    for name, one in (("concept", report.concepts), ("edge", report.edges), ("result", report.results)):
        if one:
            yield name, *_ratio(one)
    if report.linking:
        found = report.linking
        yield "linking", _two(found.precision), _two(found.recall), _two(found.f1), found.mentions, "matched"


def _roles_in_words(report: Report, *, agreement: bool) -> str:
    if report.role_accuracy is None:
        return ""
    says = f"{report.role_accuracy:.2f} percent of the matched concepts have the right role"
    if not agreement:
        return says
    kappa = "not defined" if report.kappa is None else f"{report.kappa:.3f}"
    return f"{says}; Cohen's kappa of the roles {kappa} (1 is full agreement, 0 is chance)"


def _ratio(ratio: Ratio) -> tuple[str, str, str, int, int]:
    return _two(ratio.precision), _two(ratio.recall), _two(ratio.f1), ratio.gold, ratio.seen


def _two(value: float) -> str:
    return f"{value:6.2f}"


def _confusion(confusion: Confusion, title: str, missed: str, invented: str) -> Iterator[Shown]:
    down = [name for name in (*confusion.names, NONE) if any(count for (gold, _), count in confusion.counts.items() if gold == name)]
    across = [name for name in (*confusion.names, NONE) if any(count for (_, seen), count in confusion.counts.items() if seen == name)]
    rows: list[Row] = [(gold or invented, *(confusion.counts.get((gold, seen), 0) or "·" for seen in across)) for gold in down]
    if rows:
        yield Shown(title, ("", *(seen or missed for seen in across)), rows)


def _calibration(report: Report) -> Iterator[Shown]:
    if not report.calibration:
        return
    rows: list[Row] = [
        (name, f"{one.low:.1f} to {one.high:.1f}", one.count, f"{100 * one.confidence:.1f}", f"{100 * one.right:.1f}")
        for name, found in report.calibration.items()
        for one in found.bins
    ]
    errors = ", ".join(f"{name} {found.error:.3f}" for name, found in report.calibration.items())
    yield Shown("Reliability", ("", "confidence", "count", "mean confidence", "right, percent"), rows, f"expected calibration error: {errors}")
    steps = [floor for floor, _ in next(iter(report.thresholds.values()))]
    names = list(report.thresholds)
    columns = ("at least", *(f"{name} {what}" for name in names for what in ("P", "R", "F1")))
    lines: list[Row] = []
    for number, floor in enumerate(steps):
        found = [report.thresholds[name][number][1] for name in names]
        lines.append((f"{floor:.2f}", *(figure for one in found for figure in (_ratio(one)[:3] if one.seen else "···"))))
    yield Shown("What a threshold on the confidence gives", columns, lines)


def _listing(title: str, found: list[Fault], errors: int) -> Shown:
    rows: list[Row] = [(one.count, one.what, one.context, _papers(one.papers)) for one in found[:errors]]
    total = sum(one.count for one in found)
    return Shown(f"{title.capitalize()}: {total}, {len(found)} different", ("times", "what", "first seen in", "papers"), rows)


def _papers(papers: Sequence[str]) -> str:
    return papers[0] if len(papers) == 1 else f"{papers[0]} and {len(papers) - 1} more"
