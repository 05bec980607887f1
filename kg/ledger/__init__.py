"""The ledger: everything that was read, seen and decided, in one SQLite file in the graph's folder.

`Ledger.open` gives a reader or, with `write=True`, the one writer. The functions that fill and ask it are in `facts`, `folding` and
`derived`; each takes the open connection `ledger.db`. Invariant: the tables of facts are changed only inside a transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from kg.ledger import derived, facts, folding
from kg.ledger.connection import FILE, connect, guarded, take_lock

__all__ = ["Ledger", "derived", "facts", "folding"]


class Ledger:
    """An open ledger. Close it, or use it in a `with`: a writer's lock on the folder lasts as long as it is open."""

    def __init__(self, folder: Path, db: sqlite3.Connection, lock: sqlite3.Connection | None) -> None:
        self.folder, self.db, self._lock = folder, db, lock

    @staticmethod
    def open(folder: Path, *, write: bool = False) -> Ledger:
        """The ledger in `folder`; with `write` it is made when missing. Raises ConfigError, or KgError where the disk refuses."""
        lock = take_lock(folder) if write else None
        try:
            db = connect(folder, write=write)
            if not write:
                db.execute("BEGIN")  # one state for as long as it is open, whatever a writer does meanwhile
            return Ledger(folder, db, lock)
        except BaseException:
            if lock:
                lock.close()
            raise

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[sqlite3.Connection]:
        """All or nothing; `keep=False` undoes it at the end (a dry run). Inside another one it is part of that."""
        with guarded(self.folder / FILE):
            if self.db.in_transaction:
                yield self.db
                return
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
            except BaseException:
                if self.db.in_transaction:  # a full disk makes SQLite roll back by itself
                    self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT" if keep else "ROLLBACK")

    def close(self) -> None:
        """Ends the connection and gives the lock back."""
        self.db.close()
        if self._lock:
            self._lock.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
