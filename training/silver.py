"""Annotate unlabelled abstracts with a trained reader, in the form of gold, for self-training (Scudder 1965; Yarowsky 1995).

usage: silver.py --texts FILE.jsonl.gz... --not-in GOLD.jsonl... --out SILVER.jsonl [--count 8000] [--since 2018] [--part K/N] [--model DIR]

Papers are taken in the order of their ids' digests, so a larger count holds the smaller one. A run that is cut goes on after the
last line it wrote. Invariant: no paper of the given gold files is annotated (compared by the end of the abstract).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.extract.neural.recipe import pipeline
from kg.extract.seam import extraction_of
from kg.models import Extraction

LEAST_CHARACTERS = 300


def ending(text: str) -> str:
    """What two copies of an abstract have in common: the last eighty letters and digits."""
    return re.sub(r"\W+", "", text).lower()[-80:]


def chosen(paths: Iterable[Path], banned: set[str], since: int, count: int) -> list[tuple[str, str]]:
    """(id, text) of the papers to annotate, in the order of their digests."""
    found: dict[str, tuple[str, str]] = {}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                year = re.search(r"(\d{4})/", record["id"])
                if not year or int(year[1]) < since or len(record["abstract"]) < LEAST_CHARACTERS or ending(record["abstract"]) in banned:
                    continue
                found[hashlib.sha256(record["id"].encode()).hexdigest()] = record["id"], f"{record['title']}\n{record['abstract']}"
    return [found[key] for key in sorted(found)[:count]]


def record(paper: str, text: str, seen: Extraction) -> dict[str, Any]:
    """An extraction in the form of a gold record; a name that two kinds share is told apart by its kind."""
    kinds: dict[str, set[str]] = {}
    for mention in seen.mentions:
        kinds.setdefault(mention.name, set()).add(mention.kind)

    def name(own: str, kind: str) -> str:
        return own if len(kinds[own]) == 1 else f"{own} ({kind.lower()})"

    return {
        "id": f"silver/{paper}",
        "text": text,
        "spans": [{"start": m.start, "end": m.end, "label": m.kind, "concept": name(m.name, m.kind)} for m in seen.mentions],
        "roles": {name(u.name, u.kind): u.role for u in seen.uses},
        "results": [result.model_dump() for result in seen.results],
    }


def main(o: argparse.Namespace) -> None:
    banned = {ending(json.loads(line)["text"]) for path in o.not_in for line in path.open(encoding="utf-8")}
    part, parts = map(int, o.part.split("/"))
    work = chosen(o.texts, banned, o.since, o.count)[part - 1 :: parts]
    done = o.out.read_bytes().count(b"\n") if o.out.exists() else 0
    nlp = pipeline(o.model, threads=o.threads)
    with o.out.open("a", encoding="utf-8") as out:
        for (paper, text), doc in zip(work[done:], nlp.pipe(text for _, text in work[done:]), strict=True):
            out.write(json.dumps(record(paper, text, extraction_of(doc)), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--texts", type=Path, nargs="+", required=True)
    p.add_argument("--not-in", type=Path, nargs="+", required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--count", type=int, default=8000)
    p.add_argument("--since", type=int, default=2018)
    p.add_argument("--part", default="1/1", help="K/N: every Nth paper from the Kth on, to share the work between processes")
    p.add_argument("--model", type=Path, help="folder of the model; without it the shipped one")
    p.add_argument("--threads", type=int, default=1)
    main(p.parse_args())
