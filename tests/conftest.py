"""What all tests share: the plugins that start a real Neo4j and a real browser, and a command line to run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = ["tests.plugins.neo4j", "tests.plugins.browser"]

ROOT = Path(__file__).parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def kg(tmp_path: Path) -> Run:
    """Runs `kg` in a process of its own, in an empty folder, with no settings of the user's."""

    def run(*arguments: str, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "NEO4J_"))}
        data = stdin.encode() if isinstance(stdin, str) else stdin
        command = [sys.executable, "-m", "kg", *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, env={**clean, "PYTHONPATH": str(ROOT), **(env or {})}, input=data or b"", capture_output=True, check=False
        )
        return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
