"""Inputs as bytes really come: packed, in any encoding, cut off, from a pipe, too long, or not text at all."""

from __future__ import annotations

import gzip
import io
import os
import threading
import types
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from kg.errors import InputError
from kg.ledger import connection
from kg.models import Paper, Reject
from kg.protocols import ReadOptions
from kg.sources import lines as lines_module
from kg.sources.inputs import GRAPH, Named, expand, open_input
from kg.sources.lines import numbered
from kg.sources.registry import choose

LINE = '{{"title": "Title number {}", "abstract": "Zoë measured {} eels — a naïve count, ½ of them twice."}}\n'


def records(count: int) -> str:
    return "".join(LINE.format(number, number) for number in range(count))


def papers(path: str | Path) -> list[Paper | Reject]:
    given = open_input(str(path))
    return list(choose(given).read(given, ReadOptions()))


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def zstd_frames(data: bytes) -> bytes:
    return zstd(data[:1000]) + zstd(data[1000:])


def gzip_members(data: bytes) -> bytes:
    return gzip.compress(data[:1000]) + gzip.compress(data[1000:])


@pytest.mark.parametrize("pack", [bytes, gzip.compress, gzip_members, zstd, zstd_frames])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_packings_and_encodings_give_the_same_records(tmp_path: Path, pack: Callable[[bytes], bytes], encoding: str) -> None:
    path = tmp_path / "records"
    path.write_bytes(pack(records(2000).replace("\n", "\r\n").encode(encoding)))
    found = papers(path)
    assert len(found) == 2000
    assert {item.abstract for item in found[-1:] if isinstance(item, Paper)} == {"Zoë measured 1999 eels — a naïve count, ½ of them twice."}


def test_one_bad_byte_far_behind_the_head_spoils_no_other_line(tmp_path: Path) -> None:
    path = tmp_path / "mixed"
    path.write_bytes(records(2000).encode() + '{"title": "Caf\xe9 \xdcbung"}\n'.encode("latin-1") + records(1).encode())
    found = papers(path)
    assert [item.title for item in found[1999:2001] if isinstance(item, Paper)] == ["Title number 1999", "Café Übung"]
    assert all("Zoë" in item.abstract and "—" in item.abstract for item in [*found[:2000], found[2001]] if isinstance(item, Paper))


@pytest.mark.parametrize(("pack", "word"), [(gzip.compress, "gzip"), (zstd, "zstd")])
def test_packed_data_that_breaks_off_keeps_what_stood_before(tmp_path: Path, pack: Callable[[bytes], bytes], word: str) -> None:
    data = "".join(LINE.format(number, os.urandom(40).hex()) for number in range(20_000)).encode()
    path = tmp_path / "cut"
    path.write_bytes(pack(data)[:-300_000])
    *kept, last = papers(path)
    assert len(kept) > 1000
    assert all(isinstance(item, Paper) for item in kept)
    assert isinstance(last, Reject)
    assert word in last.reason
    assert last.line == len(kept) + 1


def test_a_page_that_breaks_off_gives_no_half_record(tmp_path: Path) -> None:
    card = (
        "How Many Eels Fit a Ditch?\n\n"
        + "We counted eels in a ditch, and then we counted them again. " * 9
        + "\n\n  • 2 authors\n·\nMay 3, 2020\n\n"
    )
    path = tmp_path / "page.gz"
    path.write_bytes(gzip.compress((card * 3).encode() + os.urandom(9000).hex().encode())[:-40])
    *kept, last = papers(path)
    assert [type(item) for item in kept] == [Paper] * 3
    assert isinstance(last, Reject)


