"""The main path against counts of paths made one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import pairwise

import networkx
import pytest

from kg.analysis import Step, main_path
from kg.analysis.main_path import acyclic

YEARS = {"a": 2000, "b": 2001, "c": 2002, "d": 2003, "e": 2004, "f": 2005}
# f cites d and e; d and e cite c; c cites a and b; f also cites b
CITATIONS = [("f", "d"), ("f", "e"), ("d", "c"), ("e", "c"), ("c", "a"), ("c", "b"), ("f", "b")]


def walks(flow: Mapping[str, list[str]], start: str) -> Iterator[list[str]]:
    if not flow[start]:
        yield [start]
    for later in flow[start]:
        for rest in walks(flow, later):
            yield [start, *rest]


def test_a_path_worked_out_by_hand() -> None:
    """Of the five lines of descent two run over each of a-c and b-c, two over each of c-d and c-e."""
    assert main_path(CITATIONS, YEARS) == [Step("a", 0.4), Step("c", 0.4), Step("d", 0.4), Step("f", None)]


def test_no_citations_give_no_path() -> None:
    assert main_path([], {}) == [] == main_path([("a", "a")], {})


@pytest.mark.parametrize("seed", range(8))
def test_no_path_has_a_larger_sum_of_counts(seed: int) -> None:
    rng = random.Random(seed)
    names = [f"p{number:02d}" for number in range(12)]
    citations = [(names[later], names[rng.randrange(later)]) for later in range(1, 12) for _ in range(rng.randrange(1, 4))]
    flow = acyclic(citations, {})
    sources = set(flow) - {later for below in flow.values() for later in below}
    paths = [walk for source in sorted(sources) for walk in walks(flow, source)]
    count = {edge: sum(edge in list(pairwise(walk)) for walk in paths) for edge in ((a, b) for a in flow for b in flow[a])}
    sums = {tuple(walk): sum(count[edge] for edge in pairwise(walk)) for walk in paths}
    found = main_path(citations, {})
    chosen = tuple(step.paper for step in found)
    assert sums[chosen] == max(sums.values())
    shares = [float(f"{count[edge] / len(paths):.4g}") for edge in pairwise(chosen)]
    assert [step.weight for step in found] == [*shares, None]


def test_circles_are_broken_by_year_then_id() -> None:
    years = {"old": 2001, "new": 2003}
    assert acyclic([("old", "new"), ("new", "old")], years) == {"new": [], "old": ["new"]}
    assert acyclic([("x", "y"), ("y", "x")], {}) == {"x": ["y"], "y": []}
    assert acyclic([("old", "new")], years) == {"new": ["old"], "old": []}  # no circle: the record is believed


def test_any_citations_become_acyclic_in_any_order() -> None:
    rng = random.Random(11)
    citations = [(f"p{rng.randrange(25)}", f"p{rng.randrange(25)}") for _ in range(120)]
    years = {f"p{number}": rng.choice([None, 2000, 2001, 2002]) for number in range(25)}
    flow = acyclic(citations, years)
    assert networkx.is_directed_acyclic_graph(networkx.DiGraph([(one, other) for one, below in flow.items() for other in below]))
    turned = rng.sample(citations, len(citations))
    assert acyclic(turned, years) == flow
    assert main_path(turned, years) == main_path(citations, years)


def test_a_deep_literature_is_counted_exactly() -> None:
    """Sixty storeys of two papers: 2 ** 60 lines of descent, more than a float tells apart."""
    citations = [(f"p{level + 1:03d}{one}", f"p{level:03d}{other}") for level in range(59) for one in "xy" for other in "xy"]
    found = main_path(citations, {})
    assert [step.paper for step in found] == [f"p{level:03d}x" for level in range(60)]
    assert {step.weight for step in found[:-1]} == {0.25}
