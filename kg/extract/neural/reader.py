"""From a text and its word vectors to mentions, roles and results: the heads' answers as records in characters.

`mentions` comes first; whoever groups mentions into concepts hands the names back, and `uses` and `results` follow. Invariant:
nothing here imports more than NumPy, every offset is a word's border, and a concept gets exactly one role, one that its kind allows.
"""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kg.extract.neural import heads as H
from kg.extract.neural import numbers as N
from kg.extract.neural.decode import NO, TAGS, Array, decode
from kg.extract.neural.encoder import Encoded
from kg.extract.neural.terms import Terms, nudged

BY = "reader"
INNER = np.array([NO if tag[0] in "IE" else 0 for tag in TAGS], dtype=np.float32)


@dataclass(frozen=True)
class Settings:
    """What was fitted on held-out papers: how much known terms say, temperatures, and the least probability of a mention, a result and a link."""

    term_weight: float = 0.0
    mention_temperature: float = 1.0
    concept_power: float = 1.0
    role_temperature: float = 1.0
    result_temperature: float = 1.0
    result_least: float = 0.5
    link_least: float = 0.5
    second_link_least: float = 0.4

    @classmethod
    def read(cls, path: Path) -> Settings:
        """From a JSON object; keys that are no settings are passed over."""
        known = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{key: value for key, value in known.items() if key in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Seen:
    """A concept mention in characters, as the tagger saw it."""

    start: int
    end: int
    kind: str
    confidence: float


@dataclass(frozen=True)
class Named:
    """A concept mention after grouping: `name` is the concept's."""

    start: int
    end: int
    kind: str
    name: str
    confidence: float


@dataclass(frozen=True)
class Model:
    """The heads, the known terms and the settings they run with."""

    heads: H.Heads
    terms: Terms
    settings: Settings


def load(folder: Path) -> Model:
    """The heads (`heads.npz`), terms (`terms.json`) and settings (`reader.json`) in `folder`."""
    with np.load(folder / "heads.npz") as stored:
        weights = {name: stored[name].astype(np.float32) for name in stored.files}
    return Model(H.Heads(weights), Terms.read(folder / "terms.json"), Settings.read(folder / "reader.json"))


def tag_scores(model: Model, encoded: Encoded) -> Array:
    """[words, tags]: the mention head's, nudged by known terms; no mention goes over a line break."""
    if not encoded.words:
        return encoded.vectors
    scores = model.heads.layers("mention", encoded.vectors)
    scores[_line_starts(encoded)] += INNER
    return nudged(scores, [encoded.text[a:b] for a, b in encoded.words], model.terms, model.settings.term_weight)


def _line_starts(encoded: Encoded) -> list[int]:
    """Numbers of the words that a line break stands before."""
    breaks = [match.start() for match in re.finditer("\n", encoded.text)]
    starts = [a for a, _ in encoded.words]
    return sorted({place for at in breaks if 0 < (place := bisect.bisect_left(starts, at)) < len(starts)})


def mentions(model: Model, encoded: Sequence[Encoded]) -> list[list[Seen]]:
    """Concept mentions of each text, in order."""
    scores = [tag_scores(model, one) for one in encoded]
    found = decode(scores, model.heads.weights["transitions"], temperature=model.settings.mention_temperature)
    return [
        [Seen(one.words[f.start][0], one.words[f.end - 1][1], f.kind, f.confidence) for f in spans] for one, spans in zip(encoded, found, strict=True)
    ]


@dataclass(frozen=True)
class Placed:
    """Named mentions laid out in words, with the names and kinds of the concepts by number."""

    layout: H.Layout
    concepts: list[tuple[str, str]]
    mentions: Sequence[Named]
    sentences: Sequence[tuple[int, int]]  # in characters, those that hold words


def place(encoded: Encoded, named: Sequence[Named], sentences: Sequence[tuple[int, int]]) -> Placed:
    """Lay mentions and sentences (both in characters) out in words."""
    starts = [a for a, _ in encoded.words]
    ends = [b for _, b in encoded.words]
    if not starts or not sentences:
        return Placed(H.Layout([], [], [], []), [], (), ())
    cuts = [bisect.bisect_left(starts, a) for a, _ in sentences[1:]] + [len(starts)]
    ranges, chars, last = [], [], 0
    for cut, sentence in zip(cuts, sentences, strict=True):
        if cut > last:
            ranges.append((last, cut))
            chars.append(sentence)
            last = cut
    numbers: dict[tuple[str, str], int] = {}
    stretches, concepts = [], []
    for m in named:
        low = max(0, bisect.bisect_right(starts, m.start) - 1)
        high = max(low + 1, bisect.bisect_left(ends, m.end) + 1)
        stretches.append((low, min(high, len(starts)), _sentence(ranges, low)))
        concepts.append(numbers.setdefault((m.kind, m.name), len(numbers)))
    layout = H.Layout(ranges, stretches, [m.kind for m in named], concepts)
    return Placed(layout, list(numbers), named, chars)


def _sentence(ranges: Sequence[tuple[int, int]], word: int) -> int:
    return max(0, bisect.bisect_right([a for a, _ in ranges], word) - 1)


def uses(model: Model, encoded: Encoded, placed: Placed) -> list[dict[str, Any]]:
    """One role a concept, as `kg.models.Use` takes it. The confidence is the role's probability times that of
    there being such a concept, a power of the surest mention's confidence (a mention is easier right roughly than exactly)."""
    if not placed.mentions:
        return []
    scores = H.role_scores(model.heads, encoded.vectors, placed.layout)
    out = []
    for number, (kind, name) in enumerate(placed.concepts):
        rows = [i for i, concept in enumerate(placed.layout.concepts) if concept == number]
        role, share, best = H.concept_role(scores[rows], kind, model.settings.role_temperature)
        sentence = placed.sentences[placed.layout.mentions[rows[best]][2]]
        sure = max(placed.mentions[row].confidence for row in rows) ** model.settings.concept_power
        out.append({"name": name, "kind": kind, "role": H.ROLE_NAMES[role], "confidence": min(1.0, share * sure), "sentence": sentence, "by": BY})
    return out


def results(model: Model, encoded: Encoded, placed: Placed) -> list[dict[str, Any]]:
    """Reported numbers, as `kg.models.Result` takes them; one that belongs to several metrics comes once for each. A text without
    concepts reports nothing: its numbers are of something else."""
    text = encoded.text
    if not placed.mentions or not any(char.isdigit() for char in text):
        return []
    scores = model.heads.layers("result", encoded.vectors)
    found = N.runs(N.tag_shares(scores, model.settings.result_temperature), least=model.settings.result_least)
    bases = [run for run in found if run.type == "BASE"]
    out = []
    for run in found:
        if run.type == "BASE":
            continue
        start, end = N.value_range(text, encoded.words[run.start][0], encoded.words[run.end - 1][1])
        common: dict[str, Any] = {
            "value": text[start:end], "number": N.number(text[start:end]), "unit": N.unit(text, end) or None, "start": start, "end": end,
            "kind": "absolute" if run.type == "ABS" else "delta", "baseline": _baseline(encoded, run, bases),
            "confidence": min(1.0, run.confidence), "by": BY,
        }  # fmt: skip
        number = (run.start, run.end, _sentence(placed.layout.sentences, run.start))
        common["sentence"] = placed.sentences[number[2]] if placed.sentences else None
        links = H.link_shares(model.heads, encoded.vectors, placed.layout, number) if placed.mentions else {}
        data, method = _best(model, placed, links.get("DATASET", {})), _best(model, placed, links.get("METHOD", {}))
        for metric in _metrics(model, placed, links.get("METRIC", {})):
            out.append({**common, "metric": metric, "dataset": data, "method": method})
    return out


def _baseline(encoded: Encoded, run: N.Run, bases: Sequence[N.Run]) -> str | None:
    """The nearest baseline value within 25 words, as printed."""
    near = min(bases, key=lambda base: abs(base.start - run.start), default=None)
    if near is None or abs(near.start - run.start) > 25:
        return None
    start, end = N.value_range(encoded.text, encoded.words[near.start][0], encoded.words[near.end - 1][1])
    return encoded.text[start:end]


def _best(model: Model, placed: Placed, shares: dict[int, float]) -> str | None:
    concept = max(shares, key=lambda c: shares[c], default=None)
    return None if concept is None or shares[concept] < model.settings.link_least else placed.concepts[concept][1]


def _metrics(model: Model, placed: Placed, shares: dict[int, float]) -> list[str | None]:
    """The metric that the number is in; two where two share it about evenly; one None where there is none."""
    order = sorted(shares, key=lambda c: -shares[c])
    strong = [c for c in order[:2] if shares[c] >= model.settings.second_link_least]
    if len(strong) == 2:
        return [placed.concepts[c][1] for c in strong]
    return [placed.concepts[c][1] for c in order[:1] if shares[c] >= model.settings.link_least] or [None]
