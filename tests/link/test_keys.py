"""Keys: which spellings meet, and which must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.keys import key, readable, unbracketed, words
from kg.link.plural import singular
from kg.link.spelling import american

MEET = [
    ("fine-tuning", "finetuning"),
    ("fine-tuning", "Fine Tuning"),
    ("Large Language Models", "large language model"),
    ("LLMs", "LLM"),
    ("GANs", "GAN"),
    ("LMs", "LM"),
    ("BERTs", "BERT"),
    ("Llama-2", "LLaMA2"),
    ("Llama 2", "LLaMA2"),
    ("β-VAE", "beta-VAE"),
    ("$\\beta$-VAE", "beta VAE"),
    ("R²", "R^2"),
    ("$F_1$", "F1"),
    ("ﬁne-tuning", "fine-tuning"),
    ("Kullback–Leibler divergence", "Kullback-Leibler divergence"),
    ("abstractive summarisation", "abstractive summarization"),
    ("language modelling", "language modeling"),
    ("behaviour cloning", "behavior cloning"),
    ("nearest neighbours", "nearest-neighbor"),
    ("click-through rate (CTR) prediction", "click-through rate prediction"),
    ("Cohen's kappa", "Cohen kappa"),
    ("CNN/DailyMail", "CNN-DailyMail"),
    ("recommender systems evaluation", "recommender system evaluation"),
    ("speed-ups", "speedup"),
    ("dialogue sys- tems", "dialogue system"),
    ("[p]erception", "perception"),
]

APART = [
    ("image-to-text", "text-to-image"),
    ("Llama 2", "Llama"),
    ("GPT-3", "GPT-4"),
    ("GPT-3.5", "GPT-35"),
    ("Llama 3.1 8B", "Llama 318B"),
    ("BERT-base", "BERT"),
    ("CIFAR-10", "CIFAR-100"),
    ("F1", "F2"),
    ("C", "C++"),
    ("C", "C#"),
    ("A", "A*"),
    ("pass@1", "pass 1"),
    ("MS", "M"),
    ("MAPS", "MAP"),
    ("physics", "physic"),
    ("supervised", "supervized learning"),
    ("language model", "language modeling"),
    ("中文分词", "中文"),
    ("Recall@5", "Recall@10"),
]


@pytest.mark.parametrize(("one", "other"), MEET)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("LLMs", "LLM"), ("Models", "Model"), ("analyses", "analysis"), ("policies", "policy"), ("losses", "loss"), ("boxes", "box"),
        ("patches", "patch"), ("matrices", "matrix"), ("biases", "bias"), ("corpora", "corpus"), ("metrics", "metric"), ("movies", "movie"),
    ],
)  # fmt: skip
def test_plurals_become_singular(plural: str, expected: str) -> None:
    assert singular(plural) == expected


@pytest.mark.parametrize(
    "word", ["bias", "analysis", "series", "SQuAD", "MS", "means", "loss", "news", "Bayes", "robotics", "corpus", "GLUES", "s", ""]
)
def test_what_is_no_plural_stays(word: str) -> None:
    assert singular(word) == word


@pytest.mark.parametrize(
    ("british", "expected"),
    [
        ("regularisation", "regularization"), ("generalised", "generalized"), ("labelling", "labeling"), ("neighbourhood", "neighborhood"),
        ("centre", "center"), ("dialog", "dialogue"), ("artefact", "artifact"), ("parametrized", "parameterized"), ("analyser", "analyzer"),
        ("supervised", "supervised"), ("revised", "revised"), ("four", "four"), ("improvisation", "improvisation"), ("denoising", "denoising"),
    ],
)  # fmt: skip
def test_spellings_become_american(british: str, expected: str) -> None:
    assert american(british) == expected


def test_brackets_that_do_not_abbreviate_stay() -> None:
    assert unbracketed("Llama (7B)") == "Llama (7B)"
    assert unbracketed("Direct Preference Optimization (DPO)") == "Direct Preference Optimization"
    assert key("precision (macro)") != key("precision")


def test_readable_keeps_the_word_breaks() -> None:
    assert readable("Fine-Tuning of GPT-3.5") == "fine tuning of gpt 3 5"
    assert words("Fine-Tuning of GPT-3.5") == ("Fine", "Tuning", "of", "GPT", "3", "5")


@given(st.text(max_size=40))
def test_a_key_ignores_outer_space_and_folds_are_stable(name: str) -> None:
    assert key(f"  {name} ") == key(name)
    assert american(american(name)) == american(name)
    assert singular(singular(name)) in (singular(name), singular(singular(singular(name))))


@given(st.text(min_size=1, max_size=30).filter(str.strip))
def test_a_printable_name_has_a_key(name: str) -> None:
    if any(char.isprintable() and not char.isspace() for char in name.replace("\u00ad", "").replace("\ufeff", "").replace("\u200b", "")):
        assert key(name)
        assert readable(name)
