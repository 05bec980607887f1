"""Excel workbooks (.xlsx): every sheet with a header row of columns that are known.

Invariant: sheets are read row by row; a workbook that unpacks to more than its bounds is refused before anything is unpacked.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import IO

from kg.errors import InputError, MissingExtra
from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.binary_files import seekable, starts_with
from kg.sources.columns import Columns, columns_of, missing, row_paper

HEADER_WITHIN = 12
MOST_STRINGS = 1 << 28  # bytes of the table of strings, which is held in memory
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")
MOST_SHEET = 1 << 32  # bytes of a sheet, which is streamed
MOST_ROW = 1 << 24  # bytes of a row, which is held whole
_ROW = re.compile(rb"</?(?:\w{1,32}:)?row[\s/>]")
_PIECE, _TAG = 1 << 20, 64  # bytes looked at together, and carried over so that no tag is cut in two


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
            for part in packed.infolist():
                sheet = "worksheets/" in part.filename
                if part.file_size > (MOST_SHEET if sheet else MOST_STRINGS):
                    raise InputError(f"`{part.filename}` in it unpacks to {part.file_size:,} bytes: save the sheet as CSV", file=name)
                if sheet and part.file_size > MOST_ROW and _longest_row(packed, part) > MOST_ROW:
                    raise InputError(f"`{part.filename}` in it has a row of more than {MOST_ROW:,} bytes: save the sheet as CSV", file=name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"the workbook is damaged ({error}): save it again", file=name) from None
    file.seek(0)


def _longest_row(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """The most bytes from one row's tag to the next, or to the end; it stops looking at the first that is too many."""
    longest = since = 0
    carried = b""
    with packed.open(part) as stream:
        while longest <= MOST_ROW and (piece := stream.read(_PIECE)):
            seen = carried + piece
            ends = [match.end() for match in _ROW.finditer(seen)]
            gaps = [since + ends[0] - len(carried), *(two - one for one, two in pairwise(ends))] if ends else []
            since = len(seen) - ends[-1] if ends else since + len(piece)
            longest = max(longest, since, *gaps)
            carried = seen[-_TAG:] if not ends or ends[-1] <= len(seen) - _TAG else seen[ends[-1] :]
    return longest


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
            elif (item := row_paper([_unescaped(cell) for cell in row], columns, Place(file=file, line=number))) is not None:
                yield item
    if not found:
        raise missing(file, 1, seen)


def _unescaped(cell: object) -> object:
    """The text of a cell with its control characters, which the format writes as `_x000D_`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), cell) if isinstance(cell, str) and "_x" in cell else cell


SOURCE = Source("excel", "Excel workbooks (.xlsx)", sniff, read)
