"""A mention holds no half of a pair of brackets."""

from __future__ import annotations

import pytest

from kg.extract.neural.factory import bracketed


@pytest.mark.parametrize(
    ("mention", "kept"),
    [
        ("click-through rate (CTR) prediction", "click-through rate (CTR) prediction"),
        ("vision + language (ALIGN", "vision + language"),
        ("graph-to-text) generation", "graph-to-text"),
        ("f(x) [wide", "f(x)"),
        ("(odd", "(odd"),
        ("plain", "plain"),
    ],
)
def test_a_mention_ends_before_a_lone_bracket(mention: str, kept: str) -> None:
    text = f"See {mention} here"
    assert text[4 : bracketed(text, 4, 4 + len(mention))] == kept
