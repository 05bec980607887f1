"""Gold and predictions made by chance, the same for the same number; and a small pair worked by hand."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from kg.kinds import KINDS, ROLES

WORDS = ("gate", "BERT", "graphs", "Cora", "tuning", "recall", "84.3", "of", "the", "pruned", "net", "F1", "12", "on")


def gold_line(number: int, chance: random.Random) -> dict[str, Any]:
    """A paper in the gold form: spans that may overlap, one kind and one role a concept, some results."""
    text = " ".join(chance.choices(WORDS, k=40)) + "\n" + " ".join(chance.choices(WORDS, k=60))
    kind_of = {f"Concept {place}": chance.choice(list(KINDS)) for place in range(chance.randint(0, 7))}
    spans: list[dict[str, Any]] = []
    for _ in range(chance.randint(0, 14) if kind_of else 0):
        concept, start = chance.choice(list(kind_of)), chance.randrange(len(text) - 12)
        spans.append({"start": start, "end": start + chance.randint(1, 12), "label": kind_of[concept], "concept": concept})
    used = {span["concept"] for span in spans}
    roles = {concept: chance.choice([name for name, role in ROLES.items() if kind_of[concept] in role.kinds]) for concept in sorted(used)}
    return {
        "id": f"made:{number}",
        "text": text,
        "spans": spans,
        "roles": roles,
        "results": [result(text, chance) for _ in range(chance.randint(0, 3))],
    }


def result(text: str, chance: random.Random) -> dict[str, Any]:
    """A result whose value stands in the text."""
    return {"metric": chance.choice(["F1", "macro F1", "recall", None]), "value": chance.choice([word for word in text.split() if word.strip()])}


def prediction(gold: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """What a middling reader would print for the paper: spans kept, moved, taken for another kind, dropped, invented."""
    text, mentions = gold["text"], []
    for span in gold["spans"]:
        if chance.random() < 0.2:
            continue
        start = max(0, span["start"] + chance.choice([0, 0, 0, -2, 3]))
        kind = span["label"] if chance.random() < 0.8 else chance.choice(list(KINDS))
        concept = f"{kind.lower()}:{chance.choice([span['concept'], span['concept'], 'other'])}"
        mentions.append({"start": start, "end": min(len(text), max(start + 1, span["end"])), "kind": kind, "concept": concept})
    for _ in range(chance.randint(0, 3)):
        start = chance.randrange(len(text) - 5)
        mentions.append({"start": start, "end": start + 4, "kind": "TASK", "concept": f"task:{chance.randint(0, 2)}"})
    for mention in mentions:
        mention["confidence"] = round(chance.random(), 3)
    pairs = sorted({(mention["concept"], mention["kind"]) for mention in mentions})
    edges = [{"concept": c, "kind": k, "role": chance.choice(list(ROLES)), "confidence": round(chance.random(), 3)} for c, k in pairs]
    kept = [one for one in gold["results"] if chance.random() < 0.7]
    results = [{**one, "confidence": 0.9} for one in kept] + [{**result(text, chance), "confidence": 0.4} for _ in range(chance.randint(0, 2))]
    return {"id": gold["id"], "text": text, "mentions": mentions, "edges": edges, "results": results}


def corpus(seed: int, papers: int = 12) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Gold lines, and predictions for most of them and for one paper that gold lacks."""
    chance = random.Random(seed)
    gold = [gold_line(number, chance) for number in range(papers)]
    return gold, [prediction(line, chance) for line in [*gold[:-1], gold_line(papers, chance)]]


def lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    """The rows as JSON Lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


TEXT = "GateNet for node classification\nWe train GateNet with BERT on Cora and reach 84.3% accuracy. BERT alone reaches 80.1%."
HAND_GOLD: dict[str, Any] = {
    "id": "hand:1",
    "text": TEXT,
    "mentions": [
        ["GateNet", "METHOD", "GateNet"], ["node classification", "TASK", "node classification"], ["BERT", "METHOD", "BERT"],
        ["Cora", "DATASET", "Cora"], ["accuracy", "METRIC", "accuracy"],
    ],
    "roles": {"GateNet": "PROPOSES", "node classification": "ADDRESSES", "BERT": "COMPARES_WITH", "Cora": "EVALUATES_ON", "accuracy": "MEASURES"},
    "results": [{"metric": "accuracy", "value": "84.3", "unit": "%"}],
}  # fmt: skip


def at(form: str, nth: int = 1) -> dict[str, int]:
    """Where the nth `form` stands in `TEXT`."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(form, start + 1)
    return {"start": start, "end": start + len(form)}


# one GateNet missed; "classification" for "node classification"; Cora a method; "train" invented; BERT with another role
HAND_SEEN: dict[str, Any] = {
    "id": "hand:1",
    "text": TEXT,
    "mentions": [
        {**at("GateNet"), "kind": "METHOD", "concept": "method:gatenet", "confidence": 0.95},
        {**at("classification"), "kind": "TASK", "concept": "task:classification", "confidence": 0.55},
        {**at("train"), "kind": "METHOD", "concept": "method:train", "confidence": 0.35},
        {**at("BERT"), "kind": "METHOD", "concept": "method:bert", "confidence": 0.95},
        {**at("BERT", 2), "kind": "METHOD", "concept": "method:bert", "confidence": 0.95},
        {**at("Cora"), "kind": "METHOD", "concept": "method:cora", "confidence": 0.65},
        {**at("accuracy"), "kind": "METRIC", "concept": "metric:accuracy", "confidence": 1.0},
    ],
    "edges": [
        {"concept": "method:gatenet", "kind": "METHOD", "role": "PROPOSES", "confidence": 0.9},
        {"concept": "task:classification", "kind": "TASK", "role": "ADDRESSES", "confidence": 0.9},
        {"concept": "method:train", "kind": "METHOD", "role": "USES", "confidence": 0.3},
        {"concept": "method:bert", "kind": "METHOD", "role": "USES", "confidence": 0.9},
        {"concept": "method:cora", "kind": "METHOD", "role": "USES", "confidence": 0.6},
        {"concept": "metric:accuracy", "kind": "METRIC", "role": "MEASURES", "confidence": 0.9},
    ],
    "results": [{"metric": "top accuracy", "value": "84.3", "confidence": 0.8}, {"metric": "accuracy", "value": "80.1", "confidence": 0.4}],
}  # fmt: skip
