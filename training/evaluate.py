"""Run the whole pipeline over a gold file: write what the scorer reads, and print speed, calibration and confusion of kinds.

usage: evaluate.py --gold DEV.jsonl --out PREDICTED.jsonl [--model DIR]   then: score.py DEV.jsonl PREDICTED.jsonl

Invariant: the pipeline sees a paper's text and nothing else of the gold; what the model's own line leaves out is left out here.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from kg.extract.neural.recipe import FOLDER, least, pipeline
from kg.extract.seam import extraction_of
from kg.models import Extraction
from kg.text import slug

Pairs = list[tuple[float, bool]]


def line(paper: str, text: str, seen: Extraction, *, least: float = 0.0) -> dict[str, Any]:
    """One paper's extraction as the scorer reads it, without the uses below `least` and their mentions; a concept's id is its kind and the
    slug of its local name."""

    def concept(kind: str, name: str) -> str:
        return f"{kind.lower()}:{slug(name) or name}"

    uses = [(u, concept(u.kind, u.name)) for u in seen.uses if u.confidence >= least]
    known = {c for _, c in uses}
    mentions = [(m, c) for m in seen.mentions if (c := concept(m.kind, m.name)) in known]
    return {
        "id": paper,
        "text": text,
        "mentions": [{"start": m.start, "end": m.end, "kind": m.kind, "concept": c, "confidence": m.confidence} for m, c in mentions],
        "edges": [{"concept": c, "kind": u.kind, "role": u.role, "confidence": u.confidence, "sentence": u.sentence} for u, c in uses],
        "results": [r.model_dump() for r in seen.results],
        "keywords": list(seen.keywords),
    }


def calibration(pairs: Pairs, bins: int = 10) -> dict[str, Any]:
    """Expected calibration error over equal-width bins (Guo et al. 2017), and the table: bin, count, mean confidence, share right."""
    if not pairs:
        return {"ece": 0.0, "table": []}
    table = np.array(pairs, dtype=float)
    which = np.minimum((table[:, 0] * bins).astype(int), bins - 1)
    rows, error = [], 0.0
    for b in range(bins):
        inside = table[which == b]
        if len(inside):
            mean, right = inside.mean(axis=0)
            rows.append([f"{b / bins:.1f}-{(b + 1) / bins:.1f}", len(inside), round(mean, 3), round(right, 3)])
            error += len(inside) / len(table) * abs(mean - right)
    return {"ece": round(error, 4), "table": rows}


def rightness(gold: dict[str, Any], seen: dict[str, Any]) -> tuple[Pairs, Pairs, Pairs]:
    """(confidence, right) of the mentions (strict), the edges (the concept of an overlapping mention has that role) and the results (value
    and metric, as the scorer compares them, each gold result once)."""
    spans = {(s["start"], s["end"], s["label"]) for s in gold["spans"]}
    mentions = [(m["confidence"], (m["start"], m["end"], m["kind"]) in spans) for m in seen["mentions"]]
    edges: Pairs = []
    for edge in seen["edges"]:
        own = [m for m in seen["mentions"] if m["concept"] == edge["concept"]]
        met = Counter(s["concept"] for s in gold["spans"] for m in own if s["label"] == m["kind"] and s["start"] < m["end"] and m["start"] < s["end"])
        edges.append((edge["confidence"], bool(met) and gold["roles"][met.most_common(1)[0][0]] == edge["role"]))
    return mentions, edges, _results(gold["results"], seen["results"])


def _results(gold: list[dict[str, Any]], seen: list[dict[str, Any]]) -> Pairs:
    left, pairs = list(gold), []
    for result in seen:
        metric = (result["metric"] or "").casefold()
        names = [(other, (other["metric"] or "").casefold()) for other in left if other["value"].strip() == result["value"]]
        same = [other for other, name in names if name in metric or metric in name]
        if same:
            left.remove(same[0])
        pairs.append((result["confidence"], bool(same)))
    return pairs


def confusion(gold: dict[str, Any], seen: dict[str, Any]) -> Counter[str]:
    """Kinds that two identical spans have in gold and prediction."""
    kinds = {(s["start"], s["end"]): s["label"] for s in gold["spans"]}
    return Counter(f"{kinds[m['start'], m['end']]}>{m['kind']}" for m in seen["mentions"] if (m["start"], m["end"]) in kinds)


def run(o: argparse.Namespace) -> None:
    with o.gold.open(encoding="utf-8") as lines:
        gold = [json.loads(text) for text in lines if text.strip()]
    nlp = pipeline(o.model, threads=o.threads)
    nlp("Warm up: one short text, so that opening the model is not timed.")
    started = time.perf_counter()
    docs = list(nlp.pipe(record["text"] for record in gold))
    seconds = time.perf_counter() - started
    unsure = least(o.model or FOLDER)
    seen = [line(record["id"], record["text"], extraction_of(doc), least=unsure) for record, doc in zip(gold, docs, strict=True)]
    o.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in seen), encoding="utf-8")
    parts = [rightness(g, s) for g, s in zip(gold, seen, strict=True)]
    report = {"papers": len(gold), "papers_per_s": round(len(gold) / seconds, 2), "threads": o.threads}
    for name, number in (("mention", 0), ("edge", 1), ("result", 2)):
        report[f"calibration_{name}"] = calibration([pair for part in parts for pair in part[number]])
    report["kinds"] = dict(sum((confusion(g, s) for g, s in zip(gold, seen, strict=True)), Counter()).most_common())
    print(json.dumps(report))


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--gold", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--model", type=Path, help="folder of the model; without it the shipped one")
    p.add_argument("--threads", type=int, default=1)
    run(p.parse_args())
