"""From per-word tag scores to spans: a linear-chain CRF's best path and the posterior of each span (Lafferty et al. 2001).

Invariant: the tag scheme is BIOES with one O; an illegal step has score `NO`, so decoded spans never overlap or nest, and the confidence
of a span on the best path is the model's exact probability that this stretch, of this kind, is one mention. A known name beside the path has
the probability that its least likely word is inside of any mention.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
NO = -1e4
KINDS = ("METHOD", "DATASET", "TASK", "METRIC")
DOUBT = 0.25  # probability of being in some mention from which a known name is one
MOST = 1 << 16  # words, with what pads them, whose tags are read together
Settled = Callable[[int, int, int], str | None]
Known = Callable[[int], Iterable[tuple[int, int, str]]]
TAGS = ("O", *(f"{part}-{kind}" for kind in KINDS for part in "BIES"))


def legal() -> npt.NDArray[np.bool_]:
    """Which tag may follow which: [tag, next tag]."""
    out = np.zeros((len(TAGS), len(TAGS)), dtype=bool)
    for i, one in enumerate(TAGS):
        for j, two in enumerate(TAGS):
            if one[0] in "BI":
                out[i, j] = two[0] in "IE" and one[1:] == two[1:]
            else:
                out[i, j] = two[0] in "OBS"
    return out


LEGAL = legal()
FIRST = np.array([0.0 if tag[0] in "OBS" else NO for tag in TAGS], dtype=np.float32)
LAST = np.array([0.0 if tag[0] in "OES" else NO for tag in TAGS], dtype=np.float32)


@lru_cache(maxsize=256)
def tags_of(length: int, kind: str) -> tuple[int, ...]:
    """The tag numbers of a span of so many words."""
    names = ["S"] if length == 1 else ["B", *["I"] * (length - 2), "E"]
    return tuple(TAGS.index(f"{name}-{kind}") for name in names)


@dataclass(frozen=True)
class Found:
    """A span of words (end exclusive), its kind and its posterior."""

    start: int
    end: int
    kind: str
    confidence: float


def best_path(emissions: Array, transitions: Array) -> list[int]:
    """The tag numbers of one text's best legal path, see `best_paths`."""
    return best_paths(emissions[None], np.array([len(emissions)]), transitions)[0]


def best_paths(emissions: Array, lengths: npt.NDArray[np.int64], transitions: Array) -> list[list[int]]:
    """The tag numbers of each text's best legal path. `emissions` is [texts, words, tags], padded; `transitions` is [tag, next tag]
    with `NO` where illegal."""
    rows, words, tags = emissions.shape
    order = np.argsort(-lengths, kind="stable")  # the longest first, so that those which go on are the first `live`
    live = (lengths[:, None] > np.arange(words)).sum(axis=0).tolist()
    said = np.ascontiguousarray(emissions[order].transpose(1, 2, 0))  # [words, tags, texts]: the texts last, as they are many
    scores = np.empty((words, tags, rows), dtype=np.float32)
    scores[0] = said[0] + FIRST[:, None]
    for step in range(1, words):
        before = scores[step - 1, :, : live[step]]
        np.add((before[:, None] + transitions[:, :, None]).max(axis=0), said[step, :, : live[step]], out=scores[step, :, : live[step]])
    paths = np.zeros((words, rows), dtype=np.int64)
    tag = (scores[lengths[order] - 1, :, np.arange(rows)] + LAST).argmax(axis=1)
    for step in range(words - 1, 0, -1):
        here = paths[step, : live[step]] = tag[: live[step]]
        tag[: live[step]] = (scores[step - 1, :, : live[step]] + transitions[:, here]).argmax(axis=0)
    paths[0] = tag
    out: list[list[int]] = [[]] * rows
    for row, place in enumerate(order.tolist()):
        out[place] = paths[: lengths[place], row].tolist()
    return out


@dataclass(frozen=True)
class Chain:
    """Forward and backward shares of every tag, scaled to sum to one a word: what span posteriors are made of.
    `forward`, `backward` and `emit` are [texts, words, tags], `scale` [texts, words], `last` [texts], `step` [tag, next tag]."""

    forward: Doubles
    backward: Doubles
    emit: Doubles
    scale: Doubles
    last: Doubles
    step: Doubles

    def posterior(self, row: int, start: int, tags: Sequence[int]) -> float:
        """Probability that the text's tags from word `start` are `tags` and go on as a legal path does."""
        share = self.forward[row, start, tags[0]]
        for place, (one, two) in enumerate(pairwise(tags), start + 1):
            share *= self.step[one, two] * self.emit[row, place, two] / self.scale[row, place]
        return min(1.0, float(share * self.backward[row, start + len(tags) - 1, tags[-1]] / self.last[row]))

    def outside(self, row: int, start: int, end: int) -> float:
        """The highest probability among the words from `start` to `end` of being outside of all mentions."""
        shares = self.forward[row, start:end, 0] * self.backward[row, start:end, 0] / self.last[row]
        return float(shares.max())


