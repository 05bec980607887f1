"""Tables: headers of the exports, names and lists in cells, quoting, and files that are not what they seem."""

from __future__ import annotations

import builtins
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow
import pytest
from pyarrow import parquet

from kg.errors import InputError, MissingExtra
from kg.models import Paper, Place, Reject
from kg.protocols import ReadOptions
from kg.sources import excel
from kg.sources.columns import columns_of, row_paper
from kg.sources.inputs import open_input
from kg.sources.registry import choose


def read(path: Path, data: bytes, name: str | None = None) -> list[Paper | Reject]:
    path.write_bytes(data)
    given = open_input(str(path))
    source = choose(given)
    assert name is None or source.name == name
    return list(source.read(given, ReadOptions()))


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "header",
    [
        ["Authors", "Title", "Year", "Source title", "DOI", "Abstract"],
        ["Publication Type", "Authors", "Author Full Names", "Article Title", "Source Title", "Publication Year", "DOI"],
        ["PMID", "Title", "Authors", "Citation", "Journal/Book", "Publication Year", "DOI"],
        ["Key", "Item Type", "Publication Year", "Author", "Title", "Publication Title", "DOI", "Abstract Note"],
        ["Rank", "Publication ID", "DOI", "PMID", "Title", "Abstract", "Source title", "PubYear", "Authors"],
        ["Lens ID", "Title", "Date Published", "Publication Year", "Source Title", "Author/s", "Abstract", "DOI"],
        ["Document Title", "Authors", "Publication Title", "Publication Year", "Abstract", "DOI"],
    ],
    ids=["scopus", "web of science", "pubmed", "zotero", "dimensions", "lens", "ieee"],
)
def test_headers_of_the_exports(header: list[str]) -> None:
    assert {"title", "authors", "year", "venue", "doi"} <= columns_of(header).keys()


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Fern, Ada; Rung, Cy", ["Ada Fern", "Cy Rung"]),
        ("Fern A.; Rung C.", ["A. Fern", "C. Rung"]),
        ("Fern A, Rung C", ["A Fern", "C Rung"]),
        ("Fern, A., Rung, C.", ["A. Fern", "C. Rung"]),
        ("Ada Fern, Cy Rung, Dee Step", ["Ada Fern", "Cy Rung", "Dee Step"]),
        ("Ada Fern and Cy Rung", ["Ada Fern", "Cy Rung"]),
        ("Ada Fern|Cy Rung", ["Ada Fern", "Cy Rung"]),
        ("Ada Fern;; Cy Rung", ["Ada Fern", "Cy Rung"]),
        ("Fern, Ada", ["Ada Fern"]),
        ("Ada Fern", ["Ada Fern"]),
        ("Fern, Ada (57211111111)", ["Ada Fern"]),
        ("", []),
        (["Ada Fern", {"name": "Cy Rung"}], ["Ada Fern", "Cy Rung"]),
    ],
)
def test_authors_in_a_cell(cell: object, names: list[str]) -> None:
    found = row_paper(["Moss", cell], columns_of(["title", "authors"]), Place(file="x"))
    assert isinstance(found, Paper)
    assert [author.name for author in found.authors] == names


def test_a_table_without_known_columns_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no column for title or abstract among `name of moss`, `height`.*Known: title, abstract, author"):
        read(tmp_path / "x.xlsx", workbook([["name of moss", "height"], ["a", 1]]))
    pyarrow_table = pyarrow.table({"name of moss": ["a"]})
    out = io.BytesIO()
    parquet.write_table(pyarrow_table, out)
    with pytest.raises(InputError, match="no column for title or abstract among `name of moss`"):
        read(tmp_path / "x.parquet", out.getvalue())


def test_quotes_lines_and_separators_in_cells(tmp_path: Path) -> None:
    text = '\ufefftitle,abstract,year\r\n"A ""b"", c","one\r\ntwo",2020\r\nplain,text,2021\r\n'
    first, second = read(tmp_path / "x.csv", text.encode(), "csv-table")
    assert isinstance(first, Paper)
    assert (first.title, first.abstract, first.places[0].line) == ('A "b", c', "one two", 2)
    assert isinstance(second, Paper)
    assert second.places[0].line == 4


def test_a_quotation_mark_that_never_closes_is_bounded(tmp_path: Path) -> None:
    text = 'title,abstract,year\ngood,text,2020\n"never closed,x,2020\n' + "row,text,2021\n" * 20_000
    found = read(tmp_path / "x.csv", text.encode(), "csv-table")
    assert isinstance(found[0], Paper)
    rejects = [item for item in found if isinstance(item, Reject)]
    assert rejects[0].line == 3
    assert "quotation mark" in rejects[0].reason
    assert sum(isinstance(item, Paper) for item in found) > 5000


@pytest.mark.parametrize("name", ["title,moss\n1,2\n", "title\nx\n", "a,b\n1,2\n", "Title of things; and a sentence, with abstract ideas.\n"])
def test_what_is_no_table_of_papers_is_left_alone(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="in no format that is known here"):
        read(tmp_path / "x.csv", name.encode())


def test_a_workbook_that_would_unpack_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MOST_STRINGS", 10_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", "<sst>" + "x" * 1_000_000)
    with pytest.raises(InputError, match=r"sharedStrings.xml` in it unpacks to 1,000,005 bytes: save the sheet as CSV"):
        read(tmp_path / "x.xlsx", out.getvalue(), "excel")


@pytest.mark.parametrize("cut", [100, 2000, -30])
def test_damaged_binary_tables_are_one_clear_error(tmp_path: Path, cut: int) -> None:
    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"title": ["Moss"] * 500, "abstract": [f"text {n}" for n in range(500)]}), out)
    for name, data in (("x.parquet", out.getvalue()), ("x.xlsx", workbook([["title", "abstract"], ["Moss", "x"]] * 50))):
        with pytest.raises(InputError) as caught:
            read(tmp_path / name, data[:cut])
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("missing", "data", "name"), [("openpyxl", workbook([["title", "year"]]), "x.xlsx"), ("pyarrow", b"PAR1" + bytes(20), "x.parquet")]
)
def test_a_missing_package_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, data: bytes, name: str) -> None:
    real = builtins.__import__

    def refuse(module: str, *arguments: Any, **named: Any) -> Any:
        if module.partition(".")[0] == missing:
            raise ImportError(module)
        return real(module, *arguments, **named)

    path = tmp_path / name
    path.write_bytes(data)
    given = open_input(str(path))
    source = choose(given)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingExtra, match=r'needs the extra "tables": pip install "kg\[tables\]"'):
        list(source.read(given, ReadOptions()))


def test_parquet_lists_structs_and_numbers(tmp_path: Path) -> None:
    table = pyarrow.table({
        "title": ["Moss"], "authors": [[{"name": "Ada Fern", "id": "1"}]], "year": [2020.0], "citationCount": [3], "keywords": [["moss", "walls"]],
        "referenced_works": [["https://openalex.org/W1", "10.1000/x"]],
    })  # fmt: skip
    out = io.BytesIO()
    parquet.write_table(table, out)
    (found,) = read(tmp_path / "x.parquet", out.getvalue(), "parquet")
    assert isinstance(found, Paper)
    assert (found.year, found.authors[0].name, found.keywords) == (2020, "Ada Fern", ("moss", "walls"))
    assert [cited.id for cited in found.references] == ["openalex:W1", "doi:10.1000/x"]
