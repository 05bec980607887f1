"""Which titles are the same work's."""

from __future__ import annotations

import pytest

from kg.analysis.titles import in_series, similarity, tells, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gated memory cells for long range sequence tagging", "Gated Memory Cells for Long-Range Sequence Tagging"),
        ("Gated memory cells for long-range sequence tagging", "Gated memory cell for long range sequence taging"),
        ("Self-supervised pretraining of deep gated networks", "Selfsupervised pre-training of deep gated networks"),
        ("On the optimization of gated recurrent translation models", "On the Optimisation of Gated Recurrent Translation Models."),
        ("A study of the behavior of gated memory networks", "A study of behaviour of the gated memory networks"),
    ],
)
def test_spellings_of_one_title_are_alike(one: str, other: str) -> None:
    assert similarity(words(one), words(other)) >= 0.9
    assert similarity(words(one), words(other)) == similarity(words(other), words(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Supervised learning of gated sentence representations", "Unsupervised learning of gated sentence representations"),
        ("Robust symmetric kernels for gated sequence tagging", "Robust asymmetric kernels for gated sequence tagging"),
        ("Foundations of gated sequence tagging, part I", "Foundations of gated sequence tagging, part II"),
        ("Findings of the shared task on gated tagging 2019", "Findings of the shared task on gated tagging 2020"),
        ("Translating gated sequences from speech to text", "Translating gated sequences from text to speech"),
        ("Gated memory cells for text classification", "Gated memory cells for text segmentation"),
        ("Gated memory cells with labels for sequence tagging", "Gated memory cells without labels for sequence tagging"),
        ("Gated memory cells for long sequence tagging", "Gated memory cells for long sequence tagging and parsing"),
        ("Gated memory nets", "Gated memory net"),
    ],
)
def test_titles_of_two_works_are_not(one: str, other: str) -> None:
    assert similarity(words(one), words(other)) == similarity(words(other), words(one)) == 0.0


def test_equal_titles_are_wholly_alike() -> None:
    assert similarity(words("Gated: Nets"), words("gated nets")) == 1.0


def test_short_and_generic_titles_do_not_tell() -> None:
    assert tells(words("Gated memory cells for tagging"), dated=False)
    assert not tells(words("Random gates"), dated=False)
    assert tells(words("Random gates"), dated=True)
    assert not tells(words("Gates"), dated=True)
    assert not any(tells(words(title), dated=True) for title in ("Introduction", "Technical report", "Editorial: a new volume", "Book reviews"))


def test_a_series_is_known_by_its_beginning() -> None:
    assert in_series(words("The Third Report on the Workshop of Gates"))
    assert in_series(words("Proceedings of the Meeting on Gates"))
    assert not in_series(words("Reporting gates in sequence models"))
