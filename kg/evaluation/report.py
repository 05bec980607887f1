"""Everything that is measured of one reading against another, as one record.

Invariant: a figure that the gold file cannot tell (it names no concepts, roles or results) is absent, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.evaluation import calibration, confusion, faults, scores
from kg.evaluation.comparison import compare
from kg.evaluation.reading import Annotations


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of `gold` against `seen`. `unknown` are ids that only the second has; `mentions` and `overlaps` are by kind, `all`
    first; `calibration` and `thresholds` hold what carries confidences; `faults` the whole error listing by sort."""

    papers: int
    read: int
    unknown: tuple[str, ...]
    mentions: dict[str, scores.Ratio]
    overlaps: dict[str, scores.Ratio]
    concepts: scores.Ratio | None
    linking: scores.Linking | None
    edges: scores.Ratio | None
    role_accuracy: float | None
    results: scores.Ratio | None
    kinds: confusion.Confusion
    roles: confusion.Confusion | None
    kappa: float | None
    calibration: dict[str, calibration.Calibration] = field(default_factory=dict)
    thresholds: dict[str, list[tuple[float, scores.Ratio]]] = field(default_factory=dict)
    faults: dict[str, list[faults.Fault]] = field(default_factory=dict)

    def as_json(self, *, errors: int = 0) -> dict[str, object]:
        """The report as plain JSON values, percentages with two decimals; `errors` entries of each sort of error."""
        return {
            "papers": self.papers,
            "papers_predicted": self.read,
            "papers_unknown": list(self.unknown),
            "mention": {kind: ratio.as_json() for kind, ratio in self.mentions.items()},
            "overlap": {kind: ratio.as_json() for kind, ratio in self.overlaps.items()},
            "concept": self.concepts and self.concepts.as_json(),
            "edge": self.edges and self.edges.as_json(),
            "role_accuracy": None if self.role_accuracy is None else round(self.role_accuracy, 2),
            "role_kappa": None if self.kappa is None else round(self.kappa, 4),
            "result": self.results and self.results.as_json(),
            "linking": self.linking and self.linking.as_json(),
            "confusion": {"kinds": self.kinds.as_json(), "roles": self.roles and self.roles.as_json()},
            "calibration": {name: one.as_json() for name, one in self.calibration.items()},
            "thresholds": {
                name: [{"at": floor, **ratio.as_json()} for floor, ratio in rows] for name, rows in self.thresholds.items()
            },
            "error_counts": {sort: sum(one.count for one in found) for sort, found in self.faults.items()},
            "errors": [one.as_json() for found in self.faults.values() for one in found[:errors]],
        }  # fmt: skip


def report(gold: Annotations, seen: Annotations, *, common: bool = False) -> Report:
    """Measures `seen` against `gold`, over gold's papers, or, where `common` is set (two annotators' files), over the
    papers that both have."""
    compared = [compare(one, seen.papers.get(key)) for key, one in gold.papers.items() if key in seen.papers or not common]
    mentions = scores.mentions(compared)
    roles = confusion.roles(compared) if gold.has_roles else None
    totals = {"mention": mentions[scores.ALL]}
    totals |= {"edge": scores.edges(compared)} if gold.has_roles else {}
    totals |= {"result": scores.results(compared)} if gold.has_results else {}
    judged = {name: things for name, things in calibration.judged(compared).items() if things and name in totals}
    return Report(
        papers=len(gold.papers), read=len(gold.papers.keys() & seen.papers.keys()), unknown=tuple(seen.papers.keys() - gold.papers.keys()),
        mentions=mentions, overlaps=scores.overlaps(compared),
        concepts=scores.concepts(compared) if gold.has_concepts else None,
        linking=scores.linking(compared, named=common) if gold.has_concepts else None,
        edges=totals.get("edge"), role_accuracy=scores.role_accuracy(compared) if gold.has_roles else None, results=totals.get("result"),
        kinds=confusion.kinds(compared), roles=roles, kappa=confusion.kappa(roles) if roles else None,
        calibration={name: calibration.calibration(things) for name, things in judged.items()},
        thresholds={name: calibration.thresholds(things, totals[name].gold) for name, things in judged.items()},
        faults=faults.faults(compared),
    )  # fmt: skip
