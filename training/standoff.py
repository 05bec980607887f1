"""Our own annotations without the texts they annotate, and the way back: `annotations/*.jsonl` to gold records.

usage: standoff.py strip GOLD.jsonl > ANNOTATIONS.jsonl
       standoff.py join ANNOTATIONS.jsonl... --texts FILE.jsonl.gz... [--same-ids] > GOLD.jsonl

A stand-off record is `{"id", "sha256", "spans": [[start, end, kind, concept]...], "roles", "results"}`: offsets count characters of the
paper's title, a newline and its abstract, and `sha256` is of that text in UTF-8, so that a text that has changed is never annotated
with another's offsets. Texts are records of `{"id", "title", "abstract"}` or `{"id", "text"}`, JSON Lines, gzipped or not.

Invariant: `join` after `strip` gives the gold back, its id after `own/`, but for what a stand-off record does not hold (a batch).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

OWN = "own/"  # as `data.py` knows them; that module needs more than the standard library, this one does not


def digest(text: str) -> str:
    """What names a text without holding it."""
    return hashlib.sha256(text.encode()).hexdigest()


def strip(gold: dict[str, Any]) -> dict[str, Any]:
    """A gold record without its text."""
    spans = [[s["start"], s["end"], s["label"], s["concept"]] for s in gold["spans"]]
    return {"id": gold["id"], "sha256": digest(gold["text"]), "spans": spans, "roles": gold["roles"], "results": gold["results"]}


def join(record: dict[str, Any], text: str) -> dict[str, Any]:
    """A stand-off record with its text, as gold. Raises ValueError where the text is not the one that was annotated."""
    if digest(text) != record["sha256"]:
        raise ValueError(f"{record['id']}: the text is not the one that was annotated")
    spans = [{"start": start, "end": end, "label": kind, "concept": concept} for start, end, kind, concept in record["spans"]]
    return {"id": f"{OWN}{record['id']}", "text": text, "spans": spans, "roles": record["roles"], "results": record["results"]}


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON Lines file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as rows:
        yield from (json.loads(row) for row in rows if row.strip())


def texts(paths: Iterable[Path], wanted: set[str]) -> dict[str, str]:
    """The wanted papers' texts by id: title, newline, abstract."""
    return {r["id"]: r.get("text") or f"{r['title']}\n{r['abstract']}" for path in paths for r in lines(path) if r["id"] in wanted}


def joined(annotations: Iterable[Path], sources: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Every annotation whose text is among the sources; one line on standard error for each that is not."""
    records = [record for path in annotations for record in lines(path)]
    known = texts(sources, {record["id"] for record in records})
    for record in records:
        if record["id"] not in known:
            print(f"{record['id']}: no text of this id in the files given; left out", file=sys.stderr)
            continue
        try:
            yield join(record, known[record["id"]])
        except ValueError as error:
            print(f"{error}; left out", file=sys.stderr)


def main(o: argparse.Namespace) -> None:
    """Write the records of one form as the other."""
    rows = map(strip, lines(o.gold)) if o.way == "strip" else joined(o.annotations, o.texts)
    for row in rows:
        if o.way == "join" and o.same_ids:
            row["id"] = row["id"].removeprefix(OWN)
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = p.add_subparsers(dest="way", required=True)
    to = ways.add_parser("strip")
    to.add_argument("gold", type=Path)
    back = ways.add_parser("join")
    back.add_argument("annotations", type=Path, nargs="+")
    back.add_argument("--texts", type=Path, nargs="+", required=True)
    back.add_argument("--same-ids", action="store_true", help="keep the ids as they were, to compare with gold of the same papers")
    main(p.parse_args())
