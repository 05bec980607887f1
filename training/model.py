"""The network: a BERT-shaped encoder with a shape embedding, and heads for mentions, roles, numbers and their links.

Invariant: heads are plain layers over the encoder's word vectors, so that the runtime has the same ones: two in the encoder's graph, the
others in NumPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kg.extract.neural.decode import FIRST, KINDS, LAST, LEGAL, NO, TAGS
from kg.extract.neural.numbers import RESULT_TAGS
from kg.extract.neural.words import N_SHAPES
from kg.kinds import ROLES

if TYPE_CHECKING:
    from batch import Batch

HIDDEN, HEADS, LAYERS, INNER, POSITIONS = 384, 12, 6, 1536, 512
FULL = 2  # layers worked out for every piece; the others only for the heavy words' first pieces and the end marks
ROLE_SCALARS, LINK_SCALARS = 6, 8


class Dropout(nn.Module):
    """Dropout from a pool of random masks: drawing fresh ones costs a seventh of a step on a CPU."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p
        self.pool: Tensor | None = None
        self.uses = 0

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.p == 0:
            return x
        size = x.numel()
        if self.pool is None or len(self.pool) < 2 * size or self.uses > 500:
            self.pool = (torch.rand(max(2 * size, 1 << 21)) >= self.p).float() / (1 - self.p)
            self.uses = 0
        self.uses += 1
        offset = int(torch.randint(len(self.pool) - size, (1,)))
        return x * self.pool[offset : offset + size].view(x.shape)


class Layer(nn.Module):
    """A post-norm transformer layer, as in BERT. It looks at all of `x` and works out `places` of it (None is all)."""

    def __init__(self, dropout: Dropout, inner: int = INNER) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(HIDDEN, 3 * HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.up, self.down = nn.Linear(HIDDEN, inner), nn.Linear(inner, HIDDEN)
        self.norm1, self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12), nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor, places: Tensor | None = None) -> Tensor:
        def split(y: Tensor, parts: int) -> Tensor:
            return y.view(*y.shape[:2], parts, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)

        if places is None:
            q, k, v = split(self.qkv(x), 3)
        else:
            k, v = split(F.linear(x, self.qkv.weight[HIDDEN:], self.qkv.bias[HIDDEN:]), 2)
            x = taken(x, places)
            (q,) = split(F.linear(x, self.qkv.weight[:HIDDEN], self.qkv.bias[:HIDDEN]), 1)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(seen.transpose(1, 2).reshape(x.shape))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


def taken(x: Tensor, places: Tensor) -> Tensor:
    """[batch, many, 384] at [batch, few] of its places."""
    return x.gather(1, places[:, :, None].expand(-1, -1, x.shape[2]))


class Encoder(nn.Module):
    """Pieces and shapes [batch, pieces] to word vectors [batch, words, 384], each that of the word's first piece.

    The lower layers work on every piece, the upper ones on the heavy words only (after Goyal et al. 2020, PoWER-BERT, whose word vectors
    are dropped by what is learned of them); a light word's vector is the one that the lower layers gave it."""

    def __init__(self, vocabulary: int, dropout: float, layers: Sequence[int], full: int = FULL) -> None:
        super().__init__()
        self.word, self.position, self.shape = nn.Embedding(vocabulary, HIDDEN), nn.Embedding(POSITIONS, HIDDEN), nn.Embedding(N_SHAPES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(self.dropout, inner) for inner in layers)
        if not 0 <= full < len(layers):
            raise ValueError(f"{full} full layers of {len(layers)}: at least the last must be an upper one (`narrow.py --full`)")
        self.register_buffer("full", torch.tensor(full))
        nn.init.normal_(self.shape.weight, std=0.005)

    def forward(self, batch: Batch) -> Tensor:
        pieces, shapes, mask = batch.pieces, batch.shapes, batch.mask
        x = self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.shape(shapes)
        x = self.dropout(self.norm(x))
        bias, full = (1.0 - mask.to(x.dtype))[:, None, None, :] * NO, int(self.full)
        for layer in self.layers[:full]:
            x = layer(x, bias)
        places, many, order = upper(batch)
        low = taken(x, batch.first)
        for number, layer in enumerate(self.layers[full:]):
            x = layer(x, bias, None if number else places)
            bias = (1.0 - many.to(x.dtype))[:, None, None, :] * NO
        return taken(torch.cat([x, low], 1), order)

    def load_bert(self, weights: dict[str, Tensor]) -> None:
        """Take over a BERT checkpoint's encoder, its lowest layers where this one has fewer; the first segment embedding goes into the positions."""
        get = {key.removeprefix("bert."): value for key, value in weights.items()}.__getitem__
        state = {
            "word.weight": get("embeddings.word_embeddings.weight"),
            "position.weight": get("embeddings.position_embeddings.weight") + get("embeddings.token_type_embeddings.weight")[0],
            "shape.weight": self.shape.weight.detach(),
            "full": self.full,
            "norm.weight": get("embeddings.LayerNorm.weight"),
            "norm.bias": get("embeddings.LayerNorm.bias"),
        }
        for i in range(len(self.layers)):
            old = f"encoder.layer.{i}."
            for end in ("weight", "bias"):
                state[f"layers.{i}.qkv.{end}"] = torch.cat([get(f"{old}attention.self.{part}.{end}") for part in ("query", "key", "value")])
                for new, name in (("out", "attention.output.dense"), ("up", "intermediate.dense"), ("down", "output.dense"),
                                  ("norm1", "attention.output.LayerNorm"), ("norm2", "output.LayerNorm")):  # fmt: skip
                    state[f"layers.{i}.{new}.{end}"] = get(f"{old}{name}.{end}")
        self.load_state_dict(state)


