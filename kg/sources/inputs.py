"""Inputs by name: files, folders, standard input and pipes, each as an object that can be read any number of times.

Invariant: an input is never held in memory whole, every way in which it cannot be read is one InputError with the remedy, and a
folder that holds a graph is never taken for records.
"""

from __future__ import annotations

import io
import os
import stat
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

from kg.errors import InputError
from kg.sources.streams import Unpacked, encoding_of
from kg.text import clean

HEAD = 1 << 16  # characters of `head`
IN_MEMORY = 1 << 24  # bytes of a pipe that are kept in memory before a temporary file takes over
STDIN = "-"
GRAPH = frozenset({"ledger.sqlite", "ledger.lock"})  # a folder with one of these is a graph's


@dataclass(frozen=True, slots=True)
class Named:
    """The name of an input; `walked` where nobody named it: it lies in a folder that was named, so it may be anything at all."""

    name: str
    walked: bool = False


class OpenInput:
    """An input that was found and can be opened; made by `open_input`."""

    def __init__(self, name: str, fresh: Callable[[], IO[bytes]]) -> None:
        self._name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        self._fresh = fresh
        self._last: Unpacked | None = None

    @property
    def name(self) -> str:
        """The name as the user gave it."""
        return self._name

    @cached_property
    def head(self) -> str:
        """The first 65,536 characters."""
        with self.text() as stream:
            return stream.read(HEAD)

    @property
    def fault(self) -> str | None:
        """Why the stream that was opened last ended before its end, once it was read through; None where it did not."""
        return self._last.fault if self._last else None

    def binary(self) -> IO[bytes]:
        """A fresh stream of the unpacked bytes. It ends without an error where the data breaks off: see `fault`."""
        try:
            self._last = Unpacked(self._fresh())
        except OSError as error:
            raise InputError(_remedy(error), file=self._name) from error
        return io.BufferedReader(self._last)

    def text(self) -> IO[str]:
        """A fresh stream of text: universal newlines, byte-order mark gone, encoding found."""
        stream = self.binary()
        encoding, errors = encoding_of(stream.peek(4)[:4])  # type: ignore[attr-defined]
        return io.TextIOWrapper(stream, encoding=encoding, errors=errors)


def open_input(path: str) -> OpenInput:
    """The input called `path`; `-` is standard input. Pipes are copied to a temporary file, so that they can be read again.
    Raises InputError where there is nothing, no right to read it, or no content."""
    given = find_input(path)
    refuse_empty(given)
    return given


def find_input(path: str) -> OpenInput:
    """Like `open_input`, but an input without content is given too."""
    return OpenInput(path, _opener(path))


def refuse_empty(given: OpenInput) -> None:
    """Raises InputError where nothing but space can be read."""
    if not clean(given.head).strip():
        reason = f"nothing can be read: {given.fault}" if given.fault else "empty: there are no records in it"
        raise InputError("standard input is empty: pipe the records in, or name a file" if given.name == STDIN else reason, file=given.name)


def expand(paths: Iterable[str]) -> Iterator[Named]:
    """The inputs that `paths` stand for, each once: files and `-` as given, folders as the files in them and below, in sorted order.
    Left out are hidden ones, pipes and devices, and folders that hold a graph. Raises InputError for a missing path, a folder that
    is unreadable or a graph's, and one without files."""
    found: dict[str, Named] = {}
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            if path != STDIN and not os.path.lexists(path):
                raise InputError("no such file or folder: check the path", file=path)
            found[path] = Named(path)
            continue
        inside = sorted(_files(path))
        if not inside:
            raise InputError("no files in this folder (hidden ones are left out): name a folder with records", file=path)
        for name in inside:
            found.setdefault(name, Named(name, walked=True))
    yield from found.values()


def _files(folder: str) -> Iterator[str]:
    """The files below, and the folders below that cannot be looked into: opening one says why."""
    closed: list[str] = []

    def fail(error: OSError) -> None:
        if str(error.filename or folder) == folder:
            raise InputError(_remedy(error), file=folder)
        closed.append(str(error.filename))

    for where, folders, names in os.walk(folder, onerror=fail):
        if held := GRAPH & {*names, *folders}:
            if where == folder:
                files = " and ".join(sorted(held))
                reason = f"this folder holds a graph ({files}): name the folder with the records, or delete {files} where none is meant to be"
                raise InputError(reason, file=folder)
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (str(Path(where) / name) for name in names if not name.startswith(".") and not _endless(Path(where) / name))
    yield from closed


def _endless(path: Path) -> bool:
    """Whether it is a pipe, a socket or a device, where reading may wait for ever."""
    try:
        mode = path.stat().st_mode
    except OSError:  # a link that leads nowhere: opening it says so
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _opener(path: str) -> Callable[[], IO[bytes]]:
    if path == STDIN:
        return _spooled(sys.stdin.buffer)
    try:
        if stat.S_ISREG(Path(path).stat().st_mode):
            return lambda: Path(path).open("rb")
        with Path(path).open("rb") as pipe:
            return _spooled(pipe)
    except (OSError, ValueError) as error:
        raise InputError(_remedy(error), file=path) from error


def _spooled(pipe: IO[bytes]) -> Callable[[], IO[bytes]]:
    spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (it lives as long as the opener)
    while chunk := pipe.read(1 << 16):
        spool.write(chunk)

    def fresh() -> IO[bytes]:
        return io.BufferedReader(_Window(spool))

    weakref.finalize(fresh, spool.close)
    return fresh


class _Window(io.RawIOBase):
    """One reader of a shared file, with a position of its own."""

    def __init__(self, shared: IO[bytes]) -> None:
        self._shared, self._at = shared, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._at = self._shared.seek(offset + (self._at if whence == 1 else 0), 2 if whence == 2 else 0)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self._shared.seek(self._at)
        data = self._shared.read(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def _remedy(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder: check the path"
    if isinstance(error, PermissionError):
        return "permission denied: allow reading it (chmod +r)"
    if isinstance(error, IsADirectoryError):
        return "a folder, not a file: name the folder among the inputs, or a file in it"
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return f"cannot be read ({reason}): check the path and the disk"
