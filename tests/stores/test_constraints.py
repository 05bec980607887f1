"""The schema file follows from the kinds."""

from __future__ import annotations

from pathlib import Path

from kg.kinds import KINDS, NODES
from kg.stores.constraints import constraints, statements

_FILE = Path(__file__).resolve().parents[2] / "cypher" / "constraints.cypher"


def test_constraints_file_is_not_stale() -> None:
    assert _FILE.read_text(encoding="utf-8") == constraints(), (
        "run: python -c 'from kg.stores.constraints import constraints; print(constraints(), end=\"\")'"
    )


def test_every_label_has_a_unique_key() -> None:
    for label in (*NODES, *(kind.label for kind in KINDS.values())):
        assert sum(f"FOR (n:{label}) REQUIRE n.id IS UNIQUE" in statement for statement in statements()) == 1
