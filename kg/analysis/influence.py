"""What the citation graph says of papers: how often cited, how central, cited together, citing the same.

Invariant: the order of the edges means nothing; an edge counts once, one from a paper to itself never.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations

from kg.analysis.centrality import significant

MAX_LISTED = 200  # a survey of more references, or a classic of more citers, would pay for many pairs that say little
Citation = tuple[str, str]  # (citing, cited)


def in_corpus_citations(citations: Iterable[Citation]) -> dict[str, int]:
    """How many papers cite each cited one."""
    return dict(sorted(Counter(cited for citing, cited in set(citations) if citing != cited).items()))


def citation_pagerank(citations: Iterable[Citation]) -> dict[str, float]:
    """The PageRank (Brin and Page 1998, damping 0.85) of every paper that cites or is cited, on the directed graph from citing to cited; the
    sum is 1, each rounded to 4 significant digits. A paper without references hands its rank to all alike."""
    import igraph

    edges = sorted({(citing, cited) for citing, cited in citations if citing != cited})
    names = sorted({name for edge in edges for name in edge})
    if not names:
        return {}
    place = {name: number for number, name in enumerate(names)}
    graph = igraph.Graph(n=len(names), edges=[(place[citing], place[cited]) for citing, cited in edges], directed=True)
    return {name: significant(score) for name, score in zip(names, graph.pagerank(), strict=True)}


def co_citation(citations: Iterable[Citation], *, least: int = 2) -> list[tuple[str, str, int]]:
    """(a, b, papers) for every two papers that at least `least` papers cite together (Small 1973), most first, a < b. Of a paper with more
    than 200 references only the 200 that are cited most count (of equals the first by id)."""
    cited_by = defaultdict(set)
    for citing, cited in citations:
        if citing != cited:
            cited_by[citing].add(cited)
    return _pairs(cited_by.values(), least)


def coupling(citations: Iterable[Citation], *, least: int = 2) -> list[tuple[str, str, int]]:
    """(a, b, works) for every two papers that cite at least `least` of the same works (bibliographic coupling, Kessler 1963), most first,
    a < b; of a work that more than 200 papers cite only the 200 with most references count."""
    return co_citation(((cited, citing) for citing, cited in citations), least=least)


def _pairs(lists: Iterable[set[str]], least: int) -> list[tuple[str, str, int]]:
    listed = list(lists)
    often = Counter(name for names in listed for name in names)
    pairs: Counter[tuple[str, str]] = Counter()
    for names in listed:
        kept = sorted((name for name in names if often[name] >= least), key=lambda name: (-often[name], name))[:MAX_LISTED]
        pairs.update(combinations(sorted(kept), 2))
    return sorted(((one, other, count) for (one, other), count in pairs.items() if count >= least), key=lambda row: (-row[2], row[:2]))
