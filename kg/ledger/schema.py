"""The ledger's tables, and the two marks by which a file is known to be a ledger of a version that we can read.

Invariant: `record`, `reject` and `extraction` hold facts; every other table can be made again from them.
"""

from __future__ import annotations

APPLICATION_ID = 0x6B670001  # "kg" and a number: SQLite shows it to `file` and to us
VERSION = 1

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (path TEXT PRIMARY KEY, digest TEXT NOT NULL, reader TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE record (id INTEGER PRIMARY KEY, source TEXT NOT NULL, digest TEXT NOT NULL, json BLOB NOT NULL);
CREATE INDEX record_source ON record (source);
CREATE TABLE record_key (key TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (key, record)) WITHOUT ROWID;
CREATE INDEX record_key_record ON record_key (record);
CREATE TABLE reject (source TEXT NOT NULL, file TEXT NOT NULL, line INTEGER, reason TEXT NOT NULL);
CREATE INDEX reject_source ON reject (source);
CREATE TABLE paper (id TEXT PRIMARY KEY, digest TEXT NOT NULL, members TEXT NOT NULL, text_hash TEXT NOT NULL, json BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX paper_text ON paper (text_hash);
CREATE TABLE extraction (text_hash TEXT NOT NULL, fingerprint TEXT NOT NULL, json BLOB NOT NULL, PRIMARY KEY (text_hash, fingerprint)) WITHOUT ROWID;
CREATE TABLE link (kind TEXT NOT NULL, name TEXT NOT NULL, json BLOB NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID;
CREATE TABLE concept (id TEXT PRIMARY KEY, json BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE redirect (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE star (id TEXT PRIMARY KEY, digest TEXT NOT NULL, json BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE published (store TEXT NOT NULL, id TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (store, id)) WITHOUT ROWID;
"""
