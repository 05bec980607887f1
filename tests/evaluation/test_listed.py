"""The list form of mentions: what an entry means, and that any spans come back from it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.evaluation.annotation import Span
from kg.evaluation.listed import Listed, list_of, spans_of, words


def places(entries: list[Listed], text: str) -> list[tuple[int, int, str]]:
    spans, _ = spans_of(entries, text)
    return [(span.start, span.end, text[span.start : span.end]) for span in spans]


def test_every_occurrence_that_is_a_word_of_its_own() -> None:
    text = "BERT, BERTs and RoBERTa; BERT-base, (BERT) and mBERT"
    assert [start for start, _ in words("BERT", text)] == [0, 25, 37]
    assert words("C++", "C++ and C++11") == [(0, 3), (8, 11)]
    assert words("aa", "aa aaaa aa") == [(0, 2), (8, 10)]


def test_longer_mentions_win() -> None:
    text = "language model, large language model, language model"
    found = places([Listed("language model", "METHOD", "LM"), Listed("large language model", "METHOD", "LLM")], text)
    assert found == [(0, 14, "language model"), (16, 36, "large language model"), (38, 52, "language model")]


def test_numbers_and_offsets_pick() -> None:
    text = "GAN, GAN, GANomaly, GAN"
    assert places([Listed("GAN", "METHOD", "GAN", (1, 3))], text) == [(0, 3, "GAN"), (20, 23, "GAN")]
    assert places([Listed("GAN", "METHOD", "GAN", (), ((10, 13),))], text) == [(10, 13, "GAN")]


def test_an_entry_that_means_nothing_is_told() -> None:
    _, empty = spans_of([Listed("net", "METHOD", "net"), Listed("deep net", "METHOD", "deep net")], "a deep net")
    assert [entry.form for entry in empty] == ["net"]


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text of few letters, so that forms repeat, and spans that don't overlap."""
    text = draw(st.text("ab1- _é\n", min_size=1, max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    chosen = [(a, b) for a, b in pairwise(cuts) if draw(st.booleans())]
    return text, [Span(a, b, *draw(st.sampled_from([("TASK", "x"), ("METHOD", "y"), ("TASK", "z")]))) for a, b in chosen]


@settings(max_examples=400, deadline=None, derandomize=True)
@given(annotated())
def test_any_spans_come_back(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    again, empty = spans_of(list_of(spans, text), text)
    assert again == spans
    assert not empty


def test_the_shortest_list_is_written() -> None:
    text = "BERT and BERT, then BERT base"
    spans = [Span(0, 4, "METHOD", "BERT"), Span(9, 13, "METHOD", "BERT"), Span(20, 29, "METHOD", "BERT base")]
    assert [entry.as_json() for entry in list_of(spans, text)] == [["BERT", "METHOD", "BERT"], ["BERT base", "METHOD", "BERT base"]]
    assert list_of(spans[:1], text)[0].as_json() == ["BERT", "METHOD", "BERT", [1]]
