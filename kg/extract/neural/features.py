"""What the heads are told besides word vectors: where a mention stands, and how a number and a mention lie to each other.

Invariant: training and runtime call these same functions on words' numbers, so a feature means the same in both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, log1p

import numpy as np

from kg.extract.neural.decode import Array

Stretch = tuple[int, int, int]  # first word, word after the last, number of the sentence


def role_features(mentions: Sequence[Stretch], concepts: Sequence[int], sentences: int) -> Array:
    """[mentions, 6]: in the first or last sentence, how far down, concept's count (log), first of its concept, length."""
    counts, seen = Counter(concepts), set[int]()
    out = np.zeros((len(mentions), 6), dtype=np.float32)
    for row, ((start, end, sentence), concept) in enumerate(zip(mentions, concepts, strict=True)):
        out[row] = (
            sentence == 0, sentence == sentences - 1, sentence / max(1, sentences - 1),
            log(counts[concept]), concept not in seen, min(end - start, 8) / 4,
        )  # fmt: skip
        seen.add(concept)
    return out


def link_features(number: Stretch, mentions: Sequence[Stretch], concepts: Sequence[int]) -> Array:
    """[mentions, 8]: same sentence, before the number, distance (log), sentences between, nearness rank, nearest before,
    nearest after, concept's count (log). `mentions` are all of one kind, in order."""
    counts = Counter(concepts)
    gaps = [number[0] - end if start < number[0] else start - number[1] for start, end, _ in mentions]
    rank = {place: r for r, place in enumerate(sorted(range(len(gaps)), key=lambda i: gaps[i]))}
    before = [i for i, m in enumerate(mentions) if m[0] < number[0]]
    after = [i for i, m in enumerate(mentions) if m[0] >= number[0]]
    out = np.zeros((len(mentions), 8), dtype=np.float32)
    for i, mention in enumerate(mentions):
        out[i] = (
            mention[2] == number[2], mention[0] < number[0], log1p(max(0, gaps[i])) / 4,
            max(-1.0, min(1.0, (mention[2] - number[2]) / 4)), 1 / (1 + rank[i]), i == before[-1] if before else 0.0,
            i == after[0] if after else 0.0, log(counts[concepts[i]]),
        )  # fmt: skip
    return out
