"""GraphML 1.0: the whole graph for Gephi, networkx, yEd and igraph.

Every property is a typed key; a list is joined by `; `. Added for the programs that draw: `label` on nodes and edges, `labels` and `relation` for
the graph's own words, and `r`, `g`, `b`, which Gephi takes for the node's colour. Characters that XML cannot hold are left out.
Invariant: equal graphs give equal bytes; the file is valid whatever stands in the texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from kg.exports.appearance import colour, group, title
from kg.exports.files import replacing
from kg.exports.sorting import Sorter
from kg.hashing import canonical
from kg.models import Edge, Node, Star, Value
from kg.protocols import Export, ExportOptions

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES: dict[type, str] = {bool: "boolean", int: "long", float: "double"}
_QUOTED = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def xml(text: str) -> str:
    """`text` for an XML attribute or element, on one line; characters that XML 1.0 forbids are left out."""
    if text.isalnum():
        return text
    return escape(_ILLEGAL.sub("", text), _QUOTED)


def _text(value: Value) -> str:
    if isinstance(value, str):
        return xml(value)
    if isinstance(value, list):
        return xml("; ".join(map(str, value)))
    return str(value).lower() if isinstance(value, bool) else str(value)


class Keys:
    """The attributes seen on nodes or on edges, each with the one type that holds all its values."""

    def __init__(self, domain: str) -> None:
        self._domain = domain
        self._types: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def data(self, values: Mapping[str, Value]) -> str:
        """The `data` elements of these values, by name."""
        return "".join(self._datum(name, value) for name, value in sorted(values.items()))

    def _datum(self, name: str, value: Value) -> str:
        kind = _TYPES.get(type(value), "string")
        known = self._types.setdefault(name, kind)
        if known != kind:
            self._types[name] = "double" if {known, kind} == {"long", "double"} else "string"
        return f'<data key="{self._key(name)}">{_text(value)}</data>'

    def _key(self, name: str) -> str:
        if name not in self._ids:
            self._ids[name] = f"{self._domain[0]}_{xml(name)}"
        return self._ids[name]

    def declarations(self) -> str:
        """The `key` elements, by name."""
        lines = (
            f'<key id="{self._key(name)}" for="{self._domain}" attr.name="{xml(name)}" attr.type="{kind}"/>\n'
            for name, kind in sorted(self._types.items())
        )
        return "".join(lines)


def _node(node: Node, keys: Keys) -> str:
    shade = colour(group(node))
    red, green, blue = (int(shade[at : at + 2], 16) for at in (1, 3, 5))
    shown: dict[str, Value] = {"label": title(node), "labels": list(node.labels), "r": red, "g": green, "b": blue}
    return f'<node id="{xml(node.id)}">{keys.data({**node.properties, **shown})}</node>'


def _edge(source: str, edge: Edge, keys: Keys) -> str:
    shown: dict[str, Value] = {"label": edge.type.lower().replace("_", " "), "relation": edge.type}
    name = xml(f"{source} {edge.type} {edge.target}")
    return f'<edge id="{name}" source="{xml(source)}" target="{xml(edge.target)}">{keys.data({**edge.properties, **shown})}</edge>'


def write(stars: Iterable[Star], path: Path, options: ExportOptions) -> dict[str, int]:
    """Writes every node and edge to `path`; gives their numbers. Raises KgError where the file cannot be written."""
    node_keys, edge_keys = Keys("node"), Keys("edge")
    with replacing(path) as out, Sorter(path.parent) as nodes, Sorter(path.parent) as edges:
        for star in stars:
            nodes.add(canonical(star.node.id), _node(star.node, node_keys).encode())
            for edge in star.edges:
                edges.add(canonical([star.node.id, edge.type, edge.target]), _edge(star.node.id, edge, edge_keys).encode())
        out.write(f'{_HEAD}{node_keys.declarations()}{edge_keys.declarations()}<graph id="kg" edgedefault="directed">\n'.encode())
        out.writelines(nodes)
        out.writelines(edges)
        out.write(b"</graph>\n</graphml>\n")
        return {"nodes": nodes.count, "edges": edges.count}


EXPORT = Export("graphml", "GraphML", (".graphml",), write)
