"""Inputs whose formats need to jump about in the file (Excel, Parquet) as seekable files.

Invariant: what is not small lies on disk, never in memory, and never more than `MOST` bytes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from kg.errors import InputError
from kg.protocols import Input

IN_MEMORY = 1 << 24
MOST = 1 << 33  # 8 GiB: the largest file of records we know of, several times over


def starts_with(given: Input, magic: bytes, *, within: bytes = b"") -> bool:
    """Whether the data begins with `magic`, and `within` stands in its first 64 KiB."""
    with given.binary() as stream:
        start = stream.read(1 << 16)
    return start.startswith(magic) and within in start


@contextmanager
def seekable(given: Input) -> Iterator[IO[bytes]]:
    """The data as a seekable file, gone when the block ends. Raises InputError for more than `MOST` bytes and for packed data that
    breaks off."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        size = 0
        with given.binary() as stream:
            while chunk := stream.read(1 << 20):
                size += len(chunk)
                if size > MOST:
                    raise InputError(f"more than {MOST >> 30} GiB: split the file", file=given.name)
                copy.write(chunk)
        if fault := getattr(given, "fault", None):
            raise InputError(fault, file=given.name)
        copy.seek(0)
        yield copy