def test_a_line_without_end_is_one_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "long"
    path.write_bytes(b"one\n" + b"x" * 5000 + b"\nthree\n" + b"y" * 5000)
    found = list(numbered(open_input(str(path)), longest=1000))
    assert [item if isinstance(item, tuple) else item.line for item in found] == [(1, "one"), 2, (3, "three"), 4]
    assert "1,000 characters" in str(found[1])
    assert lines_module.LONGEST <= 1 << 24


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_a_bomb_is_read_in_bounded_memory(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    import tracemalloc

    path = tmp_path / "bomb"
    path.write_bytes(pack(b'{"title": "' + b" " * 80_000_000))
    tracemalloc.start()
    found = list(numbered(open_input(str(path)), longest=100_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [item.line for item in found if isinstance(item, Reject)] == [1]
    assert len(found) == 1
    assert peak < 50_000_000


def test_standard_input_can_be_sniffed_and_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(gzip.compress(records(3).encode()))))
    given = open_input("-")
    source = choose(given)
    assert [[item.places[0].file for item in source.read(given, ReadOptions()) if isinstance(item, Paper)] for _ in range(2)] == [["-"] * 3] * 2


def test_empty_standard_input_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(b"")))
    with pytest.raises(InputError, match=r"^-: standard input is empty: pipe"):
        open_input("-")


def test_a_named_pipe_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(records(4),))
    writer.start()
    found = papers(path)
    writer.join()
    assert len(found) == 4


def test_folders_are_read_below_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden", ".git/x", "b/.c/y", "B.txt", "graph/ledger.lock", "graph/out.txt", "graph/in/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    os.mkfifo(tmp_path / "pipe")
    given = [str(tmp_path / "b/2.txt"), str(tmp_path), "-"]
    inside = [Named(str(tmp_path / name), walked=True) for name in ("B.txt", "a.txt", "b/1.txt")]
    assert list(expand(given)) == [Named(given[0]), *inside, Named("-")]
    assert list(expand([str(tmp_path), given[0]])) == [*inside, Named(given[0])], "what is named is never what was walked upon"


def test_the_marks_of_a_graph_are_those_that_the_ledger_leaves() -> None:
    assert {connection.FILE, connection.LOCK} == GRAPH


@pytest.mark.parametrize("mark", sorted(GRAPH))
def test_a_graph_is_no_folder_of_records(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).touch()
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(InputError, match=f"holds a graph .{mark}.: name the folder with the records"):
        list(expand([str(tmp_path)]))


def test_a_folder_below_that_cannot_be_looked_into_is_one_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text("x")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert [Path(named.name).name for named in expand([str(tmp_path)])] == ["a.txt", "closed"]
    with pytest.raises(InputError, match="permission denied: allow reading it"):
        list(expand([str(tmp_path / "closed")]))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone", None, "no such file or folder: check the path"),
        ("empty", b"", "empty: there are no records in it"),
        ("blank", b"\xef\xbb\xbf \r\n\n", "empty: there are no records in it"),
        ("paper.pdf", b"%PDF-1.7 \x00\x01", "a PDF document, which is not read: save the records as text"),
        ("table.xlsx", b"PK\x03\x04\x00\x00", "a zip or Office file, which is not read"),
        ("noise", bytes(range(256)) * 9, "binary data"),
        ("wide", "No mark in front of it".encode("utf-16-le"), "UTF-16 without a byte-order mark"),
        ("torn.gz", b"\x1f\x8b\x08\x00", "nothing can be read: the gzip data breaks off"),
        ("torn.zst", b"\x28\xb5\x2f\xfd", "nothing can be read: the zstd data breaks off"),
        ("notes", b"Buy eggs.\n", "in no format that is known here; `kg formats` lists what is read"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        for found in expand([str(path)]):
            choose(open_input(found.name))
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unreadable_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret"
    path.write_text("x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="permission denied: allow reading it"):
        open_input(str(path))


def test_a_folder_given_as_a_file_and_one_without_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no files in this folder"):
        list(expand([str(tmp_path)]))
    with pytest.raises(InputError, match="a folder, not a file"):
        open_input(str(tmp_path))


def test_a_name_that_is_no_unicode_can_be_written_down(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jsonl")
    Path(path).write_text(records(1))
    (found,) = papers(path)
    assert isinstance(found, Paper)
    assert found.model_dump_json().encode()
