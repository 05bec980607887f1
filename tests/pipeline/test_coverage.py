"""What each input gave, and where records of one paper disagree."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.pipeline import conflicts, coverage
from kg.pipeline.coverage import _reason
from tests.factories import write_jsonl

TITLE = "Gated memory cells for long-range sequence tagging"
ABSTRACT = "Long sequences are hard to tag. " * 8
FIRST = [
    {"title": TITLE, "doi": "10.5555/a", "year": 2015, "venue": "arXiv", "abstract": ABSTRACT, "authors": [{"name": "Ada Sample"}]},
    {"title": "A second paper about other gates", "references": [{"id": "doi:10.5555/a"}, {"id": "doi:10.5555/z"}, {"title": "Unheard of"}]},
    {"title": "A third paper about other gates", "references": [{"title": TITLE}]},
]
SECOND = [
    {"title": TITLE.upper(), "doi": "10.5555/A", "year": 2016, "venue": "Journal of Gates", "abstract": ABSTRACT[:200] + "…",
     "authors": [{"name": "A. Sample"}], "citation_count": 3},
    {"title": TITLE, "doi": "10.5555/a", "year": 2016, "venue": "Journal of Gates", "citation_count": 5},
]  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coverage")
    first, second = write_jsonl(folder / "first.jsonl", FIRST), write_jsonl(folder / "second.jsonl", SECOND)
    with first.open("a", encoding="utf-8") as out:
        out.write('{"year": 2001}\n{"title": "Cut off", "ye\n{"year": 2002}\n')
    kg.build([str(first), str(second)], graph=folder / "graph")
    return folder / "graph"


def test_each_input_is_counted_as_read(graph: Path) -> None:
    found = coverage(graph=graph)
    first, second = found["inputs"]
    assert (Path(first["input"]).name, first["reader"], Path(second["input"]).name) == ("first.jsonl", "jsonl", "second.jsonl")
    counts = ("records", "papers", "with_abstract", "with_year", "with_references", "rejected")
    assert [first[name] for name in counts] == [3, 3, 1, 1, 2, 3]
    assert [second[name] for name in counts] == [2, 1, 1, 2, 0, 0]
    assert first["references"] == {"resolved": 1, "matched": 1, "stub": 1, "unmatched": 1}
    assert set(second["references"].values()) == {0}


def test_the_total_counts_a_paper_of_two_inputs_once(graph: Path) -> None:
    total = coverage(graph=graph)["total"]
    assert (total["inputs"], total["records"], total["papers"], total["rejected"]) == (2, 5, 3, 3)
    assert total["references"] == {"resolved": 1, "matched": 1, "stub": 1, "unmatched": 1}


def test_reasons_are_counted_without_what_is_particular(graph: Path) -> None:
    reasons = coverage(graph=graph)["inputs"][0]["reasons"]
    assert sorted(reasons.values()) == [1, 2]
    assert sum(reasons.values()) == 3


def test_a_reason_keeps_its_remedy() -> None:
    assert _reason("`photo.jpg`: in no format that is known here; `kg formats` lists what is read") == (
        "…: in no format that is known here; `kg formats` lists what is read"
    )
    assert _reason("no title (as a field of the query) at (line 3)") == "no title (as a field of the query) at …"


def test_conflicts_name_each_value_its_places_and_the_winner(graph: Path) -> None:
    found = conflicts(graph=graph)
    assert found["papers"] == 1
    assert found["conflicts"] == {"citation_count": 1, "venue": 1, "year": 1}  # not the capitals, the cut abstract or the initial
    named = {item["field"]: item for item in found["found"]}
    assert {item["paper"] for item in named.values()} == {"doi:10.5555/a"}
    year = named["year"]
    assert (year["kept"], [value["value"] for value in year["values"]]) == ("2015", ["2015", "2016"])
    assert [[place.rpartition("/")[2] for place in value["places"]] for value in year["values"]] == [
        ["first.jsonl:1"], ["second.jsonl:1", "second.jsonl:2"],
    ]  # fmt: skip
    assert named["venue"]["kept"] == "Journal of Gates" and "preprint" in named["venue"]["rule"]
    assert named["citation_count"]["kept"] == "5"


def test_the_winner_is_what_the_graph_shows(graph: Path) -> None:
    shown = kg.graph(graph).nodes["doi:10.5555/a"]
    kept = {item["field"]: item["kept"] for item in conflicts(graph=graph)["found"]}
    assert kept == {"year": str(shown["year"]), "venue": shown["venue"], "citation_count": str(shown["citationCount"])}
