"""What a model is too unsure of stays out unless somebody asks for it, in listings and in graphs alike."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from statistics import median

import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.config import OWN_LINE
from kg.errors import ConfigError
from kg.extract import load
from kg.extract.neural import recipe
from kg.ledger.connection import FILE
from kg.models import Paper
from kg.pipeline import BuildOptions, explain
from kg.pipeline.extracting import extract_papers
from tests.factories import record, write_jsonl

RECORDS = [record(number) for number in range(6)]
PAPERS = [Paper(id=str(number), title=one["title"], abstract=one["abstract"]) for number, one in enumerate(RECORDS)]


def confidences(least: float | None) -> list[float]:
    return sorted(edge.confidence for paper in extract_papers(PAPERS, model="fast", min_confidence=least) for edge in paper.edges)


@pytest.fixture(scope="module")
def line() -> float:
    """A confidence that lies between those of the uses, with some on both sides."""
    every = confidences(0.0)
    middle = median(every)
    return (middle + min(one for one in every if one > middle)) / 2


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch, line: float) -> None:
    """A model that draws its line so high that something falls under it."""
    monkeypatch.setattr(recipe, "least", lambda folder: line)


@pytest.fixture
def papers(tmp_path: Path) -> str:
    return str(write_jsonl(tmp_path / "a.jsonl", RECORDS))


def test_the_shipped_models_know_their_line() -> None:
    for model, folder in (("neural", "model"), ("fast", "model_fast")):
        settings = json.loads((Path(kg.__file__).parent / "extract" / folder / "reader.json").read_text("utf-8"))
        assert load(model).least == settings["use_least"] <= 0.35
    assert load("lexicon").least == 0.0


@pytest.mark.usefixtures("strict")
def test_listings_leave_out_what_is_below_the_line_unless_asked(line: float) -> None:
    unasked, every = confidences(None), confidences(0.0)
    assert 0 < len(unasked) < len(every)
    assert unasked == [confidence for confidence in every if confidence >= line]


@pytest.mark.usefixtures("strict")
def test_results_stay_though_they_are_below_the_line_for_uses() -> None:
    def results(least: float | None) -> list[float]:
        return [one.confidence for paper in extract_papers(PAPERS, model="fast", min_confidence=least) for one in paper.results]

    assert results(None) == results(0.0) != []
    assert results(1.0) == []


@pytest.mark.usefixtures("strict")
def test_a_graph_keeps_the_line_that_was_asked_for_until_told_otherwise(tmp_path: Path, papers: str, line: float) -> None:
    graph = tmp_path / "g"
    unasked = kg.build([papers], graph=graph, options=BuildOptions(model="fast"))
    every = kg.build([], graph=graph, options=BuildOptions(min_confidence=0.0))
    kept = kg.build([], graph=graph)
    again = kg.build([], graph=graph, options=BuildOptions(min_confidence=OWN_LINE))
    assert 0 < sum(unasked.edges.values()) < sum(every.edges.values())
    assert (unasked.min_confidence, every.min_confidence, kept.min_confidence, again.min_confidence) == (line, 0.0, 0.0, line)
    assert (kept.edges, again.edges) == (every.edges, unasked.edges)
    assert kept.extracted == every.extracted == again.extracted == 0


@pytest.mark.usefixtures("strict")
def test_a_graph_of_before_keeps_a_line_above_nought(tmp_path: Path, papers: str) -> None:
    graph = tmp_path / "g"
    asked = kg.build([papers], graph=graph, options=BuildOptions(model="fast", min_confidence=0.2))
    with sqlite3.connect(graph / FILE) as db:  # a ledger that knows only which line was drawn
        assert db.execute("DELETE FROM meta WHERE key = 'asked_confidence'").rowcount == 1
    db.close()
    assert kg.build([], graph=graph).edges == asked.edges


def test_why_tells_what_the_line_left_out_with_and_without_the_node(tmp_path: Path, papers: str) -> None:
    graph = tmp_path / "g"
    kg.build([papers], graph=graph, options=BuildOptions(model="fast", min_confidence=0.0))
    uses = [(data["confidence"], paper, concept) for paper, concept, data in kg.graph(graph).edges(data=True) if "confidence" in data]
    pairs = [(a, b) for a in uses for b in uses if a[2] == b[2]]
    (_, surest, concept), (unsure, paper, _) = max(pairs, key=lambda pair: pair[0][0] - pair[1][0])
    kg.build([], graph=graph, options=BuildOptions(min_confidence=unsure + 1e-3))
    assert explain(surest, concept, graph=graph)["concept"] == concept
    left_out = f"with a confidence of {unsure:.4f}, and the graph leaves out what is below "
    with pytest.raises(ConfigError, match=left_out):
        explain(paper, concept, graph=graph)
    kg.build([], graph=graph, options=BuildOptions(min_confidence=1.0))
    assert concept not in kg.graph(graph)
    with pytest.raises(ConfigError, match=left_out):
        explain(paper, concept, graph=graph)
    with pytest.raises(ConfigError, match="no Concept is called"):
        explain(paper, "method:of-nobody", graph=graph)


@pytest.mark.usefixtures("strict")
def test_the_commands_draw_the_same_line(tmp_path: Path, papers: str, line: float) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli, [*arguments, "--model", "fast", "--workers", "1"])
        assert result.exit_code == 0, result.output
        return result.stdout

    def edges(printed: str) -> int:
        return sum(len(json.loads(row)["edges"]) for row in printed.splitlines())

    assert edges(run("extract", papers)) == len(confidences(None)) < edges(run("extract", papers, "--min-confidence", "0"))
    graph = str(tmp_path / "g")
    assert f"left out: what is less certain than {line:g}" in run("build", papers, "-g", graph)
    assert "left out" not in run("build", "-g", graph, "--min-confidence", "0")
    assert "left out" in run("build", "-g", graph, "--min-confidence", "auto")
    refused = CliRunner().invoke(cli, ["build", "-g", graph, "--min-confidence", "2"])
    assert refused.exit_code == 2 and "neither between 0 and 1 nor `auto`" in refused.stderr
