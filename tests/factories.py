"""Papers to build from, in our own words; the same arguments give the same paper."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

METHODS = ("BERT", "LoRA", "ResNet-50", "contrastive learning", "knowledge distillation", "Adam", "graph neural networks", "T5")
DATASETS = ("SQuAD", "ImageNet", "GLUE", "MS MARCO", "CIFAR-10", "WikiText-103")
TASKS = ("question answering", "image classification", "machine translation", "object detection", "passage retrieval")
METRICS = ("accuracy", "F1", "BLEU", "perplexity", "latency")


def record(number: int, **changes: Any) -> dict[str, Any]:
    """A paper as our JSON Lines have it; every fourth has an arXiv id and cites the one before with one."""
    method, other = METHODS[number % len(METHODS)], METHODS[(3 * number + 1) % len(METHODS)]
    dataset, task, metric = DATASETS[number % len(DATASETS)], TASKS[number % len(TASKS)], METRICS[number % len(METRICS)]
    made: dict[str, Any] = {
        "title": f"Net{number}: steady {task} with {method}",
        "abstract": (
            f"Much recent work on {task} relies on {other}. We propose Net{number}, which combines {method} with a small gate that is "
            f"trained in {number + 2} rounds. On {dataset} it reaches {60 + number % 30}.{number % 10}% {metric} and outperforms {other}."
        ),
        "year": 2015 + number % 10,
        "authors": [{"name": f"Ada Sample {number % 7}"}],
        "keywords": [task],
    }
    if number % 4 == 0:
        made["arxiv_id"] = f"21{number % 12 + 1:02d}.{number:05d}"
        if number:
            earlier = number - 4
            made["references"] = [{"id": f"arxiv:21{earlier % 12 + 1:02d}.{earlier:05d}"}, {"id": "doi:10.5555/elsewhere", "title": "A cited work"}]
    return {**made, **changes}


def write_jsonl(path: Path, records: Iterable[dict[str, Any]]) -> Path:
    """The records as one JSON Lines file."""
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in records), encoding="utf-8")
    return path
