"""Fit temperatures and thresholds on the papers that training held out, and write them to the model's reader.json.

usage: calibrate.py --gold TRAIN.jsonl --model DIR [--held-out 0.04]

Temperatures minimise the log loss of what they scale; thresholds maximise F1. Invariant: only held-out train papers are read, so
the dev set stays what it is for.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from data import Example, examples, held_out, read
from evaluate import Pairs, line, rightness

from kg.extract.neural import encoder, reader
from kg.extract.neural import heads as H
from kg.extract.neural.recipe import pipeline
from kg.extract.seam import extraction_of

GRID = tuple(round(float(t), 2) for t in np.exp(np.linspace(np.log(0.8), np.log(1.8), 7)))
THRESHOLDS = {
    "term_weight": (0.0, 0.2, 0.4, 0.6),
    "concept_power": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0),
    "result_temperature": (1.0, 1.5, 2.0, 2.5, 3.0, 3.5),
    "result_least": (0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    "link_least": (0.4, 0.5, 0.6, 0.7),
    "second_link_least": (0.35, 0.45),
    "use_least": (0.0, 0.2, 0.25, 0.3, 0.35),  # no higher: a concept that is there more often than not stays
}

ALIKE = 0.01  # F1 of results that a lower line may cost: one value of a hundred more to look at, with its confidence


def log_loss(pairs: Iterable[tuple[float, bool]]) -> float:
    """Mean negative log probability of what happened."""
    table = np.array([(p, y) for p, y in pairs], dtype=np.float64)
    p = np.clip(table[:, 0], 1e-6, 1 - 1e-6)
    return float(-(table[:, 1] * np.log(p) + (1 - table[:, 1]) * np.log(1 - p)).mean())


def mention_pairs(model: reader.Model, papers: list[tuple[Example, encoder.Encoded]], t: float) -> list[tuple[float, bool]]:
    """Confidence and strict rightness of every decoded mention at temperature `t`."""
    out = []
    for (paper, _), found in zip(papers, reader.decoded(model, [seen for _, seen in papers], temperature=t), strict=True):
        gold = {(m.start, m.end, m.kind) for m in paper.mentions}
        out += [(f.confidence, (f.start, f.end, f.kind) in gold) for f in found]
    return out


def overlap_pairs(model: reader.Model, papers: list[tuple[Example, encoder.Encoded]]) -> list[tuple[float, bool]]:
    """Confidence of every decoded mention, and whether it overlaps a gold one of its kind."""
    out = []
    for (paper, _), found in zip(papers, reader.mentions(model, [seen for _, seen in papers]), strict=True):
        gold = [(paper.spans[m.start][0], paper.spans[m.end - 1][1], m.kind) for m in paper.mentions]
        out += [(f.confidence, any(k == f.kind and a < f.end and f.start < b for a, b, k in gold)) for f in found]
    return out


def mention_f1(model: reader.Model, papers: list[tuple[Example, encoder.Encoded]]) -> float:
    """Strict F1 of the mentions."""
    right = [right for _, right in mention_pairs(model, papers, 1.0)]
    return 2 * sum(right) / max(1, len(right) + sum(len(paper.mentions) for paper, _ in papers))


def gold_place(paper: Example, seen: encoder.Encoded) -> reader.Placed:
    """The gold mentions as the runtime lays them out; a concept's name is its number."""
    named = [reader.Named(paper.spans[m.start][0], paper.spans[m.end - 1][1], m.kind, str(m.concept), 1.0) for m in paper.mentions]
    sentences = [(paper.spans[a][0], paper.spans[b - 1][1]) for a, b in paper.sentences]
    return reader.place(seen, named, sentences)


def role_pairs(model: reader.Model, papers: list[tuple[Example, encoder.Encoded]]) -> list[tuple[float, bool]]:
    """Confidence and rightness of every gold concept's role."""
    out = []
    for paper, seen in papers:
        for use in reader.uses(model, seen, gold_place(paper, seen)):
            out.append((use["confidence"], H.ROLE_NAMES[paper.roles[int(use["name"])]] == use["role"]))
    return out


