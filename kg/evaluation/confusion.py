"""What is taken for what: kinds of mentions, roles of matched concepts.

Invariant: every mention of either side stands in exactly one cell of the table of kinds, every matched concept in one of the roles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.evaluation.comparison import Comparison
from kg.kinds import KINDS, ROLES

NONE = ""  # no partner: missed as a column, invented as a row


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts by (gold, seen), and the names in the order in which to show them."""

    names: tuple[str, ...]
    counts: dict[tuple[str, str], int]

    def as_json(self) -> list[dict[str, str | int | None]]:
        """A list of cells that are not zero, gold name first, `null` where there is no partner."""
        order = (*self.names, NONE)
        return [
            {"gold": gold or None, "predicted": seen or None, "count": self.counts[gold, seen]}
            for gold in order
            for seen in order
            if self.counts.get((gold, seen))
        ]


def kinds(compared: Sequence[Comparison]) -> Confusion:
    """Kinds of overlapping mentions, paired one to one by the length of the overlap whatever the kind."""
    cells = Counter((one.kind if one else NONE, other.kind if other else NONE) for comparison in compared for one, other in comparison.met)
    return Confusion(tuple(KINDS), dict(cells))


def roles(compared: Sequence[Comparison]) -> Confusion:
    """Roles of matched concepts."""
    cells: Counter[tuple[str, str]] = Counter()
    for comparison in compared:
        ours, theirs = comparison.gold.roles, comparison.seen.roles
        cells.update((ours[a].role if a in ours else NONE, theirs[b].role if b in theirs else NONE) for a, b in comparison.concepts)
    return Confusion(tuple(ROLES), dict(cells))


def kappa(confusion: Confusion) -> float | None:
    """Cohen's kappa (1960) of the pairs that both sides name: agreement beyond what the two sides' own frequencies give by chance,
    1 at full agreement, 0 at chance. None where nothing is paired or both use one name only, for then chance agrees fully."""
    cells = {pair: count for pair, count in confusion.counts.items() if NONE not in pair}
    total = sum(cells.values())
    if not total:
        return None
    gold: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for (one, other), count in cells.items():
        gold[one] += count
        seen[other] += count
    observed = sum(count for (one, other), count in cells.items() if one == other) / total
    chance = sum(gold[name] * seen[name] for name in gold) / total**2
    return (observed - chance) / (1 - chance) if chance < 1 else None
