"""How many of the keywords that authors give, and that stand in their text, does `kg` find among phenomena?

usage: keywords.py ABSTRACTS.jsonl.gz...   each line {"title", "abstract", "keywords": [...]}; the files are read only

An author keyword counts where it stands in the text as words of its own and the lexicon knows it as none of the four kinds; most that
remain are methods and tasks that the reader finds and the lexicon lacks, so recall has a low ceiling and is for comparing lists. Invariant:
no text of the files is kept or printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from kg.extract.components import blank
from kg.extract.keywords import keyword_matcher, mark_keywords
from kg.extract.names import PHENOMENON, lexicon
from kg.text import fold


def papers(paths: list[Path]) -> Iterator[tuple[str, set[str]]]:
    """The text of each paper with free author keywords, and those of them that stand in it, folded."""
    listed = {fold(name.surface) for name in lexicon() if name.kind != PHENOMENON}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                text = f"{record.get('title', '')}\n{record['abstract']}"
                words = f" {fold(text)} "
                given = {fold(word) for word in record.get("keywords") or () if ":" not in word}
                there = {word for word in given - listed if f" {word} " in words}
                if there:
                    yield text, there


def run(paths: list[Path]) -> dict[str, float]:
    nlp = blank()
    matcher = keyword_matcher(nlp)
    count = found = right = gold = right_5 = shown = 0
    for text, there in papers(paths):
        keywords = [fold(word) for word in mark_keywords(nlp.make_doc(text), matcher=matcher)._.kg_keywords]
        count, gold = count + 1, gold + len(there)
        found, right = found + bool(keywords), right + len(there & set(keywords))
        shown, right_5 = shown + len(keywords[:5]), right_5 + len(there & set(keywords[:5]))
    precision, recall = right_5 / max(1, shown), right_5 / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {
        "papers": count,
        "with_keywords": found,
        "recall": round(right / max(1, gold), 4),
        "precision_5": round(precision, 4),
        "f1_5": round(f1, 4),
    }


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("abstracts", type=Path, nargs="+")
    print(json.dumps(run(p.parse_args().abstracts)))
