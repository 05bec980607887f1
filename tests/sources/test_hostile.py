"""Any bytes give records, rejects or one clear error, soon and in little memory: bytes of chance, damaged cases, files made to hurt."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pyarrow
import pytest
from hostile_files import FILES, FRAMES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from reader_driver import drive

from kg.errors import InputError
from kg.models import Paper, Reject
from kg.protocols import ReadOptions
from kg.sources.inputs import open_input
from kg.sources.markup import LONGEST, plain, shown
from kg.sources.registry import choose, sources
from kg.text import clean, squeeze

SIZE = 1 << 18  # bytes of each file here; `benchmarks/hostile.py` makes them as large as is wished
PEAK = 128 * SIZE  # bytes that reading such a file may hold at most: a bound on blow-up; a line of ten characters is an object of a hundred
CASES = {
    path.parent.name + "/" + path.parent.parent.name: path.read_bytes() for path in sorted((Path(__file__).parent / "cases").glob("*/*/input.*"))
}
NAMES = [source.name for source in sources()]

quick = settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", NAMES)
@quick
@given(data=st.binary(max_size=600))
def test_any_bytes_give_records_rejects_or_one_error(name: str, data: bytes) -> None:
    drive(data, next(source for source in sources() if source.name == name))


CRASHES = [  # what fuzzing once brought down, made small
    ("abstract-dump", b"We count moss on walls.\n\narXiv:2401.01234\nCreated: 3537-01-02\n"),
    ("openalex", b'{"results": [{"id": "" "title": "Moss"}]}'),
    ("bibtex", b"@article{moss\nwall,\n  year = {2020}\n}\n"),
]


@pytest.mark.parametrize(("name", "data"), CRASHES)
def test_what_once_crashed_is_read(name: str, data: bytes) -> None:
    found = drive(data, next(source for source in sources() if source.name == name))
    assert isinstance(found, list)
    assert len(found) == 1


def cases_of(name: str) -> list[bytes]:
    return [data for case, data in CASES.items() if case.endswith("/" + name.replace("-", "_"))]


@st.composite
def damaged(draw: st.DrawFn, originals: list[bytes]) -> bytes:
    """A case with bits flipped, stretches cut out, doubled, nested in each other or swapped with signs that formats are made of, or cut off."""
    data = bytearray(draw(st.sampled_from(originals))[:4000])
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(1, 80)))
        match draw(st.sampled_from(["flip", "cut", "double", "nest", "sign", "end"])):
            case "flip" if start < len(data):
                data[start] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[start:end]
            case "double":
                data[start:start] = data[start:end]
            case "nest":
                data[start:end] = data[start:end] * 20
            case "sign":
                data[start:start] = draw(
                    st.sampled_from([b"{", b"}", b'"', b"[", b"]", b"<", b">", b"&", b"\\", b"\n", b"\r", b"\x00", b"\xff", b",", b"@"])
                )
            case _:
                del data[end:]
    return bytes(data)


@pytest.mark.parametrize("name", NAMES)
@quick
@given(draws=st.data())
def test_damaged_cases_give_records_rejects_or_one_error(name: str, draws: st.DataObject) -> None:
    drive(draws.draw(damaged(cases_of(name))), next(source for source in sources() if source.name == name))


def said(path: Path) -> list[str]:
    """What is said of the file that is no record."""
    try:
        opened = open_input(str(path))
        return [item.reason for item in choose(opened).read(opened, ReadOptions()) if isinstance(item, Reject)]
    except InputError as error:
        return [error.reason]


@pytest.mark.parametrize("name", FILES)
def test_files_made_to_hurt_are_read_in_bounded_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    FILES[name](path, SIZE)
    said(path)  # imports what it needs
    tracemalloc.start()
    reasons = said(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert all("\n" not in reason and len(reason) < 1000 for reason in reasons)
    assert peak < PEAK


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith(("laughs", "outside"))])
def test_entities_of_its_own_are_one_error(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    FILES[name](path, SIZE)
    (reason,) = said(path)
    assert reason.startswith("it declares an entity of its own (`")


@pytest.mark.parametrize("name", FRAMES)
def test_a_record_that_goes_on_for_ever_is_one_clear_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    FILES[f"open-{name}"](path, SIZE)
    (reason,) = said(path)
    assert "cut short" in reason


def test_a_parquet_file_with_a_wrong_byte_is_read_or_one_clear_line() -> None:
    held = io.BytesIO()
    words = pyarrow.array(["moss", "wall", "fern"] * 9).dictionary_encode()
    parquet.write_table(pyarrow.table({"title": words, "abstract": words}), held, compression="none", store_schema=False)
    data = held.getvalue()
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    source = next(source for source in sources() if source.name == "parquet")
    found = [drive(data[:at] + b"\xff" + data[at + 1 :], source) for at in range(4, footer)]
    reasons = [item.reason for item in found if isinstance(item, InputError)]
    assert any("ndex" in reason for reason in reasons)  # one that points past its dictionary
    assert all(reason.startswith("the Parquet data is damaged (") or "column" in reason for reason in reasons)


SIGNS = [
    "{", "$", "$a", "\\a{", "<i ", "<", "&amp;", "``", "--", "{a", "\\(", "\\begin{math}", "<math>", "<!--", "<sub>", "<annotation>", "{\\em ",
    "\\'", "\\documentclass\\begin{document}", "<tex-math>a</tex-math>", "\n", " \n", "<a b=", "\\a{{}{}", "<msup><mi>a</mi>", "]]>", "<?a ",
]  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS)
def test_markup_that_never_closes_is_read_to_its_end(sign: str) -> None:
    text = (sign * (1 << 14))[: 1 << 14]  # where time grows with the square of it, this takes minutes
    assert len(plain(text)) <= len(text)


def test_a_text_too_long_for_a_title_keeps_its_markup() -> None:
    assert plain("<i>moss</i>  " * (LONGEST // 10)).startswith("<i>moss</i> <i>moss</i>")


PIECES = [
    "a", "B", " ", "  ", "\n", "\r\n", "\r", "\t", "e\u0301", "\u0301", "\u200b", "\u00ad", "\ufeff", "\x1c", "\x85", "\u2028", "\xa0", "é",
    "\u212b", "\\alpha", "$x_1$", "{Moss}", "&amp;", "<i>", "</i>", "--", "``", "''", "\x00", "\ud800",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_the_short_ways_round_give_what_the_long_ones_do(text: str) -> None:
    assert shown(text) == squeeze(plain(text))
    assert squeeze(text) == " ".join(clean(text).split())
    assert plain(plain(text)) == plain(text)


def test_references_and_authors_of_a_hostile_record_stay_bounded(tmp_path: Path) -> None:
    path = tmp_path / "input.jsonl"
    path.write_text(
        '{"title": "Wall", "abstract": "Grey."}\n{"title": "Moss", "keywords": "' + " " * 300_000 + ';moss", "authors": ["' + "a" * 300_000 + '"]}\n',
        "utf-8",
    )
    opened = open_input(str(path))
    _, found = choose(opened).read(opened, ReadOptions())
    assert isinstance(found, Paper)
    assert found.keywords == ("moss",)
