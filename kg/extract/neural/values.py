"""Rules over the number head's stretches: whole numbers, ranges, what is no result, and the metric or baseline that the words say.

Each rule came from reading the results of training papers line by line and keeps or raises F1 there. Invariant: rules only join, drop or
relabel what the head found; they find no number of their own, and a value stays an exact substring of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extract.neural import numbers as N

_NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+[.,]\d+|\d+|\.\d+")
_ENTITY = re.compile(r"&#\d+;?")
_UNIT = r"\s?\$?(?:\\?%|&#37;|[x×]|\\times)?\$?\s?"
_SPEEDS = re.compile(r"\b(?:speed(?:s|ed|ing)?[\s-]?up|accelerat)[^.;,]{0,40}$", re.IGNORECASE)
_RANGE = re.compile(rf"{_UNIT}(?:-|--|–|—|to)\s?\$?")
_AND = re.compile(rf"{_UNIT}and\s\$?")
_RISE = re.compile(rf"{_UNIT}(?:\$?\s?(?:→|->|\\rightarrow|\\to)\s?\$?)")
_FROM, _BETWEEN = re.compile(r"\bfrom\s\$?$"), re.compile(r"\bbetween\s\$?$")
_RANGING = re.compile(r"\b(?:rang\w+|var\w+)\s+(?:from\s)?\$?$")
_CHANCE = re.compile(r"\bp(?:-values?)?\s*\$?(?:<|>|=|≤|&lt;|\\leq?|of|below|under)\s*\$?$", re.IGNORECASE)
MOST_CHANCE = 0.2  # `P = 0.92` is a precision
_SETTING = re.compile(r"[\s-]?bits?\b|[\s-](?:shot|way|fold cross)\b")
_IN = re.compile(
    r"\s?\$?(?:\\?%|&#37;|[x×]|\\times)?\$?\s?(?:(?:absolute|relative|percentage|higher|lower|better|less|more|fewer)\s|points?\s)*"
    r"(?:(?:improvement|gain|increase|reduction|drop|decrease)s?\s)?(?:in\s|on\s)?(?:the\s)?"
)
_OF = re.compile(r"\s?(?:\w+\s)?(?:scores?\s|values?\s)?(?:of|is|=|:)\s?(?:about\s|over\s|up to\s|only\s)?\$?")
_ON = re.compile(rf"{_UNIT}(?:(?!and\b|or\b|to\b)[A-Za-z@][\w@./-]*\s){{0,4}}on\s(?:the\s)?")
_FASTER = re.compile(r"[^.;,]{0,14}\b(?:faster|slower|speed-?\s?ups?|quicker)\b", re.IGNORECASE)
_TIMES = re.compile(r"\s?\$?(?:[x×](?!\w)|\\times|times\b|-?fold\b)")
_SIZED = re.compile(r"\s?(?:[KMGT]i?B|bytes?|ms|milliseconds?|seconds?|minutes?|hours?|days?)\b")
_QUALITY = re.compile(r"accurac|precision|recall|\bf-?[1β]?\b|f-?(?:score|measure)|bleu|rouge|perplexity|auc\b|\bmap\b|iou\b|\bdice\b", re.IGNORECASE)
_TIME = re.compile(r"speed|time|latency|throughput|fast|cost|fps|second|runtime|efficien|flops|comput", re.IGNORECASE)


@dataclass(frozen=True)
class Value:
    """A printed value: characters, type (ABS, DELTA, BASE), the first word's number, confidence, and a baseline that the words give it."""

    start: int
    end: int
    type: str
    word: int
    confidence: float
    baseline: str | None = None


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The range widened to the whole of a number that it cuts through (`3.` of `3.1`, `84` of `84,3`), and to a sign that stands alone."""
    if start == end and text[start - 1 : start] in ("+", "-", "−"):
        start -= 1
    for match in _NUMBER.finditer(text, max(0, start - 12), end + 12):
        if match.start() < end and start < match.end() and match.end() <= end + 6:
            start, end = min(start, match.start()), max(end, match.end())
        elif match.start() == end and text[start:end] in ("+", "-", "−"):
            end = match.end()
    return start, end


def settled(text: str, values: Sequence[Value]) -> list[Value]:
    """The values in order, each number once, ranges as one, `from A to B` as B with baseline A, without what is no result."""
    out: list[Value] = []
    for value in sorted(values, key=lambda value: (value.start, -value.end)):
        if out and value.start < out[-1].end:
            continue
        if value.type != "BASE" and _no_result(text, value):
            continue
        joined = _joined(text, out[-1], value) if out else None
        if joined:
            out[-1] = joined
        else:
            out.append(value)
    return out


def _no_result(text: str, value: Value) -> bool:
    """Whether the place says that the number is a chance, a setting or a part of markup."""
    before = text[max(0, value.start - 14) : value.start]
    printed = any(match.start() < value.end <= match.end() for match in _ENTITY.finditer(text, max(0, value.start - 4), value.end + 2))
    chance = _CHANCE.search(before) and (N.number(text[value.start : value.end]) or 0) <= MOST_CHANCE
    return printed or bool(chance or _SETTING.match(text, value.end))


def _joined(text: str, one: Value, two: Value) -> Value | None:
    """One value of two neighbours where the words between them say so."""
    dash = text[two.start] in "-–—−"  # the dash of `8×-15×` reads like a sign
    before, between = text[max(0, one.start - 16) : one.start], text[one.end : two.start + dash]
    digits = all(any(char.isdigit() for char in text[value.start : value.end]) for value in (one, two))
    if two.type == "BASE" or len(between) > 12 or "\n" in between or not digits:
        return None
    change = bool(_RISE.fullmatch(between) or (_FROM.search(before) and not _RANGING.search(before) and _RANGE.fullmatch(between)))
    if change and two.type == "ABS":
        return replace(two, baseline=text[one.start : one.end])
    same = one.type == two.type
    if same and (_RANGE.fullmatch(between) or (_BETWEEN.search(before) and _AND.fullmatch(between))):
        return replace(one, end=two.end, confidence=min(one.confidence, two.confidence))
    return None


def baselines(values: Sequence[Value]) -> dict[int, Value]:
    """For the number of each value (in `values`) the baseline (a BASE) that is meant: of a list of results beside a list of as many baselines
    the one in the same place, else the nearest within 25 words."""
    groups: list[list[int]] = []
    for number, value in enumerate(values):
        if groups and (values[groups[-1][-1]].type == "BASE") == (value.type == "BASE") and value.word - values[groups[-1][-1]].word < 8:
            groups[-1].append(number)
        else:
            groups.append([number])
    out: dict[int, Value] = {}
    for one, two in pairwise(groups):
        pair = (one, two) if values[two[0]].type == "BASE" else (two, one)
        if len(one) == len(two) > 1 and values[pair[1][0]].type == "BASE":
            for result, base in zip(*pair, strict=True):
                out.setdefault(result, values[base])
    bases = [value for value in values if value.type == "BASE"]
    for number, value in enumerate(values):
        near = min(bases, key=lambda base: abs(base.word - value.word), default=None)
        if near and value.type != "BASE" and abs(near.word - value.word) <= 25:
            out.setdefault(number, near)
    return out


def metric_beside(text: str, value: Value, metrics: Sequence[tuple[int, int]]) -> int | None:
    """The number of the metric mention (character ranges, in order) that the words tie to the value: `4.6% in correctness`, `a BLEU score of
    36.17`. None where they tie none, or where two metrics share their values in turn."""
    for number, (start, end) in enumerate(metrics):
        if value.end <= start and _IN.fullmatch(text, value.end, start):
            return number
        if end <= value.start and _OF.fullmatch(text, end, value.start) and not _shared(text, metrics, number):
            return number
    return None


def set_beside(text: str, value: Value, sets: Sequence[tuple[int, int]]) -> int | None:
    """The number of the data set mention (character ranges) that the words tie to the value: `6.9% on CIFAR-100`, `84.3% accuracy on Cora`;
    None where they tie none."""
    return next((n for n, (start, _) in enumerate(sets) if value.end <= start and _ON.fullmatch(text, value.end, start)), None)


def _shared(text: str, metrics: Sequence[tuple[int, int]], number: int) -> bool:
    """Whether the metric ends a list of metrics: then its values come in the list's order."""
    if not number:
        return False
    between = text[metrics[number - 1][1] : metrics[number][0]]
    return len(between) < 12 and bool(re.search(r"\band\b|,|/", between))


def wrong_metric(text: str, value: Value, metric: str) -> bool:
    """Whether the value is a speed (`4 times faster`) and the metric is not one of time or cost, or it has a unit of size or time (`6.9 MB`)
    and the metric is one of quality."""
    if _SIZED.match(text, value.end) and _QUALITY.search(metric):
        return True
    speed = _FASTER.match(text, value.end) or (_SPEEDS.search(text[max(0, value.start - 60) : value.start]) and _TIMES.match(text, value.end))
    return bool(speed) and not _TIME.search(metric)
