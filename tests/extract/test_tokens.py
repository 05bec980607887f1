"""The tokenizer cuts so that every name begins and ends at a token's edge, and it loses no character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.components import blank

NLP = blank()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("LoRA-based tuning", "LoRA"),
        ("14x faster", "14"),
        ("pass@1 rises", "pass@1"),
        ("on ImageNet-1K only", "ImageNet-1K"),
        (r"by 21\% more", "21"),
        ("GPT-4's answers", "GPT-4"),
        ("state-of-the-art BERT/RoBERTa", "RoBERTa"),
        ("(“BLEU”)", "BLEU"),
        ("$k$NN and F$_1$", "NN"),
        ("用BERT模型", "BERT"),
    ],
)
def test_names_fit_tokens(text: str, name: str) -> None:
    start = text.index(name)
    span = NLP.make_doc(text).char_span(start, start + len(name))
    assert span is not None
    assert span.text == name


@given(st.text(max_size=60))
def test_nothing_is_lost(text: str) -> None:
    assert NLP.make_doc(text).text == text
