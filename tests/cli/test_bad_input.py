"""What goes wrong is one clear line and exit code 1, or a reject with its place; nothing else is lost and nothing is a traceback."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.factories import record, write_jsonl


def failed(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """The run ended with exit code 1 and one line on stderr that holds the words."""
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "good.jsonl", [record(number) for number in range(5)])


def test_missing_file(kg: Run, good: Path) -> None:
    failed(kg("build", str(good), "nowhere.jsonl"), "nowhere.jsonl")


def test_empty_file(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    failed(kg("build", "empty.txt"), "empty.txt")


def test_binary_file(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(bytes(range(256)) * 40)
    failed(kg("build", "photo.jpg"), "photo.jpg")


def test_a_folder_in_the_place_of_the_ledger(kg: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "g" / "ledger.sqlite").mkdir(parents=True)
    failed(kg("build", str(good), "-g", "g"), "g")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('{"title": "Cut short", "abstract": "We stu', "JSON"),
        ('{"title": 7, "abstract": ["no"]}', "title"),
        ("[1, 2, 3]", "object"),
        ('{"venue": "only a venue"}', "title"),
    ],
)
def test_a_bad_record_is_set_aside_with_its_place(kg: Run, tmp_path: Path, line: str, word: str) -> None:
    lines = [json.dumps(record(number)) for number in range(3)]
    (tmp_path / "mixed.jsonl").write_text("\n".join([lines[0], line, *lines[1:]]) + "\n")
    done = kg("build", "mixed.jsonl", "-g", "g", "--json")
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert (report["records"], report["rejected"], report["papers"]) == (3, 1, 3)
    (reject,) = [json.loads(row) for row in (tmp_path / "g" / "rejects.jsonl").read_text().splitlines()]
    assert (Path(reject["file"]).name, reject["line"]) == ("mixed.jsonl", 2)
    assert word in reject["reason"]
    failed(kg("build", "mixed.jsonl", "-g", "strict", "--strict"), "mixed.jsonl:2")


def test_latin_1_is_read_right(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_bytes(
        json.dumps(record(1, title="Réseaux à mémoire für Übersetzung"), ensure_ascii=False).encode("latin-1") + b"\n"
    )
    assert kg("build", "old.jsonl", "-g", "g").returncode == 0
    assert "Réseaux à mémoire für Übersetzung" in kg("query", "MATCH (p:Paper) RETURN p.title AS title", "-g", "g", "--json").stdout


def test_truncated_gzip_keeps_what_came_before(kg: Run, tmp_path: Path) -> None:
    whole = gzip.compress("".join(json.dumps(record(number, comment=os.urandom(64).hex())) + "\n" for number in range(400)).encode())
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    done = kg("build", "cut.jsonl.gz", "-g", "g", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert 100 < report["records"] < 300
    assert report["rejected"] >= 1


def test_full_disk(kg: Run, good: Path, tmp_path: Path) -> None:
    """A real full disk: a tmpfs of 128 KiB. Once there is room, the same command ends the work."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if not mount or subprocess.run([mount, "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(disk)], capture_output=True, check=False).returncode:
        assert not os.environ.get("CI"), "CI must be able to mount a small tmpfs"
        pytest.skip("mounting a small tmpfs needs root")
    try:
        failed(kg("build", str(good), "-g", str(disk / "g")), "space")
        subprocess.run([mount, "-o", "remount,size=16m", str(disk)], check=True)
        assert kg("build", str(good), "-g", str(disk / "g")).returncode == 0
        assert '"papers": 5' in kg("build", str(good), "-g", str(disk / "g"), "--json").stdout
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_graph_that_another_build_is_writing(kg: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "g").mkdir()
    lock = sqlite3.connect(tmp_path / "g" / "ledger.lock", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    failed(kg("build", str(good), "-g", "g"), "another kg command")
    lock.close()
    assert kg("build", str(good), "-g", "g").returncode == 0


def test_a_ledger_of_a_newer_version(kg: Run, good: Path, tmp_path: Path) -> None:
    assert kg("build", str(good), "-g", "g").returncode == 0
    db = sqlite3.connect(tmp_path / "g" / "ledger.sqlite")
    db.execute("PRAGMA user_version = 999")
    db.close()
    failed(kg("build", str(good), "-g", "g"), "newer kg")
    failed(kg("stats", "-g", "g"), "newer kg")


def test_a_file_that_is_no_ledger(kg: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "g").mkdir()
    (tmp_path / "g" / "ledger.sqlite").write_bytes(b"this is not a database at all" * 100)
    failed(kg("build", str(good), "-g", "g"), "ledger")


def test_no_graph_yet(kg: Run) -> None:
    for command in (("stats",), ("query", "MATCH (n) RETURN count(n)"), ("export", "x.html"), ("show", "BERT"), ("why", "a", "b")):
        failed(kg(*command, "-g", "nothing"), "kg build")


def test_a_wrong_query(kg: Run, good: Path) -> None:
    kg("build", str(good), "-g", "g")
    failed(kg("query", "MATCH (n RETURN n", "-g", "g"))
    failed(kg("query", "no-such-query", "-g", "g"), "no-such-query")


def test_no_password(kg: Run, good: Path) -> None:
    kg("build", str(good), "-g", "g")
    failed(kg("push", "-g", "g"), "NEO4J_PASSWORD")


def test_server_down(kg: Run, good: Path) -> None:
    kg("build", str(good), "-g", "g")
    done = kg("push", "-g", "g", env={"NEO4J_URI": "bolt://127.0.0.1:9", "NEO4J_PASSWORD": "not-a-real-secret"})
    failed(done, "127.0.0.1:9")
    assert "not-a-real-secret" not in done.stderr


def test_bad_decisions(kg: Run, good: Path, tmp_path: Path) -> None:
    kg("build", str(good), "-g", "g")
    (tmp_path / "g" / "decisions.toml").write_text("[[same]\nnames = 3")
    failed(kg("build", "-g", "g"), "decisions.toml")
