"""Excel workbooks (.xlsx): every sheet with a header row of columns that are known.

Invariant: sheets are read row by row; a workbook that unpacks to more than its bounds is refused before anything is unpacked.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO

from kg.errors import InputError, MissingExtra
from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.binary_files import seekable, starts_with
from kg.sources.columns import Columns, columns_of, missing, row_paper

HEADER_WITHIN = 12
MOST_STRINGS = 1 << 28  # bytes of the table of strings, which is held in memory
MOST_SHEET = 1 << 32  # bytes of a sheet, which is streamed


def sniff(given: Input) -> float:
    """Certain for a zip file with a workbook in it."""
    return 0.95 if starts_with(given, b"PK\x03\x04", within=b"xl/") else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each row; its line is the row's number. Raises MissingExtra without openpyxl, InputError for what is no workbook."""
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra("reading Excel files", extra="tables") from None
    with seekable(given) as file:
        _check(file, given.name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which hold no records
            try:
                book = openpyxl.load_workbook(file, read_only=True, data_only=True)
                yield from _sheets([(sheet.title, sheet.iter_rows(values_only=True)) for sheet in book.worksheets], given.name)
            except InputError:
                raise
            except Exception as error:  # the library raises whatever the broken part made it stumble over
                reason = f"the workbook is damaged ({type(error).__name__}: {' '.join(str(error).split())[:120]}): save it again"
                raise InputError(reason, file=given.name) from None


def _check(file: IO[bytes], name: str) -> None:
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError(f"the workbook is damaged ({error}): save it again", file=name) from None
    for part in parts:
        if part.file_size > (MOST_SHEET if "worksheets/" in part.filename else MOST_STRINGS):
            reason = f"`{part.filename}` in it unpacks to {part.file_size:,} bytes: save the sheet as CSV"
            raise InputError(reason, file=name)
    file.seek(0)


def _sheets(sheets: Sequence[tuple[str, Iterator[tuple[object, ...]]]], file: str) -> Iterator[Paper | Reject]:
    found, seen = False, []
    for _, rows in sheets:
        columns: Columns = {}
        for number, row in enumerate(rows, 1):
            if not columns:
                columns = columns_of(row)
                found = found or bool(columns)
                seen += [cell for cell in row if cell is not None][:8]
                if not columns and number >= HEADER_WITHIN:
                    break
            elif (item := row_paper(row, columns, Place(file=file, line=number))) is not None:
                yield item
    if not found:
        raise missing(file, 1, seen)


SOURCE = Source("excel", "Excel workbooks (.xlsx)", sniff, read)
