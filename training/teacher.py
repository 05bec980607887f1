"""What a larger reader says of each word, for a smaller one to learn beside the labels (Hinton et al. 2015, knowledge distillation).

Invariant: a teacher's scores are worked out once a run and kept in its folder, so that a run that goes on does not read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from data import Example
from graph import WORD_HEADS
from torch import Tensor

from kg.extract.neural import encoder
from kg.extract.neural.decode import TAGS
from kg.extract.neural.numbers import RESULT_TAGS

CHUNK = 32  # texts read together
WIDTH = len(TAGS) + len(RESULT_TAGS)


@dataclass(frozen=True)
class Teacher:
    """The tag scores of all words of all examples, one after the other, those of `WORD_HEADS` side by side; the first word by the example's id."""

    scores: np.ndarray
    start: dict[str, int]

    def wanted(self, papers: Sequence[Example]) -> dict[str, Tensor]:
        """For each of `WORD_HEADS` the scores of the papers' words, in order: [words, tags]."""
        parts = [self.scores[self.start[e.id] : self.start[e.id] + len(e.spans)] for e in papers]
        table = torch.from_numpy(np.concatenate(parts).astype(np.float32))
        return dict(zip(WORD_HEADS, table.split([len(TAGS), len(RESULT_TAGS)], 1), strict=True))


def teacher(model: Path, papers: Sequence[Example], folder: Path, *, rank: int, ranks: int) -> Teacher:
    """The teacher in `model` (package data); every rank reads its part of the papers, and all wait for each other."""
    starts = np.concatenate([[0], np.cumsum([len(e.spans) for e in papers])]).tolist()
    path, done, shape = folder / "taught.f16", folder / f"taught.{rank}of{ranks}", (starts[-1], WIDTH)
    if rank == 0 and (not path.exists() or path.stat().st_size != 2 * shape[0] * shape[1]):
        np.memmap(path, dtype=np.float16, mode="w+", shape=shape)
        for old in folder.glob("taught.*of*"):
            old.unlink()
    _meet(ranks)
    if not done.exists():
        _fill(np.memmap(path, dtype=np.float16, mode="r+", shape=shape), encoder.load(model), list(zip(papers, starts, strict=False))[rank::ranks])
        done.touch()
    _meet(ranks)
    return Teacher(np.memmap(path, dtype=np.float16, mode="r", shape=shape), dict(zip((e.id for e in papers), starts, strict=False)))


def _meet(ranks: int) -> None:
    if ranks > 1:
        dist.barrier()


def _fill(out: np.ndarray, encode: encoder.Encoder, work: Sequence[tuple[Example, int]]) -> None:
    for begin in range(0, len(work), CHUNK):
        part = work[begin : begin + CHUNK]
        for (e, start), seen in zip(part, encode.encode([e.text for e, _ in part]), strict=True):
            out[start : start + len(e.spans)] = np.concatenate([seen.mention, seen.result], 1)[: len(e.spans)]
