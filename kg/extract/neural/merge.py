"""Which names of one paper mean one concept: `Pointer Net` and `pointer network` do, `GPT-3` and `GPT-4` don't.

Boosted trees, fitted on the gold papers by `training/merge.py`, give each pair of like names (`kg.extract.neural.likeness`) the
probability that they are one concept; average-link clustering joins names while the mean over all pairs of two clusters stays above the
fitted threshold. Invariants: only names of one kind are joined; the answer hangs on the text and the mentions alone, not on their order or
the encoder; a joined concept bears one of its own names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.extract.neural import likeness as L
from kg.extract.neural.recipe import merger_file

Pair = tuple[int, int]
Named = tuple[str, str]  # kind and name


@dataclass(frozen=True)
class Trees:
    """Boosted trees (Friedman 2001) laid flat: node `i` sends a row left where its `feature[i]` is at most `threshold[i]`; a leaf leads to itself.
    `roots` are the trees' first nodes, `depth` the longest way down, `base` what all trees add to."""

    feature: npt.NDArray[np.int64]
    threshold: npt.NDArray[np.float64]
    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    value: npt.NDArray[np.float64]
    roots: npt.NDArray[np.int64]
    depth: int
    base: float

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Trees:
        """From plain lists by field name."""
        feature, left, right, roots = (np.array(stored[name], dtype=np.int64) for name in ("feature", "left", "right", "roots"))
        threshold, value = (np.array(stored[name], dtype=np.float64) for name in ("threshold", "value"))
        return cls(feature, threshold, left, right, value, roots, stored["depth"], stored["base"])

    def shares(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The probability of each row [rows, features]."""
        node = np.repeat(self.roots[None], len(rows), axis=0)
        at = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            node = np.where(rows[at, self.feature[node]] <= self.threshold[node], self.left[node], self.right[node])
        out: npt.NDArray[np.float64] = 1 / (1 + np.exp(-(self.base + self.value[node].sum(axis=1))))
        return out


@dataclass(frozen=True)
class Merger:
    """The trees, what the training papers say of words and names, and the least mean probability at which clusters are joined."""

    trees: Trees
    known: L.Known
    least: float

    @classmethod
    def read(cls, path: Path) -> Merger:
        """From the JSON that `training/merge.py` writes."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        return cls(Trees.of(stored["trees"]), L.Known(stored["dropped"], stored["papers"], stored["usual"]), stored["least"])


def load(folder: Path) -> Merger:
    """The merger that the model in `folder` runs with."""
    return Merger.read(merger_file(folder))


def groups(mentions: Iterable[tuple[L.Span, Named]]) -> list[L.Group]:
    """Mentions (place, kind and name) with equal kind and name as one group each, in order of kind and name."""
    places: dict[Named, list[L.Span]] = {}
    for place, named in mentions:
        places.setdefault(named, []).append(place)
    return [L.Group(kind, name, tuple(sorted(places[kind, name]))) for kind, name in sorted(places)]


def merged(merger: Merger, text: str, sentences: Sequence[L.Span], mentions: Iterable[tuple[L.Span, Named]]) -> dict[Named, str]:
    """The name of its concept for each (kind, name) that is joined with another and not the concept's name itself."""
    page = L.Page.of(text, sentences, groups(mentions))
    pairs = L.candidates(page)
    if not pairs:
        return {}
    shares = merger.trees.shares(np.array([L.row(page, pair, merger.known) for pair in pairs], dtype=np.float64))
    out = {}
    for cluster in clusters(len(page.groups), dict(zip(pairs, shares.tolist(), strict=True)), merger.least):
        members = [page.groups[number] for number in cluster]
        name = commonest(members)
        out.update({(group.kind, group.name): name for group in members if group.name != name})
    return out


def clusters(count: int, shares: Mapping[Pair, float], least: float) -> list[list[int]]:
    """Average-link clusters of the numbers below `count`, the likeliest two joined first, while their mean is above `least`. A pair without
    a share counts as 0."""
    found = {number: [number] for number in range(count)}
    sums = {(min(pair), max(pair)): share for pair, share in shares.items()}

    def mean(pair: Pair) -> float:
        return sums[pair] / (len(found[pair[0]]) * len(found[pair[1]]))

    while sums:
        one, other = best = max(sums, key=lambda pair: (mean(pair), -pair[1], -pair[0]))
        if mean(best) <= least:
            break
        found[one] += found.pop(other)
        for pair in [pair for pair in sums if other in pair]:
            total, third = sums.pop(pair), pair[0] if pair[1] == other else pair[1]
            if third != one:
                joined = min(one, third), max(one, third)
                sums[joined] = sums.get(joined, 0.0) + total
    return sorted(found.values())


def commonest(members: Sequence[L.Group]) -> str:
    """The name that the paper prints most often, the fullest of equals (right more often than the fullest, on gold train)."""
    return max(members, key=lambda group: (len(group.places), len(L.parts(group.name)), len(group.name), group.name)).name
