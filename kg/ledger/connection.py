"""Opening the ledger: one SQLite file in WAL mode, many readers, one writer.

Invariant: whatever SQLite refuses reaches the user as one line with the remedy; a writer that dies, however it dies, holds
nothing afterwards (its lock is a transaction that the operating system ends with it).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import ConfigError, KgError
from kg.ledger.schema import APPLICATION_ID, TABLES, VERSION

FILE = "ledger.sqlite"
LOCK = "ledger.lock"


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turns SQLite's and the file system's refusals inside the block into a KgError about `path`."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise KgError(f"{path}: {_remedy(str(error))}") from error
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a fault of ours: the ledger is sound
    except sqlite3.DatabaseError as error:
        raise KgError(f"{path}: not a readable ledger ({error}): restore it from a copy, or delete its folder and build again") from error
    except OSError as error:
        raise KgError(f"{path}: {error.strerror or error}: choose a folder that you can write to, with space left") from error


def _remedy(message: str) -> str:
    if "full" in message:
        return "no space left on the device: free some and run the same command again, it goes on where it stopped"
    if "locked" in message or "busy" in message:
        return "in use by another kg process: wait for it to end and run again"
    if "readonly" in message or "unable to open" in message or "disk I/O" in message:
        return f"cannot be opened or written ({message}): check the folder's permissions and free space"
    return message


def take_lock(folder: Path) -> sqlite3.Connection:
    """Holds the graph's folder for one writer until the connection is closed. Raises ConfigError where another writer holds it."""
    with guarded(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            lock.close()
            if "locked" not in str(error):
                raise
            raise ConfigError(f"{folder}: another kg command is writing this graph: wait for it to end and run again") from error
    return lock


def connect(folder: Path, *, write: bool) -> sqlite3.Connection:
    """An open ledger of our version, made when missing and `write`. Raises ConfigError where there is none to read,
    or where it is of a newer version."""
    path = folder / FILE
    if not write and not path.is_file():
        raise ConfigError(f"{folder}: no graph here: build one with `kg build PATHS -g {folder}`, or name its folder with -g")
    with guarded(path):
        db = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            _settle(db, path, write=write)
        except BaseException:
            db.close()
            raise
    return db


def _settle(db: sqlite3.Connection, path: Path, *, write: bool) -> None:
    application, version = db.execute("PRAGMA application_id").fetchone()[0], db.execute("PRAGMA user_version").fetchone()[0]
    empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if empty and write:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(f"BEGIN; {TABLES} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;")
    elif empty or application != APPLICATION_ID:
        raise ConfigError(f"{path}: not a kg ledger: name another folder with -g")
    elif version > VERSION:
        raise ConfigError(f"{path}: written by a newer kg (ledger version {version}, this one reads {VERSION}): upgrade kg to open it")
    if not write and not db.execute("SELECT 1 FROM meta WHERE key = 'graph'").fetchone():
        raise ConfigError(f"{path.parent}: no graph here yet, its first build did not end: run `kg build PATHS -g {path.parent}`")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA temp_store = MEMORY")
    if not write:
        db.execute("PRAGMA query_only = ON")
