"""`kg push` to a real Neo4j: once it is there twice changes nothing, only what differs is written, and a killed push is made good."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import kg as library
from kg.pipeline import push, query, statistics
from kg.stores.neo4j import Neo4jStore
from kg.stores.queries import shipped
from tests.conftest import ROOT, Run
from tests.factories import record, write_jsonl
from tests.plugins.neo4j import Server

pytestmark = pytest.mark.neo4j


@pytest.fixture
def built(tmp_path: Path) -> Path:
    library.build([str(write_jsonl(tmp_path / "in.jsonl", [record(number) for number in range(24)]))], graph=tmp_path / "g")
    return tmp_path / "g"


def stored(server: Server) -> dict[str, int]:
    store = Neo4jStore(server.settings)
    try:
        return store.counts()
    finally:
        store.close()


def counted(graph: Path) -> dict[str, int]:
    found = statistics(graph=graph)
    return {**found["nodes"], **found["edges"]}


def test_push_twice_then_a_change(built: Path, empty_neo4j: Server, tmp_path: Path) -> None:
    first = push(empty_neo4j.settings, graph=built)
    assert first.written > 100
    assert stored(empty_neo4j) == counted(built) == first.counts
    again = push(empty_neo4j.settings, graph=built)
    assert (again.written, again.removed) == (0, 0)
    write_jsonl(tmp_path / "in.jsonl", [record(0, title="Another title altogether"), *map(record, range(1, 20))])
    library.build([str(tmp_path / "in.jsonl")], graph=built)
    changed = push(empty_neo4j.settings, graph=built)
    assert changed.removed >= 5
    assert stored(empty_neo4j) == counted(built)


def test_an_emptied_database_is_given_everything_again(built: Path, empty_neo4j: Server) -> None:
    from tests.plugins.neo4j import wipe

    first = push(empty_neo4j.settings, graph=built)
    wipe(empty_neo4j)
    assert push(empty_neo4j.settings, graph=built).written == first.written
    assert stored(empty_neo4j) == counted(built)
    assert push(empty_neo4j.settings, graph=built, full=True).written == first.written
    assert stored(empty_neo4j) == counted(built)


def test_shipped_queries_give_the_same_rows_as_without_a_server(built: Path, empty_neo4j: Server) -> None:
    push(empty_neo4j.settings, graph=built)
    store = Neo4jStore(empty_neo4j.settings)
    some: list[Any] = []
    try:
        for item in shipped():
            local = query(item.text, dict(item.params), graph=built)
            remote = store.query(item.text, dict(item.params))
            assert (remote.columns, remote.rows) == (local.columns, local.rows), item.name
            some += local.rows
    finally:
        store.close()
    assert len(some) > 20


def test_a_killed_push_is_made_good_by_the_next(tmp_path: Path, empty_neo4j: Server) -> None:
    """SIGKILL once the server holds part of the graph; the next push ends with exactly the graph."""
    graph = tmp_path / "g"
    library.build([str(write_jsonl(tmp_path / "in.jsonl", [record(number) for number in range(600)]))], graph=graph)
    command = [sys.executable, "-m", "kg", "push", "-g", str(graph)]
    environment = {**os.environ, **empty_neo4j.environment, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not stored(empty_neo4j).get("Paper") and time.monotonic() < deadline:
        assert process.poll() is None, "the push ended before it could be killed"
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    part = stored(empty_neo4j)
    assert 0 < sum(part.values()) < sum(counted(graph).values())
    push(empty_neo4j.settings, graph=graph)
    assert stored(empty_neo4j) == counted(graph)


def test_wrong_password_and_wrong_database_are_one_line(kg: Run, built: Path, neo4j_lts: Server) -> None:
    for change, word in (({"NEO4J_PASSWORD": "a-wrong-secret"}, "NEO4J_PASSWORD"), ({"NEO4J_DATABASE": "nosuchdb"}, "nosuchdb")):
        done = kg("push", "-g", str(built), env={**neo4j_lts.environment, **change})
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert word in done.stderr
        assert "a-wrong-secret" not in done.stderr
        assert neo4j_lts.password not in done.stderr


def test_the_command_line_pushes(kg: Run, built: Path, neo4j_lts: Server) -> None:
    done = kg("push", "-g", str(built), "--full", "--json", env=neo4j_lts.environment)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["written"] > 100
    assert "Neo4j 5" in kg("doctor", "-g", str(built), env=neo4j_lts.environment).stdout
