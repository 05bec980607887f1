"""Does a confidence mean what it says, and what does a threshold on it buy?

Invariant: a thing is judged once, against the pairing that all things together give; a threshold leaves things out and pairs nothing anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from kg.evaluation.comparison import Comparison
from kg.evaluation.scores import Ratio, right_roles

BINS = 10
THRESHOLDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing with the reader's confidence in it, and whether it is right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The things with a confidence from `low` to `high`: how many, their mean confidence, and the share that is right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The reliability table, and the expected calibration error over its `count` things (0 is best)."""

    error: float
    count: int
    bins: tuple[Bin, ...]

    def as_json(self) -> dict[str, object]:
        """The error and the bins, to four decimals."""
        rounded = [{name: round(value, 4) for name, value in asdict(one).items()} for one in self.bins]
        return {"ece": round(self.error, 4), "count": self.count, "bins": rounded}


def judged(compared: Sequence[Comparison]) -> dict[str, list[Judged]]:
    """Every mention (right: ends and kind), edge (right: concept and role) and result (right: value and metric) that has a confidence."""
    found: dict[str, list[Judged]] = {"mention": [], "edge": [], "result": []}
    for comparison in compared:
        exact = {id(other) for _, other in comparison.exact}
        good, paired = set(right_roles(comparison)), {id(other) for _, other in comparison.results}
        found["mention"] += [Judged(span.confidence, id(span) in exact) for span in comparison.seen_spans if span.confidence is not None]
        found["edge"] += [Judged(held.confidence, key in good) for key, held in comparison.seen.roles.items() if held.confidence is not None]
        found["result"] += [Judged(one.confidence, id(one) in paired) for one in comparison.seen.results if one.confidence is not None]
    return found


def calibration(things: Sequence[Judged]) -> Calibration:
    """Ten bins of equal width; the expected calibration error is the gap between mean confidence and share right, averaged over bins
    by their counts (Naeini and others 2015; Guo and others 2017)."""
    bins = []
    for number in range(BINS):
        inside = [one for one in things if min(int(one.confidence * BINS), BINS - 1) == number]
        if inside:
            confidence, right = sum(one.confidence for one in inside) / len(inside), sum(one.right for one in inside) / len(inside)
            bins.append(Bin(number / BINS, (number + 1) / BINS, len(inside), confidence, right))
    gap = sum(one.count * abs(one.confidence - one.right) for one in bins)
    return Calibration(gap / len(things) if things else 0.0, len(things), tuple(bins))


def thresholds(things: Sequence[Judged], gold: int) -> list[tuple[float, Ratio]]:
    """Precision and recall of what is at least as sure as each threshold; `gold` is how many there are to find."""
    kept = [(floor, [one for one in things if one.confidence >= floor]) for floor in THRESHOLDS]
    return [(floor, Ratio(sum(one.right for one in rest), gold, len(rest))) for floor, rest in kept]
