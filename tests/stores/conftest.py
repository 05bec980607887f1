"""Every store in turn: each of the registry, a server's on every supported version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from kg.protocols import Store
from kg.stores.registry import StoreKind, stores
from tests.plugins.neo4j import VERSIONS, Server, wipe

_WITHOUT = [pytest.param((kind, None), id=kind.name) for kind in stores().values() if not kind.server]
_WITH = [
    pytest.param((kind, version), id=f"{kind.name}-{version}", marks=pytest.mark.neo4j)
    for kind in stores().values()
    if kind.server
    for version in VERSIONS
]


@pytest.fixture(params=_WITHOUT + _WITH)
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty, prepared store."""
    kind: StoreKind
    kind, version = request.param
    if version:
        server: Server = request.getfixturevalue("neo4j_servers")(version)
        wipe(server)
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
    with closing(kind.open()) as opened:
        opened.prepare()
        yield opened
