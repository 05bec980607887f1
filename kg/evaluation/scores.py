"""Precision, recall and F1 of mentions, concepts, edges and results, and B-cubed of the linking.

Invariant: figures are sums over papers (micro averages); a paper that was not read counts as all missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.evaluation.annotation import Span
from kg.evaluation.comparison import Comparison
from kg.kinds import KINDS

ALL = "all"


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many were right, of how many in gold and how many seen; `precision`, `recall` and `f1` in percent, 0 where nothing is."""

    right: float
    gold: int
    seen: int

    @property
    def precision(self) -> float:
        return 100 * self.right / self.seen if self.seen else 0.0

    @property
    def recall(self) -> float:
        return 100 * self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return harmonic(self.right / (self.seen or 1), self.right / (self.gold or 1))

    def as_json(self) -> dict[str, float | int]:
        """The figures in percent with two decimals, and the counts."""
        return {"p": round(self.precision, 2), "r": round(self.recall, 2), "f1": round(self.f1, 2), "gold": self.gold, "pred": self.seen}


@dataclass(frozen=True, slots=True)
class Linking:
    """B-cubed precision and recall in percent over `mentions` exactly matched mentions."""

    precision: float
    recall: float
    mentions: int

    @property
    def f1(self) -> float:
        return harmonic(self.precision / 100, self.recall / 100)

    def as_json(self) -> dict[str, float | int]:
        """The figures in percent with two decimals."""
        return {"p": round(self.precision, 2), "r": round(self.recall, 2), "f1": round(self.f1, 2), "mentions": self.mentions}


def harmonic(precision: float, recall: float) -> float:
    """F1 in percent of two shares (0 to 1), 0 where both are."""
    return 200 * precision * recall / (precision + recall) if precision + recall else 0.0


def mentions(compared: Sequence[Comparison]) -> dict[str, Ratio]:
    """Mentions with the right ends and kind, over all kinds (`all`) and for each kind that either side has."""
    return _by_kind(compared, lambda comparison: comparison.exact)


def overlaps(compared: Sequence[Comparison]) -> dict[str, Ratio]:
    """Mentions that overlap one of the same kind, one to one."""
    return _by_kind(compared, lambda comparison: comparison.touching)


def _by_kind(compared: Sequence[Comparison], right: Callable[[Comparison], Iterable[tuple[Span, Span]]]) -> dict[str, Ratio]:
    hits: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for comparison in compared:
        hits.update(one.kind for one, _ in right(comparison))
        gold.update(span.kind for span in comparison.gold_spans)
        seen.update(span.kind for span in comparison.seen_spans)
    ratios = {ALL: Ratio(hits.total(), gold.total(), seen.total())}
    return ratios | {kind: Ratio(hits[kind], gold[kind], seen[kind]) for kind in KINDS if gold[kind] or seen[kind]}


def concepts(compared: Sequence[Comparison]) -> Ratio:
    """Concepts of a paper that share an overlapping mention with one of the same kind, one to one."""
    return Ratio(sum(len(c.concepts) for c in compared), *_concept_counts(compared))


def _concept_counts(compared: Sequence[Comparison]) -> tuple[int, int]:
    gold = sum(len({span.key for span in comparison.gold.spans}) for comparison in compared)
    return gold, sum(len({span.key for span in comparison.seen.spans}) for comparison in compared)


def right_roles(comparison: Comparison) -> list[tuple[str, str]]:
    """The seen concepts (name, kind) that are matched and have the gold role."""
    ours, theirs = comparison.gold.roles, comparison.seen.roles
    return [b for a, b in comparison.concepts if a in ours and b in theirs and ours[a].role == theirs[b].role]


def edges(compared: Sequence[Comparison]) -> Ratio:
    """Matched concepts with the right role, of all gold concepts and all seen edges."""
    return Ratio(sum(len(right_roles(c)) for c in compared), _concept_counts(compared)[0], sum(len(c.seen.roles) for c in compared))


def role_accuracy(compared: Sequence[Comparison]) -> float:
    """In percent, how many of the matched concepts have the right role."""
    matched = sum(len(comparison.concepts) for comparison in compared)
    return 100 * sum(len(right_roles(c)) for c in compared) / matched if matched else 0.0


def results(compared: Sequence[Comparison]) -> Ratio:
    """Results whose value is equal and whose metric's name contains, or is contained in, the gold one."""
    return Ratio(
        sum(len(c.results) for c in compared), sum(len(c.gold.results) for c in compared), sum(len(c.seen.results) for c in compared)
    )  # fmt: skip


def linking(compared: Sequence[Comparison], *, named: bool = False) -> Linking:
    """Are equal things one concept, and others not, over the whole corpus? B-cubed (Bagga and Baldwin 1998) over the exactly matched
    mentions; gold concepts are one where name (case folded) and kind are, seen ones where id and kind are, or, where `named` is set,
    where name and kind are as in gold."""
    fold = str.casefold if named else str
    matched = [((one.concept.casefold(), one.kind), (fold(other.concept), other.kind)) for comparison in compared for one, other in comparison.exact]
    both, gold, seen = Counter(matched), Counter(one for one, _ in matched), Counter(other for _, other in matched)
    total = len(matched) or 1
    precision = sum(shared * shared / seen[other] for (_, other), shared in both.items()) / total
    recall = sum(shared * shared / gold[one] for (one, _), shared in both.items()) / total
    return Linking(100 * precision, 100 * recall, len(matched))
