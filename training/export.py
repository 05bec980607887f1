"""Write a trained reader as the package data that the runtime loads: encoder.onnx, heads.npz, vocab.txt (and an empty reader.json).

usage: export.py --weights average.pt --encoder MODEL_DIR (--texts FILE... | --pieces VOCAB) --out DIR [--form int8]

Pieces that no word of `--texts` needs are left out of the vocabulary (a word that would have needed one falls back to smaller
pieces). Invariant: what is written depends on the weights, the texts and the form alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from graph import FORMS, WORD_HEADS, build

from kg.extract.neural import words as W
from kg.extract.neural.decode import LEGAL, NO

LEAST = 2  # occurrences of a piece that is kept


def texts(paths: list[Path]) -> Iterator[str]:
    """Every text of JSON Lines files, gold or abstracts, plain or gzipped."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield record["text"] if "text" in record else f"{record.get('title') or ''}\n{record.get('abstract') or ''}"


def kept(vocabulary: list[str], paths: list[Path]) -> list[int]:
    """Numbers of the pieces to keep, in order: marks, single characters, and what the texts need."""
    pieces = W.Pieces.of(vocabulary)
    pieced = W.memo(pieces, 1 << 20)
    counts = np.zeros(len(vocabulary), dtype=np.int64)
    for text in texts(paths):
        for start, end in W.words(text):
            for piece in pieced(text[start:end]):
                counts[piece] += 1
    marks = {W.PAD, W.UNK, W.CLS, W.SEP}
    return [i for i, piece in enumerate(vocabulary) if piece in marks or counts[i] >= LEAST or len(piece.removeprefix("##")) == 1]


def heads(state: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    """The other heads' weights as the runtime takes them: matrices [inputs, outputs], half precision; the tag chain's steps in full."""
    out: dict[str, np.ndarray] = {}
    for name, value in state.items():
        if name.startswith(("encoder.", "crf.", *(f"{head}." for head in WORD_HEADS))):
            continue
        array = value.numpy()
        out[name] = (array.T if array.ndim == 2 else array).astype(np.float16)
    out["transitions"] = np.where(LEGAL, state["crf.steps"].numpy(), NO).astype(np.float32)
    return out


def run(o: argparse.Namespace) -> None:
    state = torch.load(o.weights, weights_only=True)
    vocabulary = (o.encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    wanted = set(o.pieces.read_text(encoding="utf-8").splitlines()) if o.pieces else set()
    keep = [i for i, piece in enumerate(vocabulary) if piece in wanted] if o.pieces else kept(vocabulary, o.texts)
    weights = {name.removeprefix("encoder."): value.numpy() for name, value in state.items()}
    weights["word.weight"] = weights["word.weight"][keep]
    o.out.mkdir(parents=True, exist_ok=True)
    onnx.save(build(weights, o.form), o.out / "encoder.onnx")
    np.savez_compressed(o.out / "heads.npz", **heads(state))
    (o.out / "vocab.txt").write_text("".join(f"{vocabulary[i]}\n" for i in keep), encoding="utf-8")
    settings = o.out / "reader.json"
    if not settings.exists():
        settings.write_text("{}\n", encoding="utf-8")
    sizes = {path.name: path.stat().st_size for path in sorted(o.out.iterdir()) if path.is_file()}
    print(json.dumps({"form": o.form, "pieces": len(keep), "bytes": sizes}))


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--weights", type=Path, required=True)
    p.add_argument("--encoder", type=Path, required=True, help="folder with the vocab.txt that the weights were trained with")
    p.add_argument("--texts", type=Path, nargs="*", default=[], help="JSON Lines files whose words say which pieces to keep")
    p.add_argument("--pieces", type=Path, help="an earlier export's vocab.txt, to keep the same pieces without counting again")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--form", choices=FORMS, default="int8")
    run(p.parse_args())
