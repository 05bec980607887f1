"""What is made from the facts: papers, links, concepts and stars, and what each store was last given.

Invariant: after `put_stars` the star table is exactly the graph, and its digest depends on the stars alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson

from kg.hashing import canonical, digest, digest_bytes
from kg.models import Concept, Link, Linking, Paper, Star


@dataclass(frozen=True, slots=True)
class Change:
    """How many entries of a table an update added, changed and dropped."""

    added: int = 0
    changed: int = 0
    dropped: int = 0


def papers(db: sqlite3.Connection) -> Iterator[tuple[Paper, str]]:
    """Every paper with the hash of its text, by id."""
    for data, text_hash in db.execute("SELECT json, text_hash FROM paper ORDER BY id"):
        yield Paper.model_validate_json(data), text_hash


def paper(db: sqlite3.Connection, paper_id: str) -> tuple[Paper, str] | None:
    """One paper with the hash of its text."""
    row = db.execute("SELECT json, text_hash FROM paper WHERE id = ?", (paper_id,)).fetchone()
    return (Paper.model_validate_json(row[0]), row[1]) if row else None


def put_links(db: sqlite3.Connection, linking: Linking) -> None:
    """Makes `linking` the links and concepts; an id that led to a concept which is gone redirects to where its names went."""
    moved = _moved(db, linking)
    for table in ("link", "concept"):
        db.execute(f"DELETE FROM {table}")
    db.executemany("INSERT INTO link VALUES (?, ?, ?)", ((k.kind, k.name, k.model_dump_json().encode()) for k in linking.links))
    db.executemany("INSERT INTO concept VALUES (?, ?)", ((c.id, c.model_dump_json().encode()) for c in linking.concepts))
    db.executemany("INSERT OR REPLACE INTO redirect VALUES (?, ?)", moved)
    db.execute("DELETE FROM redirect WHERE old IN (SELECT id FROM concept)")


def _moved(db: sqlite3.Connection, linking: Linking) -> list[tuple[str, str]]:
    alive = {concept.id for concept in linking.concepts}
    now = {(link.kind, link.name): link.concept for link in linking.links}
    gone: dict[str, list[str]] = {}
    for kind, name, data in db.execute("SELECT kind, name, json FROM link ORDER BY kind, name"):
        old = orjson.loads(data)["concept"]
        if old not in alive and (kind, name) in now:
            gone.setdefault(old, []).append(now[kind, name])
    return [(old, max(sorted(set(targets)), key=targets.count)) for old, targets in gone.items()]


def redirected(db: sqlite3.Connection, concept_id: str) -> str:
    """Where an old concept id leads now; the id itself where it never moved."""
    seen = {concept_id}
    while (row := db.execute("SELECT new FROM redirect WHERE old = ?", (concept_id,)).fetchone()) and row[0] not in seen:
        concept_id = row[0]
        seen.add(concept_id)
    return concept_id


def linking(db: sqlite3.Connection) -> Linking:
    """The links and concepts as last decided."""
    links = tuple(Link.model_validate_json(data) for (data,) in db.execute("SELECT json FROM link ORDER BY kind, name"))
    return Linking(links=links, concepts=tuple(Concept.model_validate_json(data) for (data,) in db.execute("SELECT json FROM concept ORDER BY id")))


def put_stars(db: sqlite3.Connection, stars: Iterable[Star]) -> Change:
    """Makes `stars` the graph, touching only what differs; stores its digest. Ids must not repeat. Call inside a transaction."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS alive (id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute("DELETE FROM alive")
    added = changed = 0
    for star in stars:
        data = canonical(star.as_json())
        mark = digest_bytes([data])
        db.execute("INSERT INTO alive VALUES (?)", (star.node.id,))
        old = db.execute("SELECT digest FROM star WHERE id = ?", (star.node.id,)).fetchone()
        if old is None or old[0] != mark:
            db.execute("INSERT OR REPLACE INTO star VALUES (?, ?, ?)", (star.node.id, mark, data))
            added, changed = added + (old is None), changed + (old is not None)
    dropped = db.execute("DELETE FROM star WHERE id NOT IN (SELECT id FROM alive)").rowcount
    whole = digest(*(part for row in db.execute("SELECT id, digest FROM star ORDER BY id") for part in row))
    set_meta(db, "graph", whole)
    return Change(added, changed, dropped)


