"""What the encoder is fed: every word is answered for once, by its own first piece, whether the upper layers look at it or not."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.neural import encoder
from kg.extract.neural import words as W
from kg.extract.neural.recipe import FOLDER

PIECES = W.Pieces.of([W.PAD, W.UNK, W.CLS, W.SEP, "graph", "##s", "net", "##work", "the", ",", "of", "7"])


def windows(text: str) -> tuple[list[W.Span], list[W.Window]]:
    spans = W.words(text)
    words = [text[a:b] for a, b in spans]
    return spans, W.windows([PIECES.of_word(w) for w in words], W.shapes(text, spans), [W.heavy(w) for w in words], PIECES.ids)


@pytest.mark.parametrize("word", ["BERT", "graph", "few", "7", "q", "网"])
def test_words_that_can_be_a_name_are_heavy(word: str) -> None:
    assert W.heavy(word)


@pytest.mark.parametrize("word", ["the", "The", "OF", ",", "-", "%", "∑"])
def test_signs_and_function_words_are_light(word: str) -> None:
    assert not W.heavy(word)


def test_the_upper_layers_get_the_end_marks_and_the_heavy_words() -> None:
    _, (window,) = windows("the networks, of graphs")
    assert window.pieces == tuple(PIECES.ids[p] for p in (W.CLS, "the", "net", "##work", "##s", ",", "of", "graph", "##s", W.SEP))
    chosen, rest, order = window.upper()
    assert (chosen, rest) == ([0, 2, 7, 9], [1, 5, 6])
    assert [(chosen + rest)[number] for number in order] == [1, 2, 5, 6, 7]


@given(st.lists(st.sampled_from(["the", "graphs", ",", "network", "of", "7"]), min_size=1, max_size=900))
@settings(max_examples=40, deadline=None)
def test_every_word_is_answered_for_once_by_its_first_piece(words: list[str]) -> None:
    spans, found = windows(" ".join(words))
    answered = []
    for window in found:
        chosen, rest, order = window.upper()
        assert chosen[0] == 0 and chosen[-1] == len(window.pieces) - 1
        places = [(chosen + rest)[number] for number in order]
        assert places == list(window.first[window.keep[0] - window.start : window.keep[1] - window.start])
        answered += range(*window.keep)
    assert answered == list(range(len(spans)))


ODD = ["of the", ", .", "graphs", "The model of 2020, it is.", "GCN BERT", "\u0301 a", "网络 BERT _", "graphs of networks, " * 400]


@pytest.mark.parametrize("text", ODD)
def test_every_word_of_any_text_has_a_vector_and_scores(text: str) -> None:
    (seen,) = encoder.load(FOLDER).encode([text])
    assert len(seen.words) == len(seen.vectors) == len(seen.mention) == len(seen.result) > 0
    assert all(np.isfinite(rows).all() for rows in (seen.vectors, seen.mention, seen.result))


def test_a_text_without_words_has_none() -> None:
    assert [len(one.vectors) for one in encoder.load(FOLDER).encode(["", " \n"])] == [0, 0]


def test_the_light_words_are_those_that_the_shipped_encoders_were_trained_with() -> None:
    """A change of the list asks for training again, then for the new digest here."""
    assert hashlib.sha256(" ".join(sorted(W.LIGHT)).encode()).hexdigest().startswith("a315a157c63ff1bf")
