"""The file of a fetch: written beside its place, put there when it is whole, gone on with from a state in between.

While a fetch of FILE runs, `.FILE.part` holds what came and `.FILE.state.json` says how far it is; hidden, so that a build of the
folder leaves them out. Invariant: the state never promises bytes that are not on the disk; FILE is there whole or not at all.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import orjson

from kg.errors import ConfigError, KgError
from kg.fetch.service import Position


@dataclass(frozen=True, slots=True)
class State:
    """How far a fetch of the query with this `digest` is: where to go on (None: all is there), `size` in bytes and `records` so far,
    how many the service announced in `total`, and the ids it did not know."""

    digest: str
    position: Position | None
    size: int
    records: int = 0
    total: int | None = None
    missing: tuple[str, ...] = ()


class Output:
    """A file that records are appended to; close it, or use it in a `with`. What is not finished can be gone on with."""

    def __init__(self, path: Path, fresh: State, *, header: bytes, refresh: bool = False) -> None:
        """Opens the unfinished fetch of `path`, or begins one with `header` and the state `fresh`; `refresh` begins in any case.
        Raises ConfigError where the file is there already or another query's fetch stands unfinished, KgError where the state is damaged."""
        self.path = path
        self.part, self.memory = path.with_name(f".{path.name}.part"), path.with_name(f".{path.name}.state.json")
        if not path.parent.is_dir() or path.is_dir():
            raise ConfigError(f"{path}: {'a folder: name a file in it' if path.is_dir() else 'its folder is not there: make it'}")
        known = self.memory.exists() and not refresh and not self._placed()
        if path.exists() and not (known or refresh):
            raise ConfigError(f"{path} is there already, so its fetch is finished: build from it, or use --refresh to fetch it anew")
        self._file = _locked(self.part, path)
        try:
            other = known and _loaded(self.memory)
            self.state = self._resumed(fresh, other) if other and (other.records or other.digest == fresh.digest) else self._begun(fresh, header)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Output:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def append(self, records: Iterable[bytes], state: State) -> State:
        """Writes the records, then the state, which is `state` with the file's new size; returns it."""
        return self._kept(b"".join(records), state)

    def finish(self, footer: bytes) -> None:
        """Writes `footer` and puts the file in its place."""
        if self.state.position is not None:
            raise ValueError("a fetch that is not at its end")
        self._file.write(footer)
        self._flushed()
        self.part.replace(self.path)
        self.memory.unlink(missing_ok=True)

    def discard(self) -> None:
        """Leaves nothing behind."""
        self.part.unlink(missing_ok=True)
        self.memory.unlink(missing_ok=True)

    def _placed(self) -> bool:
        """Whether a fetch was killed after its file was put in its place, before its state went."""
        placed = self.path.exists() and not self.part.exists() and _loaded(self.memory).position is None
        if placed:
            self.memory.unlink()
        return placed

    def _begun(self, fresh: State, header: bytes) -> State:
        self.memory.unlink(missing_ok=True)  # first, so that no old state stands beside a new file
        self._file.truncate(0)
        self._file.seek(0)
        return self._kept(header, fresh)

    def _resumed(self, fresh: State, state: State) -> State:
        again = "use --refresh to fetch it anew"
        if state.digest != fresh.digest:
            raise ConfigError(f"{self.path}: a fetch of another query stands unfinished there: run that one again, name another file, or {again}")
        length = self._file.seek(0, os.SEEK_END)
        if length < state.size:
            raise KgError(f"{self.part}: shorter than its state says ({length} of {state.size} bytes): {again}")
        self._file.seek(max(0, state.size - 1))
        if state.size and self._file.read(1) != b"\n":
            raise KgError(f"{self.part}: changed since it was written: {again}")
        self._file.truncate(state.size)
        self._file.seek(state.size)
        return state

    def _kept(self, data: bytes, state: State) -> State:
        self._file.write(data)
        self._flushed()
        self.state = State(**{**asdict(state), "size": self._file.tell()})
        beside = self.memory.with_name(self.memory.name + ".new")
        with beside.open("wb") as file:
            file.write(orjson.dumps(asdict(self.state)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.memory)
        return self.state

    def _flushed(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())


def _locked(part: Path, path: Path) -> IO[bytes]:
    file = os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
    with contextlib.suppress(ImportError):  # no such lock on Windows
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise ConfigError(f"{path}: another fetch is writing it: wait for it, or name another file") from None
    return file


def _loaded(memory: Path) -> State:
    try:
        value: Any = orjson.loads(memory.read_bytes())
        state = State(**value)
        sound = isinstance(state.digest, str) and isinstance(state.size, int) and isinstance(state.records, int)
        if sound and (state.position is None or isinstance(state.position, dict)):
            return State(**{**value, "missing": tuple(value.get("missing", ()))})
    except (orjson.JSONDecodeError, TypeError, AttributeError):
        pass
    raise KgError(f"{memory}: not what a fetch left there: use --refresh to fetch it anew")
