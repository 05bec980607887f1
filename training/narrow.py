"""Make a trained reader's layers narrower: of each layer's inner units the ones that the loss leans on stay.

usage: narrow.py --run RUN_DIR --gold TRAIN.jsonl --out DIR [--inner 1024] [--full 2] [--layers 0 1 2]

A unit's weight is |activation times its gradient|, summed over the pieces of a batch and then over batches: the first-order estimate of what
the loss would change by without it (Molchanov et al. 2017). Training goes on from DIR. Invariant: with `--inner` at the present width the
weights stay as they are.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from batch import batches, collate
from data import Example, examples, held_out
from losses import losses, total
from model import FULL, Reader, keeping, shape_of
from torch import Tensor


def weights_of_units(net: Reader, papers: Sequence[Example]) -> list[Tensor]:
    """For each layer, of every inner unit what the loss is expected to change by without it: [inner]."""
    sums = [torch.zeros(layer.up.out_features) for layer in net.encoder.layers]
    kept: dict[int, Tensor] = {}
    for number, layer in enumerate(net.encoder.layers):

        def keep(_: object, inputs: tuple[Tensor], number: int = number) -> None:
            kept[number] = inputs[0]
            inputs[0].retain_grad()

        layer.down.register_forward_pre_hook(keep)
    for chosen in batches(papers, 4, 0):
        total(losses(net, collate(chosen))).backward()
        for number, inner in kept.items():
            sums[number] += (inner.detach() * inner.grad).sum(1).abs().sum(0)
        net.zero_grad(set_to_none=True)
    return sums


def narrowed(state: dict[str, Tensor], units: list[Tensor], inner: int) -> dict[str, Tensor]:
    """The state with only the `inner` heaviest units of each layer, in their old order."""
    out = dict(state)
    for number, weight in enumerate(units):
        stay = weight.topk(min(inner, len(weight))).indices.sort().values
        name = f"encoder.layers.{number}"
        out[f"{name}.up.weight"], out[f"{name}.up.bias"] = state[f"{name}.up.weight"][stay], state[f"{name}.up.bias"][stay]
        out[f"{name}.down.weight"] = state[f"{name}.down.weight"][:, stay].contiguous()
    return out


def main(o: argparse.Namespace) -> None:
    torch.manual_seed(1)
    vocabulary = (o.run / "vocab.txt").read_text(encoding="utf-8").splitlines()
    state = keeping(torch.load(o.run / "average.pt", weights_only=True), o.layers) | {"encoder.full": torch.tensor(o.full)}
    net = Reader(len(vocabulary), 0.0, **shape_of(state))
    net.load_state_dict(state)
    net.eval()
    papers = [e for e in examples(o.gold, vocabulary) if not held_out(e.id, share=0.04)][: o.papers]
    units = weights_of_units(net, papers)
    o.out.mkdir(parents=True, exist_ok=True)
    torch.save(narrowed(state, units, o.inner), o.out / "average.pt")
    shutil.copy(o.run / "vocab.txt", o.out / "vocab.txt")
    shares = [round(float(u.topk(min(o.inner, len(u))).values.sum() / u.sum()), 3) for u in units]
    print(json.dumps({"papers": len(papers), "inner": o.inner, "weight_kept": shares}))


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", type=Path, required=True, help="an earlier run's folder")
    p.add_argument("--gold", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--inner", type=int, default=1024)
    p.add_argument("--full", type=int, default=FULL, help="layers worked out for every piece")
    p.add_argument("--layers", type=int, nargs="+", help="numbers of the layers to keep, from 0 [all]")
    p.add_argument("--papers", type=int, default=200)
    main(p.parse_args())
