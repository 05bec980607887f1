"""The views of `kg stats`, as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Run
from tests.factories import record, write_jsonl


def test_the_views_of_a_graph(kg: Run, tmp_path: Path) -> None:
    first = [record(0), record(4, references=[{"title": record(0)["title"]}]), record(1, venue="Conference on [Samples]", doi="10.5555/one")]
    write_jsonl(tmp_path / "a.jsonl", first)
    write_jsonl(tmp_path / "b.jsonl", [record(1, venue="Journal of Samples", doi="10.5555/one"), {"year": 2000}])
    assert kg("build", "a.jsonl", "b.jsonl").returncode == 0

    plain = kg("stats").stdout
    assert "matched" in plain and "unmatched" in plain
    covered = kg("stats", "--coverage")
    assert "b.jsonl" in covered.stdout and "2 inputs" in covered.stdout and "neither title nor abstract" in covered.stdout.replace("`", "")
    assert json.loads(kg("stats", "--coverage", "--json").stdout)["total"]["references"]["matched"] == 1
    told = kg("stats", "--conflicts").stdout
    assert "'Conference on [Samples]'  ← a.jsonl:3" in told and "'Journal of Samples'  ← b.jsonl:1" in told
    assert json.loads(kg("stats", "--conflicts", "--json").stdout)["conflicts"]["venue"] == 1
    assert record(0)["title"] in kg("stats", "--citations").stdout
    path = json.loads(kg("stats", "--main-path", "--json").stdout)
    assert [row["title"] for row in path] == [record(0)["title"], record(4)["title"]]
    assert record(4)["title"] in kg("stats", "--main-path").stdout

    assert kg("build", "--no-title-match").returncode == 0
    assert "no paper of this graph cites another" in kg("stats", "--main-path").stdout
    assert json.loads(kg("stats", "--coverage", "--json").stdout)["total"]["references"]["matched"] == 0
