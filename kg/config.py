"""Settings from the environment, read when asked for and never kept.

Invariant: a password is read from the environment or a prompt and is never part of a `repr`, a message or a file.
"""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import ConfigError

DEFAULT_GRAPH = "graph"
OWN_LINE = -1.0  # as the least confidence of a build: the extractor's own line, whatever was asked for before


def graph_dir(given: str | None = None) -> Path:
    """The graph's folder: what was given, else `KG_GRAPH`, else `./graph`."""
    return Path(given or os.environ.get("KG_GRAPH") or DEFAULT_GRAPH)


def processors() -> int:
    """How many processors this process may run on: fewer than the machine has, where it was pinned to some."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def collect_seldom() -> None:
    """Has the interpreter look for dead circles of objects less often: we make many objects that live to the end and hardly a circle, so that
    going through them time and again takes long and finds nothing. For programs of our own, not for who imports us."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@dataclass(frozen=True, slots=True)
class Neo4jSettings:
    """How to reach a Neo4j server."""

    uri: str
    username: str
    password: str = field(repr=False)
    database: str


def neo4j_settings(*, password: str | None = None) -> Neo4jSettings:
    """`NEO4J_URI`, `NEO4J_USERNAME`, `NEO4J_PASSWORD`, `NEO4J_DATABASE` with Neo4j's own defaults; `password` is what a
    prompt gave. Raises ConfigError where no password is known."""
    secret = password or os.environ.get("NEO4J_PASSWORD")
    if not secret:
        raise ConfigError("no Neo4j password: set NEO4J_PASSWORD (NEO4J_URI, NEO4J_USERNAME, NEO4J_DATABASE have defaults)")
    return Neo4jSettings(
        uri=os.environ.get("NEO4J_URI") or "bolt://localhost:7687",
        username=os.environ.get("NEO4J_USERNAME") or "neo4j",
        password=secret,
        database=os.environ.get("NEO4J_DATABASE") or "neo4j",
    )
