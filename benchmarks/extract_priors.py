"""How often each component of an extraction model is right, measured on a gold file: where the fixed confidences come from.

usage: python benchmarks/extract_priors.py GOLD.jsonl [MODEL]

A gold line holds id, text, spans (start, end, label, concept), roles and results. A mention is right when its range and kind are
gold's; a role when the concept of an overlapping gold mention of its kind has it; a result when value and metric are gold's.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from kg.extract import load
from kg.models import Extraction

Tally = Counter[tuple[str, ...]]


def judge(gold: dict[str, Any], seen: Extraction, total: Tally, right: Tally) -> None:
    """Count one paper's mentions, roles and results by component."""
    spans = {(s["start"], s["end"], s["label"]): s["concept"] for s in gold["spans"]}
    concept_of: dict[tuple[str, str], str] = {}
    for m in seen.mentions:
        mention: tuple[str, ...] = ("mention", m.by, m.kind)
        total[mention] += 1
        right[mention] += (m.start, m.end, m.kind) in spans
        for (start, end, label), concept in spans.items():
            if label == m.kind and start < m.end and m.start < end:
                concept_of.setdefault((m.kind, m.name), concept)
    for use in seen.uses:
        if concept := concept_of.get((use.kind, use.name)):
            keys: tuple[tuple[str, ...], ...] = (("role", use.by, use.kind, use.role), ("role", use.by))
            for key in keys:
                total[key] += 1
                right[key] += gold["roles"][concept] == use.role
    for result in seen.results:
        total["result", result.by] += 1
        right["result", result.by] += any(result.value == g["value"] and _alike(result.metric, g["metric"]) for g in gold["results"])


def _alike(one: str | None, other: str | None) -> bool:
    a, b = (one or "").casefold(), (other or "").casefold()
    return a in b or b in a


def main() -> None:
    """Print one line a component: what, share right, count."""
    total: Tally = Counter()
    right: Tally = Counter()
    papers = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    extractor = load(sys.argv[2] if len(sys.argv) > 2 else None)
    for gold, seen in zip(papers, extractor.extract(paper["text"] for paper in papers), strict=True):
        judge(gold, seen, total, right)
    for key in sorted(total):
        print(f"{right[key] / total[key]:.2f} {total[key]:6d}  {' '.join(key)}")


if __name__ == "__main__":
    main()
