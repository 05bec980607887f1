"""JSON Lines hold the whole graph, sorted."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.exports.jsonl import write
from kg.exports.sorting import Sorter
from kg.protocols import ExportOptions
from tests.exports.graph_factory import concept, literature, paper, role_edge


def test_the_form_of_a_line(tmp_path: Path) -> None:
    text = "A title\nIt is about übersetzung."
    edge = role_edge(text, "It is about übersetzung.", "übersetzung", kind="TASK", role="ADDRESSES")
    star = paper("arxiv:1", "A title", "It is about übersetzung.", edge)
    out = tmp_path / "x.jsonl"
    assert write([concept("TASK", "übersetzung"), star], out, ExportOptions()) == {"nodes": 2, "edges": 1}
    assert out.read_text(encoding="utf-8").splitlines() == [
        '{"id":"arxiv:1","labels":["Paper"],"properties":{"abstract":"It is about übersetzung.","title":"A title"},"type":"node"}',
        '{"id":"task:übersetzung","labels":["Concept","Task"],"properties":{"kind":"TASK","name":"übersetzung","papers":1},"type":"node"}',
        '{"from":"arxiv:1","properties":{"by":"made-up","confidence":0.9,"end":31,"mentions":1,"sentence":"It is about übersetzung.","start":20},'
        '"relation":"ADDRESSES","to":"task:übersetzung","type":"edge"}',
    ]


def test_every_node_and_edge_is_there_in_order(tmp_path: Path) -> None:
    stars, out = literature(60, 150), tmp_path / "x.jsonl"
    counts = write(stars, out, ExportOptions())
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    nodes = [line["id"] for line in lines[: counts["nodes"]]]
    edges = [(line["from"], line["relation"], line["to"]) for line in lines[counts["nodes"] :]]
    assert nodes == sorted(star.node.id for star in stars)
    assert edges == sorted((star.node.id, edge.type, edge.target) for star in stars for edge in star.edges)


WORDS = st.text(st.characters(codec="utf-8", min_codepoint=32), max_size=6).map(str.encode)


@given(st.lists(st.tuples(WORDS, WORDS)), st.integers(1, 400))
def test_sorting_spills_without_changing_the_order(tmp_path_factory: object, lines: list[tuple[bytes, bytes]], budget: int) -> None:
    with Sorter(Path(tmp_path_factory.getbasetemp()), budget=budget) as sorter:  # type: ignore[attr-defined]
        for key, line in lines:
            sorter.add(key, line)
        assert list(sorter) == [line + b"\n" for _, line in sorted(lines)]
        assert sorter.count == len(lines)
