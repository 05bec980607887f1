"""Files made to hurt, of any size: long lines, bombs, depth, records without end. Each writer takes a path and a size in bytes.

Invariant: what is written is streamed, so that making such a file takes no more memory than reading it may.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

_BLOCK = 1 << 20
FEED = '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id>'
FRAMES = {  # for each XML reader what opens a file of its format and a record in it, and the record's title
    "arxiv-atom": (FEED, "<entry><id>http://arxiv.org/abs/2401.00001</id><title>"),
    "acl-anthology": ('<collection id="2022.wall"><volume id="long"><meta><year>2022</year></meta>', '<paper id="1"><title>'),
    "arxiv-oai": ('<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>', "<record><metadata><arXiv><id>2401.00001</id><title>"),
    "pubmed": ("<PubmedArticleSet>", "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>"),
    "jats": ('<article article-type="x">', "<front><article-meta><title-group><article-title>"),
}


def _written(path: Path, before: bytes, unit: bytes, size: int, after: bytes = b"") -> None:
    block = unit * (_BLOCK // len(unit) or 1)
    with path.open("wb") as file:
        file.write(before)
        for _ in range(size // len(block) + 1):
            file.write(block)
        file.write(after)


def _run(before: str, unit: str, after: str = "") -> Callable[[Path, int], None]:
    return lambda path, size: _written(path, before.encode(), unit.encode(), size, after.encode())


def _chunks(before: bytes, unit: bytes, size: int) -> Iterator[bytes]:
    yield before
    block = unit * (_BLOCK // len(unit))
    yield from (block for _ in range(size // len(block) + 1))


def _gzip_bomb(before: bytes) -> Callable[[Path, int], None]:
    def write(path: Path, size: int) -> None:
        with gzip.open(path, "wb", compresslevel=1) as file:
            for chunk in _chunks(before, b"\x00", size):
                file.write(chunk)

    return write


def _zstd_bomb(before: bytes) -> Callable[[Path, int], None]:
    def write(path: Path, size: int) -> None:
        import zstandard

        with path.open("wb") as raw, zstandard.ZstdCompressor(level=1).stream_writer(raw) as file:
            for chunk in _chunks(before, b"\x00", size):
                file.write(chunk)

    return write


def _workbook() -> bytes:
    import openpyxl

    book, held = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Title", "Abstract", "Year"])
    book.active.append(["Moss", "Moss grows on walls.", 2020])
    book.save(held)
    return held.getvalue()


def _excel_bomb(part: str, before: bytes, unit: bytes) -> Callable[[Path, int], None]:
    """A workbook one part of which unpacks to `size` bytes."""

    def write(path: Path, size: int) -> None:
        with zipfile.ZipFile(io.BytesIO(_workbook())) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
            for info in old.infolist():
                if info.filename != part:
                    new.writestr(info.filename, old.read(info))
            with new.open(zipfile.ZipInfo(part), "w", force_zip64=True) as file:
                for chunk in _chunks(before, unit, size):
                    file.write(chunk)

    return write


def _parquet_bomb(path: Path, size: int) -> None:
    """One long value, stored once and meant a thousand times."""
    import pyarrow
    from pyarrow import parquet

    values = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 1000, pyarrow.int32()), pyarrow.array(["moss " * max(1, size // 5000)]))
    titles = pyarrow.array([f"Moss {number}" for number in range(1000)])
    parquet.write_table(pyarrow.table({"title": titles, "abstract": values}), path, store_schema=False)


def _laughs(opening: str, record: str) -> Callable[[Path, int], None]:
    def write(path: Path, size: int) -> None:
        lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
        path.write_text(f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "{"ha" * 40}">{lines}]>{opening}{record}&l11;', "utf-8")

    return write


def _outside(opening: str, record: str) -> Callable[[Path, int], None]:
    def write(path: Path, size: int) -> None:
        path.write_text(f'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>{opening}{record}&x;', "utf-8")

    return write


Write = Callable[[Path, int], None]
_ROW = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
_STRINGS = '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'

FILES: dict[str, Write] = {
    "line-text": _run("Moss on walls\n", "moss "),
    "line-jsonl": _run('{"title": "Moss", "abstract": "Green."}\n{"title": "Moss", "abstract": "', "moss "),
    "line-json-array": _run('[{"title": "Moss", "abstract": "Green."}, {"title": "Moss", "abstract": "', "moss "),
    "line-answer": _run('{"results": [{"id": "https://openalex.org/W1", "title": "Moss"}, {"id": "https://openalex.org/W2", "title": "', "moss "),
    "number-json": _run('{"title": "Moss", "year": ', "1234567890"),
    "depth-jsonl": _run('{"title": "Moss", "abstract": "Green."}\n{"title": "Moss", "x": ', '{"a":'),
    "depth-list": _run('[{"title": "Moss", "abstract": "Green."}, {"title": "Moss", "x": ', "["),
    "depth-answer": _run('{"results": [{"id": "https://openalex.org/W1", "title": "Moss", "x": ', "["),
    "members-answer": _run('{"results": [{"id": "https://openalex.org/W1", "title": "Moss"}], "meta": [', "1, "),
    "gzip-zeros": _gzip_bomb(b""),
    "zstd-zeros": _zstd_bomb(b""),
    "gzip-json": _gzip_bomb(b'{"title": "Moss", "abstract": "'),
    "zstd-bibtex": _zstd_bomb(b"@article{moss,\n  title = {"),
    "gzip-parquet": _gzip_bomb(b"PAR1"),
    "csv-field": _run('title,abstract\nMoss,"', "moss "),
    "csv-lines": _run('title,abstract\nMoss,"', "moss " * 60 + "\n"),
    "csv-columns": _run("title,abstract\n", "moss,"),
    "bibtex-open": _run("@article{moss,\n  title = {Moss},\n  abstract = {", "moss on walls\n"),
    "bibtex-braces": _run("@article{moss,\n  title = {Moss},\n  abstract = {", "{"),
    "bibtex-spaces": _run("@article{moss,\n  title = {Moss},\n", "  "),
    "ris-open": _run("TY  - JOUR\nTI  - Moss\n", "KW  - moss\n"),
    "ris-line": _run("TY  - JOUR\nTI  - Moss\nAB  - ", "moss "),
    "web-of-science-open": _run("FN Clarivate\nVR 1.0\nPT J\nAU Moss, A\nTI Moss\nSO WALLS\nAB Moss\n", "   moss\n"),
    "page-open": _run("Daily Papers\n\nMoss on Walls\n\n", "moss grows on the north side of walls \n"),
    "excel-strings": _excel_bomb("xl/sharedStrings.xml", _STRINGS.encode(), b"m"),
    "excel-cell": _excel_bomb("xl/worksheets/sheet1.xml", (_ROW + '<c r="A1" t="inlineStr"><is><t>').encode(), b"m"),
    "excel-cells": _excel_bomb("xl/worksheets/sheet1.xml", _ROW.encode(), b"<c><v>1</v></c>"),
    "parquet-dictionary": _parquet_bomb,
    **{f"open-{name}": _run(opening + record, "moss ") for name, (opening, record) in FRAMES.items()},
    **{f"depth-{name}": _run(opening + record, "<i>") for name, (opening, record) in FRAMES.items()},
    **{f"attribute-{name}": _run(opening + record + '<i x="', "moss ") for name, (opening, record) in FRAMES.items()},
    **{f"laughs-{name}": _laughs(*frame) for name, frame in FRAMES.items()},
    **{f"outside-{name}": _outside(*frame) for name, frame in FRAMES.items()},
}
