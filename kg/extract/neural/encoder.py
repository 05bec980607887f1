"""The encoder behind onnxruntime: texts in, word vectors out.

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
    """A text, its words (character ranges) and their vectors [words, hidden]."""

    text: str
    words: list[W.Span]
    vectors: Array


@dataclass(frozen=True)
class Encoder:
    """A loaded encoder. `pieced` maps a word to its piece numbers, `ids` pieces to numbers."""

    session: Any
    pieced: W.Pieced
    ids: dict[str, int]

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """One `Encoded` a text, in order."""
        spans = [W.words(text) for text in texts]
        work: list[tuple[int, W.Window]] = []
        for number, (text, ranges) in enumerate(zip(texts, spans, strict=True)):
            if ranges:
                pieces = [self.pieced(text[a:b]) for a, b in ranges]
                work += [(number, window) for window in W.windows(pieces, W.shapes(text, ranges), self.ids)]
        rows: dict[int, list[tuple[int, Array]]] = {}
        for number, window in work:
            rows.setdefault(number, []).append((window.start, self._run(window)))
        return [Encoded(text, ranges, _joined(rows.get(i, []))) for i, (text, ranges) in enumerate(zip(texts, spans, strict=True))]

    def _run(self, window: W.Window) -> Array:
        """Vectors of the words that the window is to answer for, each seen through its first piece: [words, hidden]."""
        pieces, shapes = (np.array([values], dtype=np.int64) for values in (window.pieces, window.shapes))
        first = np.array(window.first[window.keep[0] - window.start : window.keep[1] - window.start], dtype=np.int64)
        out: Array = self.session.run(None, {"pieces": pieces, "shapes": shapes, "first": first})[0][0]
        return out


def _joined(parts: list[tuple[int, Array]]) -> Array:
    if not parts:
        return np.zeros((0, 0), dtype=np.float32)
    return np.concatenate([vectors for _, vectors in sorted(parts, key=lambda part: part[0])])


def load(folder: Path, *, threads: int = 1) -> Encoder:
    """The encoder in `folder` (`encoder.onnx`, `vocab.txt`), on `threads` threads."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = ort.InferenceSession(str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
    pieces = W.Pieces.of((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())
    return Encoder(session, W.memo(pieces), pieces.ids)
