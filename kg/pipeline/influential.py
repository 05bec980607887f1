"""What a graph's citations say: which papers are cited most and matter most, which belong together, and along which the field went.

Invariant: everything is read from the stars and the marks of the last build, or computed from them; titles stand beside ids.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from kg.analysis import co_citation, coupling
from kg.analysis import main_path as chain
from kg.config import graph_dir
from kg.ledger import Ledger, derived
from kg.models import Value
from kg.pipeline.citing import REFERENCES


@dataclass(slots=True)
class _Cited:
    """The papers (properties by id) and the citations of a graph."""

    papers: dict[str, dict[str, Value]] = field(default_factory=dict)
    edges: list[tuple[str, str]] = field(default_factory=list)

    def row(self, paper: str, **more: Any) -> dict[str, Any]:
        """The paper as a row."""
        known = self.papers.get(paper, {})
        return {"paper": paper, "title": known.get("title"), "year": known.get("year"), **more}

    def top(self, measure: str, limit: int) -> list[dict[str, Any]]:
        """The papers with most of a measure."""
        held = [(-float(str(value)), paper) for paper, known in self.papers.items() if (value := known.get(measure)) is not None]
        return [
            self.row(paper, **{measure: self.papers[paper][measure], "stub": bool(self.papers[paper].get("stub"))})
            for _, paper in sorted(held)[:limit]
        ]

    def pairs(self, found: Iterable[tuple[str, str, int]], limit: int) -> list[dict[str, Any]]:
        """Pairs of papers as rows."""
        first = [pair for _, pair in zip(range(limit), found, strict=False)]
        return [{"a": self.row(one), "b": self.row(other), "papers": count} for one, other, count in first]


def outcomes(db: sqlite3.Connection) -> dict[str, int]:
    """How many references the last build resolved by id, matched by title, left as stubs or could not match."""
    found: dict[str, int] = orjson.loads(derived.meta(db, REFERENCES) or "{}")
    return found


def citations(*, graph: str | Path | None = None, limit: int = 10) -> dict[str, Any]:
    """`references` by where they lead, and the first `limit` papers by citations in the graph (`cited`, stubs among them) and by PageRank
    (`pagerank`), and pairs of papers by how many cite both (`co_cited`) and by how many works both cite (`coupled`, papers with records)."""
    with Ledger.open(Path(graph) if graph else graph_dir()) as ledger:
        led, held = outcomes(ledger.db), _gather(ledger.db)
    return {
        "references": led, "cited": held.top("inCorpusCitations", limit), "pagerank": held.top("pagerank", limit),
        "co_cited": held.pairs(co_citation(held.edges), limit), "coupled": held.pairs(coupling(held.edges), limit),
    }  # fmt: skip


def main_path(*, graph: str | Path | None = None) -> list[dict[str, Any]]:
    """The main path of the papers with records, oldest first; `weight` is the share of all lines of descent that run through the step to the
    next paper."""
    with Ledger.open(Path(graph) if graph else graph_dir()) as ledger:
        held = _gather(ledger.db)
    inside = ((citing, cited) for citing, cited in held.edges if not held.papers.get(cited, {"stub": True}).get("stub"))
    years = {paper: int(str(year)) for paper, known in held.papers.items() if (year := known.get("year")) is not None}
    return [held.row(step.paper, weight=step.weight) for step in chain(inside, years)]


def _gather(db: sqlite3.Connection) -> _Cited:
    kept = ("title", "year", "stub", "inCorpusCitations", "pagerank")
    held = _Cited()
    for star in derived.stars(db):
        if star.node.labels[0] == "Paper":
            held.papers[star.node.id] = {name: star.node.properties[name] for name in kept if name in star.node.properties}
            held.edges += [(star.node.id, edge.target) for edge in star.edges if edge.type == "CITES"]
    return held
