"""Writing a file whole or not at all.

Invariant: under the given name stands either what stood there before or the complete new file, never a part of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import KgError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A byte stream that takes the place of `path` when the block ends without an error.

    Raises KgError, with the old file untouched, where the folder is missing or not writable, the disk is full, or `path` is a folder."""
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise KgError(f"{path}: is a folder; give the name of a file to write")
    if not target.parent.is_dir():
        raise KgError(f"{path}: the folder {target.parent} does not exist; create it first")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        raise KgError(f"{path}: cannot be written: {error.strerror or error}; nothing was changed") from error
    finally:
        part.unlink(missing_ok=True)
