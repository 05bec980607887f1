"""Every command on a small graph, as a user types it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import kg as library
from kg.cli import cli
from tests.conftest import ROOT, Run
from tests.factories import record, write_jsonl


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    library.build([str(write_jsonl(folder / "in.jsonl", [record(number) for number in range(30)]))], graph=folder / "g")
    return folder / "g"


@pytest.fixture
def ask(kg: Run, built: Path) -> Callable[..., str]:
    def run(*arguments: str, **options: str) -> str:
        done = kg(*arguments, env={"KG_GRAPH": str(built)}, **options)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout

    return run


def test_build_reports_json(kg: Run, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "in.jsonl", [record(1), record(2), record(1)])
    report = json.loads(kg("build", "in.jsonl", "--json").stdout)
    assert (report["records"], report["rejected"], report["folded"], report["papers"], report["added"], report["extracted"]) == (3, 0, 1, 2, 2, 2)
    assert report["concepts"]["METHOD"] >= 3
    assert report["edges"]["PROPOSES"] == 2
    assert set(report["seconds"]) == {"read", "fold", "extract", "link", "assemble"}
    assert (tmp_path / "graph" / "ledger.sqlite").is_file()
    assert not (tmp_path / "graph" / "rejects.jsonl").exists()


def test_build_reads_stdin(kg: Run) -> None:
    assert "1 papers" in kg("build", "-", "-g", "g", stdin=json.dumps(record(1))).stdout
    assert "2 papers" in kg("build", "-", "-g", "g", stdin=json.dumps(record(2))).stdout


def test_query_by_text_name_and_stdin(ask: Callable[..., str]) -> None:
    count = "MATCH (p:Paper) WHERE p.stub = false RETURN count(p) AS papers"
    assert json.loads(ask("query", count, "--json")) == [{"papers": 30}]
    assert json.loads(ask("query", "-", "--json", stdin=count)) == [{"papers": 30}]
    rows = json.loads(ask("query", "MATCH (p:Paper)-[:PROPOSES]->(m:Method {name: $name}) RETURN p.year AS year", "-p", "name=Net7", "--json"))
    assert rows == [{"year": 2022}]
    assert "question answering" in ask("query", "MATCH (t:Task) RETURN t.name ORDER BY t.papers DESC LIMIT 5")


def test_every_shipped_query_runs(ask: Callable[..., str], built: Path) -> None:
    from kg.pipeline import query
    from kg.stores.queries import shipped

    assert len(shipped()) >= 12
    listing = ask("query")
    for item in shipped():
        assert item.name in listing
        assert query(item.text, dict(item.params), graph=built).columns
    assert json.loads(ask("query", "most-cited", "--json"))


def test_what_is_not_there_is_told(kg: Run, built: Path) -> None:
    wrong = kg("query", "most-cited", "-p", "limt=3", "-g", str(built))
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)
    assert "limt" in wrong.stderr
    assert "limit" in wrong.stderr
    empty = kg("query", "MATCH (p:Paper {title: 'nobody wrote it'}) RETURN p.title", "-g", str(built))
    assert (empty.returncode, empty.stderr) == (0, "kg: no rows\n")
    assert "Papr" in kg("query", "MATCH (p:Papr) RETURN p.title", "-g", str(built)).stderr


def test_an_export_never_overwrites_an_input(kg: Run, built: Path) -> None:
    before = (built.parent / "in.jsonl").read_bytes()
    done = kg("export", str(built.parent / "in.jsonl"), "-g", str(built))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert (built.parent / "in.jsonl").read_bytes() == before


def test_stats_counts_what_the_export_holds(ask: Callable[..., str], tmp_path: Path) -> None:
    counts = json.loads(ask("stats", "--json"))
    ask("export", "all.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    primary = ("Paper", "Concept", "Keyword", "Author", "Venue", "Result")
    assert sum(line["type"] == "node" for line in lines) == sum(counts["nodes"].get(label, 0) for label in primary)
    assert sum(line["type"] == "edge" for line in lines) == sum(counts["edges"].values())
    assert counts["papers"]["stubs"] == 1
    assert "Method" in ask("stats")


def test_why_shows_the_sentence_and_the_link(ask: Callable[..., str]) -> None:
    told = json.loads(ask("why", "Net7", "Net7", "--json"))
    assert told["role"] == "PROPOSES"
    assert "Net7" in told["sentence"]
    assert told["sentence"] in f"{record(7)['title']}\n{record(7)['abstract']}"
    assert told["links"][0]["method"] == "exact"
    assert told["sentence"].split(".")[0] in ask("why", "Net7", "Net7")


def test_show_finds_a_node_by_name_and_lists_both_directions(ask: Callable[..., str]) -> None:
    shown = json.loads(ask("show", "squad", "--json"))
    assert shown["id"] == "dataset:squad"
    assert {edge["type"] for edge in shown["in"]} >= {"EVALUATES_ON"}
    paper = json.loads(ask("show", "Net4: steady", "--json"))
    assert paper["properties"]["year"] == 2019
    assert "cites" in {edge["type"].lower() for edge in paper["out"]}
    assert "EVALUATES_ON" in ask("show", "SQuAD", "--limit", "1")


def test_names_that_fit_several_or_none_are_told(kg: Run, built: Path) -> None:
    many = kg("show", "steady", "-g", str(built))
    assert (many.returncode, many.stderr.count("\n")) == (1, 1)
    assert "give the id" in many.stderr
    none = kg("show", "zzz-nothing", "-g", str(built))
    assert (none.returncode, none.stderr.count("\n")) == (1, 1)


def test_a_misspelt_name_is_answered_with_the_nearest(kg: Run, built: Path) -> None:
    for command in (("show", "SQaAD"), ("why", "Net7", "SQaAD"), ("query", "results-on-a-dataset", "-p", "dataset=SQaAD")):
        told = kg(*command, "-g", str(built)).stderr
        assert "did you mean 'SQuAD'" in told, told
    assert "did you mean most-cited?" in kg("query", "mostcited", "-g", str(built)).stderr


def test_a_query_without_rows_says_when_a_title_stands_for_an_id(kg: Run, built: Path) -> None:
    (paper,) = json.loads(
        kg("query", "MATCH (p:Paper) WHERE p.title STARTS WITH 'Net4' RETURN p.id AS id, p.title AS title", "-g", str(built), "--json").stdout
    )
    told = kg("query", "concepts-of-a-paper", "-p", f"paper={paper['title']}", "-g", str(built)).stderr
    assert "no rows" in told and paper["id"] in told
    known = kg("query", "papers-on-both", "-p", "a=SQuAD", "-p", "b=SQuAD", "-p", "limit=0", "-g", str(built)).stderr
    assert known == "kg: no rows\n"


@pytest.mark.parametrize("name", ["map.html", "all.jsonl", "all.graphml"])
def test_export_writes_each_format(ask: Callable[..., str], tmp_path: Path, name: str) -> None:
    assert name in ask("export", name)
    assert (tmp_path / name).stat().st_size > 10_000


def test_an_unknown_extension_names_the_known(kg: Run, built: Path) -> None:
    done = kg("export", "out.docx", "-g", str(built))
    assert done.returncode == 1
    assert ".graphml" in done.stderr


def test_extract_prints_what_the_schema_says(kg: Run, tmp_path: Path) -> None:
    from kg.pipeline.printed import PrintedExtraction

    write_jsonl(tmp_path / "in.jsonl", [record(3), record(4)])
    lines = kg("extract", "in.jsonl").stdout.splitlines()
    found = [PrintedExtraction.model_validate_json(line) for line in lines]
    assert [item.title for item in found] == [record(3)["title"], record(4)["title"]]
    for item in found:
        assert {edge.concept for edge in item.edges} == {mention.concept for mention in item.mentions}
        assert all(0 <= mention.start < mention.end <= len(item.text) for mention in item.mentions)
        assert all(item.text[edge.sentence[0] : edge.sentence[1]].strip() for edge in item.edges)


def test_kinds_formats_and_doctor(ask: Callable[..., str]) -> None:
    assert "EVALUATES_ON" in ask("kinds")
    assert {entry["name"] for entry in json.loads(ask("kinds", "--json"))["kinds"]} == {"METHOD", "DATASET", "TASK", "METRIC"}
    assert "GraphML" in ask("formats")
    assert "FAIL" not in ask("doctor")


def test_help_and_version_are_cheap_and_complete(kg: Run) -> None:
    assert library.__version__ in kg("--version").stdout
    listing = kg("--help").stdout
    for name, command in cli.commands.items():
        assert name in listing
        assert command.help
        assert " ".join(command.help.split())[:60] in " ".join(kg(name, "--help").stdout.split())
    heavy = (
        "import sys, kg.cli; print(*sorted({'spacy', 'networkx', 'igraph', 'neo4j', 'kglite', 'pyvis', 'numpy', 'onnxruntime'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == ""


def test_completion(kg: Run) -> None:
    done = kg(env={"_KG_COMPLETE": "bash_source"})
    assert "_KG_COMPLETE=bash_complete" in done.stdout


def test_the_library_gives_a_networkx_graph(built: Path) -> None:
    graph = library.graph(built)
    assert graph.nodes["dataset:squad"]["labels"] == ["Concept", "Dataset"]
    assert any(kind == "EVALUATES_ON" for _, _, kind in graph.in_edges("dataset:squad", keys=True))
