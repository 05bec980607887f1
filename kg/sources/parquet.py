"""Parquet files with columns that are known by name, as data sets on the hubs have them.

Invariant: only the columns that mean something are read, a thousand rows at a time; a record's line is its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.errors import InputError, MissingExtra
from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.binary_files import seekable, starts_with
from kg.sources.columns import columns_of, missing, row_paper

ROWS = 1000


def sniff(given: Input) -> float:
    """Certain by the mark at the beginning."""
    return 0.95 if starts_with(given, b"PAR1") else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each row. Raises MissingExtra without pyarrow, InputError for a damaged file."""
    try:
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("reading Parquet files", extra="tables") from None
    with seekable(given) as file:
        try:
            yield from _rows(parquet.ParquetFile(file), given.name)
        except InputError:
            raise
        except (OSError, ValueError, KeyError, NotImplementedError, MemoryError) as error:  # what pyarrow's own errors are made of
            reason = f"the Parquet data is damaged ({' '.join(str(error).split())[:120]}): fetch the file again"
            raise InputError(reason, file=given.name) from None


def _rows(table: Any, file: str) -> Iterator[Paper | Reject]:
    header: list[str] = table.schema_arrow.names
    every = columns_of(header)
    if not every:
        raise missing(file, 1, header)
    wanted = [header[place] for places in every.values() for place in places]
    columns = columns_of(wanted)
    number = 0
    for batch in table.iter_batches(batch_size=ROWS, columns=wanted):
        cells = [batch.column(batch.schema.get_field_index(name)).to_pylist() for name in wanted]
        for row in zip(*cells, strict=True):
            number += 1
            place = Place(file=file, line=number)
            item = row_paper(row, columns, place)
            yield item if item is not None else Reject(file=file, line=number, reason="an empty row")
    if not number:
        yield Reject(file=file, line=1, reason="the table has no rows")


SOURCE = Source("parquet", "Parquet tables", sniff, read)
