"""Annotations without texts: stripped, joined again with the texts, and never laid over another text."""

from __future__ import annotations

import gzip
import json
from argparse import Namespace
from pathlib import Path
from types import ModuleType

import pytest

TEXT = "A short title\nWe tune FooNet on BarSet."
GOLD = {
    "id": "x/1", "text": TEXT, "batch": "A1",
    "spans": [{"start": 22, "end": 28, "label": "METHOD", "concept": "FooNet"}, {"start": 32, "end": 38, "label": "DATASET", "concept": "BarSet"}],
    "roles": {"FooNet": "USES", "BarSet": "EVALUATES_ON"}, "results": [],
}  # fmt: skip


@pytest.fixture
def annotations(tmp_path: Path, standoff: ModuleType) -> Path:
    path = tmp_path / "annotations.jsonl"
    path.write_text(json.dumps(standoff.strip(GOLD)) + "\n", "utf-8")
    return path


def texts(path: Path, abstract: str) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write(json.dumps({"id": "x/1", "title": "A short title", "abstract": abstract}) + "\n")
    return path


def test_a_stripped_record_holds_no_text_and_joins_to_the_gold_again(tmp_path: Path, standoff: ModuleType, annotations: Path) -> None:
    assert "tune" not in annotations.read_text("utf-8")
    (back,) = standoff.joined([annotations], [texts(tmp_path / "texts.jsonl.gz", "We tune FooNet on BarSet.")])
    assert back == {**{key: value for key, value in GOLD.items() if key != "batch"}, "id": "own/x/1"}
    assert [back["text"][s["start"] : s["end"]] for s in back["spans"]] == ["FooNet", "BarSet"]


def test_texts_in_one_piece_join_under_their_own_ids(
    tmp_path: Path, annotations: Path, standoff: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = tmp_path / "gold.jsonl"
    whole.write_text(json.dumps(GOLD) + "\n", "utf-8")
    standoff.main(Namespace(way="join", annotations=[annotations], texts=[whole], same_ids=True))
    assert json.loads(capsys.readouterr().out) == {key: value for key, value in GOLD.items() if key != "batch"}


def test_a_text_that_changed_is_left_out_and_named(
    tmp_path: Path, standoff: ModuleType, annotations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(standoff.joined([annotations], [texts(tmp_path / "texts.jsonl.gz", "We tune  FooNet on BarSet.")])) == []
    assert "x/1" in capsys.readouterr().err


def test_a_text_that_is_not_there_is_named(tmp_path: Path, standoff: ModuleType, annotations: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "none.jsonl"
    empty.write_text("", "utf-8")
    assert list(standoff.joined([annotations], [empty])) == []
    assert "x/1" in capsys.readouterr().err


def test_what_we_annotated_is_well_formed() -> None:
    """Every shipped annotation: spans in order and apart, one kind and one role a concept, a digest, and no text."""
    folder = Path(__file__).resolve().parents[2] / "training" / "annotations"
    records = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").split("\n") if line]
    assert len({record["id"] for record in records}) == len(records) > 0
    for record in records:
        assert set(record) == {"id", "sha256", "spans", "roles", "results"} and len(record["sha256"]) == 64
        ends = [0] + [end for _, end, _, _ in record["spans"]]
        assert all(before <= start < end for before, (start, end, _, _) in zip(ends, record["spans"], strict=False)), record["id"]
        assert len({(kind, concept) for _, _, kind, concept in record["spans"]}) == len(record["roles"]), record["id"]
