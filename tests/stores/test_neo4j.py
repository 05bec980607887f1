"""What holds for a Neo4j server alone: its errors, what else lives in it, and pushes that were cut off."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from kg.config import Neo4jSettings
from kg.errors import StoreError
from kg.models import Edge, Node, Star
from kg.stores import neo4j as module
from kg.stores.neo4j import Neo4jStore
from tests.plugins.neo4j import Server
from tests.stores.sample import STARS

pytestmark = pytest.mark.neo4j


@pytest.fixture
def opened(empty_neo4j: Server) -> Iterator[Neo4jStore]:
    with closing(Neo4jStore(empty_neo4j.settings)) as store:
        store.prepare()
        yield store


def run(server: Server, cypher: str, **parameters: object) -> list[list[object]]:
    """What somebody else does in the same database."""
    import neo4j

    settings = server.settings
    with neo4j.GraphDatabase.driver(settings.uri, auth=(settings.username, settings.password)) as driver, driver.session() as session:
        return [record.values() for record in session.run(cypher, parameters)]


def refusal(settings: Neo4jSettings) -> str:
    with pytest.raises(StoreError) as caught:
        Neo4jStore(settings)
    assert settings.password not in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_wrong_password(neo4j_server: Server) -> None:
    assert "NEO4J_PASSWORD" in refusal(replace(neo4j_server.settings, password="not-the-password"))


def test_wrong_user(neo4j_server: Server) -> None:
    assert '"nobody"' in refusal(replace(neo4j_server.settings, username="nobody"))


def test_wrong_database(neo4j_server: Server) -> None:
    assert '"nosuch"' in (said := refusal(replace(neo4j_server.settings, database="nosuch"))) and "NEO4J_DATABASE" in said


def test_first_password_must_be_changed(neo4j_server: Server) -> None:
    run(neo4j_server, "CREATE USER fresh IF NOT EXISTS SET PASSWORD $p CHANGE REQUIRED", p="first-password")
    said = refusal(replace(neo4j_server.settings, username="fresh", password="first-password"))
    assert "ALTER CURRENT USER SET PASSWORD" in said


@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc", "neo4j+s"])
def test_encryption_that_the_server_does_not_speak(neo4j_server: Server, scheme: str) -> None:
    said = refusal(replace(neo4j_server.settings, uri=f"{scheme}://127.0.0.1:{neo4j_server.bolt}"))
    assert "TLS" in said and "bolt://" in said


def test_nothing_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    said = refusal(Neo4jSettings(f"bolt://127.0.0.1:{port}", "neo4j", "a-password", "neo4j"))
    assert "docker compose up" in said and str(port) in said


def test_something_else_listens(neo4j_server: Server) -> None:
    said = refusal(replace(neo4j_server.settings, uri=f"bolt://127.0.0.1:{neo4j_server.http}"))
    assert str(neo4j_server.http) in said


@pytest.mark.parametrize(
    "uri", ["localhost:7687", "http://localhost:7687", "bolt://user:secret-word@localhost:1", "bolt://no.such.host.invalid:7687"]
)
def test_address_that_is_none(uri: str) -> None:
    said = refusal(Neo4jSettings(uri, "neo4j", "a-password", "neo4j"))
    assert "NEO4J_URI" in said and "secret-word" not in said


def test_older_server_is_refused(neo4j_lts: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_OLDEST", 9999)
    assert "needs 9999 or later" in refusal(neo4j_lts.settings)


def test_version_is_told(neo4j_server: Server) -> None:
    with closing(Neo4jStore(neo4j_server.settings)) as store:
        assert store.version() == f"Neo4j {neo4j_server.version} community"


def test_driver_says_nothing(opened: Neo4jStore, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    opened.replace(STARS)
    opened.query("MATCH (n:NoSuchLabel) WHERE id(n) = 1 RETURN n.nothing", {})
    assert capfd.readouterr() == ("", "") and caplog.records == []


def test_prepare_makes_what_queries_need(opened: Neo4jStore, empty_neo4j: Server) -> None:
    opened.prepare()
    kinds = {row[0] for row in run(empty_neo4j, "SHOW INDEXES YIELD type, state WHERE state = 'ONLINE' RETURN type")}
    assert {"RANGE", "FULLTEXT", "LOOKUP"} <= kinds
    opened.replace([Star(Node("method:x", ("Concept", "Method"), {"name": "Long name", "aliases": ["Shorty"]}))])
    run(empty_neo4j, "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    found = run(empty_neo4j, "CALL db.index.fulltext.queryNodes('concept_names', 'shorty') YIELD node RETURN node.id")
    assert found == [["method:x"]]


def test_ids_are_those_of_the_stars(opened: Neo4jStore) -> None:
    opened.replace(STARS)
    assert opened.ids() == {star.node.id for star in STARS}


def test_what_others_keep_is_left_alone(opened: Neo4jStore, empty_neo4j: Server) -> None:
    run(
        empty_neo4j,
        "CREATE (:Paper {id: 'mine:1', title: 'Mine'})-[:CITES]->(:Book {id: 'b'}), (:Paper {title: 'no id'}), (:Concept {id: 'method:mine'})",
    )
    opened.replace(STARS)
    run(empty_neo4j, "MATCH (p:Paper {id: 'arxiv:1'}), (b:Book) SET p:ToRead CREATE (b)-[:ABOUT]->(p)")
    assert opened.counts()["Paper"] == 5
    opened.replace([Star(Node("arxiv:1", ("Paper",), {"title": "Changed"}))])
    assert run(empty_neo4j, "MATCH (:Book)-[:ABOUT]->(p:ToRead) RETURN p.title") == [["Changed"]]
    opened.remove([*(star.node.id for star in STARS), "mine:1", "method:mine", "b"])
    assert opened.counts() == {}
    left = run(empty_neo4j, "MATCH (n) RETURN coalesce(n.id, n.title) AS n ORDER BY n")
    assert left == [["b"], ["method:mine"], ["mine:1"], ["no id"]]
    assert run(empty_neo4j, "MATCH (:Paper {title: 'Mine'})-[r:CITES]->(:Book) RETURN count(r)") == [[1]]


def test_same_id_as_somebody_elses_node_is_refused(opened: Neo4jStore, empty_neo4j: Server) -> None:
    run(empty_neo4j, "CREATE (:Paper {id: 'arxiv:1', title: 'Mine'}), (:Concept {id: 'method:x', name: 'mine'})")
    with pytest.raises(StoreError, match="did not publish"):
        opened.replace([Star(Node("arxiv:1", ("Paper",), {"title": "Ours"}))])
    with pytest.raises(StoreError, match="did not publish"):
        opened.replace([Star(Node("arxiv:2", ("Paper",)), (Edge("USES", "method:x", "Method"),))])
    assert run(empty_neo4j, "MATCH (n) RETURN coalesce(n.title, n.name) AS n") == [["Mine"], ["mine"]]


def test_push_that_was_cut_off_is_repaired_by_the_next(opened: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    opened.replace(STARS)
    whole = opened.counts()
    everything = opened.query("MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m.id ORDER BY n.id, type(r), m.id", {})
    changed = [replace(star, edges=star.edges[1:]) for star in STARS]
    publish, calls = module._publish, iter(range(9))

    def dies(transaction: object, parts: list[module.Part]) -> int:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return publish(transaction, parts)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_publish", dies)
    monkeypatch.setattr(opened, "_elements", 10)
    with pytest.raises(KeyboardInterrupt):
        opened.replace(changed)
    monkeypatch.undo()
    assert opened.counts() != whole
    opened.replace(STARS)
    assert opened.counts() == whole
    assert opened.query("MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m.id ORDER BY n.id, type(r), m.id", {}) == everything


def test_star_bigger_than_a_transaction_is_cut_up(opened: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "_elements", 7)
    edges = tuple(Edge("CITES", f"arxiv:{i:02d}", "Paper") for i in range(20))
    opened.replace([Star(Node("arxiv:hub", ("Paper",)), edges)])
    assert opened.counts() == {"Paper": 21, "CITES": 20}
    opened.replace([Star(Node("arxiv:hub", ("Paper",)), edges[5:])])
    assert opened.counts() == {"Paper": 21, "CITES": 15}


def test_batch_bigger_than_the_servers_memory_is_halved(opened: Neo4jStore) -> None:
    text = "a long remark " * 20_000
    stars = [Star(Node(f"arxiv:{i}", ("Paper",), {"comment": f"{i} {text}"})) for i in range(300)]  # 84 MB; the server allows 64
    opened.replace(stars)
    assert opened.counts() == {"Paper": 300}
    opened.remove([star.node.id for star in stars])
    assert opened.counts() == {}


def test_node_too_big_to_be_deleted_at_once_is_thinned_out(opened: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    opened.replace([Star(Node("arxiv:hub", ("Paper",)), tuple(Edge("CITES", f"arxiv:{i}", "Paper") for i in range(30)))])
    execute, refused = opened._execute, []

    def too_big(session: object, work: object) -> object:
        if len(refused) < 2:  # the two nodes together, then the hub alone
            refused.append(work)
            return None
        return execute(session, work)  # type: ignore[arg-type]

    monkeypatch.setattr(opened, "_execute", too_big)
    monkeypatch.setattr(module, "_THINNED", 7)
    opened.remove(["arxiv:hub", "arxiv:1"])
    assert opened.counts() == {"Paper": 29}


def test_passing_failure_is_tried_again(opened: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    from neo4j.exceptions import TransientError

    publish, failures = module._publish, [TransientError("locked"), TransientError("locked")]

    def fails_twice(transaction: object, parts: list[module.Part]) -> int:
        if failures:
            raise failures.pop()
        return publish(transaction, parts)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_publish", fails_twice)
    monkeypatch.setattr(module, "_PAUSES", (0.01, 0.01))
    opened.replace(STARS[:1])
    assert opened.counts()["Paper"] >= 1 and failures == []
    failures.extend(TransientError("locked") for _ in range(3))
    with pytest.raises(StoreError):
        opened.replace(STARS[:1])