def chain(emissions: Array, lengths: npt.NDArray[np.int64], transitions: Array, temperature: float) -> Chain:
    """Run both ways over padded texts, the longest first, all scores divided by `temperature`."""
    rows, words, _ = emissions.shape
    live = (lengths[:, None] > np.arange(words)).sum(axis=0).tolist()  # how many texts have a word in this place: the first ones
    soft = emissions.astype(np.float64)
    soft /= temperature
    soft -= soft.max(axis=2, keepdims=True)
    emit = np.exp(soft, out=soft)
    step = np.where(LEGAL, np.exp(np.minimum(transitions.astype(np.float64) / temperature, 50)), 0.0)
    forward, backward, scale = np.zeros_like(emit), np.zeros_like(emit), np.ones((rows, words))
    for place, many in enumerate(live):
        share = (forward[:many, place - 1] @ step) * emit[:many, place] if place else emit[:, 0] * (FIRST == 0)
        scale[:many, place] = share.sum(axis=1)
        forward[:many, place] = share / scale[:many, place, None]
    final = (LAST == 0).astype(np.float64)
    backward[np.arange(rows), lengths - 1] = final
    for place in range(words - 2, -1, -1):
        many = live[place + 1]
        backward[:many, place] = ((emit[:many, place + 1] * backward[:many, place + 1]) @ step.T) / scale[:many, place + 1, None]
    last = forward[np.arange(rows), lengths - 1] @ final
    return Chain(forward, backward, emit, scale, last, step)


def spans_of(path: list[int]) -> list[tuple[int, int, str]]:
    """The (start, end, kind) stretches of a legal path."""
    out, start = [], 0
    for place, tag in enumerate(path):
        name = TAGS[tag]
        if name[0] in "BS":
            start = place
        if name[0] in "ES":
            out.append((start, place + 1, name[2:]))
    return out


def decode(
    emissions: Sequence[Array],
    transitions: Array,
    *,
    temperature: float = 1.0,
    settled: Settled = lambda row, start, end: None,
    known: Known = lambda row: (),
) -> list[list[Found]]:
    """For each text ([words, tags]) the spans of its best path, each with its posterior at `temperature`. `settled` gives the kind that a
    stretch of a text (row, first word, end) has whatever the path says, or None; its posterior is then that of either kind. `known` gives
    stretches of a text that are names for sure (first word, end, kind): one that the best path leaves out is a span nevertheless where each
    of its words may well be inside of some mention (`DOUBT`)."""
    out: list[list[Found]] = [[] for _ in emissions]
    for rows in together([len(one) for one in emissions]):
        lengths = np.array([len(emissions[row]) for row in rows], dtype=np.int64)
        padded = np.zeros((len(rows), int(lengths[0]), len(TAGS)), dtype=np.float32)
        for place, row in enumerate(rows):
            padded[place, : lengths[place]] = emissions[row]
        both = chain(padded, lengths, transitions, temperature)
        for place, (row, path) in enumerate(zip(rows, best_paths(padded, lengths, transitions), strict=True)):
            for start, end, seen in spans_of(path):
                kind = settled(row, start, end) or seen
                share = sum(both.posterior(place, start, tags_of(end - start, name)) for name in {kind, seen})
                out[row].append(Found(start, end, kind, min(1.0, share)))
            out[row] = sorted([*out[row], *_half_seen(both, place, out[row], known(row))], key=lambda found: found.start)
    return out


def _half_seen(both: Chain, place: int, spans: Sequence[Found], known: Iterable[tuple[int, int, str]]) -> Iterator[Found]:
    """The known names of the text in this place that stand in none of its spans and may well be inside of some mention."""
    taken = {word for found in spans for word in range(found.start, found.end)}
    for start, end, kind in known:
        inside = 1 - both.outside(place, start, end)
        if inside > DOUBT and taken.isdisjoint(range(start, end)):
            yield Found(start, end, kind, inside)


def together(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of the texts with words, the longest first, in groups that take at most `MOST` words when padded to their longest: one text of a
    million words is a group of its own, so that memory doesn't grow with its neighbours."""
    group: list[int] = []
    for row in sorted((row for row, length in enumerate(lengths) if length), key=lambda row: -lengths[row]):
        if group and (len(group) + 1) * lengths[group[0]] > MOST:
            yield group
            group = []
        group.append(row)
    if group:
        yield group
