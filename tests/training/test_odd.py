"""Odd texts for training: whatever is changed, a span covers the same words."""

from __future__ import annotations

import random
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

TEXT = "Gated graphs\nWe tune FooNet and BarNet on QuxSet, a set. It is 84.3% right, well-known in Köln."
NAMES = ["Gated graphs", "FooNet", "BarNet", "QuxSet"]
RECORD = {"id": "x/1", "text": TEXT, "spans": [{"start": TEXT.index(n), "end": TEXT.index(n) + len(n), "label": "METHOD"} for n in NAMES]}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("change", range(4))
def test_spans_follow_every_change(odd: ModuleType, change: int, seed: int) -> None:
    made: Callable[[dict[str, Any], random.Random], dict[str, Any]] = odd.CHANGES[change]
    record = made(RECORD, random.Random(seed))
    assert [record["text"][s["start"] : s["end"]].casefold() for s in record["spans"]] == [name.casefold() for name in NAMES]


@pytest.mark.parametrize("change", range(4))
def test_every_change_changes_something(odd: ModuleType, change: int) -> None:
    assert any(odd.CHANGES[change](RECORD, random.Random(seed))["text"] != TEXT for seed in range(12))


def test_capitals_that_would_move_an_offset_are_left(odd: ModuleType) -> None:
    rng = random.Random(1)
    assert odd.shouted(RECORD, rng)["text"] == TEXT.upper()
    assert odd.shouted({**RECORD, "text": "Maß und Zahl"}, rng)["text"] == "Maß und Zahl"


def test_an_edit_at_a_spans_edge_stays_outside(odd: ModuleType) -> None:
    record = {"text": "a bc d", "spans": [{"start": 2, "end": 4}]}
    assert odd.moved(record, [(2, 2, "<i>"), (4, 4, "</i>"), (0, 1, "xyz")]) == {"text": "xyz <i>bc</i> d", "spans": [{"start": 7, "end": 9}]}
