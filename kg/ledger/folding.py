"""Records to papers: records that `kg.ledger.grouping` finds to be one work by their identity keys are one paper.

Invariant: the paper table is a function of the set of records alone; a paper whose records did not change is not merged again.
No two groups settle on one id, because the id that a record would have alone is one of its keys.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence

from kg.hashing import digest
from kg.ledger.derived import Change
from kg.ledger.grouping import grouped
from kg.models import Paper
from kg.sources.identity import WEAK

MERGE = "2"  # raise when the merging of the same records changes: papers are then merged again


def fold_records(db: sqlite3.Connection, merge: Callable[[Sequence[Paper]], Paper], inputs: Collection[str]) -> tuple[Change, int]:
    """Brings the paper table to the records. Returns the change in papers, and how many records of `inputs` were folded into another
    record's paper. Call inside a transaction."""
    old: dict[str, str] = dict(db.execute("SELECT members, id FROM paper").fetchall())
    before: dict[str, str] = dict(db.execute("SELECT id, digest FROM paper").fetchall())
    kept: set[str] = set()
    fresh: dict[str, tuple[str, str, Paper]] = {}
    folded = 0
    named = {row for path in inputs for (row,) in db.execute("SELECT id FROM record WHERE source = ?", (path,))}
    for members, rows in _groups(db):
        ours = named.intersection(rows)
        folded += len(ours) - (len(ours) == len(rows))  # all of them ours: one of them is the paper
        if members in old:
            kept.add(old[members])
            continue
        paper = merge([_record(db, row) for row in rows])
        data = paper.model_dump_json(exclude_defaults=True)
        fresh[paper.id] = (members, data, paper)
    gone = before.keys() - kept - fresh.keys()
    db.executemany("DELETE FROM paper WHERE id = ?", ((paper_id,) for paper_id in gone))
    rows_out = [(key, digest(data), members, digest(paper.text), data.encode()) for key, (members, data, paper) in fresh.items()]
    db.executemany("INSERT OR REPLACE INTO paper VALUES (?, ?, ?, ?, ?)", rows_out)
    added = sum(key not in before for key in fresh)
    changed = sum(key in before and before[key] != mark for key, mark, *_ in rows_out)
    return Change(added, changed, len(gone)), folded


def members(db: sqlite3.Connection) -> Iterator[tuple[str, list[tuple[str, Paper]]]]:
    """(paper id, its records as (path of the input, record)) of every paper, as last folded."""
    settled: dict[str, str] = dict(db.execute("SELECT members, id FROM paper").fetchall())
    for mark, rows in _groups(db):
        if mark in settled:
            sources = (db.execute("SELECT source FROM record WHERE id = ?", (row,)).fetchone()[0] for row in rows)
            yield settled[mark], [(source, _record(db, row)) for source, row in zip(sources, rows, strict=True)]


def _record(db: sqlite3.Connection, row: int) -> Paper:
    (data,) = db.execute("SELECT json FROM record WHERE id = ?", (row,)).fetchone()
    return Paper.model_validate_json(data)


def _groups(db: sqlite3.Connection) -> Iterator[tuple[str, list[int]]]:
    """(digest of the members, their rows) of each set of records that share keys, members sorted by content."""
    marks: dict[int, str] = dict(db.execute("SELECT id, digest FROM record").fetchall())
    first, behind = WEAK, WEAK[:-1] + chr(ord(WEAK[-1]) + 1)  # all that begins with WEAK lies between
    sure = db.execute("SELECT key, record FROM record_key WHERE key < ? OR key >= ? ORDER BY key, record", (first, behind))
    weak = db.execute("SELECT key, record FROM record_key WHERE key >= ? AND key < ? ORDER BY key, record", (first, behind))
    groups = grouped(marks, sure, weak)
    for rows in groups.values():
        rows.sort(key=lambda row: (marks[row], row))
        yield digest(MERGE, *(marks[row] for row in rows)), rows
