"""Examples to tensors: padded pieces and words, and flat index lists for mentions, concepts and reported numbers.

Invariant: every index names a row of this batch and a word of that row; batches are made of papers of about one length.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from data import LINK_KINDS, Example
from model import Spans
from torch import Tensor

from kg.extract.neural.decode import KINDS
from kg.extract.neural.features import link_features, role_features
from kg.kinds import ROLES

ALLOWED = torch.tensor([[kind in role.kinds for role in ROLES.values()] for kind in KINDS])


@dataclass
class Mentions:
    """All mentions of a batch, flat. `concept` counts through the batch; `role` and `kind` are by concept."""

    span: Spans
    sentence: Spans
    title: Spans
    document: Spans
    scalars: Tensor
    kind: Tensor
    concept: Tensor
    role: Tensor
    concept_kind: Tensor


@dataclass
class Link:
    """One number and the mentions of one kind that it may link to; `right` marks the right ones (none: no link)."""

    kind: str
    row: int
    number: int
    sentence: tuple[int, int]
    spans: Spans
    scalars: Tensor
    right: Tensor


@dataclass
class Batch:
    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor
    heavy: Tensor
    lengths: Tensor
    tags: Tensor
    result_tags: Tensor
    result_mask: Tensor
    mentions: Mentions
    links: list[Link]


def _padded(rows: Sequence[Sequence[int]]) -> Tensor:
    out = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    for i, row in enumerate(rows):
        out[i, : len(row)] = torch.tensor(row)
    return out


def _spans(triples: Sequence[tuple[int, int, int]]) -> Spans:
    table = torch.tensor(triples, dtype=torch.long).reshape(-1, 3)
    return Spans(table[:, 0], table[:, 1], table[:, 2])


def _mentions(examples: Sequence[Example]) -> Mentions:
    flat = [(row, e, m) for row, e in enumerate(examples) for m in e.mentions]
    offsets, total = [], 0
    for e in examples:
        offsets.append(total)
        total += len(e.roles)
    scalars = [role_features([(m.start, m.end, m.sentence) for m in e.mentions], [m.concept for m in e.mentions], len(e.sentences)) for e in examples]
    return Mentions(
        span=_spans([(row, m.start, m.end) for row, _, m in flat]),
        sentence=_spans([(row, *e.sentences[m.sentence]) for row, e, m in flat]),
        title=_spans([(row, *e.sentences[0]) for row, e, _ in flat]),
        document=_spans([(row, 0, len(e.spans)) for row, e, _ in flat]),
        scalars=torch.cat([torch.from_numpy(s) for s in scalars]),
        kind=torch.tensor([KINDS.index(m.kind) for _, _, m in flat], dtype=torch.long),
        concept=torch.tensor([offsets[row] + m.concept for row, _, m in flat], dtype=torch.long),
        role=torch.tensor([role for e in examples for role in e.roles], dtype=torch.long),
        concept_kind=torch.tensor([KINDS.index(kind) for e in examples for kind in e.kinds], dtype=torch.long),
    )


def _links(examples: Sequence[Example]) -> Iterator[Link]:
    for row, e in enumerate(examples):
        for number in e.numbers:
            sentence = next(i for i, (a, b) in enumerate(e.sentences) if a <= number.start < b)
            for kind in LINK_KINDS:
                wanted, found = number.links[kind], [m for m in e.mentions if m.kind == kind]
                if wanted is None or not found:
                    continue
                scalars = link_features(
                    (number.start, number.end, sentence), [(m.start, m.end, m.sentence) for m in found], [m.concept for m in found]
                )
                yield Link(
                    kind, row, number.start, e.sentences[sentence], _spans([(row, m.start, m.end) for m in found]),
                    torch.from_numpy(scalars), torch.tensor([m.concept in wanted for m in found]),
                )  # fmt: skip


def collate(examples: Sequence[Example]) -> Batch:
    """One batch. Only sentences with a digit or a reported number count for the number tags: elsewhere O is trivial."""
    pieces = _padded([e.pieces for e in examples])
    counted = torch.zeros(len(examples), max(len(e.spans) for e in examples), dtype=torch.bool)
    for row, e in enumerate(examples):
        for a, b in e.sentences:
            text = e.text[e.spans[a][0] : e.spans[b - 1][1]]
            if any(char.isdigit() for char in text) or any(e.result_tags[a:b]):
                counted[row, a:b] = True
    return Batch(
        pieces, _padded([e.shapes for e in examples]), _padded([[1] * len(e.pieces) for e in examples]), _padded([e.first for e in examples]),
        _padded([e.heavy for e in examples]).bool(),
        torch.tensor([len(e.spans) for e in examples]), _padded([e.tags for e in examples]), _padded([e.result_tags for e in examples]),
        counted, _mentions(examples), list(_links(examples)),
    )  # fmt: skip


def batches(examples: Sequence[Example], size: int, seed: int) -> list[list[Example]]:
    """A shuffled pass in batches of like length: sorted within runs of fifty batches, then shuffled as batches."""
    rng = random.Random(seed)
    order = list(examples)
    rng.shuffle(order)
    out = []
    for start in range(0, len(order), 50 * size):
        run = sorted(order[start : start + 50 * size], key=lambda e: len(e.pieces))
        out += [run[i : i + size] for i in range(0, len(run), size)]
    rng.shuffle(out)
    return out
