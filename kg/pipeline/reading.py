"""The read stage: inputs to records in the ledger, one transaction an input.

Invariant: an input that did not change is not read again; one that could not be read leaves what was known of it untouched.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import ConfigError, RecordError
from kg.hashing import canonical, digest_bytes
from kg.ledger import Ledger, facts
from kg.ledger.connection import guarded
from kg.models import Paper, Reject
from kg.pipeline.progress import Progress
from kg.protocols import Input, ReadOptions, Source

READERS = "1"  # raise when a reader's reading of the same bytes changes: inputs are then read again
REJECTS = "rejects.jsonl"


@dataclass(slots=True)
class ReadTally:
    """Records and rejects of the inputs that were named, and the keys by which the ledger knows these."""

    records: int = 0
    rejected: int = 0
    inputs: set[str] = field(default_factory=set)


def read_inputs(ledger: Ledger, paths: Sequence[str], options: ReadOptions, *, strict: bool, progress: Progress) -> ReadTally:
    """Reads the inputs at `paths`. Raises InputError before anything is changed where a path is missing, and at the first bad
    record when `strict`."""
    from kg.sources.inputs import expand

    tally = ReadTally()
    names = list(dict.fromkeys(expand(paths)))
    for done, name in enumerate(names):
        progress("read", done, len(names))
        key, records, rejected = _read_one(ledger, name, options, strict=strict)
        tally.records, tally.rejected = tally.records + records, tally.rejected + rejected
        tally.inputs.add(key)
    progress("read", len(names), len(names))
    return tally


def forget_others(ledger: Ledger, kept: set[str]) -> None:
    """Makes the inputs `kept` the whole corpus. Raises ConfigError where that would empty the graph."""
    if not kept:
        raise ConfigError("--replace with no paths would empty the graph: name the inputs that are to be the whole corpus")
    with ledger.transaction() as db:
        for gone in sorted(facts.inputs(db).keys() - kept):
            facts.drop_input(db, gone)


def _read_one(ledger: Ledger, name: str, options: ReadOptions, *, strict: bool) -> tuple[str, int, int]:
    from kg.sources.identity import keys, merge
    from kg.sources.inputs import open_input
    from kg.sources.registry import choose

    given = open_input(name)
    content = _digest(given)
    key = f"-:{content[:16]}" if name == "-" else os.path.realpath(name)
    source = choose(given)
    reader = f"{source.name}/{READERS}/{options.page_year or ''}"
    if facts.inputs(ledger.db).get(key) == (content, reader):
        return key, *facts.tally(ledger.db, key)
    with ledger.transaction() as db:
        items = _checked(source, given, options, strict=strict)
        records, rejected = facts.put_records(db, key, items, keys=lambda paper: {*keys(paper), merge([paper]).id})
        facts.mark_input(db, key, content, reader)
    return key, records, rejected


def _digest(given: Input) -> str:
    def chunks() -> Iterator[bytes]:
        with given.binary() as stream:
            while chunk := stream.read(1 << 20):
                yield chunk

    return digest_bytes(chunks())


def _checked(source: Source, given: Input, options: ReadOptions, *, strict: bool) -> Iterator[Paper | Reject]:
    for item in source.read(given, options):
        if strict and isinstance(item, Reject):
            raise RecordError(item.reason, file=item.file, line=item.line)
        yield item


def write_rejects(ledger: Ledger) -> None:
    """Brings the graph folder's `rejects.jsonl` to the rejects of the inputs that are in the graph; no file where there are none."""
    path = ledger.folder / REJECTS
    with guarded(path):
        _write_lines(path, (canonical(reject.model_dump(mode="json")) for reject in facts.rejects(ledger.db)))


def _write_lines(path: Path, lines: Iterable[bytes]) -> None:
    fresh = path.with_suffix(".tmp")
    with fresh.open("wb") as out:
        for line in lines:
            out.write(line + b"\n")
    if fresh.stat().st_size:
        fresh.replace(path)
    else:
        fresh.unlink()
        path.unlink(missing_ok=True)
