"""A folder may hold anything: what is no record is set aside and never in the way, and the graph inside is not read."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path

import pytest

import kg as library
from kg.errors import InputError, MissingExtra, RecordError
from kg.ledger import Ledger, facts
from kg.models import Paper, Place
from kg.pipeline import BuildOptions
from kg.protocols import Source
from kg.sources import registry
from tests.conftest import Run
from tests.factories import record, write_jsonl

FOREIGN = {
    "README.md": b"# Moss\n\nA tool that counts moss.\n", "paper.pdf": b"%PDF-1.7 \x00\x01", "photo.jpg": b"\xff\xd8\xff\xe0\x00",
    "empty.jsonl": b"", "count.py": b"import os\n\nprint(os.name)\n", "table.xlsx": b"PK\x03\x04\x00xl/", "torn.gz": b"\x1f\x8b\x08\x00",
    "package.json": b'{"name": "moss"}',
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two papers and a file of each foreign kind."""
    made = tmp_path / "corpus"
    made.mkdir()
    write_jsonl(made / "good.jsonl", [record(0), record(1)])
    for name, data in FOREIGN.items():
        (made / name).write_bytes(data)
    return made


def rejects(graph: Path) -> dict[str, str]:
    """The reason by file name, as the graph's folder tells it."""
    path = graph / "rejects.jsonl"
    lines = path.read_text().splitlines() if path.exists() else []
    return {Path(row["file"]).name: row["reason"] for row in map(json.loads, lines)}


