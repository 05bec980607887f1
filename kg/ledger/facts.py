"""Facts in the ledger: inputs, records, rejects, and extractions cached by content.

Invariant: an input's records are replaced as a whole; an extraction, once stored, is never changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator

from kg.hashing import digest
from kg.models import Extraction, Paper, Reject


def inputs(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Path of each input to (content digest, reader), as last read."""
    return {path: (content, reader) for path, content, reader in db.execute("SELECT path, digest, reader FROM source")}


def put_records(db: sqlite3.Connection, path: str, items: Iterable[Paper | Reject], *, keys: Callable[[Paper], Iterable[str]]) -> tuple[int, int]:
    """Makes `items` all that is known of the input at `path`; returns the numbers of records and rejects.
    `keys` gives the identity keys of a record. Call inside a transaction."""
    drop_input(db, path)
    records = rejects = 0
    for item in items:
        if isinstance(item, Reject):
            db.execute("INSERT INTO reject VALUES (?, ?, ?, ?)", (path, item.file, item.line, item.reason))
            rejects += 1
            continue
        data = item.model_dump_json(exclude_defaults=True).encode()
        row = db.execute("INSERT INTO record (source, digest, json) VALUES (?, ?, ?)", (path, digest(data.decode()), data)).lastrowid
        db.executemany("INSERT OR IGNORE INTO record_key VALUES (?, ?)", ((key, row) for key in keys(item)))
        records += 1
    return records, rejects


def put_rejects(db: sqlite3.Connection, path: str, rejects: Iterable[Reject]) -> None:
    """Makes `rejects` the rejects of the input and leaves its records as they are. Call inside a transaction."""
    db.execute("DELETE FROM reject WHERE source = ?", (path,))
    db.executemany("INSERT INTO reject VALUES (?, ?, ?, ?)", ((path, item.file, item.line, item.reason) for item in rejects))


def mark_input(db: sqlite3.Connection, path: str, content: str, reader: str) -> None:
    """Notes that the input has been read to its end."""
    db.execute("INSERT OR REPLACE INTO source VALUES (?, ?, ?)", (path, content, reader))


def drop_input(db: sqlite3.Connection, path: str) -> None:
    """Forgets an input with its records and rejects."""
    db.execute("DELETE FROM record_key WHERE record IN (SELECT id FROM record WHERE source = ?)", (path,))
    for table in ("record", "reject"):
        db.execute(f"DELETE FROM {table} WHERE source = ?", (path,))
    db.execute("DELETE FROM source WHERE path = ?", (path,))


def tally(db: sqlite3.Connection, path: str) -> tuple[int, int]:
    """Numbers of records and rejects that an input gave."""
    one = "SELECT (SELECT count(*) FROM record WHERE source = :p), (SELECT count(*) FROM reject WHERE source = :p)"
    records, rejects = db.execute(one, {"p": path}).fetchone()
    return int(records), int(rejects)


def rejects(db: sqlite3.Connection) -> Iterator[Reject]:
    """Every rejected record, by file and line."""
    for file, line, reason in db.execute("SELECT file, line, reason FROM reject ORDER BY file, line, reason"):
        yield Reject(file=file, line=line, reason=reason)


def rejects_of(db: sqlite3.Connection) -> Iterator[tuple[str, Reject]]:
    """(path of the input, rejected record) of every reject, by path, file and line."""
    for path, file, line, reason in db.execute("SELECT source, file, line, reason FROM reject ORDER BY source, file, line, reason"):
        yield path, Reject(file=file, line=line, reason=reason)


def unread_texts(db: sqlite3.Connection, fingerprint: str) -> list[str]:
    """Hashes of the texts that no extraction of this fingerprint is kept for, in order."""
    query = """SELECT DISTINCT text_hash FROM paper WHERE NOT EXISTS
               (SELECT 1 FROM extraction e WHERE e.text_hash = paper.text_hash AND e.fingerprint = ?) ORDER BY text_hash"""
    return [text_hash for (text_hash,) in db.execute(query, (fingerprint,))]


def text(db: sqlite3.Connection, text_hash: str) -> str:
    """The text of a hash, from any paper that has it."""
    (data,) = db.execute("SELECT json FROM paper WHERE text_hash = ? LIMIT 1", (text_hash,)).fetchone()
    return Paper.model_validate_json(data).text


def put_extractions(db: sqlite3.Connection, fingerprint: str, found: Iterable[tuple[str, Extraction]]) -> None:
    """Keeps extractions, (text hash, extraction) each. Call inside a transaction."""
    rows = [(text_hash, fingerprint, extraction.model_dump_json(exclude_defaults=True).encode()) for text_hash, extraction in found]
    db.executemany("INSERT OR IGNORE INTO extraction VALUES (?, ?, ?)", rows)


def extraction(db: sqlite3.Connection, text_hash: str, fingerprint: str) -> Extraction:
    """The extraction kept for a text; an empty one where none is."""
    row = db.execute("SELECT json FROM extraction WHERE text_hash = ? AND fingerprint = ?", (text_hash, fingerprint)).fetchone()
    return Extraction.model_validate_json(row[0]) if row else Extraction()
