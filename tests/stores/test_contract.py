"""What every store must do, over every store there is."""

from __future__ import annotations

import pytest

from kg.errors import StoreError
from kg.kinds import EDGES, KINDS, NODES
from kg.models import Edge, Node, Star, Value
from kg.protocols import Store


def paper(name: str, *edges: Edge, **properties: Value) -> Star:
    return Star(Node(f"arxiv:{name}", ("Paper",), properties), tuple(sorted(edges, key=lambda edge: (edge.type, edge.target))))


def concept(kind: str, name: str, *edges: Edge, **properties: Value) -> Star:
    return Star(Node(f"{kind.lower()}:{name}", ("Concept", KINDS[kind].label), {"name": name, **properties}), edges)


def uses(name: str, **properties: Value) -> Edge:
    return Edge("USES", f"method:{name}", "Method", properties)


def rows(store: Store, cypher: str, **parameters: object) -> list[tuple[object, ...]]:
    return list(store.query(cypher, parameters).rows)


def test_empty(store: Store) -> None:
    assert store.counts() == {}
    assert rows(store, "MATCH (n) RETURN n") == []
    assert rows(store, "MATCH (n:Paper) RETURN count(n) AS n") == [(0,)]
    store.replace([])
    store.remove([])
    store.remove(["arxiv:none"])
    assert store.counts() == {}


def test_replace_writes_nodes_and_edges(store: Store) -> None:
    store.replace([paper("1", uses("bert", confidence=0.5, sentence="We use it."), title="One"), concept("METHOD", "bert")])
    assert store.counts() == {"Paper": 1, "Concept": 1, "Method": 1, "USES": 1}
    table = store.query("MATCH (p:Paper)-[r:USES]->(m:Method) RETURN p.id AS paper, m.name AS name, r.confidence AS c, r.sentence AS s", {})
    assert table.columns == ("paper", "name", "c", "s")
    assert table.rows == (("arxiv:1", "bert", 0.5, "We use it."),)


def test_replace_twice_changes_nothing(store: Store) -> None:
    stars = [paper("1", uses("bert"), Edge("CITES", "arxiv:2", "Paper"), title="One"), paper("2"), concept("METHOD", "bert")]
    store.replace(stars)
    before = store.counts()
    everything = rows(store, "MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m.id ORDER BY n.id, m.id")
    store.replace(stars)
    assert store.counts() == before == {"Paper": 2, "Concept": 1, "Method": 1, "USES": 1, "CITES": 1}
    assert rows(store, "MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m.id ORDER BY n.id, m.id") == everything


def test_target_may_come_later(store: Store) -> None:
    store.replace([paper("1", uses("bert"), Edge("CITES", "arxiv:2", "Paper"))])
    store.replace([concept("METHOD", "bert", papers=1), paper("2", title="Two")])
    assert store.counts() == {"Paper": 2, "Concept": 1, "Method": 1, "USES": 1, "CITES": 1}
    assert rows(store, "MATCH (:Paper {id: 'arxiv:1'})-[r]->(t) RETURN type(r) AS type, coalesce(t.name, t.title) AS shown ORDER BY type") == [
        ("CITES", "Two"),
        ("USES", "bert"),
    ]


def test_edges_that_are_gone_are_deleted(store: Store) -> None:
    store.replace([paper("1", uses("bert"), uses("lora"), Edge("CITES", "arxiv:2", "Paper")), paper("2", uses("bert"))])
    store.replace([concept("METHOD", "bert"), concept("METHOD", "lora")])
    store.replace([paper("1", uses("lora"))])
    assert rows(store, "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS r, b.id AS b ORDER BY a, r, b") == [
        ("arxiv:1", "USES", "method:lora"),
        ("arxiv:2", "USES", "method:bert"),
    ]
    assert store.counts()["Paper"] == 2


def test_edge_may_change_its_type(store: Store) -> None:
    store.replace([concept("METHOD", "bert"), paper("1", uses("bert"))])
    store.replace([paper("1", Edge("PROPOSES", "method:bert", "Method"))])
    assert rows(store, "MATCH (:Paper)-[r]->(m) RETURN type(r) AS type, m.id AS id") == [("PROPOSES", "method:bert")]