def result_pairs(model: reader.Model, papers: list[tuple[Example, encoder.Encoded]], records: dict[str, Any]) -> list[tuple[float, bool]]:
    """Confidence of every result on gold mentions, and whether gold has its value."""
    out = []
    for paper, seen in papers:
        values = {result["value"].strip() for result in records[paper.id]["results"]}
        out += [(r["confidence"], r["value"] in values) for r in reader.results(model, seen, gold_place(paper, seen))]
    return out


def whole(folder: Path, papers: Sequence[dict[str, Any]]) -> tuple[Pairs, Pairs]:
    """Confidence and rightness of every use and of every result of the whole pipeline over `folder`, on the mentions that it finds itself."""
    docs = pipeline(folder).pipe(record["text"] for record in papers)
    parts = [
        rightness(record, line(record["id"], record["text"], extraction_of(doc))) for record, doc in zip(papers, docs, strict=True)
    ]  # fmt: skip
    return [pair for _, uses, _ in parts for pair in uses], [pair for _, _, results in parts for pair in results]


def use_f1(uses: Pairs, gold: int, least: float) -> float:
    """F1 of the uses above a confidence, `gold` roles being right; of a concept that was split every part counts, unlike in the scorer."""
    kept = [right for confidence, right in uses if confidence >= least]
    return 2 * sum(kept) / max(1, len(kept) + gold)


