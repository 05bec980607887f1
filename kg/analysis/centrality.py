"""How central a node is, and which nodes belong together.

Invariant: equal graphs, given in any order, give equal numbers and labels: nodes and edges are sorted before igraph sees them, its
random numbers are seeded, and scores are rounded far above the solver's tolerance.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

SEED = 20240601
DIGITS = 6
Edge = tuple[str, str, float]


def significant(score: float, digits: int = 4) -> float:
    """`score` to that many significant digits: coarser than the solver's tolerance, fine enough for shares of a large graph."""
    return float(f"{score:.{digits}g}")


def pagerank(nodes: Iterable[str], edges: Iterable[Edge]) -> dict[str, float]:
    """The PageRank (Brin and Page 1998, damping 0.85) of each node in an undirected weighted graph; the sum is 1, rounded to 6 places.
    Edges between the same two nodes add up; loops and ends that are no node are left out."""
    names, graph = _graph(nodes, edges)
    if not names:
        return {}
    scores = graph.pagerank(directed=False, weights="weight" if graph.ecount() else None)
    return {name: round(float(score), DIGITS) for name, score in zip(names, scores, strict=True)}


def communities(nodes: Iterable[str], edges: Iterable[Edge]) -> dict[str, str]:
    """The community of each node, by Leiden (Traag, Waltman and van Eck 2019) on weighted modularity; it is called by the id of its
    member with the highest PageRank (of equals the first id). A node without edges is its own community."""
    listed = list(edges)
    names, graph = _graph(nodes, listed)
    if not names:
        return {}
    ranks = pagerank(names, listed)
    label: dict[str, str] = {}
    for members in _clusters(graph):
        inside = [names[member] for member in members]
        leader = min(inside, key=lambda name: (-ranks[name], name))
        label.update(dict.fromkeys(inside, leader))
    return {name: label[name] for name in names}


def _graph(nodes: Iterable[str], edges: Iterable[Edge]) -> tuple[list[str], Any]:
    import igraph

    names = sorted(set(nodes))
    place = {name: number for number, name in enumerate(names)}
    weights: dict[tuple[int, int], list[float]] = {}
    for one, other, weight in edges:
        if one != other and one in place and other in place and weight > 0:
            ends = (place[one], place[other])
            weights.setdefault((min(ends), max(ends)), []).append(weight)
    ordered = sorted(weights)
    graph = igraph.Graph(n=len(names), edges=ordered)
    graph.es["weight"] = [sum(sorted(weights[ends])) for ends in ordered]  # sorted: float sums depend on the order
    return names, graph


def _clusters(graph: Any) -> list[list[int]]:
    import igraph

    igraph.set_random_number_generator(random.Random(SEED))
    try:
        found = graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=10)
    finally:
        igraph.set_random_number_generator(random)
    return [list(members) for members in found]
