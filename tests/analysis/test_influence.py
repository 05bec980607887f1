"""Citation measures against values worked out by hand or from their definitions."""

from __future__ import annotations

import random

import pytest

from kg.analysis import citation_pagerank, co_citation, coupling, in_corpus_citations

CITATIONS = [("c", "a"), ("c", "b"), ("d", "a"), ("d", "b"), ("d", "c"), ("e", "a"), ("e", "e"), ("c", "a")]


def random_citations(papers: int, count: int, seed: int) -> list[tuple[str, str]]:
    rng = random.Random(seed)
    return [(f"p{rng.randrange(papers)}", f"p{rng.randrange(papers)}") for _ in range(count)]


def test_citations_are_counted_once_and_never_of_oneself() -> None:
    assert in_corpus_citations(CITATIONS) == {"a": 3, "b": 2, "c": 1}


def by_iteration(citations: list[tuple[str, str]]) -> dict[str, float]:
    """PageRank as it is defined: the equation put into itself until nothing moves."""
    edges = {(one, other) for one, other in citations if one != other}
    names = sorted({name for edge in edges for name in edge})
    cited = {name: [other for one, other in edges if one == name] for name in names}
    ranks = dict.fromkeys(names, 1 / len(names))
    for _ in range(300):
        idle = sum(ranks[name] for name in names if not cited[name]) / len(names)
        given = dict.fromkeys(names, 0.15 / len(names) + 0.85 * idle)
        for name in names:
            for other in cited[name]:
                given[other] += 0.85 * ranks[name] / len(cited[name])
        ranks = given
    return ranks


def test_pagerank_solves_its_equation() -> None:
    citations = random_citations(40, 150, seed=3)
    ranks, expected = citation_pagerank(citations), by_iteration(citations)
    assert ranks == {name: pytest.approx(score, rel=1e-3) for name, score in expected.items()}
    assert sum(ranks.values()) == pytest.approx(1, abs=1e-3)


def test_pagerank_is_of_papers_that_cite_or_are_cited() -> None:
    assert sorted(citation_pagerank(CITATIONS)) == ["a", "b", "c", "d", "e"]
    assert citation_pagerank([]) == {} == citation_pagerank([("a", "a")])


def test_pairs_cited_together_and_citing_the_same() -> None:
    assert co_citation(CITATIONS) == [("a", "b", 2)]
    assert co_citation(CITATIONS, least=1) == [("a", "b", 2), ("a", "c", 1), ("b", "c", 1)]
    assert coupling(CITATIONS) == [("c", "d", 2)]
    assert coupling(CITATIONS, least=1) == [("c", "d", 2), ("c", "e", 1), ("d", "e", 1)]


def test_a_long_list_is_bounded() -> None:
    """300 works that two papers cite; 40 of them are cited by a third."""
    both = [(paper, f"w{number:03d}") for paper in ("x", "y") for number in range(300)]
    found = co_citation([*both, *(("z", f"w{number:03d}") for number in range(260, 300))])
    assert len(found) == 200 * 199 // 2
    assert found[0] == ("w260", "w261", 3)


def test_the_order_of_citations_means_nothing() -> None:
    citations = random_citations(30, 200, seed=5)
    turned = random.Random(9).sample(citations, len(citations))
    for measure in (in_corpus_citations, citation_pagerank, co_citation, coupling):
        assert measure(citations) == measure(turned)
        assert repr(measure(citations)) == repr(measure(turned))
