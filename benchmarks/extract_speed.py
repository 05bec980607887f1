"""Abstracts per second of `kg extract`, beside spaCy's small English NER in the same run: ratios, since machines differ and drift.

usage: python benchmarks/extract_speed.py TEXTS.jsonl[.gz] [--count 2000] [--rounds 3] [--model NAME]... [--spacy PYTHON FOLDER] [--json]

TEXTS holds objects with `title` and `abstract`. Each candidate runs in a process of its own, one after the other in every round,
pinned to one processor, but for the one with two workers, which gets two. A candidate's figure is the median over the rounds, without
its start (the time of a run over ten texts is taken off). `--spacy` names a Python that has spaCy and the folder of a trained pipeline:
its tok2vec and ner alone are run, over the same texts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

FEW = 10
SPACY = """
import json, sys, spacy
nlp = spacy.load(sys.argv[1], exclude=["tagger", "parser", "senter", "attribute_ruler", "lemmatizer"])
texts = [r["title"] + "\\n" + r["abstract"] for r in map(json.loads, open(sys.argv[2], encoding="utf-8"))]
print(sum(len(doc.ents) for doc in nlp.pipe(texts, batch_size=64)))
"""


def papers(path: Path, count: int) -> Iterable[str]:
    """The first records of the file that have an abstract, as papers that `kg` reads."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        found = (record for record in map(json.loads, lines) if record.get("abstract"))
        for record in islice(found, count):
            yield json.dumps({"title": record["title"], "abstract": record["abstract"]}) + "\n"


def candidates(o: argparse.Namespace) -> dict[str, list[str]]:
    """Command by name; the file of texts is put at its end."""
    kg = [sys.executable, "-m", "kg", "extract"]
    out = {f"kg extract --model {model}": [*kg, "--workers", "1", "--model", model] for model in o.model}
    out |= {f"kg extract --model {model} --workers 2": [*kg, "--workers", "2", "--model", model] for model in o.model}
    if o.spacy:
        out = {"spaCy small NER": [o.spacy[0], "-c", SPACY, o.spacy[1]]} | out
    return out


def seconds(command: list[str], texts: Path) -> float:
    """Wall-clock seconds of one run; raises CalledProcessError where it fails."""
    mine = sorted(os.sched_getaffinity(0))[: 2 if "2" in command else 1]
    started = time.perf_counter()
    subprocess.run(
        [*command, str(texts)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, mine),  # numerical libraries choose their threads by it
    )  # fmt: skip
    return time.perf_counter() - started


def main(o: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        few, many = Path(scratch) / "few.jsonl", Path(scratch) / "many.jsonl"
        lines = list(papers(o.texts, o.count))
        few.write_text("".join(lines[:FEW]), encoding="utf-8")
        many.write_text("".join(lines), encoding="utf-8")
        rates: dict[str, list[float]] = {}
        for _ in range(o.rounds):
            for name, command in candidates(o).items():
                start = seconds(command, few)
                rates.setdefault(name, []).append((len(lines) - FEW) / (seconds(command, many) - start))
    reference = statistics.median(next(iter(rates.values())))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    rows = [{"what": name, "per_s": round(statistics.median(r), 1), "ratio": round(statistics.median(r) / reference, 2)} for name, r in rates.items()]
    if o.json:
        print(json.dumps({"texts": len(lines), "rounds": o.rounds, "rows": rows, "largest_process_mb": peak}))
        return
    for row in rows:
        print(f"{row['what']:42} {row['per_s']:8} abstracts/s {row['ratio']:6} of the first")
    print(f"largest process: {peak} MB")


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("texts", type=Path)
    p.add_argument("--count", type=int, default=2000)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--model", action="append")
    p.add_argument("--spacy", nargs=2, metavar=("PYTHON", "FOLDER"))
    p.add_argument("--json", action="store_true")
    chosen = p.parse_args()
    chosen.model = chosen.model or ["neural", "lexicon"]
    main(chosen)
