"""How well a reading of papers agrees with another: scores, confusions, calibration, error listing, agreement of annotators.

`read` takes every written form to `Annotation` records, `compare` pairs two of one paper, and each measure is a pure function of
such comparisons. Invariant: no measure depends on which side a file came from, so gold, predictions and a second annotator are interchangeable.
"""

from __future__ import annotations

from kg.evaluation.annotation import Annotation, Reported, RoleHeld, Span
from kg.evaluation.comparison import Comparison, compare
from kg.evaluation.reading import Annotations, check, read
from kg.evaluation.report import Report, report
from kg.evaluation.tables import tables
from kg.evaluation.writing import write

__all__ = [
    "Annotation",
    "Annotations",
    "Comparison",
    "Report",
    "Reported",
    "RoleHeld",
    "Span",
    "check",
    "compare",
    "read",
    "report",
    "tables",
    "write",
]
