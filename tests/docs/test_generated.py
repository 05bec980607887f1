"""What is generated is not stale: schemas, constraints and reference pages equal what the code makes now."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def test_generated_files_are_fresh(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "docs" / "generate.py"), str(tmp_path)], check=True, capture_output=True)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert len(made) >= 6
    stale = [str(path) for path in made if not (ROOT / path).is_file() or (ROOT / path).read_bytes() != (tmp_path / path).read_bytes()]
    assert not stale, f"run `make docs`: stale {stale}"
