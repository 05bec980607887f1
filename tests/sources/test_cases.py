"""Golden cases: each folder under `cases/<format>/` holds an input, what is to be read from it, and options where there are some."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kg.models import Paper, Reject
from kg.protocols import ReadOptions
from kg.sources.inputs import open_input
from kg.sources.registry import choose, sources

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/input.*"))


def read_case(folder: Path) -> tuple[str, list[dict[str, object]]]:
    """The format that is chosen for the case, and its records and rejects as JSON."""
    options = folder / "options.json"
    given = open_input(next(path.name for path in folder.iterdir() if path.stem == "input"))
    source = choose(given)
    items = source.read(given, ReadOptions(**json.loads(options.read_text("utf-8"))) if options.exists() else ReadOptions())
    return source.name, [item.model_dump(mode="json", exclude_defaults=True) for item in items]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_case(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    name, found = read_case(folder)
    expected = folder / "expected.jsonl"
    if os.environ.get("KG_UPDATE_CASES"):  # look at the difference before you keep it
        expected.write_text("".join(json.dumps(item, ensure_ascii=False, sort_keys=True) + "\n" for item in found), "utf-8")
    assert found == [json.loads(line) for line in expected.read_text("utf-8").splitlines()]
    assert name.replace("-", "_") == folder.parent.name


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_expected_is_of_the_models(folder: Path) -> None:
    for line in (folder / "expected.jsonl").read_text("utf-8").splitlines():
        model = Reject if "reason" in json.loads(line) else Paper
        assert model.model_validate_json(line).model_dump(mode="json", exclude_defaults=True) == json.loads(line)


def test_every_format_has_a_case() -> None:
    assert {source.name.replace("-", "_") for source in sources()} <= {folder.parent.name for folder in FOLDERS}
