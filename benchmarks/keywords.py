"""How many of the keywords that authors give, and that stand in their text, does `kg` find among phenomena?

usage: keywords.py ABSTRACTS.jsonl.gz... [--gold GOLD.jsonl...]   each line {"title", "abstract", "keywords": [...]}; the files are read only

An author keyword counts where it stands in the text as words of its own and the lexicon knows it as none of the four kinds; with `--gold`
what annotators take for one of the four in more than a fifth of its places is left out too. Most that remain are methods, tasks and general
words (`optimization`, `evaluation`), and authors name few of the phenomena that they speak of, so both figures have a low ceiling and are for
comparing lists. A keyword and a name of the list are one where case, hyphens and number are all that differ, or where one is the other's
alias. Invariant: no text of the files is kept or printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.extract.components import blank
from kg.extract.inflect import key
from kg.extract.keywords import keyword_matcher, mark_keywords
from kg.extract.names import PHENOMENON, lexicon
from kg.text import fold

_SHARE = 0.2  # of a phrase's places in gold: annotated oftener than this, it is one of the four kinds


def of_a_kind(paths: list[Path]) -> set[str]:
    """The phrases, folded, that gold annotates in more than a fifth of their places."""
    papers = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    annotated = Counter(fold(paper["text"][span["start"] : span["end"]]) for paper in papers for span in paper["spans"])
    said: Counter[str] = Counter()
    for paper in papers:
        words = fold(paper["text"]).split()
        for size in range(1, 6):
            grams = zip(*(words[first:] for first in range(size)), strict=False)
            said.update(gram for gram in map(" ".join, grams) if gram in annotated)
    return {phrase for phrase, count in annotated.items() if count > _SHARE * said[phrase]}


def papers(paths: list[Path], *, leave: set[str]) -> Iterator[tuple[str, set[str]]]:
    """The text of each paper with free author keywords, and those of them that stand in it, folded, without those to `leave`."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                text = f"{record.get('title', '')}\n{record['abstract']}"
                words = f" {fold(text)} "
                given = {fold(word) for word in record.get("keywords") or () if ":" not in word}
                there = {word for word in given - leave if f" {word} " in words}
                if there:
                    yield text, there


def run(paths: list[Path], *, gold: list[Path]) -> dict[str, float]:
    nlp = blank()
    matcher = keyword_matcher(nlp)
    names = {key(name.surface): key(name.canonical) for name in lexicon() if name.kind == PHENOMENON}
    leave = {fold(name.surface) for name in lexicon() if name.kind != PHENOMENON} | of_a_kind(gold)
    count = found = right = given = right_5 = shown = 0
    for text, words in papers(paths, leave=leave):
        there = {names.get(key(word), key(word)) for word in words}
        keywords = [key(word) for word in mark_keywords(nlp.make_doc(text), matcher=matcher)._.kg_keywords]
        count, given = count + 1, given + len(there)
        found, right = found + bool(keywords), right + len(there & set(keywords))
        shown, right_5 = shown + len(keywords[:5]), right_5 + len(there & set(keywords[:5]))
    precision, recall = right_5 / max(1, shown), right_5 / max(1, given)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {
        "papers": count,
        "with_keywords": found,
        "recall": round(right / max(1, given), 4),
        "precision_5": round(precision, 4),
        "f1_5": round(f1, 4),
    }


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("abstracts", type=Path, nargs="+")
    p.add_argument("--gold", type=Path, nargs="*", default=[], help="annotated papers: text, spans")
    arguments = p.parse_args()
    print(json.dumps(run(arguments.abstracts, gold=arguments.gold)))
