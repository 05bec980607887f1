"""PageRank and communities: known shapes, determinism."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import communities, pagerank

CLIQUES = [(f"{side}{one}", f"{side}{other}", 1.0) for side in "xy" for one in range(4) for other in range(one)] + [("x0", "y0", 0.1)]
NODES = [f"{side}{number}" for side in "xy" for number in range(4)] + ["alone"]
nodes = st.lists(st.sampled_from("abcdefgh"), unique=True)
links = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.floats(0.1, 5)), max_size=25)


def test_the_hub_of_a_star_is_first_and_ranks_sum_to_one() -> None:
    ranks = pagerank(["hub", "a", "b", "c"], [("hub", leaf, 1.0) for leaf in "abc"])
    assert max(ranks, key=lambda name: ranks[name]) == "hub"
    assert ranks["a"] == ranks["b"] == ranks["c"]
    assert sum(ranks.values()) == pytest.approx(1, abs=1e-5)


def test_a_heavier_edge_counts_more() -> None:
    ranks = pagerank("abc", [("a", "b", 9.0), ("a", "c", 1.0)])
    assert ranks["b"] > ranks["c"]


def test_two_cliques_are_two_communities_called_by_their_first_member() -> None:
    found = communities(NODES, CLIQUES)
    assert {name: found[name] for name in ("x0", "x3", "y1", "alone")} == {"x0": "x0", "x3": "x0", "y1": "y0", "alone": "alone"}


def test_nothing_gives_nothing_and_no_edges_give_each_its_own() -> None:
    assert pagerank([], []) == {} == communities([], [])
    assert communities("ba", []) == {"a": "a", "b": "b"}
    assert pagerank("ba", []) == {"a": 0.5, "b": 0.5}


def test_loops_and_unknown_ends_are_left_out() -> None:
    assert pagerank("ab", [("a", "b", 1.0), ("a", "a", 9.0), ("a", "z", 9.0), ("a", "b", 0.0)]) == pagerank("ab", [("b", "a", 1.0)])


@given(nodes, links, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_direction_and_the_global_seed_mean_nothing(names: list[str], edges: list[tuple[str, str, float]], shuffler: random.Random) -> None:
    ranks, groups = pagerank(names, edges), communities(names, edges)
    mixed = [(other, one, weight) if shuffler.random() < 0.5 else (one, other, weight) for one, other, weight in edges]
    shuffler.shuffle(mixed)
    random.seed(shuffler.random())
    assert pagerank(names[::-1], mixed) == ranks
    assert communities(names[::-1], mixed) == groups
    assert all(groups[leader] == leader for leader in groups.values())


def test_the_global_random_numbers_are_left_alone() -> None:
    random.seed(7)
    before = random.getstate()
    communities(NODES, CLIQUES)
    assert random.getstate() == before
