"""Turn package data back into a run's folder, to train on from the shipped weights where no checkpoint is at hand.

usage: unpack.py --model kg/extract/model --out DIR

Writes `average.pt` and `vocab.txt`, as `train.py` does. Invariant: exported again, the weights give the scores that they gave, but for the rounding
of what was rounded before.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from graph import WORD_HEADS
from model import HIDDEN, Reader, shape_of
from onnx import numpy_helper
from torch import Tensor

from kg.extract.neural.decode import LEGAL

Arrays = dict[str, np.ndarray]


def of_graph(stored: Arrays) -> tuple[Arrays, int]:
    """The encoder's and the word heads' weights in PyTorch's names, from the graph's constants; how many layers are full."""
    out = {"encoder.word.weight": stored["word"] * stored["word.s"]}
    out |= {f"encoder.{name}.weight": stored[name] for name in ("position", "shape")}
    out |= {"encoder.norm.weight": stored["norm.g"], "encoder.norm.bias": stored["norm.b"]}
    layers = 1 + max(int(name.split(".")[1]) for name in stored if name.startswith("layers."))
    full = next(i for i in range(layers) if f"layers.{i}.kv.q" in stored)
    for i in range(layers):
        name = f"layers.{i}"
        for part in ("out", "up", "down"):
            out |= linear(f"encoder.{name}.{part}", stored, [f"{name}.{part}"])
        out |= linear(f"encoder.{name}.qkv", stored, [f"{name}.q", f"{name}.kv"] if i == full else [f"{name}.qkv"])
        for part in ("norm1", "norm2"):
            out |= {f"encoder.{name}.{part}.weight": stored[f"{name}.{part}.g"], f"encoder.{name}.{part}.bias": stored[f"{name}.{part}.c"]}
    for name in WORD_HEADS:
        for part in ("0", "3"):
            out |= {f"{name}.{part}.weight": stored[f"{name}.{part}.weight"].T, f"{name}.{part}.bias": stored[f"{name}.{part}.bias"]}
    return out, full


def linear(name: str, stored: Arrays, parts: list[str]) -> Arrays:
    """The weight and bias called `name`, from the constants of the products that it was cut into."""
    weight = np.concatenate([(stored[f"{part}.q"].astype(np.float32) * stored[f"{part}.s"]).T for part in parts])
    return {f"{name}.weight": weight, f"{name}.bias": np.concatenate([stored[f"{part}.b"] for part in parts])}


def of_heads(stored: Arrays) -> Arrays:
    """The other heads' weights, and the tag chain's steps."""
    out = {name: value.T if value.ndim == 2 else value for name, value in stored.items() if name != "transitions"}
    return out | {"crf.steps": np.where(LEGAL, stored["transitions"], 0)}


def unpacked(folder: Path) -> dict[str, Tensor]:
    """The state of the reader in a folder of package data, exported as `int8`."""
    graph = onnx.load(folder / "encoder.onnx").graph
    weights, full = of_graph({constant.name: numpy_helper.to_array(constant) for constant in graph.initializer})
    with np.load(folder / "heads.npz") as stored:
        weights |= of_heads(dict(stored))
    state = {name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in weights.items()}
    state["encoder.full"] = torch.tensor(full)
    net = Reader(len(state["encoder.word.weight"]), **shape_of(state))
    buffers = {name: value for name, value in net.state_dict().items() if name.startswith("crf.") and name != "crf.steps"}
    return state | buffers


def main(o: argparse.Namespace) -> None:
    state = unpacked(o.model)
    Reader(len(state["encoder.word.weight"]), **shape_of(state)).load_state_dict(state)
    o.out.mkdir(parents=True, exist_ok=True)
    torch.save(state, o.out / "average.pt")
    shutil.copy(o.model / "vocab.txt", o.out / "vocab.txt")
    print(json.dumps({"hidden": HIDDEN, **shape_of(state)}))


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", type=Path, required=True, help="folder of package data")
    p.add_argument("--out", type=Path, required=True)
    main(p.parse_args())
