"""Co-occurrence: counts, NPMI and its bounds, independence of order."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis import co_occurrence
from kg.analysis.cooccurrence import MAX_CONCEPTS

corpora = st.lists(st.lists(st.sampled_from("abcdef"), max_size=5), max_size=12)


def test_pairs_are_counted_once_a_paper_from_the_smaller_id() -> None:
    found = co_occurrence([["b", "a", "a"], ["a", "b"], ["a", "c"], ["d"]])
    assert [pair[:3] for pair in found] == [("a", "b", 2)]
    assert found[0][3] == pytest.approx(math.log(2 * 4 / (3 * 2)) / -math.log(2 / 4), abs=1e-4)


def test_min_papers_is_the_least_that_is_given() -> None:
    papers = [["a", "b"]] * 3 + [["a", "c"]]
    assert [pair[:3] for pair in co_occurrence(papers, min_papers=1)] == [("a", "b", 3), ("a", "c", 1)]
    assert co_occurrence(papers, min_papers=4) == []


def test_the_ends_of_the_scale() -> None:
    assert co_occurrence([["a", "b"], ["a", "b"], ["c"]])[0][3] == 1.0
    assert co_occurrence([["a", "b"], ["a", "b"]])[0][3] == 1.0
    independent = [["a", "b"], ["a"], ["b"], []] * 2
    assert co_occurrence(independent)[0][3] == 0.0


@given(corpora, st.randoms(use_true_random=False))
def test_order_means_nothing_and_scores_stay_in_bounds(papers: list[list[str]], shuffler: random.Random) -> None:
    found = co_occurrence(papers, min_papers=1)
    mixed = [shuffler.sample(concepts, len(concepts)) for concepts in papers]
    shuffler.shuffle(mixed)
    assert co_occurrence(mixed, min_papers=1) == found
    assert all(one < other and -1 <= npmi <= 1 for one, other, _, npmi in found)


def test_a_huge_paper_is_bounded_to_its_commonest_concepts() -> None:
    huge = [f"c{number:04}" for number in range(3000)]
    found = co_occurrence([huge, huge[-10:], huge], min_papers=2)
    assert len(found) == MAX_CONCEPTS * (MAX_CONCEPTS - 1) // 2
    assert ("c2990", "c2999", 3, 1.0) in found
