"""The statements that publish stars, and the rows they take.

Invariant: the text depends on labels and types of `kg.kinds` alone; ids and properties are parameters. A node that kg
published says so in `publishedBy`, and no statement here changes a node that does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.kinds import EDGES
from kg.models import Edge, Star
from kg.stores.labels import KEY_LABELS, KIND_LABELS, edge_type, key_label, node_labels

OWNER = "kg"
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """A star, and those of its edges that one transaction writes."""

    star: Star
    edges: Sequence[Edge]

    def halves(self) -> tuple[Part, Part] | None:
        """The part as two with half of its edges each; None where there is nothing to halve."""
        if len(self.edges) < 2:
            return None
        middle = len(self.edges) // 2
        return Part(self.star, self.edges[:middle]), Part(self.star, self.edges[middle:])


def node_statements(parts: Iterable[Part]) -> Iterator[tuple[str, Rows]]:
    """Upserts of the parts' nodes: properties as given and no others, our labels as given, foreign labels left alone."""
    groups: dict[tuple[str, ...], Rows] = defaultdict(list)
    for part in parts:
        node = part.star.node
        groups[node_labels(node)].append({"id": node.id, "properties": {**node.properties, "id": node.id, "publishedBy": OWNER}})
    for (first, *kinds), rows in groups.items():
        text = f"UNWIND $rows AS row MERGE (n:{first} {{id: row.id, publishedBy: '{OWNER}'}}) SET n = row.properties"
        if first == "Concept":
            text += "".join(f" REMOVE n:{label}" for label in KIND_LABELS if label not in kinds)
            text += "".join(f" SET n:{label}" for label in kinds)
        yield text, rows


def edge_statements(parts: Iterable[Part]) -> Iterator[tuple[str, Rows]]:
    """Upserts of the parts' edges. A target that is not there yet is made with its key, and is filled in by its own star."""
    groups: dict[tuple[str, str, str], dict[str, Rows]] = defaultdict(lambda: defaultdict(list))
    for part in parts:
        node = part.star.node
        for edge in part.edges:
            row = {"target": edge.target, "properties": edge.properties}
            groups[node.labels[0], edge_type(edge), key_label(edge.label)][node.id].append(row)
    for (label, name, target), stars in groups.items():
        text = (
            f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) UNWIND row.edges AS edge "
            f"MERGE (t:{target} {{id: edge.target, publishedBy: '{OWNER}'}}) MERGE (n)-[r:`{name}`]->(t) SET r = edge.properties"
        )
        yield text, [{"id": id_, "edges": edges} for id_, edges in stars.items()]


def stored_edges(label: str) -> str:
    """Which edges of ours leave the nodes in `$ids`: rows of id, type, target."""
    types = "|".join(f"`{name}`" for name, edge in EDGES.items() if key_label(edge.source) == label)
    return f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[r:{types}]->(t) WHERE t.publishedBy = '{OWNER}' RETURN id, type(r), t.id"


def labels_with_edges() -> tuple[str, ...]:
    """The labels whose nodes have edges of their own."""
    sources = {key_label(edge.source) for edge in EDGES.values()}
    return tuple(label for label in KEY_LABELS if label in sources)


def drop_edges(label: str, name: str) -> str:
    """Deletes the edges of a type in `$rows` (id, target)."""
    return f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}})-[r:`{name}`]->(t {{id: row.target}}) DELETE r"


def drop_nodes() -> tuple[str, ...]:
    """Delete the nodes in `$ids` that kg published, with every edge at them."""
    return tuple(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE n.publishedBy = '{OWNER}' DETACH DELETE n" for label in KEY_LABELS)


def thin_out() -> tuple[str, ...]:
    """Delete at most `$limit` edges at the nodes in `$ids` that kg published; each returns how many it deleted."""
    return tuple(
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[r]-() WHERE n.publishedBy = '{OWNER}' WITH DISTINCT r LIMIT $limit DELETE r RETURN count(*)"
        for label in KEY_LABELS
    )


NODE_COUNTS = f"MATCH (n) WHERE n.publishedBy = '{OWNER}' UNWIND labels(n) AS name RETURN name, count(*)"
EDGE_COUNTS = f"MATCH (n)-[r]->(t) WHERE n.publishedBy = '{OWNER}' AND t.publishedBy = '{OWNER}' RETURN type(r), count(*)"
