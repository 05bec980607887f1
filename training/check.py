"""Hold the exported model to the trained one: word vectors and the heads' scores of a few papers, ONNX and NumPy against PyTorch.

usage: check.py --weights average.pt --encoder MODEL_DIR --gold TRAIN.jsonl --model DIR [--most 0.01]

With `--form float` exports the two agree to a thousandth. Invariant: exits 1 where a score is off by more than `--most`.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from batch import collate
from calibrate import gold_place
from data import examples
from graph import WORD_HEADS
from losses import role_scores
from model import Reader, shape_of

from kg.extract.neural import encoder, reader
from kg.extract.neural import heads as H


@torch.no_grad()
def run(o: argparse.Namespace) -> float:
    """The largest difference of a score."""
    vocabulary = (o.encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    state = torch.load(o.weights, weights_only=True)
    net = Reader(len(vocabulary), 0.0, **shape_of(state)).eval()
    net.load_state_dict(state)
    papers = examples(o.gold, vocabulary)[: o.papers]
    batch = collate(papers)
    vectors = net.words(batch)
    wanted = role_scores(net, vectors, batch.mentions).numpy()
    encode, model = encoder.load(o.model), reader.load(o.model)
    off, rows, apart = [], 0, []
    scores = {name: getattr(net, name)(vectors).numpy() for name in WORD_HEADS}
    for row, (paper, seen) in enumerate(zip(papers, encode.encode([e.text for e in papers]), strict=True)):
        off.append(float(np.abs(seen.vectors[: len(paper.spans)] - vectors[row, : len(paper.spans)].numpy()).max()))
        got = H.role_scores(model.heads, seen.vectors, gold_place(paper, seen).layout)
        apart += [float(np.abs(getattr(seen, name)[: len(paper.spans)] - scores[name][row, : len(paper.spans)]).max()) for name in WORD_HEADS]
        apart.append(float(np.abs(got - wanted[rows : rows + len(got)]).max()))
        rows += len(got)
    print(json.dumps({"papers": len(papers), "vectors_off_by": max(off), "scores_off_by": max(apart)}))
    return max(apart)


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("weights", "encoder", "gold", "model"):
        p.add_argument(f"--{name}", type=Path, required=True)
    p.add_argument("--papers", type=int, default=8)
    p.add_argument("--most", type=float, default=0.01)
    chosen = p.parse_args()
    sys.exit(int(run(chosen) > chosen.most))