def test_the_folder_that_holds_the_graph_is_read_again_and_again(kg: Run, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", [record(0)])
    for papers in (1, 2):
        done = kg("build", ".", "--json")
        assert done.returncode == 0, done.stderr
        report = json.loads(done.stdout)
        assert (report["papers"], report["rejected"]) == (papers, 0)
        write_jsonl(tmp_path / "b.jsonl", [record(1)])


def test_a_graph_is_no_corpus(kg: Run, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", [record(0)])
    assert kg("build", "a.jsonl", "-g", "g").returncode == 0
    done = kg("build", "g", "-g", "other")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("kg: g: this folder holds a graph (ledger.")


def test_no_graph_is_made_where_there_is_nothing_to_build_it_from(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_jsonl(tmp_path / "in" / "a.jsonl", [record(0)])
    for arguments, said in (
        (("in", "-g", "in"), "kg: in: this folder is an input, so the graph cannot be made in it: give the graph a folder of its own with -g\n"),
        (("nowhere", "-g", "g"), "kg: nowhere: no such file or folder: check the path\n"),
    ):
        done = kg("build", *arguments)
        assert (done.returncode, done.stderr) == (1, said)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.jsonl", "in"]


def test_foreign_files_in_a_folder_are_set_aside(kg: Run, folder: Path, tmp_path: Path) -> None:
    done = kg("build", "corpus", "-g", "g", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["papers"], report["records"], report["rejected"]) == (2, 2, len(FOREIGN))
    found = rejects(tmp_path / "g")
    assert found.keys() == FOREIGN.keys()
    assert found["paper.pdf"].startswith("a PDF document, which is not read")
    assert found["empty.jsonl"].startswith("empty")
    assert found["package.json"].startswith("in no format that is known here: JSON with the keys `name`")
    assert "breaks off" in found["torn.gz"]
    rows = json.loads(kg("stats", "--coverage", "--json", "-g", "g").stdout)["inputs"]
    assert {row["reader"] for row in rows if row["input"].endswith(".md")} == {"none"}


@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_a_foreign_file_that_is_named_stops_the_build(folder: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=f"{name}"):
        library.build([str(folder), str(folder / name)], graph=tmp_path / "g")


def test_extract_goes_on_and_tells(kg: Run, folder: Path) -> None:
    done = kg("extract", "corpus")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2
    assert len(done.stderr.splitlines()) == len(FOREIGN)
    assert "corpus/paper.pdf:1: a PDF document" in done.stderr
    assert kg("extract", "corpus/README.md").returncode == 1


def test_foreign_files_are_remembered_until_they_change(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = library.build([str(folder)], graph=tmp_path / "g")
    tried: list[str] = []
    real = registry.choose
    monkeypatch.setattr(registry, "choose", lambda given: tried.append(Path(given.name).name) or real(given))
    again = library.build([str(folder)], graph=tmp_path / "g")
    assert (again.records, again.rejected) == (first.records, first.rejected)
    assert not FOREIGN.keys() & set(tried) - {"table.xlsx"}
    (folder / "README.md").write_text("# Moss\n\nIt counts walls too.\n")
    library.build([str(folder)], graph=tmp_path / "g")
    assert "README.md" in tried


def test_the_reject_goes_when_the_file_does_or_can_be_read(folder: Path, tmp_path: Path) -> None:
    library.build([str(folder)], graph=tmp_path / "g")
    (folder / "README.md").unlink()
    write_jsonl(folder / "empty.jsonl", [record(2)])
    report = library.build([str(folder)], graph=tmp_path / "g")
    assert (report.papers, report.rejected) == (3, len(FOREIGN) - 2)
    assert rejects(tmp_path / "g").keys() == FOREIGN.keys() - {"README.md", "empty.jsonl"}
    with Ledger.open(tmp_path / "g") as ledger:
        assert {Path(path).name for path in facts.inputs(ledger.db)} == FOREIGN.keys() - {"README.md"} | {"good.jsonl"}


def test_what_turns_foreign_takes_its_papers_back(folder: Path, tmp_path: Path) -> None:
    write_jsonl(folder / "more.jsonl", [record(2)])
    assert library.build([str(folder)], graph=tmp_path / "g").papers == 3
    (folder / "more.jsonl").write_text("Moss.\n")
    assert library.build([str(folder)], graph=tmp_path / "g").papers == 2
    assert "more.jsonl" in rejects(tmp_path / "g")


def test_what_cannot_be_opened_keeps_its_papers(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library.build([str(folder)], graph=tmp_path / "g")
    real = Path.open

    def refuse(path: Path, *args: object, **options: object) -> object:
        if path.name == "good.jsonl":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **options)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        report = library.build([str(folder)], graph=tmp_path / "g")
        with pytest.raises(InputError, match=r"good\.jsonl: permission denied"):
            library.build([str(folder / "good.jsonl")], graph=tmp_path / "g")
    assert (report.papers, report.rejected) == (2, len(FOREIGN) + 1)
    assert rejects(tmp_path / "g")["good.jsonl"].startswith("permission denied")
    library.build([str(folder)], graph=tmp_path / "g")
    assert "good.jsonl" not in rejects(tmp_path / "g")


def test_a_table_that_needs_an_extra_is_read_once_it_is_there(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "openpyxl", None)
        library.build([str(folder)], graph=tmp_path / "g")
        assert 'needs the extra "tables"' in rejects(tmp_path / "g")["table.xlsx"]
        with pytest.raises(MissingExtra):
            library.build([str(folder / "table.xlsx")], graph=tmp_path / "g")
    real = registry.choose
    excel = Source("excel", "", lambda _: 1.0, lambda *_: iter([Paper(title="Moss", places=(Place(file="table.xlsx", line=1),))]))
    monkeypatch.setattr(registry, "choose", lambda given: excel if given.name.endswith(".xlsx") else real(given))
    assert library.build([str(folder)], graph=tmp_path / "g").papers == 3


def test_a_link_that_leads_nowhere_is_set_aside(folder: Path, tmp_path: Path) -> None:
    (folder / "link.jsonl").symlink_to(folder / "gone.jsonl")
    assert library.build([str(folder)], graph=tmp_path / "g").papers == 2
    assert rejects(tmp_path / "g")["link.jsonl"].startswith("no such file")
    (folder / "link.jsonl").unlink()
    library.build([str(folder)], graph=tmp_path / "g")
    assert "link.jsonl" not in rejects(tmp_path / "g")


def test_replace_keeps_the_papers_beside_foreign_files(folder: Path, tmp_path: Path) -> None:
    for _ in range(2):
        assert library.build([str(folder)], graph=tmp_path / "g", options=BuildOptions(replace=True)).papers == 2
    assert rejects(tmp_path / "g").keys() == FOREIGN.keys()


def test_a_dry_run_over_foreign_files_changes_nothing(folder: Path, tmp_path: Path) -> None:
    library.build([str(folder / "good.jsonl")], graph=tmp_path / "g")
    report = library.build([str(folder)], graph=tmp_path / "g", options=BuildOptions(dry_run=True))
    assert report.rejected == len(FOREIGN)
    db = sqlite3.connect(tmp_path / "g" / "ledger.sqlite")
    assert db.execute("SELECT count(*) FROM reject").fetchone() == (0,)
    db.close()


def test_strict_stops_at_a_foreign_file_at_each_run(folder: Path, tmp_path: Path) -> None:
    strict = BuildOptions(strict=True)
    with pytest.raises(RecordError) as fresh:
        library.build([str(folder)], graph=tmp_path / "s", options=strict)
    library.build([str(folder)], graph=tmp_path / "g")
    with pytest.raises(RecordError) as known:
        library.build([str(folder)], graph=tmp_path / "g", options=strict)
    assert str(known.value) == str(fresh.value)
    assert "README.md: in no format" in str(fresh.value)


def test_strict_names_the_first_bad_record_of_an_input_that_was_read_before(kg: Run, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", [record(0), {"venue": "only a venue"}, {"venue": "another"}])
    assert kg("build", "a.jsonl", "-g", "g").returncode == 0
    done = kg("build", "a.jsonl", "-g", "g", "--strict")
    assert done.returncode == 1
    assert done.stderr.startswith("kg: a.jsonl:2: ")
    assert done.stderr == kg("build", "a.jsonl", "-g", "fresh", "--strict").stderr


def test_one_line_of_cut_json_is_one_short_line(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text('{"title": "Cut short", "abstract": "We stu')
    done = kg("build", "one.jsonl", "-g", "g")
    assert done.returncode == 1
    assert done.stderr == (
        "kg: one.jsonl:1: not valid JSON: the line is cut short (at column 42): write the whole object on one line; `kg formats` lists what is read\n"
    )
