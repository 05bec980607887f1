"""The choice, the places and the words put together: what the page draws, as plain JSON values.

Invariant: every number the page states (shown, of how many) is counted here from the graph, none is assumed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg.exports.appearance import colour, title
from kg.exports.layout import place
from kg.exports.outline import CONCEPTS, DRAWN_TYPES, PAPER, Outline, Shelf
from kg.exports.page_data import Offsets, edge_data, node_data, text_of, totals
from kg.exports.selection import select, weight
from kg.kinds import EDGES, KINDS, NODES
from kg.models import Edge, Star

_OFF = ("BUILDS_ON", "CO_OCCURS")  # derived from other edges: a toggle away, not in the first view
_UNLISTED = "CO_OCCURS"


def picture(found: Outline, shelf: Shelf, limit: int) -> dict[str, Any]:
    """The page's data for at most `limit` nodes: nodes with places, edges with sentences, legends, and what is left out."""
    chosen = select(found, limit)
    at = {node: position for position, node in enumerate(chosen)}
    edges = [(at[source], type_, at[target]) for source, type_, target in found.edges if source in at and target in at]
    sizes = _sizes(found, chosen, edges, shelf)
    forces = [(source, target, weight(type_)) for source, type_, target in edges if type_ not in _OFF]
    places, communities = place(sizes, forces)
    nodes: list[dict[str, Any]] = []
    details: dict[tuple[int, str, int], dict[str, Any]] = {}
    beyond: list[dict[str, Any]] = []
    position_of = {found.ids[node]: position for node, position in at.items()}
    for position, node in enumerate(chosen):
        star = _star(shelf, found.ids[node])
        x, y = places[position]
        drawn = {"id": position, "x": x, "y": y, "size": round(sizes[position], 1), "group": found.groups[node], "community": communities[position]}
        nodes.append(drawn | node_data(star, shelf.get))
        for edge, data in _said(star):
            if (target := position_of.get(edge.target)) is not None:
                details[position, edge.type, target] = data
            elif edge.type != _UNLISTED and (other := shelf.get(edge.target)):
                beyond.append({"from": position, "type": edge.type, "title": title(other.node), "group": edge.label} | data)
    return {
        "nodes": nodes,
        "edges": [{"id": number, "from": edge[0], "to": edge[2], "type": edge[1]} | details[edge] for number, edge in enumerate(edges)],
        "beyond": beyond,
        "groups": _groups(found, chosen),
        "types": _types(found, edges),
        "totals": {"nodes": len(found.ids), "edges": len(found.edges), "others": totals(found.others)},
        "how": _how(found, chosen),
    }


def _star(shelf: Shelf, key: str) -> Star:
    star = shelf.get(key)
    if star is None:  # the outline was read from this shelf
        raise LookupError(key)
    return star


def _sizes(found: Outline, chosen: list[int], edges: list[tuple[int, str, int]], shelf: Shelf) -> list[float]:
    """Radius of each node: by its papers in the whole graph for a concept, by citations within the picture for a paper."""
    cited = Counter(target for _, type_, target in edges if type_ == "CITES")
    sizes = []
    for position, node in enumerate(chosen):
        papers = _star(shelf, found.ids[node]).node.properties.get("papers", 1)
        number = papers if isinstance(papers, int) else 1
        sizes.append(min(4.5 + math.sqrt(cited[position]), 12.0) if found.groups[node] == PAPER else min(4.5 + 2.1 * math.sqrt(number), 28.0))
    return sizes


def _said(star: Star) -> Iterator[tuple[Edge, dict[str, Any]]]:
    """The edges that pages draw, each with what stands behind it."""
    text = text_of(star.node)
    offsets = Offsets(text)
    return ((edge, edge_data(edge, text, offsets)) for edge in star.edges if edge.type in DRAWN_TYPES)


def _groups(found: Outline, chosen: list[int]) -> list[dict[str, Any]]:
    total, shown = Counter(found.groups), Counter(found.groups[node] for node in chosen)
    words = {kind.label: (kind.plural, kind.meaning) for kind in KINDS.values()} | {PAPER: ("papers", NODES[PAPER].meaning)}
    return [
        {"name": name, "plural": words[name][0], "meaning": words[name][1], "colour": colour(name), "shown": shown[name], "total": total[name]}
        for name in (*CONCEPTS, PAPER)
        if total[name]
    ]


def _types(found: Outline, edges: list[tuple[int, str, int]]) -> list[dict[str, Any]]:
    total, shown = Counter(type_ for _, type_, _ in found.edges), Counter(type_ for _, type_, _ in edges)
    return [
        {"name": name, "words": name.lower().replace("_", " "), "inverse": EDGES[name].inverse, "meaning": EDGES[name].meaning,
         "on": name not in _OFF, "shown": shown[name], "total": total[name]}
        for name in DRAWN_TYPES
        if total[name]
    ]  # fmt: skip


def _how(found: Outline, chosen: list[int]) -> str:
    if len(chosen) == len(found.ids):
        return "Every paper and concept of the graph is here."
    papers = sum(found.groups[node] == PAPER for node in chosen)
    concepts = len(chosen) - papers
    every = "all papers" if papers == found.groups.count(PAPER) else f"the {papers} papers with the most ties to them, citations included"
    return (
        f"Chosen: the {concepts} concepts that most papers do more than mention, and {every}. "
        "What a shown paper says of the others is listed in its details. The limit can be set when the page is exported."
    )
