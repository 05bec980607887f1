"""What counts of the tagger's mentions in a paper, in no paper, and in another language."""

from __future__ import annotations

import pytest

from kg.extract.neural import gate
from kg.extract.neural import words as W
from kg.extract.neural.terms import Terms

TERMS = Terms.of({("ImageNet",): ("DATASET", 4.0), ("word", "embedding"): ("METHOD", 3.0), ("attention",): ("METHOD", -2.5)}, {})
PAPER = "We propose a method for the problem of finding things in images. Experiments show that our approach is better than known algorithms."
SOUP = "Chop the onions, fry them in oil, pour in the stock and let it simmer for half an hour before you serve it with bread and lemon."


def paper(text: str, confidences: list[float]) -> bool:
    return gate.is_paper(text, W.words(text), confidences, TERMS)


def test_words_of_research_make_a_paper() -> None:
    assert paper(PAPER, [])


def test_a_text_without_them_is_none_however_many_unsure_mentions_it_has() -> None:
    assert not paper(SOUP, [0.8, 0.7, 0.6, 0.5])


def test_sure_mentions_and_known_terms_speak_for_a_paper_too() -> None:
    assert paper(SOUP, [0.95, 0.97, 0.99])
    assert paper(SOUP.replace("stock", "ImageNet").replace("bread", "word embeddings"), [])


def test_a_title_needs_little() -> None:
    assert paper("GateNet", [0.95])
    assert paper("Neural soup", [])
    assert paper("Suffix arrays in little space", [0.7])
    assert not paper("Lentil soup", [0.55])


@pytest.mark.parametrize("surface", ["BERT", "ImageNet", "GPT-4", "iPhone", "MS MARCO", "β-VAE", "CIFAR-10"])
def test_names_look_alike_in_every_language(surface: str) -> None:
    assert gate.is_name(surface)


@pytest.mark.parametrize("surface", ["Verfahren", "das Netz", "método", "数据集", "ГОСТ", "Cora数据"])
def test_words_are_no_names(surface: str) -> None:
    assert not gate.is_name(surface)


def test_listed_names_are_found_among_foreign_words() -> None:
    text = "在Cora和ImageNet上使用word embeddings与attention"
    found = gate.listed_names(text, W.words(text), TERMS)
    assert [(text[a:b], kind) for a, b, kind in found] == [("Cora", "DATASET"), ("ImageNet", "DATASET"), ("word embeddings", "METHOD")]
