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
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np

from kg.extract.coin import urls
from kg.extract.language import language
from kg.extract.neural import gate
from kg.extract.neural import heads as H
from kg.extract.neural import numbers as N
from kg.extract.neural import values as V
from kg.extract.neural.decode import NO, TAGS, Array, Found, decode
from kg.extract.neural.encoder import Encoded
from kg.extract.neural.terms import Terms, nudged

BY = "reader"
INNER = np.array([NO if tag[0] in "IE" else 0 for tag in TAGS], dtype=np.float32)


@dataclass(frozen=True)
class Settings:
    """What was fitted on held-out papers: how much known terms say, temperatures, and the least probability of a result, a link and a use."""

    term_weight: float = 0.0
    mention_temperature: float = 1.0
    concept_power: float = 1.0
    role_temperature: float = 1.0
    result_temperature: float = 1.0
    result_least: float = 0.5
    link_least: float = 0.5
    second_link_least: float = 0.4
    result_slope: float = 1.0
    result_shift: float = 0.0
    use_slope: float = 1.0
    use_shift: float = 0.0
    use_least: float = 0.0  # for who lists uses: `uses` gives them all

    def result_confidence(self, share: float) -> float:
        """The probability that a result's value and metric are right, from the head's share for its value."""
        return calibrated(share, self.result_slope, self.result_shift)

    def use_confidence(self, share: float) -> float:
        """The probability that there is such a concept with that role, from the product of what says the one and the other."""
        return calibrated(share, self.use_slope, self.use_shift)

    @classmethod
    def read(cls, path: Path) -> Settings:
        """From a JSON object; keys that are no settings are passed over."""
        known = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{key: value for key, value in known.items() if key in cls.__dataclass_fields__})


def calibrated(share: float, slope: float, shift: float) -> float:
    """The probability of being right that was fitted to a share (Platt 1999, over its log odds)."""
    share = min(max(share, 1e-4), 1 - 1e-4)
    return 1 / (1 + exp(-(slope * log(share / (1 - share)) + shift)))


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
        return encoded.mention
    scores = encoded.mention.copy()
    scores[_line_starts(encoded)] += INNER
    return nudged(scores, encoded.printed, model.terms, model.settings.term_weight)


def _line_starts(encoded: Encoded) -> list[int]:
    """Numbers of the words that a line break stands before."""
    breaks = [match.start() for match in re.finditer("\n", encoded.text)]
    starts = [a for a, _ in encoded.words]
    return sorted({place for at in breaks if 0 < (place := bisect.bisect_left(starts, at)) < len(starts)})


def decoded(model: Model, encoded: Sequence[Encoded], *, temperature: float | None = None) -> list[list[Found]]:
    """The spans of each text in words, known names with the kind that they always have; `temperature` replaces the fitted one."""

    def settled(row: int, start: int, end: int) -> str | None:
        return model.terms.kind(encoded[row].printed[start:end])

    def known(row: int) -> list[tuple[int, int, str]]:
        one = encoded[row]
        breaks, addresses = set(_line_starts(one)), urls(one.text)
        return [
            (start, end, kind)
            for start, end, kind in gate.proper_names(one.printed)
            if breaks.isdisjoint(range(start + 1, end)) and not any(a <= one.words[start][0] < b for a, b in addresses)
        ]  # fmt: skip

    heat = model.settings.mention_temperature if temperature is None else temperature
    scores = [tag_scores(model, one) for one in encoded]
    return decode(scores, model.heads.weights["transitions"], temperature=heat, settled=settled, known=known)


def mentions(model: Model, encoded: Sequence[Encoded]) -> list[list[Seen]]:
    """Concept mentions of each text, in order."""
    return [
        admitted(one, [Seen(one.words[f.start][0], one.words[f.end - 1][1], f.kind, f.confidence) for f in spans], model.terms)
        for one, spans in zip(encoded, decoded(model, encoded), strict=True)
    ]


def admitted(encoded: Encoded, seen: Sequence[Seen], terms: Terms) -> list[Seen]:
    """What counts of a text's mentions: all in an English paper, none in what is no paper, and names alone in another language, those
    among them that the tagger overlooked but a list has."""
    text = encoded.text
    surest: dict[str, float] = {}
    for one in seen:
        surest[text[one.start : one.end]] = max(surest.get(text[one.start : one.end], 0), one.confidence)
    if language(text) is None:
        return list(seen) if seen and gate.is_paper(text, encoded.words, surest.values(), terms) else []
    listed = [Seen(a, b, kind, gate.LISTED) for a, b, kind in gate.listed_names(text, encoded.words, terms)]
    own = [one for one in seen if surest[text[one.start : one.end]] >= gate.FOREIGN_LEAST and gate.is_name(text[one.start : one.end])]
    alone = [one for one in own if all(one.end <= other.start or other.end <= one.start for other in listed)]
    return sorted([*listed, *alone], key=lambda one: one.start)


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
    """One role a concept, as `kg.models.Use` takes it. The confidence comes of the role's probability times that of
    there being such a concept, a power of the surest mention's confidence (a mention is easier right roughly than exactly)."""
    if not placed.mentions:
        return []
    scores = H.role_scores(model.heads, encoded.vectors, placed.layout)
    surest: dict[int, float] = {}
    for mention, concept in zip(placed.mentions, placed.layout.concepts, strict=True):
        surest[concept] = max(surest.get(concept, 0.0), mention.confidence)
    roles = H.concept_roles(scores, placed.layout, model.settings.role_temperature)
    out: list[dict[str, Any]] = []
    for number, ((kind, name), (role, share, best)) in enumerate(zip(placed.concepts, roles, strict=True)):
        sentence = placed.sentences[placed.layout.mentions[best][2]]
        sure = model.settings.use_confidence(share * surest[number] ** model.settings.concept_power)
        out.append({"name": name, "kind": kind, "role": H.ROLE_NAMES[role], "confidence": sure, "sentence": sentence, "by": BY})
    if all(use["confidence"] >= model.settings.use_least for use in out) or language(encoded.text) is None:
        return out
    return [_mentioned(use, surest[number], model.settings.use_least) for number, use in enumerate(out)]


