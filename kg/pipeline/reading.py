"""The read stage: inputs to records in the ledger, one transaction an input.

Invariant: an input that did not change is not read again, whether it gave records or not; one that could not be opened leaves the
records that were known of it untouched. What the user named must be readable; what lies in a folder beside it may be anything.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.errors import ConfigError, InputError, MissingExtra, RecordError
from kg.hashing import canonical, digest, digest_bytes
from kg.ledger import Ledger, facts
from kg.ledger.connection import guarded
from kg.models import Paper, Reject
from kg.pipeline.progress import Progress
from kg.protocols import Input, ReadOptions, Source
from kg.sources.inputs import Named, OpenInput, expand, find_input, open_input, refuse_empty

READERS = "4"  # raise when a reader's reading of the same bytes changes: inputs are then read again
REJECTS = "rejects.jsonl"
NOBODY = "none"  # the reader of what no format claims
UNKNOWN = ""  # the digest of what is to be tried again, whatever its content


@dataclass(slots=True)
class ReadTally:
    """Records and rejects of the inputs that were named, and the keys by which the ledger knows these."""

    records: int = 0
    rejected: int = 0
    inputs: set[str] = field(default_factory=set)


def read_inputs(ledger: Ledger, paths: Sequence[str], options: ReadOptions, *, strict: bool, progress: Progress) -> ReadTally:
    """Reads the inputs at `paths`. A file that was found in a folder and is in no format is one reject. Raises InputError before
    anything is changed where a path is missing, for a named file that cannot be read, and RecordError at the first bad record
    when `strict`."""
    tally = ReadTally()
    names = list(expand(paths))
    for done, named in enumerate(names):
        progress("read", done, len(names))
        key, records, rejected = _read_one(ledger, named, options, strict=strict)
        tally.records, tally.rejected = tally.records + records, tally.rejected + rejected
        tally.inputs.add(key)
    progress("read", len(names), len(names))
    _forget_gone(ledger, tally.inputs)
    return tally


def items_of(named: Named, options: ReadOptions) -> Iterator[Paper | Reject]:
    """The records of an input. Where it was found by walking, a Reject takes the place of the InputError or MissingExtra that
    it cannot be read."""
    from kg.sources.registry import choose

    try:
        given = open_input(named.name)
        yield from choose(given).read(given, options)
    except (InputError, MissingExtra) as error:
        if not named.walked:
            raise
        yield _rejected(error, named)


def forget_others(ledger: Ledger, kept: set[str]) -> None:
    """Makes the inputs `kept` the whole corpus. Raises ConfigError where that would empty the graph."""
    if not kept:
        raise ConfigError("--replace with no paths would empty the graph: name the inputs that are to be the whole corpus")
    with ledger.transaction() as db:
        for gone in sorted(facts.inputs(db).keys() - kept):
            facts.drop_input(db, gone)


def _read_one(ledger: Ledger, named: Named, options: ReadOptions, *, strict: bool) -> tuple[str, int, int]:
    try:
        given = find_input(named.name)
        content = _digest(given)
    except InputError as error:
        return _unopened(ledger, named, error, strict=strict)
    key = f"-:{content[:16]}" if named.name == "-" else os.path.realpath(named.name)
    before = facts.inputs(ledger.db).get(key)
    if before and options.page_year is None and (year := before[1].rpartition("/")[2]):
        options = replace(options, page_year=int(year))  # said when the input was first read, and still true
    if named.walked and before == (content, _reader(None, options)):
        return _known(ledger, key, strict=strict)
    source = _source_of(given, named)
    reader = _reader(source if isinstance(source, Source) else None, options)
    if before == (content, reader):
        return _known(ledger, key, strict=strict)
    with ledger.transaction() as db:
        items = _items(source, given, options, named)
        try:
            records, rejected = _put(db, key, items, strict=strict)
        except MissingExtra as error:
            if not named.walked:
                raise
            content = UNKNOWN  # once the extra is installed it can be read
            records, rejected = _put(db, key, iter([_rejected(error, named)]), strict=strict)
        facts.mark_input(db, key, content, reader)
    return key, records, rejected


def _put(db: sqlite3.Connection, key: str, items: Iterator[Paper | Reject], *, strict: bool) -> tuple[int, int]:
    from kg.sources.identity import keys, merge

    return facts.put_records(db, key, _checked(items, strict=strict), keys=lambda paper: {*keys(paper), merge([paper]).id})


def _known(ledger: Ledger, key: str, *, strict: bool) -> tuple[str, int, int]:
    """What the input gave when it was read. Raises RecordError for its first reject when `strict`."""
    records, rejected = facts.tally(ledger.db, key)
    if strict and rejected:
        first = next(reject for path, reject in facts.rejects_of(ledger.db) if path == key)
        raise RecordError(first.reason, file=first.file, line=first.line)
    return key, records, rejected


def _unopened(ledger: Ledger, named: Named, error: InputError, *, strict: bool) -> tuple[str, int, int]:
    """Notes why the input could not be opened; its content is unknown, so the records that it last gave stay."""
    if strict or not named.walked:
        raise error
    key = os.path.realpath(named.name)
    with ledger.transaction() as db:
        _, reader = facts.inputs(db).get(key, (UNKNOWN, NOBODY))
        facts.put_rejects(db, key, [_rejected(error, named)])
        facts.mark_input(db, key, UNKNOWN, reader)
    return key, *facts.tally(ledger.db, key)


def _forget_gone(ledger: Ledger, met: set[str]) -> None:
    """Takes back the rejects of files that could not be read and are no more."""
    with ledger.transaction() as db:
        for key, (content, reader) in facts.inputs(db).items():
            if key in met or Path(key).is_file() or not (content == UNKNOWN or reader.startswith(NOBODY)):
                continue
            facts.put_rejects(db, key, [])
            if facts.tally(db, key) == (0, 0):
                facts.drop_input(db, key)


def _reader(source: Source | None, options: ReadOptions) -> str:
    """The mark of how an input was read: equal marks and contents give equal records."""
    from kg.sources.registry import sources

    name = source.name if source else f"{NOBODY}/{digest(*(known.name for known in sources()))[:8]}"
    return f"{name}/{READERS}/{options.page_year or ''}"


def _source_of(given: OpenInput, named: Named) -> Source | Reject:
    from kg.sources.registry import choose

    try:
        refuse_empty(given)
        return choose(given)
    except InputError as error:
        if not named.walked:
            raise
        return _rejected(error, named)


def _items(source: Source | Reject, given: Input, options: ReadOptions, named: Named) -> Iterator[Paper | Reject]:
    if isinstance(source, Reject):
        yield source
        return
    try:
        yield from source.read(given, options)
    except InputError as error:
        if not named.walked:
            raise
        yield _rejected(error, named)


def _rejected(error: InputError | MissingExtra, named: Named) -> Reject:
    if isinstance(error, InputError):
        return Reject(file=error.file, line=error.line, reason=error.reason)
    return Reject(file=named.name, reason=str(error))


def _digest(given: Input) -> str:
    def chunks() -> Iterator[bytes]:
        with given.binary() as stream:
            while chunk := stream.read(1 << 20):
                yield chunk

    return digest_bytes(chunks())


def _checked(items: Iterator[Paper | Reject], *, strict: bool) -> Iterator[Paper | Reject]:
    for item in items:
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
