"""The graph's vocabulary, each word declared once: labels, constraints, schemas, CLI choices, colours, legend and docs follow.

Invariant: nothing else in the project spells out a list of kinds, roles, node labels or edge types.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of concept. `name` as extractions print it, `label` as the graph does, `colour` as pages draw it."""

    name: str
    label: str
    plural: str
    colour: str
    meaning: str

    @property
    def prefix(self) -> str:
        """What the ids of its concepts begin with, before the colon."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Role:
    """What a paper does with a concept: one role a paper and concept, the strongest that the text supports."""

    name: str
    kinds: tuple[str, ...]
    meaning: str
    inverse: str = ""  # how the concept's side of the edge is headed


@dataclass(frozen=True, slots=True)
class NodeLabel:
    """A label of the graph; `properties` in the order in which pages and docs show them."""

    name: str
    colour: str
    properties: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A relationship type, from one label to another."""

    name: str
    source: str
    target: str
    properties: tuple[str, ...]
    meaning: str
    inverse: str = ""  # how the target's side of the edge is headed


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("METHOD", "Method", "methods", "#2f6fb0", "a technique, model, algorithm, architecture, system or training objective"),
        Kind("DATASET", "Dataset", "datasets", "#c2571a", "a named corpus, benchmark, test suite or knowledge base"),
        Kind("TASK", "Task", "tasks", "#2c7d4f", "a problem to solve, an ability, an application or a research field"),
        Kind("METRIC", "Metric", "metrics", "#8a4ca8", "a named measure of quality or cost"),
    )
}

_ALL = tuple(KINDS)
ROLES: dict[str, Role] = {  # strongest first: the order decides which role a concept keeps
    role.name: role
    for role in (
        Role("PROPOSES", _ALL, "introduces it as new", "proposed by"),
        Role("EVALUATES_ON", ("DATASET",), "reports results on it", "evaluated on by"),
        Role("ADDRESSES", ("TASK",), "works on it", "addressed by"),
        Role("MEASURES", ("METRIC",), "reports its own result in it", "reported by"),
        Role("COMPARES_WITH", ("METHOD",), "sets its own result against it", "a baseline in"),
        Role("USES", ("METHOD", "DATASET"), "builds on, applies, trains on, analyses or surveys it", "used by"),
        Role("MENTIONS", _ALL, "names it as background only", "mentioned by"),
    )
}

_ROLE_PROPERTIES = ("confidence", "mentions", "sentence", "start", "end", "by")
_CONCEPT_PROPERTIES = ("name", "kind", "aliases", "papers", "firstYear", "introducedBy", "pagerank", "community")

NODES: dict[str, NodeLabel] = {
    node.name: node
    for node in (
        NodeLabel("Paper", "#5b6470", ("title", "abstract", "year", "date", "venue", "url", "doi", "arxivId", "citationCount", "authorCount",
                                       "organisations", "comment", "language", "licence", "ids", "sources", "stub", "inCorpusCitations", "pagerank"),
                  "a paper; a stub is a cited one without a record"),
        NodeLabel("Concept", "#888888", _CONCEPT_PROPERTIES, "a method, dataset, task or metric; also carries the label of its kind"),
        NodeLabel("Keyword", "#b08a2e", ("name", "papers"), "a keyword of the record, or a phenomenon that the text is about"),
        NodeLabel("Author", "#3d8f93", ("name",), "a person as the record names them"),
        NodeLabel("Venue", "#7a6a58", ("name",), "a journal, conference or series"),
        NodeLabel("Result", "#b23a55", ("metric", "value", "number", "unit", "kind", "baseline", "sentence", "confidence"), "one reported number"),
    )
}  # fmt: skip

EDGES: dict[str, EdgeType] = {
    edge.name: edge
    for edge in (
        *(EdgeType(role.name, "Paper", "Concept", _ROLE_PROPERTIES, f"the paper {role.meaning}", role.inverse) for role in ROLES.values()),
        EdgeType("CITES", "Paper", "Paper", ("source", "score"), "the paper's reference list holds the other, by an id or by its title", "cited by"),
        EdgeType("BUILDS_ON", "Paper", "Paper", ("via",), "uses what the other proposes; inferred, never mixed with CITES", "built on by"),
        EdgeType("REPORTS", "Paper", "Result", (), "the paper reports the number as its own", "reported by"),
        EdgeType("ON", "Result", "Dataset", (), "the data the number was measured on"),
        EdgeType("IN", "Result", "Metric", (), "the measure the number is in"),
        EdgeType("BY", "Result", "Method", (), "the method that reached the number"),
        EdgeType("HAS_KEYWORD", "Paper", "Keyword", ("by",), "the record or the text carries the keyword", "keyword of"),
        EdgeType("WRITTEN_BY", "Paper", "Author", ("position",), "the record names the author", "author of"),
        EdgeType("PUBLISHED_IN", "Paper", "Venue", (), "the record names the venue", "venue of"),
        EdgeType("IS_A", "Concept", "Concept", ("why",), "the first is a narrower case of the second", "narrower cases"),
        EdgeType(
            "CO_OCCURS", "Concept", "Concept", ("papers", "npmi"), "both stand in the same papers; stored once, from the smaller id", "co-occurs with"
        ),
    )
}

PAPER_IDS = ("arxiv", "doi", "openalex", "s2", "acl", "pmid", "pmc", "wos", "dblp", "openreview")
"""What a paper's id begins with, before the colon, in the order in which the graph prefers them; `sha` is for a paper without any."""

RESULT_KINDS = ("absolute", "delta")


def labels_of(kind: str) -> tuple[str, ...]:
    """The labels of a concept node of this kind, the general one first."""
    return ("Concept", KINDS[kind].label)


def role_for(role: str, kind: str) -> str:
    """`role` where concepts of `kind` may have it, else the role that means "works with it" for that kind."""
    if kind in ROLES[role].kinds:
        return role
    if role in ("PROPOSES", "MENTIONS"):
        return role
    return {"METHOD": "USES", "DATASET": "USES", "TASK": "ADDRESSES", "METRIC": "MEASURES"}[kind]