def test_properties_are_as_given_and_no_others(store: Store) -> None:
    store.replace([concept("METHOD", "bert"), paper("1", uses("bert", mentions=1, by="rules"), title="Old", year=2001)])
    store.replace([paper("1", uses("bert", mentions=2), title="New", venue="here")])
    found = rows(store, "MATCH (p:Paper)-[r:USES]->() RETURN p.title AS t, p.year AS y, p.venue AS v, r.mentions AS m, r.by AS b")
    assert found == [("New", None, "here", 2, None)]


def test_kind_of_a_concept_may_change(store: Store) -> None:
    store.replace([concept("METHOD", "bert"), paper("1", uses("bert"))])
    store.replace([Star(Node("method:bert", ("Concept", "Task"), {"name": "bert"}))])
    assert store.counts() == {"Paper": 1, "Concept": 1, "Task": 1, "USES": 1}
    assert rows(store, "MATCH (c:Concept) RETURN labels(c) AS labels") == [(["Concept", "Task"],)]
    assert rows(store, "MATCH (m:Method) RETURN m.id AS id") == []


def test_remove_takes_the_edges_along(store: Store) -> None:
    store.replace([paper("1", uses("bert"), Edge("CITES", "arxiv:2", "Paper")), paper("2", uses("bert")), concept("METHOD", "bert")])
    store.remove(["arxiv:2", "arxiv:none"])
    assert store.counts() == {"Paper": 1, "Concept": 1, "Method": 1, "USES": 1}
    store.replace([paper("2", title="Back")])
    assert store.counts() == {"Paper": 2, "Concept": 1, "Method": 1, "USES": 1}
    store.remove(["arxiv:1", "method:bert", "arxiv:2"])
    assert store.counts() == {}


def test_values_come_back_as_they_went_in(store: Store) -> None:
    properties: dict[str, Value] = {
        "title": 'Über "β-VAE" \\ and\n日本語 🙂 \u2028 end', "abstract": "", "year": 2024, "citationCount": 2**53 + 1, "stub": False,
        "organisations": ["Eins", "Zwei, drei", "ü"], "date": "2024-05-28", "arxivId": "0704.0001", "doi": "10.1/a'b",
    }  # fmt: skip
    store.replace([paper("1", **properties), concept("METHOD", "x", pagerank=0.1, aliases=["x"], papers=-3)])
    names = sorted(properties)
    returned = ", ".join(f"p.{name} AS {name}" for name in names)
    assert rows(store, f"MATCH (p:Paper) RETURN {returned}") == [tuple(properties[name] for name in names)]
    ((pagerank, aliases, papers),) = rows(store, "MATCH (c:Concept) RETURN c.pagerank AS r, c.aliases AS a, c.papers AS p")
    assert (pagerank, aliases, papers) == (0.1, ["x"], -3)
    assert isinstance(pagerank, float) and isinstance(papers, int)


@pytest.mark.parametrize("value", [None, True, 7, -1.5, 'O\'Brien \\ "β"', ["a", "ü"], [1, 2], {"k": "v", "n": [1]}, []])
def test_parameters_of_every_type(store: Store, value: object) -> None:
    ((back,),) = rows(store, "RETURN $value AS value", value=value)
    assert back == value and type(back) is type(value)


def test_text_in_a_parameter_is_never_a_statement(store: Store) -> None:
    store.replace([paper("1", title="One")])
    assert rows(store, "MATCH (p:Paper {title: $t}) RETURN p.id AS id", t="x'}) DETACH DELETE p //") == []
    assert store.counts() == {"Paper": 1}


def test_results_are_plain_values(store: Store) -> None:
    store.replace([paper("1", uses("bert", mentions=1), title="One"), concept("METHOD", "bert", aliases=["b"])])
    ((node, edge, path),) = rows(store, "MATCH p = (a:Paper)-[r:USES]->(b) RETURN b AS b, r AS r, p AS p")
    assert isinstance(node, dict) and isinstance(path, dict)
    assert node["labels"] == ["Concept", "Method"]
    assert {k: v for k, v in node["properties"].items() if k != "publishedBy"} == {"id": "method:bert", "name": "bert", "aliases": ["b"]}
    assert edge == {"type": "USES", "properties": {"mentions": 1}}
    assert [n["labels"] for n in path["nodes"]] == [["Paper"], ["Concept", "Method"]] and path["relationships"] == [edge]
    assert rows(store, "RETURN date('2024-02-29') AS d, [1, 2.5, null] AS l, {a: true} AS m") == [("2024-02-29", [1, 2.5, None], {"a": True})]


