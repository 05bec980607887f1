"""The graph as little as a picture's choice needs, with the stars themselves set aside on disk.

Invariant: memory holds an entry a node and a triple a drawn edge, whatever the length of the texts.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import orjson

from kg.exports.appearance import group
from kg.hashing import canonical
from kg.kinds import EDGES, KINDS
from kg.models import Node, Star

DRAWN_LABELS = ("Paper", "Concept")
DRAWN_TYPES = tuple(edge.name for edge in EDGES.values() if edge.source in DRAWN_LABELS and edge.target in DRAWN_LABELS)
PAPER = "Paper"
CONCEPTS = tuple(kind.label for kind in KINDS.values())


@dataclass(slots=True)
class Outline:
    """Nodes that a picture may show, sorted by id, with their group; the edges among them; what else the graph holds."""

    ids: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    stubs: set[int] = field(default_factory=set)
    edges: list[tuple[int, str, int]] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)


class Shelf:
    """Stars by id, on disk in a nameless temporary file. Close it, or use it as a context."""

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by close()
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def put(self, star: Star) -> None:
        """Sets a star aside."""
        data = canonical(star.as_json())
        self._file.write(data)
        self._places[star.node.id] = (self._end, len(data))
        self._end += len(data)

    def get(self, key: str) -> Star | None:
        """The star of this id, or None where the graph has none."""
        if key not in self._places:
            return None
        start, size = self._places[key]
        self._file.seek(start)
        return Star.from_json(orjson.loads(self._file.read(size)))

    def stars(self) -> Iterator[Star]:
        """Every star, by id."""
        return (star for key in sorted(self._places) if (star := self.get(key)))

    def close(self) -> None:
        """Gives the disk space back."""
        self._file.close()


def outline(stars: Iterable[Star], shelf: Shelf) -> Outline:
    """Puts every star on the shelf and gives the outline of what may be drawn."""
    seen: dict[str, tuple[str, bool]] = {}
    links: list[tuple[str, str, str]] = []
    made = Outline()
    for star in stars:
        shelf.put(star)
        if star.node.labels[0] not in DRAWN_LABELS:
            made.others[star.node.labels[0]] += 1
            continue
        seen[star.node.id] = (group(star.node), _is_stub(star.node))
        links += [(star.node.id, edge.type, edge.target) for edge in star.edges if edge.type in DRAWN_TYPES]
    made.ids = sorted(seen)
    made.groups = [seen[key][0] for key in made.ids]
    made.stubs = {at for at, key in enumerate(made.ids) if seen[key][1]}
    place = {key: at for at, key in enumerate(made.ids)}
    made.edges = sorted((place[source], type_, place[target]) for source, type_, target in links if target in place)
    return made


def _is_stub(node: Node) -> bool:
    return bool(node.properties.get("stub"))
