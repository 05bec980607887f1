"""Broader and narrower: heads, versions, prepositions, the nearest only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis import is_a
from kg.models import Concept


def concepts(*names: str, kind: str = "METHOD") -> list[Concept]:
    return [Concept(id=f"{kind.lower()}:{name}", kind=kind, name=name) for name in names]


def edges(*names: str, kind: str = "METHOD") -> set[tuple[str, str]]:
    return {(narrow.partition(":")[2], broad.partition(":")[2]) for narrow, broad, _ in is_a(concepts(*names, kind=kind))}


@pytest.mark.parametrize(
    ("narrow", "broad"),
    [
        ("heterogeneous mixture of experts", "mixture of experts"),
        ("sparse attention", "attention"),
        ("Multi-Head Attention", "attention"),
        ("vision transformer", "Transformer"),
        ("Transformer-based language model", "language model"),
        ("top-1 accuracy", "accuracy"),
        ("self-attention", "attention"),
        ("ad-hoc retrieval", "retrieval"),
    ],
)
def test_a_modified_head_is_narrower(narrow: str, broad: str) -> None:
    assert edges(narrow, broad) == {(narrow, broad)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BERT-base", "BERT"),
        ("BERT-base", "base"),
        ("Llama 2", "Llama"),
        ("GPT 2", "2"),
        ("language model", "model"),
        ("machine learning", "learning"),
        ("attention for images", "images"),
        ("mixture of experts", "experts"),
        ("non-autoregressive translation", "autoregressive translation"),
        ("non-maximum suppression", "maximum suppression"),
        ("reinforcement learning from human feedback", "human feedback"),
        ("attention", "attention"),
        ("encoder-decoder", "decoder"),
        ("auto-encoder", "encoder"),
        ("actor-critic", "critic"),
    ],
)
def test_what_only_looks_like_it_is_left_out(one: str, other: str) -> None:
    assert edges(one, other) == set()


def test_only_the_nearest_broader_is_given() -> None:
    names = ("sparse cross attention", "cross attention", "attention", "local sparse cross attention")
    assert edges(*names) == {
        ("local sparse cross attention", "sparse cross attention"),
        ("sparse cross attention", "cross attention"),
        ("cross attention", "attention"),
    }


def test_kinds_do_not_mix_and_the_reason_is_told() -> None:
    assert is_a([*concepts("image classification", kind="TASK"), *concepts("classification", kind="METHOD")]) == []
    ((_, _, why),) = is_a(concepts("image classification", "classification", kind="TASK"))
    assert why == '"image classification" ends in "classification", which the words before it narrow down'


@given(st.lists(st.lists(st.sampled_from(["deep", "sparse", "attention", "of", "2", "net"]), min_size=1, max_size=5).map(" ".join), unique=True))
def test_edges_shrink_so_there_is_no_circle_and_order_means_nothing(names: list[str]) -> None:
    found = is_a(concepts(*names))
    assert found == is_a(reversed(concepts(*names)))
    assert all(len(narrow) > len(broad) for narrow, broad, _ in found)
    assert len({narrow for narrow, _, _ in found}) == len(found)
