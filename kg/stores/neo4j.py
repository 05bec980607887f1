"""The graph in a Neo4j server, version 5 or later.

Stars go in by batches, each one transaction that is tried again when the server says that may help. Invariant: a
transaction leaves every star in it as given, whatever was there, so a push that was cut off is repaired by pushing again;
and nothing that kg did not publish is changed or deleted.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from kg.config import Neo4jSettings, neo4j_settings
from kg.errors import StoreError
from kg.kinds import EDGES
from kg.models import Star, Table
from kg.stores import neo4j_statements as say
from kg.stores.constraints import statements
from kg.stores.labels import KEY_LABELS, KIND_LABELS, batches
from kg.stores.neo4j_errors import MEMORY, address, no_address, store_error
from kg.stores.neo4j_statements import Part
from kg.stores.registry import StoreKind
from kg.stores.values import plain

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session, Transaction

T = TypeVar("T")
Work = Callable[["Transaction"], T]

_OLDEST = 5
_SCHEMES = {f"{scheme}{security}" for scheme in ("bolt", "neo4j") for security in ("", "+s", "+ssc")}
_ELEMENTS = 5_000  # nodes and edges a transaction
_PAUSES = (0.2, 0.5, 1, 2, 4, 8)  # seconds before a transaction is tried again
_REMOVED = 500  # nodes a deleting transaction
_THINNED = 5_000  # edges a transaction, at a node too big to be deleted at once


class Neo4jStore:
    """A connection to the server that `settings` names. Raises StoreError where it can't be reached or is too old."""

    def __init__(self, settings: Neo4jSettings, *, elements: int = _ELEMENTS) -> None:
        self._settings, self._elements = settings, elements
        self._driver = _connect(settings)

    def prepare(self) -> None:
        """Bring constraints and indexes up, and wait for them."""
        with self._session() as session:
            for statement in statements():
                self._auto(session, statement)
            self._auto(session, "CALL db.awaitIndexes(300)")

    def replace(self, stars: Sequence[Star]) -> None:
        """Leave each star as given: labels, properties, edges. Edges of ours that a star no longer has are deleted; the
        target of an edge may come in a later star. Raises StoreError where the server refuses."""
        with self._session() as session:
            for parts in _transactions(stars, self._elements):
                self._write(session, parts)

    def remove(self, ids: Sequence[str]) -> None:
        """Delete the nodes with these ids that kg published, with every edge at them."""
        with self._session() as session:
            for batch in batches(ids, _REMOVED):
                self._delete(session, batch)

    def query(self, cypher: str, parameters: dict[str, Any]) -> Table:
        """The rows of a reading query. Raises StoreError where the server refuses it, one line long."""
        from neo4j import READ_ACCESS

        def read(transaction: ManagedTransaction) -> Table:
            result = transaction.run(cypher, parameters)
            columns = tuple(result.keys())
            return Table(columns, tuple(tuple(plain(value) for value in record.values()) for record in result))

        with self._session(default_access_mode=READ_ACCESS) as session:
            return self._guard(lambda: session.execute_read(read), statement=cypher)

    def counts(self) -> dict[str, int]:
        """How many nodes of ours carry each label and how many edges have each type; none is left out."""
        rows = (*self.query(say.NODE_COUNTS, {}).rows, *self.query(say.EDGE_COUNTS, {}).rows)
        found = {name: int(count) for name, count in rows}
        return {name: found[name] for name in (*KEY_LABELS, *KIND_LABELS, *EDGES) if name in found}

    def version(self) -> str:
        """The server's version and edition, such as `Neo4j 5.26.30 community`."""
        found = self.query("CALL dbms.components() YIELD name, versions, edition WHERE name = 'Neo4j Kernel' RETURN versions[0], edition", {})
        return "Neo4j {} {}".format(*found.rows[0])

    def ids(self) -> frozenset[str]:
        """The keys of all nodes that kg published."""
        tables = (self.query(f"MATCH (n:{label}) WHERE n.publishedBy = '{say.OWNER}' RETURN n.id", {}) for label in KEY_LABELS)
        return frozenset(row[0] for table in tables for row in table.rows)

    def close(self) -> None:
        """Close the connection; harmless when closed already."""
        self._driver.close()

    def _session(self, **options: Any) -> Session:
        return self._driver.session(database=self._settings.database, **options)

    def _guard(self, act: Callable[[], T], *, statement: str | None = None) -> T:
        from neo4j.exceptions import DriverError, Neo4jError

        try:
            return act()
        except (Neo4jError, DriverError, OSError, TypeError, ValueError) as error:
            raise store_error(error, self._settings, statement=statement) from error

    def _auto(self, session: Session, statement: str) -> None:
        self._guard(lambda: session.run(statement).consume(), statement=statement)

    def _execute(self, session: Session, work: Work[T]) -> T | None:
        """What `work` returns, or None where its transaction outgrew the server's memory and changed nothing. Tried again
        as long as the server calls the failure passing. The driver's own `execute_write` counts a lack of memory at commit
        as passing too and repeats the same transaction for half a minute: it is to be cut smaller instead."""
        from neo4j.exceptions import DriverError, Neo4jError

        for pause in (*_PAUSES, None):
            try:
                with session.begin_transaction() as transaction:
                    result = work(transaction)
                    transaction.commit()
                    return result
            except (Neo4jError, DriverError) as error:
                if isinstance(error, Neo4jError) and error.code == MEMORY:
                    return None
                if pause is None or not error.is_retryable():
                    raise store_error(error, self._settings) from error
            except (OSError, TypeError, ValueError) as error:
                raise store_error(error, self._settings) from error
            time.sleep(pause)
        return None

    def _write(self, session: Session, parts: list[Part]) -> None:
        if self._execute(session, lambda transaction: _publish(transaction, parts)) is not None:
            return
        halves = (parts[: len(parts) // 2], parts[len(parts) // 2 :]) if len(parts) > 1 else [[half] for half in parts[0].halves() or ()]
        if not halves:
            raise StoreError(f'Neo4j has too little transaction memory for "{parts[0].star.node.id}": raise dbms.memory.transaction.total.max')
        for half in halves:
            self._write(session, half)

    def _delete(self, session: Session, ids: list[str]) -> None:
        if self._execute(session, lambda transaction: _run_all(transaction, say.drop_nodes(), ids=ids)) is not None:
            return
        if len(ids) > 1:
            self._delete(session, ids[: len(ids) // 2])
            self._delete(session, ids[len(ids) // 2 :])
            return
        while self._execute(session, lambda transaction: _run_all(transaction, say.thin_out(), ids=ids, limit=_THINNED)):
            pass
        if self._execute(session, lambda transaction: _run_all(transaction, say.drop_nodes(), ids=ids)) is None:
            raise StoreError(f'Neo4j has too little transaction memory to delete "{ids[0]}": raise dbms.memory.transaction.total.max')


def _connect(settings: Neo4jSettings) -> Driver:
    import neo4j
    from neo4j.exceptions import DriverError

    if settings.uri.partition("://")[0] not in _SCHEMES:
        raise no_address(settings, "it must begin with bolt:// or neo4j://")
    if address(settings) != settings.uri:
        raise no_address(settings, "name and password belong into NEO4J_USERNAME and NEO4J_PASSWORD")
    logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what matters is raised; the rest must not reach stderr
    try:
        driver = neo4j.GraphDatabase.driver(
            settings.uri,
            auth=(settings.username, settings.password),
            connection_timeout=10,
            connection_acquisition_timeout=20,
            max_transaction_retry_time=15,
            notifications_min_severity="OFF",
            user_agent="kg",
        )
    except (DriverError, ValueError) as error:
        raise store_error(error, settings) from error
    try:
        _check(driver, settings)
    except StoreError:
        driver.close()
        raise
    return driver


def _check(driver: Driver, settings: Neo4jSettings) -> None:
    """Raises StoreError where the server, the database or the credentials are not there or the server is too old."""
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        with driver.session(database=settings.database) as session:
            version = session.run("CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0]").single(strict=True)[0]
    except (Neo4jError, DriverError, OSError, ValueError) as error:
        raise store_error(error, settings) from error
    if int(version.split(".")[0]) < _OLDEST:
        raise StoreError(f"Neo4j at {address(settings)} is version {version}: kg needs {_OLDEST} or later")


def _transactions(stars: Sequence[Star], elements: int) -> Iterator[list[Part]]:
    """The stars in parts, as many as make about `elements` nodes and edges a transaction; a bigger star is cut up."""
    batch: list[Part] = []
    size = 0
    for star in stars:
        for start in range(0, max(len(star.edges), 1), elements):
            part = Part(star, star.edges[start : start + elements])
            if batch and size + len(part.edges) + 1 > elements:
                yield batch
                batch, size = [], 0
            batch.append(part)
            size += len(part.edges) + 1
    if batch:
        yield batch


def _publish(transaction: Transaction, parts: list[Part]) -> int:
    """Write the parts' nodes, delete the edges their stars have lost, write the parts' edges; how many parts."""
    for text, rows in say.node_statements(parts):
        transaction.run(text, rows=rows).consume()
    for (label, name), rows in _lost(transaction, parts).items():
        transaction.run(say.drop_edges(label, name), rows=rows).consume()
    for text, rows in say.edge_statements(parts):
        transaction.run(text, rows=rows).consume()
    return len(parts)


def _lost(transaction: Transaction, parts: list[Part]) -> dict[tuple[str, str], list[dict[str, str]]]:
    """The stored edges that the parts' stars no longer have, by source label and type. Read after the nodes were written,
    whose locks keep another push from changing them meanwhile."""
    stars = {part.star.node.id: part.star for part in parts}
    lost: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for label in say.labels_with_edges():
        ids = [id_ for id_, star in stars.items() if star.node.labels[0] == label]
        kept = {(id_, edge.type, edge.target) for id_ in ids for edge in stars[id_].edges}
        for id_, name, target in transaction.run(say.stored_edges(label), ids=ids) if ids else ():
            if (id_, name, target) not in kept:
                lost[label, name].append({"id": id_, "target": target})
    return lost


def _run_all(transaction: Transaction, texts: Sequence[str], **parameters: Any) -> int:
    """Run the statements; the sum of what those that return a number returned."""
    total = 0
    for text in texts:
        record = transaction.run(text, parameters).single()
        total += int(record[0]) if record else 0
    return total


STORE = StoreKind("neo4j", "a Neo4j server, version 5 or later", server=True, open=lambda: Neo4jStore(neo4j_settings()))
