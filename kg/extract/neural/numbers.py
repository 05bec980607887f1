"""Reported numbers: which stretches of a text are results, as printed, and what unit stands by them.

Invariant: a value is an exact substring of the text; its number and unit are derived from what is printed there and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.extract.neural.decode import Array

RESULT_TAGS = ("O", "B-ABS", "I-ABS", "B-DELTA", "I-DELTA", "B-BASE", "I-BASE")
TYPES = ("ABS", "DELTA", "BASE")

_STUCK = re.compile(r"(?<=\d)\s*(?:\\?%|[x×X]|percent|times|fps|FPS|Hz|ms|dB)$")
_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d{1,2})(?![\d,])")  # a decimal comma: thousands have three digits
_FIRST_NUMBER = re.compile(r"[+\-−]?\d[\d,]*(?:\.\d+)?|\.\d+")
_IN_WORDS = {"twice": 2.0, "double": 2.0, "doubling": 2.0, "doubled": 2.0, "two": 2.0, "three": 3.0, "tripled": 3.0, "four": 4.0,
             "five": 5.0, "six": 6.0, "ten": 10.0, "half": 0.5, "halved": 0.5, "one": 1.0}  # fmt: skip
_RATIOS = frozenset(("twice", "double", "doubling", "doubled", "tripled", "half", "halved"))
_POWERS = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
_UNITS = (
    ("points", re.compile(r"(?:\s*\\?%)?[\s~-]*(?:absolute |relative |percentage |\w[\w@.+-]* )?(?:points?|pp)\b", re.IGNORECASE)),
    ("%", re.compile(r"\s*(?:\\?%|&#37;|&percnt;)|[\s~-]*per\s?cent\b", re.IGNORECASE)),
    ("x", re.compile(r"[\s~-]*(?:\$?\\times\b\$?|[x×X](?!\w)|times\b|-?fold\b)")),
    ("ms", re.compile(r"\s*(?:ms|milliseconds?)\b")),
    ("orders of magnitude", re.compile(r"[\s-]orders?[\s-]of[\s-]magnitude\b")),
    ("Hz", re.compile(r"\s*Hz\b")),
    ("dB", re.compile(r"\s*dB\b")),
    ("FPS", re.compile(r"\s*(?:FPS|fps|frames per second)\b")),
    ("seconds", re.compile(r"\s*(?:s|secs?|seconds?)\b")),
    ("minutes", re.compile(r"\s*(?:min|minutes?)\b")),
    ("hours", re.compile(r"\s*(?:hrs?|hours?)\b")),
    ("days", re.compile(r"\s*days?\b")),
    ("MB", re.compile(r"\s*MB\b")),
    ("GB", re.compile(r"\s*GB\b")),
)


@dataclass(frozen=True)
class Run:
    """A stretch of words that prints a result value (ABS, DELTA) or a baseline's (BASE), with its probability."""

    start: int
    end: int
    type: str
    confidence: float


def runs(shares: Array, *, least: float) -> list[Run]:
    """Stretches from per-word tag probabilities [words, tags]; a word is in one where O has at most `1 - least`."""
    inside = 1 - shares[:, 0]
    begins = shares[:, 1::2].sum(axis=1)
    goes_on = shares[:, 2::2].sum(axis=1)
    out: list[Run] = []
    place = 0
    while place < len(shares):
        if inside[place] < least:
            place += 1
            continue
        end = place + 1
        while end < len(shares) and inside[end] >= least and goes_on[end] >= begins[end]:
            end += 1
        of_type = (shares[place:end, 1::2] + shares[place:end, 2::2]).mean(axis=0)
        best = int(of_type.argmax())
        out.append(Run(place, end, TYPES[best], float(of_type[best])))
        place = end
    return out


def value_range(text: str, start: int, end: int) -> tuple[int, int]:
    """The character range without a unit that is stuck to the last number (`14x` is 14)."""
    stuck = _STUCK.search(text[start:end])
    if stuck:
        end = start + stuck.start()
    while end - start > 1 and text[end - 1] in "&#":  # the beginning of an HTML entity
        end -= 1
    if text[start] in "+-−" and end - start < 2:
        start += 1
    return start, end


def unit(text: str, end: int, value: str = "") -> str | None:
    """The unit printed right behind a value, None where there is none; `twice` has its own."""
    behind = text[end : end + 40]
    own = "x" if value.casefold() in _RATIOS else None
    return next((name for name, pattern in _UNITS if pattern.match(behind)), own)


def number(value: str) -> float | None:
    """The (first) number that a printed value says, None where it says none."""
    found = _FIRST_NUMBER.search(_COMMA.sub(r"\1.\2", value))
    if not found:
        return next((known for word, known in _IN_WORDS.items() if word in value.casefold().split()), None)
    size = float(found[0].replace(",", "").replace("−", "-"))
    return size * _POWERS.get(value[found.end() : found.end() + 1], 1.0)


def has_digit(text: str, words: Sequence[tuple[int, int]]) -> bool:
    """Whether any digit stands in the words: elsewhere number words (`twice`) alone could be results."""
    return bool(words) and any(char.isdigit() for char in text[words[0][0] : words[-1][1]])


def tag_shares(scores: Array, temperature: float) -> Array:
    """Tag probabilities from scores [words, tags]."""
    soft = scores / temperature
    out = np.exp(soft - soft.max(axis=1, keepdims=True))
    shares: Array = out / out.sum(axis=1, keepdims=True)
    return shares
