"""JSON Lines: the whole graph, one node or edge a line.

    {"id":"task:retrieval","labels":["Concept","Task"],"properties":{"name":"retrieval",…},"type":"node"}
    {"from":"arxiv:2404.08796","properties":{"confidence":0.98,…},"relation":"ADDRESSES","to":"task:retrieval","type":"edge"}

Nodes come first, by id; then edges, by source, relation and target. Keys are sorted, nothing is spaced, text is UTF-8, each line ends
in one newline. Invariant: equal graphs give equal bytes, in whatever order their stars arrive, so two builds can be compared with `cmp`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.exports.files import replacing
from kg.exports.sorting import Sorter
from kg.hashing import canonical
from kg.models import Star
from kg.protocols import Export, ExportOptions


def write(stars: Iterable[Star], path: Path, options: ExportOptions) -> dict[str, int]:
    """Writes every node and edge to `path`; gives their numbers. Raises KgError where the file cannot be written."""
    with replacing(path) as out, Sorter(path.parent) as nodes, Sorter(path.parent) as edges:
        for star in stars:
            node = star.node
            line = {"type": "node", "id": node.id, "labels": list(node.labels), "properties": node.properties}
            nodes.add(canonical(node.id), canonical(line))
            for edge in star.edges:
                line = {"type": "edge", "from": node.id, "relation": edge.type, "to": edge.target, "properties": edge.properties}
                edges.add(canonical([node.id, edge.type, edge.target]), canonical(line))
        out.writelines(nodes)
        out.writelines(edges)
        return {"nodes": nodes.count, "edges": edges.count}


EXPORT = Export("jsonl", "JSON Lines", (".jsonl", ".ndjson"), write)
