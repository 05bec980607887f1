"""The citation graph of a build: where references lead, what papers carry, and that order and increments mean nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.pipeline import BuildOptions, citations, export, main_path, statistics
from tests.factories import write_jsonl


def paper(name: str, title: str, year: int, *references: Any, **more: Any) -> dict[str, Any]:
    return {"title": title, "year": year, "doi": f"10.5555/{name}", "references": list(references), **more}


ROOT_TITLE, MIDDLE_TITLE = "Gated memory cells for long-range sequence tagging", "Steady translation with small gates and many rounds"
RECORDS = [
    paper("root", ROOT_TITLE, 2010, authors=[{"name": "John Smith", "id": "0000-0002-1825-0097"}]),
    paper("middle", MIDDLE_TITLE, 2012, {"title": ROOT_TITLE.upper()}, authors=[{"name": "J. Smith", "id": "https://orcid.org/0000-0002-1825-0097"}]),
    paper("other", "Doors instead of gates for the tagging of sequences", 2013, {"id": "doi:10.5555/root"}, {"id": "doi:10.5555/gone", "title": "A"},
          authors=[{"name": "J. Smith"}, {"name": "John Smith"}]),
    paper("last", "Walls instead of doors for the tagging of sequences", 2015, {"id": "doi:10.5555/middle"}, {"id": "doi:10.5555/other"},
          "A. Sample. Gated memory cells for long-range sequence taging. Samples, 2010.", {"id": "doi:10.5555/gone"}, {"title": "Nowhere at all"},
          {"id": "s2:99", "title": MIDDLE_TITLE, "year": 2012}, {"id": "doi:10.5555/last"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("citing")


@pytest.fixture(scope="module")
def graph(folder: Path) -> Path:
    kg.build([str(write_jsonl(folder / "all.jsonl", RECORDS))], graph=folder / "graph")
    return folder / "graph"


def exported(graph: Path) -> list[dict[str, Any]]:
    out = graph.parent / f"{graph.name}.jsonl"
    export(out, graph=graph)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def cites(graph: Path) -> dict[tuple[str, str], dict[str, Any]]:
    made = kg.graph(graph)
    edges = ((one, other, properties) for one, other, kind, properties in made.edges(keys=True, data=True) if kind == "CITES")
    return {(one.removeprefix("doi:10.5555/"), other.removeprefix("doi:10.5555/")): properties for one, other, properties in edges}


def test_every_reference_leads_where_it_should(graph: Path) -> None:
    record = {"source": "record"}
    found = cites(graph)
    near = found.pop(("last", "root"))
    assert near["source"] == "title-match" and 0.9 <= near["score"] < 1
    assert found == {
        ("middle", "root"): {"source": "title-match", "score": 1.0},
        ("other", "root"): record, ("other", "gone"): record, ("last", "middle"): record, ("last", "other"): record, ("last", "gone"): record,
    }  # fmt: skip
    assert statistics(graph=graph)["references"] == {"resolved": 3, "matched": 3, "stub": 2, "unmatched": 1}


def test_matching_by_title_can_be_switched_off(folder: Path, graph: Path) -> None:
    kg.build([str(folder / "all.jsonl")], graph=folder / "off", options=BuildOptions(match_titles=False))
    found = cites(folder / "off")
    assert {properties["source"] for properties in found.values()} == {"record"}
    assert ("last", "s2:99") in found and ("middle", "root") not in found
    assert statistics(graph=folder / "off")["references"] == {"resolved": 3, "matched": 0, "stub": 3, "unmatched": 3}


def test_papers_carry_citations_and_pagerank(graph: Path) -> None:
    nodes = {line["id"].removeprefix("doi:10.5555/"): line["properties"] for line in exported(graph) if line["type"] == "node"}
    assert {name: nodes[name].get("inCorpusCitations") for name in ("root", "middle", "other", "last", "gone")} == {
        "root": 3, "middle": 1, "other": 1, "last": None, "gone": 2,
    }  # fmt: skip
    ranks = {name: nodes[name]["pagerank"] for name in ("root", "middle", "other", "last")}
    assert max(ranks, key=ranks.__getitem__) == "root" and sum(ranks.values()) == pytest.approx(1, abs=1e-3)
    assert "pagerank" not in nodes["gone"]


def test_one_orcid_is_one_author_with_the_fullest_name(graph: Path) -> None:
    people = {line["id"]: line["properties"]["name"] for line in exported(graph) if line["type"] == "node" and line["labels"] == ["Author"]}
    assert people == {"orcid:0000-0002-1825-0097": "John Smith", "author:j-smith": "J. Smith", "author:john-smith": "John Smith"}


def test_a_stub_is_filled_in_by_a_later_record_and_order_means_nothing(folder: Path, graph: Path) -> None:
    """The citing papers first, then the cited ones, give the graph of all at once."""
    for name, part in (("late", RECORDS[2:]), ("early", RECORDS[:2])):
        kg.build([str(write_jsonl(folder / f"{name}.jsonl", part))], graph=folder / "parts")
    bare = [
        [{**line, "properties": {name: value for name, value in line["properties"].items() if name != "sources"}} for line in exported(made)]
        for made in (graph, folder / "parts")
    ]
    assert bare[0] == bare[1]


def test_the_citation_view_and_the_main_path(graph: Path) -> None:
    found = citations(graph=graph, limit=2)
    assert [(row["paper"].removeprefix("doi:10.5555/"), row["inCorpusCitations"], row["stub"]) for row in found["cited"]] == [
        ("root", 3, False), ("gone", 2, True),
    ]  # fmt: skip
    assert found["pagerank"][0]["title"] == ROOT_TITLE
    assert [(pair["a"]["paper"][-4:], pair["b"]["paper"][-4:], pair["papers"]) for pair in found["co_cited"]] == [("gone", "root", 2)]
    assert [(pair["a"]["paper"][-4:], pair["b"]["paper"][-4:], pair["papers"]) for pair in found["coupled"]] == [("last", "ther", 2)]
    path = main_path(graph=graph)
    assert [row["year"] for row in path] == [2010, 2012, 2015] and path[-1]["weight"] is None
