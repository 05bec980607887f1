"""The main path of a literature: the chain of citations through which most of its lines of descent run.

A citation's search path count (SPC; Batagelj 2003, "Efficient algorithms for citation network analysis", after Hummon and Doreian 1989) is the
number of paths from any source (a paper that cites nothing here) to any sink (one that nothing here cites) that pass through it. The main path
is the one from a source to a sink with the largest sum of SPC (the global search of Liu and Lu 2012). Invariant: counts are exact integers, and
the path is a function of the set of citations and the years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.analysis.centrality import significant
from kg.analysis.influence import Citation

Flow = dict[str, list[str]]  # paper to the papers that descend from it


@dataclass(frozen=True, slots=True)
class Step:
    """A paper on the path; `weight` is the share (0 to 1) of all lines of descent that run through the citation of it by the next one, None for
    the last paper."""

    paper: str
    weight: float | None


def main_path(citations: Iterable[Citation], years: Mapping[str, int | None]) -> list[Step]:
    """The path from the oldest paper to the newest; empty without citations. Of equal paths the one with the smaller ids is taken."""
    flow = acyclic(citations, years)
    order = _ordered(flow)
    before, after = _paths(flow, order), _paths(_turned(flow), order[::-1])
    total = sum(before[paper] for paper in order if not flow[paper])
    best: dict[str, tuple[int, str | None]] = {}
    for paper in reversed(order):
        ahead = [(before[paper] * after[later] + best[later][0], later) for later in flow[paper]]
        best[paper] = min(ahead, key=lambda way: (-way[0], way[1])) if ahead else (0, None)
    cited = {later for below in flow.values() for later in below}
    starts = sorted((-best[paper][0], paper) for paper in order if paper not in cited)
    steps: list[Step] = []
    here = starts[0][1] if starts else None
    while here is not None:
        later = best[here][1]
        steps.append(Step(here, significant(before[here] * after[later] / total) if later is not None else None))
        here = later
    return steps


def acyclic(citations: Iterable[Citation], years: Mapping[str, int | None]) -> Flow:
    """From cited to citing papers, without cycles: of citations inside a strongly connected component only those stay that lead from a later to
    an earlier paper, by known year (papers without one come last), then by id."""
    import igraph

    edges = sorted({(cited, citing) for citing, cited in citations if citing != cited})
    names = sorted({name for edge in edges for name in edge})
    place = {name: number for number, name in enumerate(names)}
    graph = igraph.Graph(n=len(names), edges=[(place[one], place[other]) for one, other in edges], directed=True)
    part = graph.connected_components(mode="strong").membership if names else []

    def age(name: str) -> tuple[int, str]:
        return years.get(name) or 9999, name

    flow: Flow = {name: [] for name in names}
    for one, other in edges:
        if part[place[one]] != part[place[other]] or age(one) < age(other):
            flow[one].append(other)
    return flow


def _ordered(flow: Flow) -> list[str]:
    """Every paper after all that it cites."""
    waiting = dict.fromkeys(flow, 0)
    for below in flow.values():
        for later in below:
            waiting[later] += 1
    order = [paper for paper, count in waiting.items() if not count]
    for paper in order:  # grows while it is walked
        for later in flow[paper]:
            waiting[later] -= 1
            if not waiting[later]:
                order.append(later)
    return order


def _turned(flow: Flow) -> Flow:
    turned: Flow = {paper: [] for paper in flow}
    for paper, below in flow.items():
        for later in below:
            turned[later].append(paper)
    return turned


def _paths(flow: Flow, order: list[str]) -> dict[str, int]:
    """The number of paths that come to each paper from the ends of `flow`, papers walked in `order`."""
    counts = dict.fromkeys(order, 0)
    entered = {later for below in flow.values() for later in below}
    for paper in order:
        if paper not in entered:
            counts[paper] = 1
        for later in flow[paper]:
            counts[later] += counts[paper]
    return counts
