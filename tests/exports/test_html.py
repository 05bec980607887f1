"""The page's data: what is chosen, where it stands, what is said."""

from __future__ import annotations

import json
import math
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exports.html import inert, write
from kg.exports.layout import place
from kg.exports.outline import Shelf, outline
from kg.exports.page_data import Offsets, edge_data, node_data
from kg.exports.selection import select
from kg.models import Edge, Node, Star
from kg.protocols import ExportOptions
from tests.exports.graph_factory import concept, literature, paper, role_edge


def data_of(path: Path) -> Any:
    found = re.search(r'<script type="application/json" id="graph-data">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return json.loads(found[1])


def test_a_small_graph_is_shown_whole(tmp_path: Path) -> None:
    stars, out = literature(30, 80), tmp_path / "x.html"
    drawn = [star for star in stars if star.node.labels[0] in ("Paper", "Concept")]
    counts = write(stars, out, ExportOptions(limit=len(drawn)))
    data = data_of(out)
    assert {node["key"] for node in data["nodes"]} == {star.node.id for star in drawn}
    assert counts["nodes"] == counts["of_nodes"] == len(drawn)
    assert counts["edges"] == counts["of_edges"] == len(data["edges"])
    assert data["beyond"] == []
    assert data["totals"]["others"] == [["authors", 40]]
    assert data["how"] == "Every paper and concept of the graph is here."


def test_a_large_graph_says_how_much_of_it_is_shown(tmp_path: Path) -> None:
    stars, out = literature(120, 300), tmp_path / "x.html"
    counts = write(stars, out, ExportOptions(limit=100, title="Mine & yours"))
    data, text = data_of(out), out.read_text(encoding="utf-8")
    assert counts["nodes"] == len(data["nodes"]) == 100
    assert counts["of_nodes"] == data["totals"]["nodes"] == sum(star.node.labels[0] in ("Paper", "Concept") for star in stars)
    assert [sum(group[side] for group in data["groups"]) for side in ("shown", "total")] == [counts["nodes"], counts["of_nodes"]]
    assert [sum(type_[side] for type_ in data["types"]) for side in ("shown", "total")] == [counts["edges"], counts["of_edges"]]
    assert "the 50 concepts" in data["how"]
    assert "the 50 papers" in data["how"]
    assert "<title>Mine &amp; yours</title>" in text


def test_what_a_shown_paper_says_of_hidden_nodes_is_kept(tmp_path: Path) -> None:
    stars, out = literature(60, 200), tmp_path / "x.html"
    write(stars, out, ExportOptions(limit=60))
    data = data_of(out)
    of = {star.node.id: star for star in stars}
    for position, node in enumerate(data["nodes"]):
        here = sum(edge["from"] == position for edge in data["edges"]) + sum(edge["from"] == position for edge in data["beyond"])
        assert here >= sum(edge.type not in ("CO_OCCURS", "WRITTEN_BY") for edge in of[node["key"]].edges)


@pytest.mark.parametrize("limit", [1, 2, 7, 50, 10_000])
def test_the_choice_keeps_to_its_limit_and_shows_no_concept_without_a_paper(limit: int, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    found = outline(literature(60, 200), shelf)
    chosen = select(found, limit)
    shelf.close()
    assert len(chosen) == min(limit, len(found.ids)) == len(set(chosen))
    if limit < len(found.ids):
        held = {target for source, _, target in found.edges if source in chosen and found.groups[source] == "Paper"}
        assert all(found.groups[at] == "Paper" or at in held for at in chosen)


def test_a_range_that_counts_characters_becomes_one_that_counts_utf16() -> None:
    text = "𝛽-VAE 🎉 meets naïve β-VAE. It works."
    edge = role_edge(text, "It works.", "works", kind="TASK", role="ADDRESSES")
    start, end, first, last = edge_data(edge, text, Offsets(text))["at"]
    units = text.encode("utf-16-le")
    assert units[2 * start : 2 * end].decode("utf-16-le") == "It works."
    assert units[2 * first : 2 * last].decode("utf-16-le") == "works"


def test_of_two_equal_sentences_the_one_with_the_mention_is_shown() -> None:
    text = "We use T5. It is good. We use T5. Again."
    start = text.rindex("T5")
    edge = Edge("USES", "method:t5", "Method", {"sentence": "We use T5.", "start": start, "end": start + 2})
    assert edge_data(edge, text, Offsets(text))["at"] == [text.rindex("We use"), text.rindex("We use") + 10, start, start + 2]


def test_a_sentence_that_is_not_in_the_text_travels_in_words() -> None:
    assert edge_data(Edge("USES", "m", "Method", {"sentence": "Elsewhere."}), "Title", Offsets("Title")) == {"sentence": "Elsewhere."}


@given(st.text())
def test_embedded_json_is_inert_and_whole(text: str) -> None:
    written = inert({"text": text})
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == {"text": text}


def test_no_two_marks_overlap_and_communities_stand_apart(tmp_path: Path) -> None:
    sizes = [6.0] * 40
    edges = [(one, other, 1.0) for group in (range(20), range(20, 40)) for one, other in combinations(group, 2)] + [(0, 20, 1.0)]
    places, communities = place(sizes, edges)
    assert all(math.dist(one, other) >= 2 * 6 - 2 for one, other in combinations(places, 2))
    assert set(communities[:20]).isdisjoint(communities[20:])
    middles = [(sum(x for x, _ in half) / 20, sum(y for _, y in half) / 20) for half in (places[:20], places[20:])]
    reach = max(math.dist(point, middles[0]) for point in places[:20])
    assert math.dist(*middles) > reach
    assert place(sizes, edges) == (places, communities)


def test_parts_without_a_tie_do_not_pile_up() -> None:
    places, _ = place([5.0] * 12, [(0, 1, 1.0), (2, 3, 1.0)])
    assert all(math.dist(one, other) >= 8 for one, other in combinations(places, 2))


def addressed(value: str) -> list[list[str]]:
    links: list[list[str]] = node_data(paper("p", "T", "", url=value), lambda key: None)["links"]
    return links


def test_only_web_addresses_become_links() -> None:
    assert addressed("https://papers.example/1") == [["paper page", "https://papers.example/1"]]
    assert addressed("javascript:alert(1)") == addressed("data:text/html,x") == addressed("//host/x") == []


def test_neighbours_that_are_not_drawn_are_told_in_words(tmp_path: Path) -> None:
    result = Star(
        Node("result:1", ("Result",), {"metric": "accuracy", "value": "74.5", "unit": "%", "baseline": "70.1"}),
        (Edge("ON", "dataset:citeseer", "Dataset"),),
    )
    authors = [Star(Node(f"author:{name}", ("Author",), {"name": name})) for name in ("Zoe", "Abe")]
    edges = (
        Edge("REPORTS", "result:1", "Result"),
        Edge("WRITTEN_BY", "author:Abe", "Author", {"position": 2}),
        Edge("WRITTEN_BY", "author:Zoe", "Author", {"position": 1}),
    )
    out = tmp_path / "x.html"
    write([result, *authors, concept("DATASET", "Citeseer"), paper("p", "T", "", *edges)], out, ExportOptions())
    told = next(node for node in data_of(out)["nodes"] if node["key"] == "p")["named"]
    assert told == {"Author": ["Zoe", "Abe"], "Result": ["74.5% accuracy on Citeseer (baseline 70.1)"]}
