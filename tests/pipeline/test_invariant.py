"""An incremental build equals a full build: in any order, with inputs taken back, and after a kill in the middle."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kg
from kg.errors import ConfigError
from kg.pipeline import BuildOptions, export
from tests.conftest import ROOT
from tests.factories import record, write_jsonl


def exported(graph: Path) -> bytes:
    out = graph.parent / f"{graph.name}.jsonl"
    export(out, graph=graph)
    return out.read_bytes()


@pytest.fixture
def halves(tmp_path: Path) -> tuple[str, str]:
    """Two inputs that share two papers, one of them with more said about it in the second."""
    first = [record(number) for number in range(12)]
    second = [record(number) for number in range(10, 22)]
    second[0]["venue"] = "Conference on Samples"
    return str(write_jsonl(tmp_path / "a.jsonl", first)), str(write_jsonl(tmp_path / "b.jsonl", second))


def test_adding_equals_building_at_once_in_any_order(tmp_path: Path, halves: tuple[str, str]) -> None:
    a, b = halves
    kg.build([a, b], graph=tmp_path / "once")
    kg.build([a], graph=tmp_path / "ab")
    kg.build([b], graph=tmp_path / "ab")
    kg.build([b], graph=tmp_path / "ba")
    kg.build([a], graph=tmp_path / "ba")
    once = exported(tmp_path / "once")
    assert b"Conference on Samples" in once
    assert exported(tmp_path / "ab") == once
    assert exported(tmp_path / "ba") == once


def test_what_is_taken_back_leaves_no_trace(tmp_path: Path, halves: tuple[str, str]) -> None:
    a, b = halves
    kg.build([a], graph=tmp_path / "only")
    kg.build([a, b], graph=tmp_path / "both")
    report = kg.build([a], graph=tmp_path / "both", options=BuildOptions(replace=True))
    assert (report.papers, report.dropped, report.extracted) == (12, 10, 0)
    assert exported(tmp_path / "both") == exported(tmp_path / "only")


def test_a_changed_input_replaces_what_it_gave(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [record(number) for number in range(6)])
    kg.build([str(path)], graph=tmp_path / "g")
    write_jsonl(path, [record(0, abstract="We study image classification on ImageNet with AlexNet."), *map(record, range(2, 8))])
    report = kg.build([str(path)], graph=tmp_path / "g")
    kg.build([str(path)], graph=tmp_path / "fresh")
    assert (report.papers, report.added, report.dropped, report.extracted) == (7, 2, 1, 3)
    assert exported(tmp_path / "g") == exported(tmp_path / "fresh")


def test_a_second_build_extracts_nothing_and_changes_nothing(tmp_path: Path, halves: tuple[str, str]) -> None:
    kg.build(halves, graph=tmp_path / "g")
    before = exported(tmp_path / "g")
    report = kg.build(halves, graph=tmp_path / "g")
    assert (report.records, report.folded, report.papers) == (24, 2, 22)
    assert (report.extracted, report.added, report.changed, report.dropped) == (0, 0, 0, 0)
    assert exported(tmp_path / "g") == before


def test_a_dry_run_tells_and_changes_nothing(tmp_path: Path, halves: tuple[str, str]) -> None:
    a, b = halves
    kg.build([a], graph=tmp_path / "g")
    before = exported(tmp_path / "g")
    told = kg.build([b], graph=tmp_path / "g", options=BuildOptions(dry_run=True))
    assert exported(tmp_path / "g") == before
    done = kg.build([b], graph=tmp_path / "g")
    assert (told.papers, told.added, told.changed, told.extracted) == (done.papers, done.added, done.changed, done.extracted)
    assert done.added == 10


def test_what_belongs_to_the_graph_is_kept_for_the_next_build(tmp_path: Path, halves: tuple[str, str]) -> None:
    graph = tmp_path / "g"
    whole = kg.build(halves, graph=tmp_path / "whole", options=BuildOptions(min_confidence=0.0))
    strict = kg.build(halves, graph=graph, options=BuildOptions(min_confidence=0.9, model="lexicon"))
    assert sum(strict.edges.values()) < sum(whole.edges.values())
    kept = exported(graph)
    again = kg.build([], graph=graph)
    assert (again.extracted, exported(graph)) == (0, kept)
    kg.build([], graph=graph, options=BuildOptions(min_confidence=0.0, model="neural"))
    assert exported(graph) == exported(tmp_path / "whole")


def test_decisions_take_effect_and_misspelt_ones_are_told(tmp_path: Path, halves: tuple[str, str]) -> None:
    graph = tmp_path / "g"
    kg.build(halves, graph=graph)
    (graph / "decisions.toml").write_text('[[same]]\nnames = ["SQuAD", "GLUE"]\n[[drop]]\nnames = ["SQuaD with a typo"]\n')
    report = kg.build([], graph=graph)
    assert len(report.unused_decisions) == 1
    assert "SQuaD with a typo" in report.unused_decisions[0]
    names = {name for name in ("SQuAD", "GLUE") if f'"name":"{name}"'.encode() in exported(graph)}
    assert len(names) == 1


def test_a_reference_whose_id_is_that_of_another_node_is_no_stub(tmp_path: Path) -> None:
    odd = record(1, references=[{"id": "keyword:image-classification"}, {"id": "doi:10.5555/elsewhere"}])
    report = kg.build([str(write_jsonl(tmp_path / "a.jsonl", [odd]))], graph=tmp_path / "g")
    assert report.edges["CITES"] == 1


def test_a_page_year_is_remembered(tmp_path: Path) -> None:
    text = "Daily Papers\n\nby the desk\n\nNov 25\n\n" + "".join(
        f"Steady nets, part {name}\n\n{record(number)['abstract']} It is small.\n\n  • 3 authors\n·\nOct {number + 3}\n\n"
        for number, name in enumerate(("one", "two", "three"))
    )
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    kg.build([str(tmp_path / "page.txt")], graph=tmp_path / "g", options=BuildOptions(page_year=2025))
    before = exported(tmp_path / "g")
    assert before.count(b'"year":2025') == 3
    kg.build([str(tmp_path / "page.txt")], graph=tmp_path / "g")
    assert exported(tmp_path / "g") == before


def test_no_paths_and_no_graph_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no PATHS"):
        kg.build([], graph=tmp_path / "typo")
    assert not (tmp_path / "typo").exists()


@pytest.mark.slow
def test_a_killed_build_goes_on_to_the_same_graph(tmp_path: Path) -> None:
    """The process is killed with SIGKILL while extractions are being stored; the next build finishes the work."""
    path = write_jsonl(tmp_path / "many.jsonl", [record(number) for number in range(1200)])
    command = [sys.executable, "-m", "kg", "build", str(path), "-g", str(tmp_path / "killed"), "--workers", "1", "--model", "lexicon"]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    kept = _wait_for_extractions(tmp_path / "killed" / "ledger.sqlite", process)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    report = kg.build([str(path)], graph=tmp_path / "killed", options=BuildOptions(workers=1, model="lexicon"))
    assert 0 < report.extracted <= 1200 - kept
    kg.build([str(path)], graph=tmp_path / "whole", options=BuildOptions(workers=2, model="lexicon"))
    assert exported(tmp_path / "killed") == exported(tmp_path / "whole")


def _wait_for_extractions(ledger: Path, process: subprocess.Popen[bytes]) -> int:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, "the build ended before it could be killed"
        if ledger.is_file():
            db = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
            try:
                (kept,) = db.execute("SELECT count(*) FROM extraction").fetchone()
            except sqlite3.OperationalError:  # the tables are not there yet
                kept = 0
            finally:
                db.close()
            if kept:
                return int(kept)
        time.sleep(0.01)
    raise AssertionError("no extraction was stored in two minutes")
