"""The graph in an embedded engine (kglite), asked in Cypher with no server.

The engine's graph is built whole from the stars and never patched, so it is a cache: a file in the graph's folder named by
the digest of what it holds. Invariant: a store answers for exactly the stars it was opened with or given since; a cache
file is used only when its name fits the digest, and losing it costs time, never data.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from kg import hashing
from kg.errors import StoreError
from kg.kinds import EDGES, NODES
from kg.models import Edge, Node, Star, Table
from kg.stores.labels import KIND_LABELS, batches, edge_type, key_label, node_labels
from kg.stores.registry import StoreKind
from kg.stores.values import one_line, plain

Stars = Callable[[], Iterable[Star]]

_FORMAT = "1"  # counted up when the same stars must give another file
_NODE_ROWS = 20_000
_EDGE_ROWS = 20_000


class EmbeddedStore:
    """A store in this process's memory. `stars` gives what it holds at first, each time it is called."""

    def __init__(self, stars: Stars = tuple, *, graph: Any = None) -> None:
        self._source, self._graph = stars, graph
        self._held: dict[str, Star] | None = None
        self.notices: tuple[str, ...] = ()  # the engine's advice on the last query: an unknown label, a property nobody has

    def prepare(self) -> None:
        """Nothing to prepare: keys are unique and indexed by construction."""

    def replace(self, stars: Sequence[Star]) -> None:
        """Hold `stars` in place of those with the same ids. Raises StoreError on a label or type that `kg.kinds` lacks."""
        for star in stars:
            node_labels(star.node)
            for edge in star.edges:
                edge_type(edge), key_label(edge.label)
        held = self._all()
        held.update((star.node.id, star) for star in stars)
        self._graph = None

    def remove(self, ids: Sequence[str]) -> None:
        """Drop these nodes and every edge from or to them; ids that are not there are passed over."""
        gone = set(ids)
        held = {id_: _without(star, gone) for id_, star in self._all().items() if id_ not in gone}
        self._held, self._graph = held, None

    def query(self, cypher: str, parameters: dict[str, Any]) -> Table:
        """The rows of a reading query. Raises StoreError where the engine refuses it, one line long."""
        import kglite

        kglite.set_query_warning_policy("silent")
        try:
            result = self._ready().cypher(cypher, params=parameters, hide_structural_keys=True)
            rows = result.to_list()
        except kglite.ReadOnlyError as error:
            raise StoreError("this graph is read-only: it is rebuilt from your records by kg build", statement=cypher) from error
        except (kglite.KgError, ValueError, TypeError, KeyError, RuntimeError) as error:
            raise StoreError(one_line(str(error)), statement=cypher) from error
        self.notices = tuple(result.warnings)
        columns = tuple(result.columns)
        return Table(columns, tuple(tuple(plain(row[name]) for name in columns) for row in rows))

    def counts(self) -> dict[str, int]:
        """How many nodes carry each label and how many edges have each type, as the engine holds them; none is left out."""
        graph, counts = self._ready(), {}
        for label in (*NODES, *KIND_LABELS):
            if found := graph.cypher(f"MATCH (n:{label}) RETURN count(n) AS n").scalar():
                counts[label] = int(found)
        for name in EDGES:
            if found := graph.cypher(f"MATCH ()-[r:`{name}`]->() RETURN count(r) AS n").scalar():
                counts[name] = int(found)
        return counts

    def ids(self) -> frozenset[str]:
        """The keys of all nodes."""
        return frozenset(row["id"] for row in self._ready().cypher("MATCH (n) RETURN n.id AS id").to_list())

    def close(self) -> None:
        """Let the memory go; the store can still be asked and will build itself again."""
        self._graph = None

    def save(self, path: Path) -> None:
        """Write the engine's graph to `path`, whole or not at all. Raises OSError or the engine's error."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # advice about memory-mapped loading, which is not how we load
            self._ready().save(str(path), fsync=False)

    def _all(self) -> dict[str, Star]:
        if self._held is None:
            self._held = {star.node.id: star for star in self._source()}
        return self._held

    def _ready(self) -> Any:
        if self._graph is None:
            held = self._held
            self._graph = build(self._source if held is None else held.values)
        return self._graph


def open_embedded(folder: Path, *, digest: str, stars: Stars) -> EmbeddedStore:
    """The store for the graph in `folder` whose state `digest` names: from the cache file where it fits and is sound, else
    built from `stars()` and kept for next time where the folder can be written."""
    path = folder / f"query-{_key(digest)}.kgl"
    graph = _load(path)
    store = EmbeddedStore(stars, graph=graph)
    if graph is None:
        _keep(store, path)
    return store


def build(stars: Stars) -> Any:
    """A fresh engine graph of `stars`, which is called twice: nodes first, then edges. The target of an edge that no star
    is about becomes a node with its key alone."""
    import kglite

    kglite.set_query_warning_policy("silent")
    graph = kglite.KnowledgeGraph()
    known: set[tuple[str, str]] = set()
    nodes: list[Node] = []
    bare: dict[tuple[str, str], None] = {}  # a set that keeps its order
    for star in stars():
        nodes.append(star.node)
        known.add((node_labels(star.node)[0], star.node.id))
        bare.update(((key_label(edge.label), edge.target), None) for edge in star.edges)
        if len(nodes) == _NODE_ROWS:
            graph = _add_nodes(graph, nodes)
            nodes = []
    nodes.extend(Node(target, (label,)) for label, target in bare if (label, target) not in known)
    for batch in batches(nodes, _NODE_ROWS):
        graph = _add_nodes(graph, batch)
    for edges in batches(((star.node.labels[0], star.node.id, edge) for star in stars() for edge in star.edges), _EDGE_ROWS):
        _add_edges(graph, edges)
    graph.read_only(True)
    return graph


def _add_nodes(graph: Any, nodes: Sequence[Node]) -> Any:
    """`graph` with `nodes`, whose keys it does not hold yet."""
    import kglite

    records: dict[str, list[dict[str, Any]]] = defaultdict(list)
    kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node in nodes:
        first, *rest = node_labels(node)
        # `title` is the engine's display name of a node; declaring it a plain property keeps it null where we have none
        records[first].append({"title": None, **node.properties, "id": node.id})
        for label in rest:
            kinds[first, label].append(node.id)
    specs = [{"type": label, "id_field": "id", "title_field": "title", "records": rows} for label, rows in records.items()]
    part = kglite.from_records(orjson.dumps({"nodes": specs, "connections": []}).decode(), on_missing_endpoint="error")
    for (first, label), ids in kinds.items():
        part.add_label(first, ids, label)
    if not len(graph):
        return part
    graph.extend(part)
    return graph


def _add_edges(graph: Any, edges: Iterable[tuple[str, str, Edge]]) -> None:
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for label, source, edge in edges:
        row = {"source": source, "target": edge.target, "properties": edge.properties}
        groups[label, edge_type(edge), key_label(edge.label)].append(row)
    for (label, name, target), rows in groups.items():
        graph.cypher(
            f"UNWIND $rows AS row MATCH (n:{label} {{id: row.source}}) MATCH (t:{target} {{id: row.target}}) "
            f"CREATE (n)-[r:`{name}`]->(t) SET r = row.properties",
            params={"rows": rows},
        )


def _without(star: Star, gone: set[str]) -> Star:
    return replace(star, edges=kept) if len(kept := tuple(e for e in star.edges if e.target not in gone)) < len(star.edges) else star


def _key(digest: str) -> str:
    import kglite

    return hashing.digest("embedded", _FORMAT, kglite.__version__, digest)[:20]


def _load(path: Path) -> Any:
    """The engine graph in `path`, or None where there is none or it is damaged."""
    import kglite

    if not path.is_file():
        return None
    try:
        graph = kglite.load(str(path), verify="eager")
    except Exception:  # whatever is wrong with a cache, the answer is to build it again
        return None
    graph.read_only(True)
    return graph


def _keep(store: EmbeddedStore, path: Path) -> None:
    """Save the cache and drop those of other states; a folder that can't be written (or is full) costs only the cache."""
    import kglite

    with suppress(OSError, kglite.KgError, ValueError):
        path.parent.mkdir(parents=True, exist_ok=True)
        store.save(path)
        for old in path.parent.glob("query-*.kgl"):
            if old != path:
                old.unlink(missing_ok=True)


STORE = StoreKind("embedded", "an embedded engine, no server", server=False, open=EmbeddedStore)
