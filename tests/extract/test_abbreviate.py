"""Abbreviations by Schwartz and Hearst (2003): both orders, plurals, brackets, notes, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import abbreviations
from kg.extract.abbreviate import long_form, singular_pair


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("We tune with Direct Preference Optimization (DPO) alone.", [("DPO", "Direct Preference Optimization")]),
        ("Today large language models (LLMs) write code.", [("LLMs", "large language models")]),
        ("DPO (direct preference optimization) needs no reward model.", [("DPO", "direct preference optimization")]),
        ("Click-through rate (CTR) prediction is old.", [("CTR", "Click-through rate")]),
        ("A hidden Markov model [HMM] labels it.", [("HMM", "hidden Markov model")]),
        ("Retrieval-augmented generation (RAG; see the survey) helps.", [("RAG", "Retrieval-augmented generation")]),
        ("The heat shock transcription factor (HSF) binds.", [("HSF", "heat shock transcription factor")]),
        ('We name it "tree of models" (ToM).', [("ToM", "tree of models")]),
        ("A graph neural network (GNN) and a graph attention network (GAT).",
         [("GNN", "graph neural network"), ("GAT", "graph attention network")]),
        ("It serves various modalities -- vision (ViT) and text.", []),
        ("Its variants \u2013 idle trees (VIT) among them.", []),
        ("It is fast (see Figure) and small (about 3 MB).", []),
        ("It was shown (Smith, 2019) and again (2020).", []),
        ("First sentence has deep words. Pruning (DPO) is another.", []),
        ("LLM (LLM) is LLM.", []),
        ("", []),
    ],
)  # fmt: skip
def test_pairs(text: str, pairs: list[tuple[str, str]]) -> None:
    assert [(a.short, a.long) for a in abbreviations(text)] == pairs


def test_spans_are_the_printed_forms() -> None:
    text = "Title\nWith nested ((brackets)) we train a variational autoencoder (VAE)."
    (pair,) = abbreviations(text)
    assert text[slice(*pair.short_span)] == pair.short == "VAE"
    assert text[slice(*pair.long_span)] == pair.long == "variational autoencoder"


def test_the_first_definition_of_a_short_form_counts() -> None:
    found = abbreviations("Segment Anything Model (SAM) is big. Sharpness-aware minimization (SAM) is not.")
    assert [a.long for a in found] == ["Segment Anything Model"]


def test_long_form_letters_in_order() -> None:
    assert long_form("SVM", "a support vector machine ") == len("a ")
    assert long_form("SVM", "machine vector support ") is None


def test_singular_pair() -> None:
    assert singular_pair("LLMs", "large language models") == ("LLM", "large language model")
    assert singular_pair("CIFAR", "canonical bias") == ("CIFAR", "canonical bias")


@given(st.text(alphabet="abAB CD()[]-.,;s\n", max_size=80))
def test_any_text_gives_exact_disjoint_substrings(text: str) -> None:
    for pair in abbreviations(text):
        assert text[slice(*pair.short_span)] == pair.short
        assert text[slice(*pair.long_span)] == pair.long
        assert pair.long_span[1] <= pair.short_span[0] or pair.short_span[1] <= pair.long_span[0]
