"""`kg.build` in a plain script, as the README shows it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.factories import record, write_jsonl


@pytest.mark.slow
def test_a_plain_script_builds_a_corpus_of_some_size(tmp_path: Path) -> None:
    """More texts than a worker pool would start from, and no guard around the script's main part."""
    write_jsonl(tmp_path / "in.jsonl", [record(number) for number in range(130)])
    script = (
        'import kg\nfrom kg.pipeline import BuildOptions\nprint(kg.build(["in.jsonl"], graph="g", options=BuildOptions(model="lexicon")).papers)\n'
    )
    (tmp_path / "script.py").write_text(script + 'print(kg.graph("g").number_of_nodes() > 130)\n')
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["130", "True"], "")
