"""The wheel works on its own from any folder: queries, schemas, lexicon and page template travel in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.factories import record, write_jsonl


@pytest.mark.slow
def test_a_wheel_builds_queries_and_exports_away_from_the_checkout(tmp_path: Path) -> None:
    wheels, site, away = tmp_path / "wheels", tmp_path / "site", tmp_path / "away"
    away.mkdir()
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(wheels), str(ROOT)], check=True, capture_output=True)
    (wheel,) = wheels.glob("kg-*.whl")
    assert wheel.stat().st_size < 45e6
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(site), str(wheel)], check=True, capture_output=True)
    write_jsonl(away / "some.jsonl", [record(number) for number in range(8)])
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "NEO4J_"))}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "kg", *arguments]
        return subprocess.run(command, cwd=away, env={**clean, "PYTHONPATH": str(site)}, check=True, capture_output=True, text=True).stdout

    look = [sys.executable, "-c", "import kg; print(kg.__file__)"]
    where = subprocess.run(look, cwd=away, env={**clean, "PYTHONPATH": str(site)}, check=True, capture_output=True, text=True)
    assert Path(where.stdout.strip()).is_relative_to(site)
    assert "8 papers" in run("build", "some.jsonl")
    assert "Net3" in run("query", "MATCH (p:Paper)-[:PROPOSES]->(m:Method) RETURN m.name AS name ORDER BY name")
    assert len(run("query").splitlines()) > 12
    assert "map.html" in run("export", "map.html")
    assert "<html" in (away / "map.html").read_text(encoding="utf-8")