def stars(db: sqlite3.Connection) -> Iterator[Star]:
    """Every star, by id."""
    for (data,) in db.execute("SELECT json FROM star ORDER BY id"):
        yield Star.from_json(orjson.loads(data))


def star(db: sqlite3.Connection, node_id: str) -> Star | None:
    """One star by its node's id."""
    row = db.execute("SELECT json FROM star WHERE id = ?", (node_id,)).fetchone()
    return Star.from_json(orjson.loads(row[0])) if row else None


def ids(db: sqlite3.Connection) -> frozenset[str]:
    """The ids of all nodes."""
    return frozenset(node_id for (node_id,) in db.execute("SELECT id FROM star"))


def stars_to(db: sqlite3.Connection, node_id: str) -> Iterator[Star]:
    """The stars with an edge that leads to the node, by id."""
    mark = canonical(node_id).decode()  # the id as JSON spells it; the search only narrows, the caller looks at the edges
    query = "SELECT json FROM star WHERE instr(json, CAST(? AS BLOB)) > 0 AND id <> ? ORDER BY id"
    for (data,) in db.execute(query, (f'"target":{mark}', node_id)):
        yield Star.from_json(orjson.loads(data))


def due(db: sqlite3.Connection, store: str) -> list[str]:
    """Ids of the stars that `store` has not been given as they are now."""
    query = """SELECT id FROM star WHERE NOT EXISTS
               (SELECT 1 FROM published p WHERE p.store = ? AND p.id = star.id AND p.digest = star.digest) ORDER BY id"""
    return [node_id for (node_id,) in db.execute(query, (store,))]


def overdue(db: sqlite3.Connection, store: str) -> list[str]:
    """Ids of the nodes that `store` holds and the graph no longer does."""
    query = "SELECT id FROM published WHERE store = ? AND id NOT IN (SELECT id FROM star) ORDER BY id"
    return [node_id for (node_id,) in db.execute(query, (store,))]


def given_count(db: sqlite3.Connection, store: str) -> int:
    """How many nodes the store was given and still should hold."""
    (count,) = db.execute("SELECT count(*) FROM published WHERE store = ? AND digest <> ''", (store,)).fetchone()
    return int(count)


def giving(db: sqlite3.Connection, store: str, ids: Iterable[str]) -> None:
    """Notes that the store is about to be given these stars: until `given`, it may hold them or not. Call inside a transaction."""
    db.executemany("INSERT OR REPLACE INTO published VALUES (?, ?, '')", ((store, node_id) for node_id in ids))


def given(db: sqlite3.Connection, store: str, ids: Iterable[str]) -> None:
    """Notes that the store holds these stars as they are now. Call inside a transaction."""
    query = "INSERT OR REPLACE INTO published SELECT ?, id, digest FROM star WHERE id = ?"
    db.executemany(query, ((store, node_id) for node_id in ids))


def taken(db: sqlite3.Connection, store: str, ids: Iterable[str]) -> None:
    """Notes that the store no longer holds these nodes. Call inside a transaction."""
    db.executemany("DELETE FROM published WHERE store = ? AND id = ?", ((store, node_id) for node_id in ids))


def forget_store(db: sqlite3.Connection, store: str) -> None:
    """Forgets what the store was given, so that the next push gives it everything. Call inside a transaction."""
    db.execute("DELETE FROM published WHERE store = ?", (store,))


def meta(db: sqlite3.Connection, key: str) -> str | None:
    """A setting or mark of the graph, None where it was never set."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else None


def set_meta(db: sqlite3.Connection, key: str, value: str) -> None:
    """Sets a mark of the graph."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
