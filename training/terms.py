"""Count the terms of the training papers: how often each is annotated where it stands, and as what kind.

usage: terms.py --gold TRAIN.jsonl --out terms.json [--held-out 0.04]

Invariant: held-out papers are not counted, so that calibration sees terms as new texts will; a span that begins or ends inside of a word,
as other people's sets have some, counts for nothing.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from data import OWN, held_out, read

from kg.extract.abbreviate import abbreviations, singular_pair
from kg.extract.inflect import key as inflect_key
from kg.extract.neural import words as W
from kg.extract.neural.decode import KINDS
from kg.extract.neural.terms import LONGEST, Key, key

LEAST = 2  # papers or occurrences below which a term says too little
ALIKE = 0.8  # share of a name's mentions that have one kind, where it counts as settled
FEW = 3  # papers that make a name in capitals known
SURE = 0.5  # added to both counts: a term seen few times has modest odds


def split(record: dict[str, Any]) -> tuple[list[str], dict[int, int], dict[int, int]]:
    """A record's words, and where a character begins or ends a word."""
    spans = W.words(record["text"])
    return [record["text"][a:b] for a, b in spans], {a: i for i, (a, _) in enumerate(spans)}, {b: i + 1 for i, (_, b) in enumerate(spans)}


def counts(records: list[dict[str, Any]]) -> tuple[dict[Key, Counter[str]], Counter[Key]]:
    """How often each term is annotated, by kind, and how often it stands in the texts outside longer annotated terms."""
    annotated: dict[Key, Counter[str]] = defaultdict(Counter)
    parts = []
    for record in records:
        words, starts, ends = split(record)
        spans = [(starts[s["start"]], ends[s["end"]], s["label"]) for s in record["spans"] if s["start"] in starts and s["end"] in ends]
        parts.append((words, spans))
        for start, end, kind in spans:
            if end - start <= LONGEST:
                annotated[key(words[start:end])][kind] += 1
    seen: Counter[Key] = Counter()
    for words, spans in parts:
        inside = {place: end - start for start, end, _ in spans for place in range(start, end)}
        for start in range(len(words)):
            for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
                term = key(words[start:end])
                if term in annotated and all(inside.get(place, 0) <= end - start for place in (start, end - 1)):
                    seen[term] += 1
    return annotated, seen


def short_forms(records: list[dict[str, Any]]) -> dict[str, str]:
    """Short forms that at least three papers define, nine in ten of them alike, with the commonest spelling of the long form."""
    longs: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        for short, long in {singular_pair(a.short, a.long) for a in abbreviations(record["text"])}:
            longs[short][long if long[1:] != long[1:].lower() else long.lower()] += 1
    out = {}
    for short, forms in sorted(longs.items()):
        alike = Counter[str]()
        for form, count in forms.items():
            alike[inflect_key(form)] += count
        best, papers = alike.most_common(1)[0]
        if papers >= 3 and papers >= 0.9 * sum(forms.values()) and short.isalpha() and short.isupper():
            out[short] = max((form for form in forms if inflect_key(form) == best), key=lambda form: (forms[form], form.islower(), form))
    return out


def settled(records: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The names of each kind that have it in nearly all their mentions: gold gives one name one kind in every paper. (Our own annotations
    don't count: what they alone know is wrong on dev as often as it is right.) A name in capitals, which another paper may give to
    something else, counts from a few papers on."""
    annotated: dict[Key, Counter[str]] = defaultdict(Counter)
    papers: Counter[Key] = Counter()
    for record in records:
        if record["id"].startswith(OWN):
            continue
        words, starts, ends = split(record)
        whole = [s for s in record["spans"] if s["start"] in starts and s["end"] in ends]
        found = [(key(words[starts[s["start"]] : ends[s["end"]]]), s["label"]) for s in whole]
        papers.update({term for term, _ in found})
        for term, kind in found:
            annotated[term][kind] += 1
    out: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for term, kinds in sorted(annotated.items()):
        kind, right = kinds.most_common(1)[0]
        name = " ".join(term)
        if right >= ALIKE * sum(kinds.values()) and (name.islower() or papers[term] >= FEW) and not any(" " in word for word in term):
            out[kind].append(name)
    return out


def run(o: argparse.Namespace) -> None:
    records = [r for r in read(o.gold) if not held_out(r["id"], share=o.held_out)]
    annotated, seen = counts(records)
    out: dict[str, dict[str, float]] = {kind: {} for kind in KINDS}
    for term, kinds in sorted(annotated.items()):
        kind, right = kinds.most_common(1)[0]
        total = max(seen[term], sum(kinds.values()))
        if total >= LEAST and not any(" " in word for word in term):
            out[kind][" ".join(term)] = round(math.log((right + SURE) / (total - right + SURE)), 2)
    stored = {"terms": out, "shortForms": short_forms(records), "kinds": settled(records)}
    o.out.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    sizes = {"short_forms": len(stored["shortForms"]), "bytes": o.out.stat().st_size}
    print(json.dumps({"papers": len(records), **{kind: len(terms) for kind, terms in out.items()}, **sizes}))


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--gold", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--held-out", type=float, default=0.04)
    run(p.parse_args())
