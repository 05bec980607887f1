"""Parquet files with columns that are known by name, as data sets on the hubs have them.

Invariant: only the columns that mean something are read, a thousand rows at a time; a record's line is its number. Texts stay as the
file stores them, each different one once, until their row comes: a file can mean far more than it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kg.errors import InputError, MissingExtra
from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.binary_files import seekable, starts_with
from kg.sources.columns import columns_of, missing, row_paper

ROWS = 1000
AT_ONCE = 1 << 24  # bytes that a column of a thousand rows may come to as Python's strings; else they are made row by row
_TEXTS = ("string", "large_string", "binary", "large_binary")


def sniff(given: Input) -> float:
    """Certain by the mark at the beginning."""
    return 0.95 if starts_with(given, b"PAR1") else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each row. Raises MissingExtra without pyarrow, InputError for a damaged file."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise MissingExtra("reading Parquet files", extra="tables") from None
    with seekable(given) as file:
        try:
            texts = [field.name for field in parquet.read_schema(file) if str(field.type) in _TEXTS]
            yield from _rows(parquet.ParquetFile(file, read_dictionary=texts), given.name)
        except InputError:
            raise
        # pyarrow's own errors, and what they are made of
        except (ArrowException, OSError, ValueError, LookupError, TypeError, NotImplementedError, MemoryError) as error:
            reason = f"the Parquet data is damaged ({' '.join(str(error).split())[:120]}): fetch the file again"
            raise InputError(reason, file=given.name) from None


def _rows(table: Any, file: str) -> Iterator[Paper | Reject]:
    header: list[str] = table.schema_arrow.names
    every = columns_of(header)
    if not every:
        raise missing(file, 1, header)
    wanted = list(dict.fromkeys(header[place] for places in every.values() for place in places))
    columns = columns_of(wanted)
    number = 0
    for batch in table.iter_batches(batch_size=ROWS, columns=wanted):
        cells = [_cells(batch.column(batch.schema.get_all_field_indices(name)[0])) for name in wanted]
        for row in zip(*cells, strict=True):
            number += 1
            place = Place(file=file, line=number)
            item = row_paper(row, columns, place)
            yield item if item is not None else Reject(file=file, line=number, reason="an empty row")
    if not number:
        yield Reject(file=file, line=1, reason="the table has no rows")


def _cells(column: Any) -> Iterable[Any]:
    import pyarrow
    from pyarrow import compute

    if pyarrow.types.is_dictionary(column.type):
        longest = compute.max(compute.binary_length(column.dictionary)).as_py() or 0
        if longest * len(column) > AT_ONCE:
            return (value.as_py() for value in column)
    values: list[Any] = column.to_pylist()
    return values


SOURCE = Source("parquet", "Parquet tables", sniff, read)
