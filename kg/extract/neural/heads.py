"""The heads that read mentions, in NumPy: from word vectors to concept roles and links of numbers.

Invariant: for one set of weights these give what `training/model.py` gives in PyTorch, to rounding (`training/check.py` compares them).
Shapes: word vectors are [words, hidden]; scores are log space and unnormalised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.extract.neural.decode import KINDS, NO, Array
from kg.extract.neural.features import Stretch, link_features, role_features
from kg.kinds import ROLES

ROLE_NAMES = tuple(ROLES)
ALLOWED = np.array([[kind in role.kinds for role in ROLES.values()] for kind in KINDS])
LINK_KINDS = ("METRIC", "DATASET", "METHOD")


def gelu(x: Array) -> Array:
    """The exact GELU; the error function by Abramowitz and Stegun 7.1.26, good to 2e-7."""
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    out: Array = (x * (1 + erf) / 2).astype(np.float32)
    return out


@dataclass(frozen=True)
class Heads:
    """All head weights by name, `transitions` of the tag chain among them."""

    weights: Mapping[str, Array]

    def layers(self, name: str, x: Array) -> Array:
        """The two-layer head called `name` on rows `x`."""
        return self.second(name, x @ self.weights[f"{name}.0.weight"] + self.weights[f"{name}.0.bias"])

    def second(self, name: str, inner: Array) -> Array:
        """The head's scores from the sums [rows, inner] of its first layer."""
        out: Array = gelu(inner) @ self.weights[f"{name}.3.weight"] + self.weights[f"{name}.3.bias"]
        return out


@dataclass(frozen=True)
class Layout:
    """Where things stand in one text, in words: its sentences, and its mentions with kind and number of the concept."""

    sentences: Sequence[tuple[int, int]]
    mentions: Sequence[Stretch]
    kinds: Sequence[str]
    concepts: Sequence[int]


def means(vectors: Array, spans: Sequence[tuple[int, int]]) -> Array:
    """Mean word vector of each stretch: [stretches, hidden]."""
    out = np.empty((len(spans), vectors.shape[1]), dtype=np.float32)
    for row, (start, end) in zip(out, spans, strict=True):
        np.add.reduce(vectors[start:end], axis=0, out=row)
    out /= np.array([end - start for start, end in spans], dtype=np.float32)[:, None]
    return out


def role_scores(heads: Heads, vectors: Array, layout: Layout) -> Array:
    """[mentions, roles]. The head's inputs are a mention's ends and mean, its sentence, the title, the document, its kind and its features;
    what several mentions share is multiplied once."""
    m, sentences = layout.mentions, layout.sentences
    of_sentence = means(vectors, sentences)
    own: Array = np.concatenate([vectors[[a for a, _, _ in m]], vectors[[b - 1 for _, b, _ in m]], means(vectors, [(a, b) for a, b, _ in m])], axis=1)
    kinds: Array = np.array([[kind == k for k in KINDS] for kind in layout.kinds], dtype=np.float32)
    told: Array = np.concatenate([kinds, role_features(m, layout.concepts, len(sentences))], axis=1)
    weight, hidden = heads.weights["role.0.weight"], vectors.shape[1]
    of_all = np.concatenate([of_sentence[0], means(vectors, [(0, len(vectors))])[0]]) @ weight[4 * hidden : 6 * hidden] + heads.weights["role.0.bias"]
    around = of_sentence @ weight[3 * hidden : 4 * hidden] + of_all
    inner = own @ weight[: 3 * hidden] + told @ weight[6 * hidden :] + around[[s for _, _, s in m]]
    return heads.second("role", inner)


def softmax(scores: Array) -> Array:
    """Over the last axis."""
    out = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Array = out / out.sum(axis=-1, keepdims=True)
    return shares


def concept_roles(scores: Array, layout: Layout, temperature: float) -> list[tuple[int, float, int]]:
    """For each concept, from its mentions' scores (of [mentions, roles]): its role, the role's probability, and the mention that says it most."""
    own = softmax(scores)
    rows: list[list[int]] = [[] for _ in range(max(layout.concepts) + 1)]
    for row, concept in enumerate(layout.concepts):
        rows[concept].append(row)
    pooled = np.stack([_pooled(scores[members]) if len(members) > 1 else scores[members[0]] for members in rows])
    allowed = ALLOWED[[KINDS.index(layout.kinds[members[0]]) for members in rows]]
    shares = softmax((np.where(allowed, pooled, NO) / temperature).astype(np.float32))
    roles = shares.argmax(axis=1).tolist()
    best = [max(members, key=lambda row: (own[row, role], -row)) for members, role in zip(rows, roles, strict=True)]
    return [(role, float(shares[number, role]), row) for number, (role, row) in enumerate(zip(roles, best, strict=True))]


def _pooled(scores: Array) -> Array:
    """The log of the mean of several mentions' exponentiated scores."""
    top = scores.max(axis=0)
    out: Array = np.log(np.exp(scores - top).mean(axis=0)) + top
    return out


def link_shares(heads: Heads, vectors: Array, layout: Layout, number: Stretch) -> dict[str, dict[int, float]]:
    """For each link kind the share of each concept (by number) as what the number belongs to; what is missing to 1 is none."""
    out: dict[str, dict[int, float]] = {}
    own = np.concatenate([vectors[number[0]], vectors[slice(*layout.sentences[number[2]])].mean(axis=0)])
    for kind in LINK_KINDS:
        chosen = [i for i, k in enumerate(layout.kinds) if k == kind]
        if not chosen:
            continue
        mentions = [layout.mentions[i] for i in chosen]
        concepts = [layout.concepts[i] for i in chosen]
        pooled = means(vectors, [(a, b) for a, b, _ in mentions])
        inputs = np.concatenate([
            np.repeat(own[None], len(chosen), 0), pooled, vectors[number[0]] * pooled, link_features(number, mentions, concepts),
        ], axis=1).astype(np.float32)  # fmt: skip
        scores = heads.layers(f"link.{kind}", inputs)[:, 0]
        none = heads.layers(f"no_link.{kind}", own[None].astype(np.float32))[:, 0]
        shares = softmax(np.concatenate([scores, none]))
        by_concept: dict[int, float] = {}
        for concept, share in zip(concepts, shares, strict=False):
            by_concept[concept] = by_concept.get(concept, 0.0) + float(share)
        out[kind] = by_concept
    return out