def test_every_label_and_type_can_be_held(store: Store) -> None:
    nodes = [Star(Node(f"{label.lower()}:n", (label,), {"n": 1})) for label in NODES if label != "Concept"]
    nodes += [concept(kind, "n") for kind in KINDS]
    held: dict[str, list[Edge]] = {}
    targets = {kind.label: f"{kind.prefix}:n" for kind in KINDS.values()} | {"Concept": "method:n"}
    for edge in EDGES.values():
        source = targets.get(edge.source, f"{edge.source.lower()}:n")
        held.setdefault(source, []).append(Edge(edge.name, targets.get(edge.target, f"{edge.target.lower()}:n"), edge.target))
    store.replace([Star(star.node, tuple(held.get(star.node.id, ()))) for star in nodes])
    counts = store.counts()
    assert {name: counts[name] for name in EDGES} == dict.fromkeys(EDGES, 1)
    assert {name: counts[name] for name in NODES} == {**dict.fromkeys(NODES, 1), "Concept": len(KINDS)}
    store.replace(nodes)
    assert not set(store.counts()) & set(EDGES)


def test_many_stars_in_one_call(store: Store) -> None:
    store.replace([paper(str(i), *(uses(str((i * 7 + j) % 50)) for j in range(5)), year=2000 + i % 20) for i in range(1500)])
    store.replace([concept("METHOD", str(i)) for i in range(50)])
    assert store.counts() == {"Paper": 1500, "Concept": 50, "Method": 50, "USES": 7500}
    store.remove([f"arxiv:{i}" for i in range(0, 1500, 2)])
    assert store.counts() == {"Paper": 750, "Concept": 50, "Method": 50, "USES": 3750}


@pytest.mark.parametrize(
    "star",
    [
        Star(Node("x:1", ("Person",))),
        Star(Node("x:1", ())),
        Star(Node("x:1", ("Paper", "Method"))),
        Star(Node("x:1", ("Method",))),
        Star(Node("x:1", ("Paper",)), (Edge("KNOWS`) DETACH DELETE (n", "x:2", "Paper"),)),
        Star(Node("x:1", ("Paper",)), (Edge("CITES", "x:2", "Person"),)),
    ],
    ids=["unknown-label", "no-label", "mixed-labels", "kind-alone", "unknown-type", "unknown-target"],
)
def test_words_that_are_not_declared_are_refused(store: Store, star: Star) -> None:
    with pytest.raises(StoreError, match=r"kg\.kinds|label"):
        store.replace([star])
    assert store.counts() == {}


@pytest.mark.parametrize(
    "cypher",
    ["MATCH (n RETURN n", "MATCH (n) RETURN m", "RETURN $missing AS x", "RETURN no_such_function(1) AS x", "", "RETURN 1/0 AS x"],
    ids=["syntax", "variable", "parameter", "function", "empty", "division"],
)
def test_a_wrong_query_is_one_clear_line(store: Store, cypher: str) -> None:
    with pytest.raises(StoreError) as caught:
        store.query(cypher, {})
    assert str(caught.value) and "\n" not in str(caught.value)
    assert caught.value.statement == cypher


@pytest.mark.parametrize("cypher", ["CREATE (n:Paper {id: 'x'})", "MATCH (n) DETACH DELETE n", "MATCH (n) SET n.title = 'x'"])
def test_a_query_never_writes(store: Store, cypher: str) -> None:
    store.replace([paper("1", title="One")])
    with pytest.raises(StoreError, match=r"read"):
        store.query(cypher, {})
    assert rows(store, "MATCH (n) RETURN n.title AS t") == [("One",)]


def test_closing_twice_is_harmless(store: Store) -> None:
    store.close()
    store.close()
