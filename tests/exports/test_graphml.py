"""GraphML opens in other programs, whatever the texts hold."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from kg.exports.graphml import write
from kg.kinds import KINDS
from kg.models import Edge, Node, Star
from kg.protocols import ExportOptions
from tests.exports.graph_factory import concept, literature, paper


def test_networkx_reads_back_what_was_written(tmp_path: Path) -> None:
    stars, out = literature(60, 150), tmp_path / "x.graphml"
    counts = write(stars, out, ExportOptions())
    graph = nx.read_graphml(out)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (counts["nodes"], counts["edges"])
    for star in stars:
        read = graph.nodes[star.node.id]
        for name, value in star.node.properties.items():
            assert read[name] == ("; ".join(map(str, value)) if isinstance(value, list) else value)
            assert isinstance(read[name], str if isinstance(value, list) else type(value))
    written = {(star.node.id, edge.type, edge.target) for star in stars for edge in star.edges}
    assert {(source, data["relation"], target) for source, target, data in graph.edges(data=True)} == written


def test_parallel_edges_stay_two(tmp_path: Path) -> None:
    two = (Edge("BUILDS_ON", "b", "Paper", {"via": ["method:x", "method:y"]}), Edge("CITES", "b", "Paper", {}))
    out = tmp_path / "x.graphml"
    write([paper("a", "A", "", *two), paper("b", "B", "")], out, ExportOptions())
    graph = nx.read_graphml(out)
    assert sorted(data["relation"] for *_, data in graph.edges(data=True)) == ["BUILDS_ON", "CITES"]
    assert {data.get("via") for *_, data in graph.edges(data=True)} == {"method:x; method:y", None}


def test_gephi_gets_a_label_and_the_colour_of_the_kind(tmp_path: Path) -> None:
    out = tmp_path / "x.graphml"
    write([concept("DATASET", "Citeseer")], out, ExportOptions())
    node = nx.read_graphml(out).nodes["dataset:citeseer"]
    assert node["label"] == "Citeseer"
    assert f"#{node['r']:02x}{node['g']:02x}{node['b']:02x}" == KINDS["DATASET"].colour


def test_one_type_holds_mixed_numbers(tmp_path: Path) -> None:
    out = tmp_path / "x.graphml"
    write([Star(Node("a", ("Result",), {"number": 3})), Star(Node("b", ("Result",), {"number": 2.5}))], out, ExportOptions())
    graph = nx.read_graphml(out)
    assert [graph.nodes[key]["number"] for key in "ab"] == [3.0, 2.5]


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_gives_valid_xml(tmp_path_factory: object, text: str) -> None:
    out = Path(tmp_path_factory.getbasetemp()) / "any.graphml"  # type: ignore[attr-defined]
    write([paper("a", f"x{text}", "")], out, ExportOptions())
    legal = "".join(c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff")
    assert nx.read_graphml(out).nodes["a"]["title"] == f"x{legal}"
