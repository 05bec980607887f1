"""Where a reference leads."""

from __future__ import annotations

from kg.assembly import Citations, Cited, paper_stars, stub_star
from kg.models import Edge, Extraction, Paper, Reference

CITATIONS = Citations(
    {"doi:10.1/a": "arxiv:2101.00001", "arxiv:2101.00001": "arxiv:2101.00001"},
    lambda reference: ("arxiv:2101.00001", 0.95) if reference.title == "Gates" else None,
    {"s2:77": ("arxiv:2101.00001", 1.0)},
    counts={"arxiv:2101.00009": 4},
    pagerank={"arxiv:2101.00009": 0.25},
)


def test_an_id_leads_to_the_paper_or_a_stub_and_a_title_to_a_match_or_nothing() -> None:
    assert CITATIONS.find(Reference(id="doi:10.1/a", title="Gates")) == Cited("arxiv:2101.00001", "resolved")
    assert CITATIONS.find(Reference(id="s2:77")) == Cited("arxiv:2101.00001", "matched", 1.0)
    assert CITATIONS.find(Reference(id="doi:10.1/b", title="Gates")) == Cited("doi:10.1/b", "stub")
    assert CITATIONS.find(Reference(title="Gates")) == Cited("arxiv:2101.00001", "matched", 0.95)
    assert CITATIONS.find(Reference(title="Doors")) is None


def test_titles_are_not_asked_when_no_match_is_given() -> None:
    assert Citations({}).find(Reference(title="Gates")) is None
    assert Citations({}).find(Reference(id="s2:77", title="Gates")) == Cited("s2:77", "stub")


def test_of_two_references_to_one_work_the_better_evidence_makes_the_edge() -> None:
    references = (Reference(title="Gates"), Reference(id="s2:77"), Reference(id="doi:10.1/a"))
    for given in (references, references[::-1]):
        paper = Paper(id="arxiv:2101.00009", title="Doors", references=given)
        (star,) = paper_stars(paper, Extraction(), [], citations=CITATIONS, builds_on={})
        assert star.edges == (Edge("CITES", "arxiv:2101.00001", "Paper", {"source": "record"}),)
    paper = paper.model_copy(update={"references": references[:2]})
    (star,) = paper_stars(paper, Extraction(), [], citations=CITATIONS, builds_on={})
    assert star.edges == (Edge("CITES", "arxiv:2101.00001", "Paper", {"source": "title-match", "score": 1.0}),)


def test_papers_and_stubs_carry_what_the_citations_say_of_them() -> None:
    (star,) = paper_stars(Paper(id="arxiv:2101.00009", title="Doors"), Extraction(), [], citations=CITATIONS, builds_on={})
    assert (star.node.properties["inCorpusCitations"], star.node.properties["pagerank"]) == (4, 0.25)
    (quiet,) = paper_stars(Paper(id="doi:10.1/q", title="Doors"), Extraction(), [], citations=CITATIONS, builds_on={})
    assert not {"inCorpusCitations", "pagerank"} & quiet.node.properties.keys()
    assert stub_star("doi:10.1/x", Reference(id="doi:10.1/x"), citations=3).node.properties["inCorpusCitations"] == 3