class Crf(nn.Module):
    """Linear-chain CRF; its legal steps are those of the runtime's decoder."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.register_buffer("banned", torch.where(torch.from_numpy(LEGAL), 0.0, NO))
        self.register_buffer("first", torch.from_numpy(FIRST))
        self.register_buffer("last", torch.from_numpy(LAST))

    def transitions(self) -> Tensor:
        return self.steps + self.banned

    def forward(self, emissions: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Negative log likelihood of each tag sequence; `tags` beyond a length may be anything legal to index."""
        steps, length = self.transitions(), emissions.shape[1]
        mask = torch.arange(length)[None, :] < lengths[:, None]
        gold = emissions.gather(2, tags[:, :, None]).squeeze(2)
        gold[:, 1:] += steps[tags[:, :-1], tags[:, 1:]]
        right = (gold * mask).sum(1)
        score = emissions[:, 0] + self.first
        for t in range(1, length):
            new = torch.logsumexp(score[:, :, None] + steps[None], 1) + emissions[:, t]
            score = torch.where(mask[:, t, None], new, score)
        return torch.logsumexp(score + self.last, 1) - right


def head(inputs: int, inner: int, outputs: int, dropout: float) -> nn.Sequential:
    """Two layers; their numbers in the state (0 and 3) are what the export relies on."""
    return nn.Sequential(nn.Linear(inputs, inner), nn.GELU(), nn.Dropout(dropout), nn.Linear(inner, outputs))


@dataclass
class Spans:
    """Stretches to pool over: number of the row in the batch, first and last word, all of one length."""

    row: Tensor
    start: Tensor
    end: Tensor


def pooled(vectors: Tensor, spans: Spans) -> Tensor:
    """Mean word vector of each stretch, by running sums."""
    sums = F.pad(vectors.cumsum(1), (0, 0, 1, 0))
    return (sums[spans.row, spans.end] - sums[spans.row, spans.start]) / (spans.end - spans.start).clamp(min=1)[:, None]


class Reader(nn.Module):
    """All of it. `words` gives word vectors; the heads take them from there."""

    def __init__(self, vocabulary: int, dropout: float = 0.1, layers: Sequence[int] = (INNER,) * LAYERS, full: int = FULL) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary, dropout, layers, full)
        self.mention = head(HIDDEN, 256, len(TAGS), 0.2)
        self.crf = Crf()
        self.result = head(HIDDEN, 128, len(RESULT_TAGS), 0.2)
        nn.init.constant_(self.result[3].bias[:1], 4.0)  # nearly every word is no result
        nn.init.constant_(self.mention[3].bias[:1], 1.0)
        self.role = head(6 * HIDDEN + len(KINDS) + ROLE_SCALARS, 256, len(ROLES), 0.2)
        self.link = nn.ModuleDict({kind: head(4 * HIDDEN + LINK_SCALARS, 96, 1, 0.1) for kind in ("METRIC", "DATASET", "METHOD")})
        self.no_link = nn.ModuleDict({kind: head(2 * HIDDEN, 48, 1, 0.1) for kind in ("METRIC", "DATASET", "METHOD")})

    def words(self, batch: Batch) -> Tensor:
        """Word vectors [batch, words, 384]."""
        vectors: Tensor = self.encoder(batch)
        return vectors


def upper(batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """For the upper layers, from left: the places in each row of pieces (begin mark, heavy words, end mark) padded to one length, which of
    them are real, and each word's place among those and, after them, all words."""
    rows, words = batch.first.shape
    heavy = batch.heavy
    counts = heavy.sum(1)
    length = int(counts.max()) + 2
    number = heavy.long().cumsum(1)  # of the heavy words, from 1: the begin mark is 0
    places = torch.zeros(rows, length, dtype=torch.long)
    row, word = heavy.nonzero(as_tuple=True)
    places[row, number[row, word]] = batch.first[row, word]
    places[torch.arange(rows), counts + 1] = batch.mask.sum(1) - 1
    many = torch.arange(length)[None] < (counts + 2)[:, None]
    return places, many, torch.where(heavy, number, length + torch.arange(words)[None])


def keeping(state: dict[str, Tensor], layers: Sequence[int] | None) -> dict[str, Tensor]:
    """The state with these of the encoder's layers alone (None is all), renumbered in the order given."""
    if layers is None:
        return state
    out = {name: value for name, value in state.items() if not name.startswith("encoder.layers.")}
    for new, old in enumerate(layers):
        start = f"encoder.layers.{old}."
        out |= {f"encoder.layers.{new}.{name.removeprefix(start)}": value for name, value in state.items() if name.startswith(start)}
    return out


def shape_of(state: dict[str, Tensor]) -> dict[str, object]:
    """The `layers` and `full` of the reader whose state is given. Raises ValueError for one without upper layers."""
    if "encoder.full" not in state:
        raise ValueError("these weights are of a reader without upper layers: `narrow.py --full` makes a start of them")
    widths = {name: len(value) for name, value in state.items() if name.startswith("encoder.layers.") and name.endswith(".up.bias")}
    return {"layers": [widths[f"encoder.layers.{i}.up.bias"] for i in range(len(widths))], "full": int(state["encoder.full"])}