def platt(pairs: list[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and shift over the log odds of a confidence that make it the probability of being right (Platt 1999), with his smoothed targets
    and, because held-out papers are few, a pull of both towards the identity (one item's worth of log loss a unit of squared distance)."""
    table = np.array(pairs, dtype=np.float64)
    share = np.clip(table[:, 0], 1e-4, 1 - 1e-4)
    odds, right = np.log(share / (1 - share)), table[:, 1]
    high, low = (right.sum() + 1) / (right.sum() + 2), 1 / (len(right) - right.sum() + 2)
    wanted = np.where(right > 0, high, low)

    def loss(slope: float, shift: float) -> float:
        p = np.clip(1 / (1 + np.exp(-(slope * odds + shift))), 1e-9, 1 - 1e-9)
        fit = -(wanted * np.log(p) + (1 - wanted) * np.log(1 - p)).sum()
        return float(fit + (slope - 1) ** 2 + shift**2)

    grid = [(slope, shift) for slope in np.arange(0.1, 1.51, 0.05) for shift in np.arange(-3, 3.01, 0.1)]
    slope, shift = min(grid, key=lambda pair: loss(*pair))
    return round(float(slope), 2), round(float(shift), 2)


def result_counts(model: reader.Model, papers: list[tuple[Example, encoder.Encoded]], records: dict[str, Any]) -> tuple[int, int, int]:
    """Right, predicted and gold results: value and metric as the scorer compares them, on gold mentions."""
    right = predicted = gold = 0
    for paper, seen in papers:
        names = list(dict.fromkeys(s["concept"] for s in sorted(records[paper.id]["spans"], key=lambda s: s["start"])))
        left = list(records[paper.id]["results"])
        gold += len(left)
        for result in reader.results(model, seen, gold_place(paper, seen)):
            predicted += 1
            metric = (names[int(result["metric"])] if result["metric"] is not None else "").casefold()
            for other in left:
                wanted = (other["metric"] or "").casefold()
                if other["value"].strip() == result["value"] and (wanted in metric or metric in wanted):
                    left.remove(other)
                    right += 1
                    break
    return right, predicted, gold


def best(values: Iterable[float], score: Callable[[float], float]) -> float:
    """The value with the highest score, the first of equals."""
    return max(values, key=score)


def fit(model: reader.Model, papers: list[tuple[Example, encoder.Encoded]], records: dict[str, Any], weights: Sequence[float]) -> reader.Model:
    """The model with fitted settings; `weights` are those of known terms to choose among."""

    def tried(**settings: float) -> reader.Model:
        return replace(model, settings=replace(model.settings, **settings))

    model = tried(term_weight=best(weights, lambda w: mention_f1(tried(term_weight=w), papers)))
    model = tried(mention_temperature=best(GRID, lambda t: -log_loss(mention_pairs(model, papers, t))))
    rough = overlap_pairs(model, papers)
    model = tried(concept_power=best(THRESHOLDS["concept_power"], lambda power: -log_loss((p**power, right) for p, right in rough)))
    model = tried(role_temperature=best(GRID, lambda t: -log_loss(role_pairs(tried(role_temperature=t), papers))))

    cooled = {t: result_pairs(tried(result_temperature=t, result_least=0.5), papers, records) for t in THRESHOLDS["result_temperature"]}
    model = tried(result_temperature=best(cooled, lambda t: -log_loss(cooled[t]) if cooled[t] else -9.0))

    def f1(**settings: float) -> float:
        right, predicted, gold = result_counts(tried(**settings), papers, records)
        return 2 * right / max(1, predicted + gold)

    scored = {least: f1(result_least=least) for least in THRESHOLDS["result_least"]}
    model = tried(result_least=min(least for least, score in scored.items() if score >= max(scored.values()) - ALIKE))
    for name in ("link_least", "second_link_least"):
        values = THRESHOLDS[name]
        model = tried(**{name: best(values, lambda v, name=name: f1(**{name: v}))})
    return model


def write(settings: reader.Settings, folder: Path) -> dict[str, float]:
    """Writes the settings to the model's `reader.json`, and gives them by name."""
    values = {name: getattr(settings, name) for name in reader.Settings.__dataclass_fields__}
    (folder / "reader.json").write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    return values


def run(o: argparse.Namespace) -> None:
    encode, model = encoder.load(o.model, threads=o.threads), reader.load(o.model)
    records = {r["id"]: r for r in read(o.gold)}
    vocabulary = (o.model / "vocab.txt").read_text(encoding="utf-8").splitlines()
    papers = [e for e in examples(o.gold, vocabulary) if held_out(e.id, share=o.held_out)]
    pairs = list(zip(papers, encode.encode([e.text for e in papers]), strict=True))
    fitted = fit(replace(model, settings=reader.Settings()), pairs, records, THRESHOLDS["term_weight"] if o.term_weight is None else (o.term_weight,))
    write(fitted.settings, o.model)
    gold = [records[e.id] for e in papers]
    uses, found = whole(o.model, gold)
    (use_slope, use_shift), (slope, shift) = platt(uses), platt(found)
    uses = [(reader.calibrated(share, use_slope, use_shift), right) for share, right in uses]
    roles = sum(len(record["roles"]) for record in gold)
    least = best(THRESHOLDS["use_least"], lambda least: use_f1(uses, roles, least))
    last = {"use_slope": use_slope, "use_shift": use_shift, "use_least": least, "result_slope": slope, "result_shift": shift}
    fitted = replace(fitted, settings=replace(fitted.settings, **last))
    settings = write(fitted.settings, o.model)
    plain = replace(fitted, settings=replace(fitted.settings, term_weight=0.0))
    f1 = {"mention_f1": mention_f1(fitted, pairs), "without_terms": mention_f1(plain, pairs)}
    print(json.dumps({"papers": len(papers), **settings, **f1, "results": result_counts(fitted, pairs, records)}))


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--gold", type=Path, required=True)
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--held-out", type=float, default=0.04)
    p.add_argument("--term-weight", type=float, help="the weight of known terms, instead of fitting it")
    p.add_argument("--threads", type=int, default=2)
    run(p.parse_args())
