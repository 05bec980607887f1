"""Gold records with the oddities that texts come with: all in capitals, names in markup, other signs for the usual ones.

usage: odd.py --gold GOLD.jsonl... [--share 0.3] [--seed 1] > ODD.jsonl

A share of the records is changed, the others go through; offsets follow. So that a reader whose lower layers don't look around still knows
`\\textsc{Cora}` for a name, and words of a text in capitals for words. Invariant: what a span covers is the same words, and the same record
with the same seed comes out alike.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Record = dict[str, Any]
WRAPS = (("\\textsc{", "}"), ("\\emph{", "}"), ("\\textbf{", "}"), ("<i>", "</i>"), ("<b>", "</b>"), ("``", "''"), ("$", "$"), ("*", "*"))
SIGNS = {
    "-": ("‑", "–"),
    "%": ("&#37;", "\\%", " %"),
    " and ": (" &amp; ",),
    ", ": ("; ",),
    "We ": ("<p>We ", "\\item We "),
    " is ": (" → ",),
    ". ": (".  ", " 🚀. "),
}


def moved(record: Record, edits: list[tuple[int, int, str]]) -> Record:
    """The record with parts of its text (start, end, what stands there now) replaced; a span keeps what is put at its edges outside."""
    text, out, shift = record["text"], [], []
    place = 0
    for start, end, new in sorted(edits):
        out += [text[place:start], new]
        place = end
        shift.append((start, end, len(new) - (end - start)))
    out.append(text[place:])

    def at(offset: int, *, first: bool) -> int:
        return offset + sum(by for start, end, by in shift if end < offset or (end == offset and (first or start < end)))

    spans = [{**span, "start": at(span["start"], first=True), "end": at(span["end"], first=False)} for span in record["spans"]]
    return {**record, "text": "".join(out), "spans": spans}


def shouted(record: Record, rng: random.Random) -> Record:
    """All in capitals, where that leaves every offset in place."""
    upper = record["text"].upper()
    return {**record, "text": upper} if len(upper) == len(record["text"]) else record


def wrapped(record: Record, rng: random.Random) -> Record:
    """Half of the mentions in markup."""
    edits = []
    for span in record["spans"]:
        if rng.random() < 0.5:
            before, behind = rng.choice(WRAPS)
            edits += [(span["start"], span["start"], before), (span["end"], span["end"], behind)]
    return moved(record, edits)


def signed(record: Record, rng: random.Random) -> Record:
    """Other signs for usual ones outside of the mentions."""
    text, taken = record["text"], [(span["start"], span["end"]) for span in record["spans"]]
    edits = []
    for sign, others in SIGNS.items():
        start = text.find(sign)
        while start >= 0:
            end = start + len(sign)
            if rng.random() < 0.4 and all(end <= a or b <= start for a, b in taken):
                edits.append((start, end, rng.choice(others)))
                taken.append((start, end))
            start = text.find(sign, end)
    return moved(record, edits)


CHANGES: tuple[Callable[[Record, random.Random], Record], ...] = (shouted, wrapped, signed, lambda record, rng: signed(wrapped(record, rng), rng))


def main(o: argparse.Namespace) -> None:
    for path in o.gold:
        with path.open(encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                rng = random.Random(f"{o.seed} {record['id']}")
                odd = rng.choice(CHANGES)(record, rng) if rng.random() < o.share else record
                sys.stdout.write(json.dumps(odd, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--gold", type=Path, nargs="+", required=True)
    p.add_argument("--share", type=float, default=0.3)
    p.add_argument("--seed", type=int, default=1)
    main(p.parse_args())