def _mentioned(use: dict[str, Any], sure: float, least: float) -> dict[str, Any]:
    """A use in another language: the name is there as surely as its mention, and where the role is not, it is only mentioned."""
    return use if use["confidence"] >= least else {**use, "role": "MENTIONS", "confidence": sure}


def results(model: Model, encoded: Encoded, placed: Placed) -> list[dict[str, Any]]:
    """Reported numbers, as `kg.models.Result` takes them; one that belongs to several metrics comes once for each. A text without
    concepts reports nothing: its numbers are of something else."""
    text = encoded.text
    if not placed.mentions or not any(map(str.isdigit, text)):
        return []
    values = _values(model, encoded)
    bases = V.baselines(values)
    out = []
    for number, value in enumerate(values):
        if value.type == "BASE":
            continue
        base = value.baseline or (text[bases[number].start : bases[number].end] if number in bases else None)
        printed, delta = text[value.start : value.end], value.type == "DELTA"
        sentence = _sentence(placed.layout.sentences, value.word)
        common: dict[str, Any] = {
            "value": printed, "number": N.number(printed), "unit": N.unit(text, value.end, printed), "start": value.start, "end": value.end,
            "kind": "delta" if delta else "absolute", "baseline": base, "by": BY,
            "sentence": placed.sentences[sentence] if placed.sentences else None,
        }  # fmt: skip
        place = (value.word, max(value.word + 1, bisect.bisect_left([a for a, _ in encoded.words], value.end)), sentence)
        links = H.link_shares(model.heads, encoded.vectors, placed.layout, place)
        data, method = _data_of(model, encoded, placed, value, links.get("DATASET", {})), _best(model, placed, links.get("METHOD", {}))
        for metric, share in _metrics_of(model, encoded, placed, value, links.get("METRIC", {})):
            sure = model.settings.result_confidence(value.confidence * share)
            out.append({**common, "metric": metric, "dataset": data, "method": method, "confidence": sure})
    return out


def _values(model: Model, encoded: Encoded) -> list[V.Value]:
    """The text's reported values and baselines, in order."""
    text, words = encoded.text, encoded.words
    values = []
    for run in N.runs(N.tag_shares(encoded.result, model.settings.result_temperature), least=model.settings.result_least):
        start, end = V.whole(text, *N.value_range(text, words[run.start][0], words[run.end - 1][1]))
        if not any(char.isalnum() for char in text[start:end]):
            continue  # a sign without its number
        values.append(V.Value(start, end, run.type, run.start, min(1.0, run.confidence)))
    return V.settled(text, values)


def _metrics_of(model: Model, encoded: Encoded, placed: Placed, value: V.Value, shares: dict[int, float]) -> list[tuple[str | None, float]]:
    """The metric that the words tie to the value, else what the link head says, unless the words rule it out; each with its share."""
    metrics = [i for i, mention in enumerate(placed.mentions) if mention.kind == "METRIC"]
    beside = V.metric_beside(encoded.text, value, [(placed.mentions[i].start, placed.mentions[i].end) for i in metrics])
    if beside is not None:
        return [(placed.mentions[metrics[beside]].name, 1.0)]
    named = _metrics(model, placed, shares)
    return [(None, 1.0)] if named[0][0] and V.wrong_metric(encoded.text, value, named[0][0]) else named


def _data_of(model: Model, encoded: Encoded, placed: Placed, value: V.Value, shares: dict[int, float]) -> str | None:
    """The data set that the words tie to the value, else what the link head says."""
    sets = [mention for mention in placed.mentions if mention.kind == "DATASET"]
    beside = V.set_beside(encoded.text, value, [(mention.start, mention.end) for mention in sets])
    return _best(model, placed, shares) if beside is None else sets[beside].name


def _best(model: Model, placed: Placed, shares: dict[int, float]) -> str | None:
    concept = max(shares, key=lambda c: shares[c], default=None)
    return None if concept is None or shares[concept] < model.settings.link_least else placed.concepts[concept][1]


def _metrics(model: Model, placed: Placed, shares: dict[int, float]) -> list[tuple[str | None, float]]:
    """The metric that the number is in, with its share; two where two share it about evenly; one None where there is none."""
    order = sorted(shares, key=lambda c: -shares[c])
    strong = [c for c in order[:2] if shares[c] >= model.settings.second_link_least]
    chosen = strong if len(strong) == 2 else [c for c in order[:1] if shares[c] >= model.settings.link_least]
    together = sum(shares[c] for c in chosen)  # two that share a number are both meant, so each has what they have together
    return [(placed.concepts[c][1], together) for c in chosen] or [(None, 1.0)]  # no metric is claimed, so none can be wrong
