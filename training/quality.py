"""Quick figures of a network in PyTorch, with gold mentions for the roles: while training on held-out papers, and of a run that has ended.

usage: quality.py --run RUN_DIR... --gold GOLD.jsonl [--all]

Prints a JSON line a run, over the papers that training left out, or over all of the file's with `--all`. Not the figures that count: those are of
the whole pipeline (`evaluate.py`). Invariant: training asks for held-out papers alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import torch
from batch import batches, collate
from data import Example, examples, held_out
from losses import concept_scores, role_scores
from model import Reader, shape_of

from kg.extract.neural.decode import best_path, spans_of


@torch.no_grad()
def quick(net: Reader, papers: Sequence[Example]) -> dict[str, float]:
    """Strict mention F1, role accuracy on gold concepts, F1 of number tags; per cent."""
    net.eval()
    hit = found = gold = right = roles = num_hit = num_found = num_gold = 0
    steps = net.crf.transitions().numpy()
    for chosen in batches(papers, 8, 0):
        batch = collate(chosen)
        vectors = net.words(batch)
        emissions = net.mention(vectors).numpy()
        for row, e in enumerate(chosen):
            seen = set(spans_of(best_path(emissions[row, : len(e.spans)], steps)))
            want = {(m.start, m.end, m.kind) for m in e.mentions}
            hit, found, gold = hit + len(seen & want), found + len(seen), gold + len(want)
        scores = concept_scores(role_scores(net, vectors, batch.mentions), batch.mentions)
        right += int((scores.argmax(1) == batch.mentions.role).sum())
        roles += len(scores)
        guess = net.result(vectors).argmax(2) * batch.result_mask
        num_hit += int(((guess == batch.result_tags) & (guess > 0)).sum())
        num_found, num_gold = num_found + int((guess > 0).sum()), num_gold + int((batch.result_tags > 0).sum())
    f1 = lambda a, b, c: round(200 * a / max(1, b + c), 2)  # noqa: E731
    return {"mention": f1(hit, found, gold), "role": round(100 * right / max(1, roles), 2), "number_tags": f1(num_hit, num_found, num_gold)}


def main(o: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    for run in o.run:
        vocabulary = (run / "vocab.txt").read_text(encoding="utf-8").splitlines()
        state = torch.load(run / "average.pt", weights_only=True)
        net = Reader(len(vocabulary), 0.0, **shape_of(state))
        net.load_state_dict(state)
        papers = [e for e in examples(o.gold, vocabulary) if o.all or held_out(e.id, share=0.04)]
        print(json.dumps({"run": run.name, "papers": len(papers), **quick(net, papers)}), flush=True)


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", type=Path, nargs="+", required=True)
    p.add_argument("--gold", type=Path, required=True)
    p.add_argument("--all", action="store_true", help="every paper of the file, not only those that training leaves out")
    main(p.parse_args())
