"""Sorting more lines than memory should hold.

Invariant: the order out depends on the lines alone, not on the order in which they came; at most `budget` bytes of them are held.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

BUDGET = 64 * 1024 * 1024
_PER_LINE = 60  # what a Python bytes object and its list slot cost beyond the bytes themselves


class Sorter:
    """Takes lines, each with a key, gives them back in the order of key, then line. Runs that do not
    fit the budget are spilled, sorted, to nameless temporary files in `folder`: the disk that will hold the result anyway."""

    def __init__(self, folder: Path, *, budget: int = BUDGET) -> None:
        self._folder, self._budget = folder, budget
        self._held: list[bytes] = []
        self._size = 0
        self._runs: list[IO[bytes]] = []
        self.count = 0

    def __enter__(self) -> Sorter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for run in self._runs:
            run.close()

    def add(self, key: bytes, line: bytes) -> None:
        """Keeps one line. Neither part may hold a byte below the space (JSON and our XML have none)."""
        self._held.append(key + b"\0" + line + b"\n")
        self._size += len(key) + len(line) + _PER_LINE
        self.count += 1
        if self._size > self._budget:
            self._spill()

    def _spill(self) -> None:
        self._held.sort()
        run = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed with the sorter
        self._runs.append(run)
        run.writelines(self._held)
        run.seek(0)
        self._held, self._size = [], 0

    def __iter__(self) -> Iterator[bytes]:
        """The lines in order, each with its line break. May be asked for once."""
        self._held.sort()
        for entry in heapq.merge(*self._runs, self._held):
            yield entry[entry.rindex(b"\0") + 1 :]
