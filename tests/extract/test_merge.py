"""Names of one paper that mean one concept are joined, and names that only look alike are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.neural import likeness as L
from kg.extract.neural.merge import Merger, Trees, clusters, commonest, groups, load, merged
from kg.extract.sentences import sentences


@pytest.fixture(scope="module")
def merger() -> Merger:
    return load(Path(__file__).parent)  # no merger there, so the shipped one


def joined(merger: Merger, text: str, *named: tuple[str, str]) -> dict[tuple[str, str], str]:
    """What is joined when each (kind, name) is mentioned wherever the text prints it."""
    mentions = []
    for kind, name in named:
        start = text.find(name)
        assert start >= 0, name
        while start >= 0:
            mentions.append(((start, start + len(name)), (kind, name)))
            start = text.find(name, start + 1)
    return merged(merger, text, sentences(text), mentions)


def test_variants_of_one_name_are_joined_under_the_commonest(merger: Merger) -> None:
    text = (
        "Better recommender systems for libraries\nA recommender system tells readers what to borrow. We present a recommendation system "
        "that asks first, and show that our recommender system is liked."
    )
    assert joined(merger, text, ("TASK", "recommender system"), ("TASK", "recommendation system")) == {
        ("TASK", "recommendation system"): "recommender system"
    }


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("METHOD", "GPT-3", "GPT-4"),
        ("DATASET", "CIFAR-10", "CIFAR-100"),
        ("DATASET", "ImageNet", "ImageNet-C"),
        ("METRIC", "F1", "micro-F1"),
        ("METHOD", "model-free reinforcement learning", "model-based reinforcement learning"),
        ("METHOD", "Llama 2", "Llama 3"),
        ("METHOD", "convex loss", "non-convex loss"),
        ("METRIC", "Recall@5", "Recall@10"),
    ],
)
def test_names_that_only_look_alike_stay_apart(merger: Merger, kind: str, one: str, other: str) -> None:
    text = f"A study of two things\nWe look at {one} and {other} in turn. On the whole, {other} is better than {one}, which was to be shown."
    assert joined(merger, text, (kind, one), (kind, other)) == {}


def test_kinds_are_never_mixed(merger: Merger) -> None:
    text = "Pointer nets\nWe train a pointer net, and a pointer network is what we train."
    assert joined(merger, text, ("METHOD", "pointer net"), ("TASK", "pointer network")) == {}


def test_nothing_in_nothing_out(merger: Merger) -> None:
    assert merged(merger, "", [], []) == {}
    assert joined(merger, "Only one method: Adam.", ("METHOD", "Adam")) == {}


def test_order_of_mentions_says_nothing(merger: Merger) -> None:
    text = "Nets that point\nThe Pointer Net reads. A pointer network, we call it Pointer Net, points."
    mentions = [((20, 31), ("METHOD", "Pointer Net")), ((41, 56), ("METHOD", "pointer network"))]
    assert merged(merger, text, sentences(text), mentions) == merged(merger, text, sentences(text), mentions[::-1])


def test_clusters_go_by_the_mean_over_all_pairs() -> None:
    shares = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.0}
    assert clusters(4, shares, 0.5) == [[0, 1], [2], [3]]
    assert clusters(4, {**shares, (0, 2): 0.4}, 0.5) == [[0, 1, 2], [3]]


@given(st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda p: p[0] < p[1]), st.floats(0, 1)), st.floats(0.1, 0.9))
def test_clusters_part_the_numbers(shares: dict[tuple[int, int], float], least: float) -> None:
    found = clusters(6, shares, least)
    assert sorted(number for cluster in found for number in cluster) == list(range(6))


def test_trees_walk_to_their_leaves() -> None:
    stored = {
        "feature": [1, 0, 0], "threshold": [0.5, 0.0, 0.0], "left": [1, 1, 2], "right": [2, 1, 2], "value": [0.0, -2.0, 2.0],
        "roots": [0], "depth": 1, "base": 0.0,
    }  # fmt: skip
    shares = Trees.of(stored).shares(np.array([[9.0, 0.5], [9.0, 0.6]]))
    assert shares == pytest.approx([1 / (1 + np.exp(2)), 1 / (1 + np.exp(-2))])


def test_the_commonest_name_wins_and_the_fullest_of_equals() -> None:
    rare, often, full = (L.Group("TASK", name, places) for name, places in (("a b c", ((0, 1),)), ("b c", ((0, 1), (2, 3))), ("a a b c", ((4, 5),))))
    assert commonest([rare, often, full]) == "b c"
    assert commonest([rare, full]) == "a a b c"


@pytest.mark.parametrize(
    ("one", "other"),
    [("recommender", "recommendation"), ("networks", "net"), ("pruning", "pruned"), ("summarization", "summarizer"), ("robot", "robotic")],
)
def test_stems(one: str, other: str) -> None:
    assert L.stem(one) == L.stem(other)


def test_a_pair_is_one_row_of_all_features(merger: Merger) -> None:
    text = "Pointers\nThe hierarchical graph network (HGN) is a graph network."
    page = L.Page.of(text, sentences(text), groups([((13, 39), ("METHOD", "hierarchical graph network")), ((52, 65), ("METHOD", "graph network"))]))
    (pair,) = L.candidates(page)
    assert [page.groups[i].name for i in pair] == ["hierarchical graph network", "graph network"]
    row = dict(zip(L.FEATURES, L.row(page, pair, merger.known), strict=True))
    assert (row["only_long"], row["suffix"], row["short_later"], row["method"]) == (1, True, True, True)


def test_a_short_name_is_tried_against_the_words_it_may_stand_for() -> None:
    text = "We call it StaRe. Then the Self-Taught Reasoner wins."
    page = L.Page.of(text, sentences(text), groups([((11, 16), ("METHOD", "StaRe")), ((27, 47), ("METHOD", "Self-Taught Reasoner"))]))
    assert len(L.candidates(page)) == 1


def test_names_of_signs_alone_are_like_no_other(merger: Merger) -> None:
    text = "★: a network for moss\nWe propose ★ (StarNet). ★ beats ResNet, and our 🤗 is fast."
    assert joined(merger, text, ("METHOD", "★"), ("METHOD", "StarNet"), ("METHOD", "ResNet"), ("METHOD", "🤗")) == {}
