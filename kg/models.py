"""The records that stages hand to each other.

Facts (`Paper`, `Extraction`) say what was read and seen; decisions (`Link`, `Concept`) say which names mean one thing; a
`Star` (a node with the edges that leave it) is the graph's unit. Invariant: records are frozen, and JSON to record to JSON is the identity.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

Value = str | int | float | bool | list[str] | list[float]


class Record(BaseModel):
    """Base of the records: frozen, unknown keys ignored so that a newer writer's file can be read."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Place(Record):
    """Where a record stood: the file's name as given and the 1-based line (or record number) it began at."""

    file: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Author(Record):
    """A person as the record names them, given name first; `id` an ORCID or another registry's id, prefix and colon."""

    name: str
    id: str | None = None


class Reference(Record):
    """A cited work: by `id` (`arxiv:…`, `doi:…`), by title, or by the raw string alone."""

    id: str | None = None
    title: str | None = None
    year: int | None = None
    raw: str | None = None


class Paper(Record):
    """One paper as read. `date` is ISO 8601, as exact as the source: `2024`, `2024-05`, `2024-05-28`, or `--05-28` where no
    year is certain. `ids` holds every identifier known, `id` the one the graph uses (empty until identity is settled)."""

    id: str = ""
    title: str = ""
    abstract: str = ""
    authors: tuple[Author, ...] = ()
    author_count: int | None = Field(default=None, ge=0)
    organisations: tuple[str, ...] = ()
    year: int | None = Field(default=None, ge=1000, le=2999)
    date: str | None = Field(default=None, pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?|--\d{2}-\d{2})$")
    venue: str | None = None
    url: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    ids: tuple[str, ...] = ()
    comment: str | None = None
    keywords: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    citation_count: int | None = Field(default=None, ge=0, le=2**53)
    language: str | None = None
    licence: str | None = None
    places: tuple[Place, ...] = ()

    @property
    def text(self) -> str:
        """What is read for concepts, and what every offset counts into: title, newline, abstract; or the one that is there."""
        return f"{self.title}\n{self.abstract}" if self.title and self.abstract else self.title or self.abstract


class Reject(Record):
    """A record that could not be read: its place, the reason and the remedy in one line."""

    file: str
    line: int | None = None
    reason: str


class Mention(Record):
    """A stretch of the text that names a concept. `name` is the concept's local name: the fullest form that the paper uses
    for it, so that a long form and its abbreviation share one `name`. Offsets are characters into the text, end exclusive."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    kind: str
    name: str
    confidence: float = Field(ge=0, le=1)
    by: str


class Use(Record):
    """What the paper does with a concept, and the sentence (character range) that carries it."""

    name: str
    kind: str
    role: str
    confidence: float = Field(ge=0, le=1)
    sentence: tuple[int, int]
    by: str


class Result(Record):
    """One number that the paper reports for its own work; `value` and `baseline` as printed, `number` the value parsed.
    `start` and `end` are where the value stands, `sentence` the range of the sentence around it."""

    value: str
    metric: str | None = None
    number: float | None = None
    unit: str | None = None
    kind: str = "absolute"
    baseline: str | None = None
    dataset: str | None = None
    method: str | None = None
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    sentence: tuple[int, int] | None = None
    confidence: float = Field(default=1.0, ge=0, le=1)
    by: str = ""


class Extraction(Record):
    """What was seen in one text. `abbreviations` are (short, long) pairs that the text itself defines; `language` is set
    where the text is not in the pipeline's own."""

    mentions: tuple[Mention, ...] = ()
    uses: tuple[Use, ...] = ()
    results: tuple[Result, ...] = ()
    keywords: tuple[str, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    language: str | None = None


class Term(Record):
    """One local name of the vocabulary: in how many papers, and how often each surface form was printed for it."""

    kind: str
    name: str
    papers: int
    surfaces: dict[str, int]


class Vocabulary(Record):
    """All that linking may look at: names and the (short, long) pairs that papers define, with paper counts."""

    terms: tuple[Term, ...] = ()
    abbreviations: dict[str, dict[str, int]] = {}


class Link(Record):
    """The decision that a local name means a concept: by which method, with which score (0 to 1), and why in words."""

    kind: str
    name: str
    concept: str
    method: str
    score: float = Field(ge=0, le=1)
    why: str = ""


class Concept(Record):
    """A canonical concept. `id` is kind and slug; `aliases` are the other surface forms, most frequent first."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()


class Linking(Record):
    """Every link of a vocabulary and the concepts they lead to, both sorted by key."""

    links: tuple[Link, ...] = ()
    concepts: tuple[Concept, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A node: key, labels (the one that carries the key's constraint first) and non-empty properties, names in camelCase."""

    id: str
    labels: tuple[str, ...]
    properties: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge as its owner holds it: type, the target's key and label, non-empty properties."""

    type: str
    target: str
    label: str
    properties: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Star:
    """A node with the edges that leave it: the unit that is published, replaced, exported and digested.
    Edges are sorted by type and target, and (type, target) is unique in a star."""

    node: Node
    edges: tuple[Edge, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The star as plain JSON values."""
        return {
            "id": self.node.id, "labels": list(self.node.labels), "properties": self.node.properties,
            "edges": [{"type": e.type, "target": e.target, "label": e.label, "properties": e.properties} for e in self.edges],
        }  # fmt: skip

    @staticmethod
    def from_json(data: dict[str, Any]) -> Star:
        """The inverse of `as_json`."""
        node = Node(data["id"], tuple(data["labels"]), data["properties"])
        return Star(node, tuple(Edge(e["type"], e["target"], e["label"], e["properties"]) for e in data["edges"]))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a query: column names and values as plain Python; `notices` is the store's advice on the query."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    notices: tuple[str, ...] = ()
