"""Tables as text, CSV and TSV, with a header row: the separator is found by trying, quoted cells may go over several lines.

Invariant: a row that cannot be parsed costs no other; a cell is never longer than the parser's own limit.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.columns import Columns, columns_of, likeness, missing, row_paper
from kg.sources.inputs import HEAD
from kg.sources.lines import numbered

SEPARATORS = (",", "\t", ";", "|")
HEADER_WITHIN = 12  # lines: some exports open with a line about themselves


def sniff(given: Input) -> float:
    """High where one of the first lines, cut at a separator, names a title or abstract column and others that papers have."""
    if given.head.lstrip()[:1] in ("{", "[", "<", "@"):
        return 0.0
    found = _header(given.head)
    return likeness(found[2], found[3]) if found else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each row below the header. Raises InputError where no row is a header."""
    found = _header(given.head)
    if found is None:
        raise missing(given.name, 1, given.head.partition("\n")[0].split(","))
    skip, separator, columns, width = found
    faults: list[Reject] = []
    lines = _lines(given, faults)
    for _ in range(skip):
        next(lines, None)
    rows = csv.reader(lines, delimiter=separator, strict=False)
    if separator == "\t" and _unquoted(given.head, skip, width):
        rows = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
    begins, any_row = skip, False
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield Reject(file=given.name, line=begins + 1, reason=f"a row that cannot be parsed ({error}): a closing quotation mark may be missing")
            begins, any_row = skip + rows.line_num, True
            continue
        place, begins = Place(file=given.name, line=begins + 1), skip + rows.line_num
        if place.line == skip + 1:
            continue  # the header
        item = _row(row, columns, width, place)
        any_row = any_row or item is not None
        if item is not None:
            yield item
    yield from faults
    if not (any_row or faults):
        yield Reject(file=given.name, line=skip + 1, reason="a header without rows: the table is empty")


def _row(row: list[str], columns: Columns, width: int, place: Place) -> Paper | Reject | None:
    item = row_paper(row, columns, place)
    if isinstance(item, Paper) and len(row) > width and any(cell.strip() for cell in row[width:]):
        reason = f"{len(row)} cells under {width} columns: put cells that hold the separator into quotation marks"
        return Reject(file=place.file, line=place.line, reason=reason)
    return item


def _header(head: str) -> tuple[int, str, Columns, int] | None:
    """(lines before the header, separator, columns, width): the cut that makes most columns known."""
    lines = head.split("\n")[:HEADER_WITHIN]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].rstrip("\r")) == 5:
        lines[0] = ""
    best: tuple[int, str, Columns, int] | None = None
    for number, line in enumerate(lines):
        for separator in SEPARATORS:
            cells = _cells(line, separator)
            columns = columns_of(cells)
            if columns and (best is None or len(columns) > len(best[2])):
                best = (number, separator, columns, len(cells))
    return best


def _unquoted(head: str, skip: int, width: int) -> bool:
    """Whether quotation marks in a table parted by tabs are part of the text: always in exports of the Web of Science, else where the
    lines have the right number of cells as they stand, and one of these has a mark at its beginning alone."""
    header, *rows = [line.rstrip("\r").split("\t") for line in head.split("\n")[skip:]]
    if {"PT", "AU", "TI"} <= set(header):
        return True
    rows = [row for row in (rows[:-1] if len(head) >= HEAD else rows) if row != [""]]
    alone = (cell for row in rows for cell in row if cell[:1] == '"' and (len(cell) < 2 or cell[-1] != '"'))
    return all(len(row) == width for row in rows) and any(alone)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _lines(given: Input, faults: list[Reject]) -> Iterator[str]:
    for item in numbered(given):
        if isinstance(item, Reject):
            faults.append(item)
            yield "\n"
        else:
            yield item[1].replace("\x00", "") + "\n"


SOURCE = Source("csv-table", "CSV and TSV with a header row", sniff, read)
