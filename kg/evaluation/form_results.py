"""Results as written.

Invariant: the value of a result stands in the text as printed.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from kg.evaluation.annotation import Reported
from kg.evaluation.form_parts import Faults, confidence_of
from kg.kinds import RESULT_KINDS
from kg.models import Result

PARTS = ("metric", "value", "unit", "dataset", "method", "baseline", "kind")


def reported(value: dict[str, Any], text: str, faults: Faults) -> list[Reported]:
    """The results of a paper's object; `value` must be a string, the rest strings or null."""
    items = value.get("results", [])
    if not isinstance(items, list):
        faults.tell("`results` is no list: write one object a number that the paper reports, or []", under="results")
        return []
    return [one for item in items if (one := _one(item, text, faults))]


def _one(item: Any, text: str, faults: Faults) -> Reported | None:
    if not isinstance(item, dict):
        faults.tell(f"the result {str(item)[:60]} is no object: write " + '{"metric": ..., "value": ...}', under="results")
        return None
    printed = item.get("value")
    if not isinstance(printed, str) or not printed:
        faults.tell(f"a result's value is {printed!r}: write it as the text prints it, in quotes", under="results")
        return None
    before = len(faults.found)
    for key in item.keys() - set(PARTS) - Result.model_fields.keys():
        near = get_close_matches(key, PARTS, n=1)
        faults.tell(
            f"the result {printed!r} has an unknown key {key!r}: " + (f"did you mean {near[0]!r}?" if near else "delete it"), key, under="results"
        )
    for key in PARTS:
        if not isinstance(item.get(key), str | None):
            faults.tell(f"the {key} of the result {printed!r} is {str(item[key])[:40]}: write it in quotes, or null", printed, under="results")
    if printed not in text:
        faults.tell(f"the result's value {printed!r} is not in the text: write it as printed there", printed, under="results")
    kind = item.get("kind") or RESULT_KINDS[0]
    if kind not in RESULT_KINDS:
        faults.tell(f"the result {printed!r} is of kind {str(kind)[:40]!r}: write {' or '.join(RESULT_KINDS)}", printed, under="results")
    if len(faults.found) > before:
        return None
    rest = {key: item.get(key) for key in PARTS if key not in ("value", "kind")}
    return Reported(printed, **rest, kind=kind, confidence=confidence_of(item), start=item.get("start"))
