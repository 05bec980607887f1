"""Fit the merger of names: which names of one paper are one concept. Writes merge.json.

usage: PYTHONPATH=.:training python training/merge.py --gold TRAIN.jsonl --out kg/extract/model/merge.json [--model kg/extract/model]

Pairs of names come from the gold mentions, grouped first as the runtime groups them (case, number, hyphens, abbreviations). The tables of
words and names that a pair's features look up are counted over the other folds, so a pair never sees its own paper; the threshold is the
one with the best concept F1 over the folds, and what is printed is that cross-validation. Needs scikit-learn (the runtime doesn't).
Invariant: held-out papers are left out, as everywhere in training; one seed, one file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from data import held_out, read

from kg.extract import places
from kg.extract.components import blank
from kg.extract.inflect import key
from kg.extract.neural import likeness as L
from kg.extract.neural.factory import grouped
from kg.extract.neural.merge import Trees, clusters, groups
from kg.extract.neural.terms import Terms
from kg.extract.sentences import sentences

FOLDS = 5
LEAST = tuple(round(0.3 + 0.05 * step, 2) for step in range(9))
PRIOR = 4  # imagined pairs behind each word's share
SEED = 0


@dataclass(frozen=True)
class Paper:
    """A paper's groups of mentions, the candidate pairs, and the gold concept of each group."""

    page: L.Page
    pairs: list[tuple[int, int]]
    gold: list[str]
    fold: int

    def same(self, pair: tuple[int, int]) -> bool:
        """Whether gold holds the two for one concept."""
        return self.gold[pair[0]] == self.gold[pair[1]]


def papers(records: list[dict[str, Any]], terms: Terms) -> list[Paper]:
    """The gold mentions of each record as the runtime groups them before it merges."""
    nlp, out = blank(), []
    for record in records:
        text = record["text"]
        concept = {(s["start"], s["end"]): s["concept"] for s in record["spans"]}
        found = [places.Found(s["start"], s["end"], s["label"], 1.0, "gold") for s in sorted(record["spans"], key=lambda s: s["start"])]
        doc = grouped(nlp(text), found, terms.short_forms)
        spans = [((s.start_char, s.end_char), (s.label_, s._.kg_name)) for s in doc.spans[places.CONCEPTS]]
        page = L.Page.of(text, sentences(text), groups(span for span in spans if span[0] in concept))
        gold = [Counter(concept[place] for place in group.places).most_common(1)[0][0] for group in page.groups]
        fold = int(hashlib.sha256(record["id"].encode()).hexdigest()[8:16], 16) % FOLDS
        out.append(Paper(page, L.candidates(page), gold, fold))
    return out


def known(of: list[Paper]) -> L.Known:
    """Words that one name has and the other hasn't, and names in how many papers in a thousand; what is seen once is left out."""
    seen, same, names, all_pairs, all_same = Counter[str](), Counter[str](), Counter[str](), 0, 0
    for paper in of:
        names.update({key(group.name) for group in paper.page.groups})
        for a, b in paper.pairs:
            one, other = set(paper.page.stems[a]), set(paper.page.stems[b])
            if one.isdisjoint(other):
                continue
            right = paper.same((a, b))
            all_pairs, all_same = all_pairs + 1, all_same + right
            seen.update(one ^ other)
            same.update((one ^ other) if right else ())
    usual = all_same / all_pairs
    dropped = {w: math.log((same[w] + PRIOR * usual) / (n - same[w] + PRIOR * (1 - usual))) for w, n in sorted(seen.items()) if n >= 2}
    often = {name: round(1000 * n / len(of), 2) for name, n in sorted(names.items()) if n >= 2}
    return L.Known({w: round(odds, 2) for w, odds in dropped.items()}, often, round(math.log(usual / (1 - usual)), 2))


def fit(rows: npt.NDArray[np.float64], same: npt.NDArray[np.bool_]) -> dict[str, Any]:
    """Boosted trees as the plain lists that `Trees.of` takes."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_depth=4, max_iter=150, learning_rate=0.08, l2_regularization=5, min_samples_leaf=30, early_stopping=False, random_state=SEED
    ).fit(rows, same)
    flat: dict[str, list[Any]] = {name: [] for name in ("feature", "threshold", "left", "right", "value", "roots")}
    depth = 0
    for (tree,) in model._predictors:
        base = len(flat["feature"])
        flat["roots"].append(base)
        for number, node in enumerate(tree.nodes):
            leaf = bool(node["is_leaf"])
            flat["feature"].append(0 if leaf else int(node["feature_idx"]))
            flat["threshold"].append(0.0 if leaf else float(np.format_float_positional(node["num_threshold"], 6)))
            flat["left"].append(base + (number if leaf else int(node["left"])))
            flat["right"].append(base + (number if leaf else int(node["right"])))
            flat["value"].append(round(float(node["value"]), 5) if leaf else 0.0)
            depth = max(depth, int(node["depth"]))
    return {**flat, "depth": depth, "base": float(model._baseline_prediction[0, 0])}


def concept_f1(of: list[Paper], shares: list[dict[tuple[int, int], float]], least: float) -> dict[str, float]:
    """Clusters against gold concepts, one to one by mentions in common, as the scorer pairs them."""
    right = made = gold = 0
    for paper, share in zip(of, shares, strict=True):
        found = clusters(len(paper.gold), share, least)
        common: Counter[tuple[int, str]] = Counter()
        for number, cluster in enumerate(found):
            for group in cluster:
                common[number, paper.gold[group]] += len(paper.page.groups[group].places)
        used: set[int | str] = set()
        for (number, name), _ in sorted(common.items(), key=lambda item: (-item[1], item[0])):
            if number not in used and name not in used:
                used |= {number, name}
                right += 1
        made, gold = made + len(found), gold + len(set(paper.gold))
    return {"p": round(100 * right / made, 2), "r": round(100 * right / gold, 2), "f1": round(200 * right / (made + gold), 2)}


def run(o: argparse.Namespace) -> None:
    records = [r for r in read(o.gold) if not held_out(r["id"], share=o.held_out)]
    of = papers(records, Terms.read(o.model / "terms.json"))
    tables = [known([p for p in of if p.fold != fold]) for fold in range(FOLDS)]
    rows = np.array([L.row(p.page, pair, tables[p.fold]) for p in of for pair in p.pairs], dtype=np.float64)
    same = np.array([p.same(pair) for p in of for pair in p.pairs])
    fold = np.array([p.fold for p in of for _ in p.pairs])
    shares = np.zeros(len(rows))
    for number in range(FOLDS):
        shares[fold == number] = Trees.of(fit(rows[fold != number], same[fold != number])).shares(rows[fold == number])
    left = iter(shares.tolist())
    by_paper = [{pair: next(left) for pair in p.pairs} for p in of]
    tried = {least: concept_f1(of, by_paper, least) for least in (*LEAST, 1.0)}
    best = max(LEAST, key=lambda least: tried[least]["f1"])
    last = known(of)
    stored = {"least": best, "usual": last.usual, "dropped": last.dropped, "papers": last.papers, "trees": fit(rows, same)}
    o.out.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    loss = -float(np.log(np.clip(np.where(same, shares, 1 - shares), 1e-9, 1)).mean())
    print(json.dumps({"papers": len(of), "pairs": len(rows), "same": int(same.sum()), "log_loss": round(loss, 4), "least": best, "concept": tried}))


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--gold", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--model", type=Path, default=Path("kg/extract/model"), help="folder with terms.json, for the short forms")
    p.add_argument("--held-out", type=float, default=0.04)
    run(p.parse_args())
