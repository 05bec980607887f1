"""What is read off a built graph: Cypher rows, export files, a networkx graph.

Invariant: nothing here writes to the ledger; every output is a function of the stars.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.config import graph_dir
from kg.errors import ConfigError
from kg.ledger import Ledger, derived, facts
from kg.models import Table
from kg.protocols import ExportOptions

if TYPE_CHECKING:
    import networkx

CACHE = "cache"


def query(cypher: str, parameters: dict[str, Any] | None = None, *, graph: str | Path | None = None) -> Table:
    """The rows of a Cypher query over the graph, with no server. Raises StoreError where the query is wrong."""
    from kg.stores.embedded import open_embedded

    folder = Path(graph) if graph else graph_dir()
    with Ledger.open(folder) as ledger:
        mark = derived.meta(ledger.db, "graph") or ""
        store = open_embedded(folder / CACHE, digest=mark, stars=lambda: derived.stars(ledger.db))
        try:
            return replace(store.query(cypher, parameters or {}), notices=store.notices)
        finally:
            store.close()


def export(out: Path, *, graph: str | Path | None = None, limit: int | None = None, title: str | None = None) -> dict[str, int]:
    """Writes the graph to `out` in the format of its extension; returns counts of what was written. Raises ConfigError for
    an unknown extension."""
    from kg.exports.registry import choose

    chosen = choose(out)
    with Ledger.open(Path(graph) if graph else graph_dir()) as ledger:
        if os.path.realpath(out) in facts.inputs(ledger.db):
            raise ConfigError(f"{out}: an input of this graph, which the export would overwrite: choose another name")
        return chosen.write(derived.stars(ledger.db), out, ExportOptions(limit=limit, title=title))


def graph(folder: str | Path | None = None) -> networkx.MultiDiGraph[str]:
    """The graph as a networkx MultiDiGraph: nodes by id with `labels` and their properties, edges keyed by type."""
    import networkx

    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    with Ledger.open(Path(folder) if folder else graph_dir()) as ledger:
        for star in derived.stars(ledger.db):
            made.add_node(star.node.id, labels=list(star.node.labels), **star.node.properties)
            for edge in star.edges:
                made.add_edge(star.node.id, edge.target, key=edge.type, **edge.properties)
    return made
