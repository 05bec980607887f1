"""The encoder behind onnxruntime: texts in, word vectors and tag scores out.

Each window is a call of its own: the int8 form scales activations over the whole input, so a shared batch would make what is seen in a
text hang on its neighbours. Invariant: a text's vectors depend on the text alone, and each word has exactly one vector.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kg.extract.neural import words as W
from kg.extract.neural.decode import Array


@dataclass(frozen=True)
class Encoded:
    """A text, its words (character ranges, and as printed), their vectors [words, hidden], and what the heads that read every word say of each:
    the scores of its tag as part of a mention and as part of a reported number, [words, tags]."""

    text: str
    words: list[W.Span]
    printed: list[str]
    vectors: Array
    mention: Array
    result: Array


SLOW = "SkipLayerNormFusion"  # the fused operator takes longer than the two that it stands for
OUTPUTS = ("vectors", "mention", "result")


@dataclass(frozen=True)
class Encoder:
    """A loaded encoder. `pieced` maps a word to its piece numbers, `ids` pieces to numbers."""

    session: Any
    pieced: W.Pieced
    ids: dict[str, int]

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """One `Encoded` a text, in order."""
        out = []
        for text in texts:
            ranges = W.words(text)
            printed = [text[a:b] for a, b in ranges]
            parts = [(window.start, self._run(window)) for window in self._windows(text, ranges, printed)]
            out.append(Encoded(text, ranges, printed, *_joined(parts)))
        return out

    def _windows(self, text: str, ranges: list[W.Span], printed: list[str]) -> list[W.Window]:
        if not ranges:
            return []
        return W.windows(list(map(self.pieced, printed)), W.shapes(text, ranges), list(map(W.heavy, printed)), self.ids)

    def _run(self, window: W.Window) -> list[Array]:
        """`OUTPUTS` for the words that the window is to answer for, each seen through its first piece."""
        chosen, rest, order = window.upper()
        inputs = {"pieces": [window.pieces], "shapes": [window.shapes], "chosen": chosen, "rest": rest, "order": order}
        found = self.session.run(OUTPUTS, {name: np.array(values, dtype=np.int64) for name, values in inputs.items()})
        return [rows[0] for rows in found]


def _joined(parts: list[tuple[int, list[Array]]]) -> list[Array]:
    """The windows' outputs one after the other."""
    if not parts:
        return [np.zeros((0, 0), dtype=np.float32) for _ in OUTPUTS]
    in_order = [found for _, found in sorted(parts, key=lambda part: part[0])]
    return in_order[0] if len(in_order) == 1 else [np.concatenate(rows) for rows in zip(*in_order, strict=True)]


def load(folder: Path, *, threads: int = 1) -> Encoder:
    """The encoder in `folder` (`encoder.onnx`, `vocab.txt`), on `threads` threads."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = ort.InferenceSession(str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=[SLOW])
    pieces = W.Pieces.of((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())
    return Encoder(session, W.memo(pieces), pieces.ids)
