"""The schema that Neo4j is given before any node: derived from `kg.kinds`, printed as `cypher/constraints.cypher`.

Invariant: every label's key is unique and indexed, so each MERGE on it is one index seek and two runs never make two nodes.
"""

from __future__ import annotations

from kg.stores.labels import KEY_LABELS, KIND_LABELS

_RANGE = (
    ("Paper", "year"),
    ("Paper", "title"),
    ("Concept", "name"),
    *((label, "name") for label in KIND_LABELS),
    ("Keyword", "name"),
    ("Author", "name"),
)
_FULLTEXT = (("paper_text", "Paper", ("title", "abstract")), ("concept_names", "Concept", ("name", "aliases")))


def statements() -> tuple[str, ...]:
    """The schema statements in order, each harmless when what it makes stands already."""
    unique = (f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE" for label in (*KEY_LABELS, *KIND_LABELS))
    ranges = (f"CREATE INDEX {label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})" for label, name in _RANGE)
    texts = (
        f"CREATE FULLTEXT INDEX {index} IF NOT EXISTS FOR (n:{label}) ON EACH [{', '.join(f'n.{name}' for name in names)}]"
        for index, label, names in _FULLTEXT
    )
    return (*unique, *ranges, *texts)


def constraints() -> str:
    """The text of `cypher/constraints.cypher`: what `kg push` runs first, for those who load a graph by other means."""
    head = "// Made from kg/kinds.py by kg.stores.constraints.constraints(); don't edit.\n"
    return head + "".join(f"{statement};\n" for statement in statements())
