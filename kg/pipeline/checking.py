"""`doctor`: one finding a thing that kg needs, in the order in which they would hurt.

Invariant: a check never raises and never changes anything; what it cannot check it says.
"""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.config import graph_dir, neo4j_settings
from kg.errors import KgError
from kg.ledger import Ledger

PACKAGES = ("click", "igraph", "kglite", "neo4j", "networkx", "onnxruntime", "orjson", "pydantic", "pyvis", "rapidfuzz", "rich", "spacy", "zstandard")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was checked, whether it is well, and what was seen."""

    what: str
    ok: bool
    says: str


def check(*, graph: str | Path | None = None) -> list[Finding]:
    """The findings; a graph that is not built yet and a server that is not configured are well."""
    folder = Path(graph) if graph else graph_dir()
    return [
        Finding("python", True, f"{platform.python_version()} on {platform.system()}"),
        _try("packages", _packages),
        _try("extractor", _extractor),
        _try("disk", lambda: _disk(folder)),
        _try("graph", lambda: _graph(folder)),
        _try("neo4j", _neo4j),
    ]


def _try(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except (KgError, OSError, ImportError, PackageNotFoundError) as error:
        return Finding(what, False, " ".join(str(error).split()))


def _packages() -> str:
    return ", ".join(f"{name} {version(name)}" for name in PACKAGES)


def _extractor() -> str:
    from kg.extract import DEFAULT_MODEL, load

    (found,) = load(DEFAULT_MODEL).extract(["We evaluate BERT on SQuAD and report accuracy for question answering."])
    if not found.mentions:
        raise KgError(f"the extractor {DEFAULT_MODEL} sees nothing in a plain sentence: reinstall kg")
    return f"{DEFAULT_MODEL} sees {len(found.mentions)} concepts in a plain sentence"


def _disk(folder: Path) -> str:
    there = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    free = shutil.disk_usage(there).free / 1e9
    if free < 0.2:
        raise KgError(f"{free:.2f} GB free at {there}: free some space")
    return f"{free:.1f} GB free at {there}"


def _graph(folder: Path) -> str:
    if not folder.exists():
        return f"none at {folder} yet: `kg build PATHS -g {folder}` makes it"
    with Ledger.open(folder) as ledger:
        (said,) = ledger.db.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise KgError(f"{folder}: the ledger is damaged ({said}): restore it from a copy, or delete the folder and build again")
        (papers,) = ledger.db.execute("SELECT count(*) FROM paper").fetchone()
        (stars,) = ledger.db.execute("SELECT count(*) FROM star").fetchone()
    return f"{papers} papers, {stars} nodes at {folder}, ledger sound"


def _neo4j() -> str:
    if not os.environ.get("NEO4J_PASSWORD"):
        return "not configured (NEO4J_PASSWORD is not set); only `kg push` needs it"
    from kg.stores.neo4j import Neo4jStore

    settings = neo4j_settings()
    store = Neo4jStore(settings)
    try:
        return f"{settings.uri} answers: {store.version()}"
    finally:
        store.close()
