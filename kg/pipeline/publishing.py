"""`push`: brings a Neo4j database to the graph, star by star, only what differs from what it was last given.

Invariant: the ledger notes a batch before it is sent and again once the server has committed it, so a push that was killed is made
good by the next, even if what it was sending has left the graph by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from kg.config import Neo4jSettings, graph_dir
from kg.hashing import digest
from kg.kinds import NODES
from kg.ledger import Ledger, derived
from kg.models import Star
from kg.pipeline.progress import Progress, silent
from kg.protocols import Store

EDGES = 5000  # edges in a batch at most, give or take one star
REMOVALS = 2000


@dataclass(frozen=True, slots=True)
class PushReport:
    """How many stars were written and how many nodes removed, and what the database holds now."""

    written: int
    removed: int
    counts: dict[str, int]

    def as_json(self) -> dict[str, object]:
        """The report as plain JSON values."""
        return asdict(self)


def push(settings: Neo4jSettings, *, graph: str | Path | None = None, full: bool = False, progress: Progress = silent) -> PushReport:
    """Brings the database to the graph; a second push of an unchanged graph writes nothing. `full` gives it everything again,
    as is needed when somebody else changed the database. Raises StoreError where the server refuses."""
    from kg.stores.neo4j import Neo4jStore

    folder = Path(graph) if graph else graph_dir()
    with Ledger.open(folder, write=True) as ledger:
        store = Neo4jStore(settings)
        try:
            store.prepare()
            name = f"neo4j:{digest(settings.uri, settings.database)[:16]}"
            return bring(ledger, store, name, full=full, progress=progress)
        finally:
            store.close()


def bring(ledger: Ledger, store: Store, name: str, *, full: bool, progress: Progress) -> PushReport:
    """Brings a prepared store, known to the ledger as `name`, to the graph."""
    db = ledger.db
    gone = derived.overdue(db, name)
    count = derived.given_count(db, name)
    if full or not count or not _stands(store, count):  # what the store holds is not what we remember: look
        with ledger.transaction():
            derived.forget_store(db, name)
        gone = sorted(store.ids() - derived.ids(db))
    due = derived.due(db, name)
    progress("push", 0, len(due) + len(gone))
    done = 0
    for batch in _batches(star for node_id in due if (star := derived.star(db, node_id))):
        ids = [star.node.id for star in batch]
        with ledger.transaction():
            derived.giving(db, name, ids)
        store.replace(batch)
        with ledger.transaction():
            derived.given(db, name, ids)
        done += len(batch)
        progress("push", done, len(due) + len(gone))
    pending = iter(gone)
    while ids := list(islice(pending, REMOVALS)):
        store.remove(ids)
        with ledger.transaction():
            derived.taken(db, name, ids)
        done += len(ids)
        progress("push", done, len(due) + len(gone))
    return PushReport(len(due), len(gone), store.counts())


def _stands(store: Store, given: int) -> bool:
    """Whether the store still holds as many nodes as it was given: a fresh or emptied database must be given everything."""
    counts = store.counts()
    return sum(counts.get(label, 0) for label in NODES) >= given


def _batches(stars: Iterator[Star]) -> Iterator[list[Star]]:
    batch: list[Star] = []
    size = 0
    for star in stars:
        batch.append(star)
        size += 1 + len(star.edges)
        if size >= EDGES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
