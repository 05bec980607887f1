"""The shipped queries: the same rows from every store, and the rows that the sample graph has."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.protocols import Store
from kg.stores.queries import parse, shipped
from tests.stores.sample import ANSWERS, STARS


def test_every_query_has_an_answer_to_check() -> None:
    assert [query.name for query in shipped()] == sorted(ANSWERS)


def test_every_query_asks_in_words_and_orders_its_rows() -> None:
    for query in shipped():
        assert query.question.endswith("?"), query.name
        assert "ORDER BY" in query.text and not query.text.endswith(";"), query.name
        assert all(f"${name}" in query.text for name in query.params), query.name


def test_every_list_is_collected_in_an_order() -> None:
    for query in shipped():
        before, collects, _ = query.text.partition("collect(")
        assert not collects or "ORDER BY" in before, f"{query.name}: the stores would list in orders of their own"


def test_every_store_gives_the_rows_worked_out_by_hand(store: Store) -> None:
    store.replace(STARS)
    for query in shipped():
        parameters, expected = ANSWERS[query.name]
        assert set(parameters) <= set(query.params), query.name
        assert list(store.query(query.text, {**query.params, **parameters}).rows) == expected, query.name


def test_a_comparison_is_seen_from_both_ends_and_two_baselines_are_none(store: Store) -> None:
    store.replace(STARS)
    (query,) = (query for query in shipped() if query.name == "compared-with")
    assert list(store.query(query.text, {**query.params, "method": "lstm"}).rows) == [("bidirectional encoder", 1)]
    assert list(store.query(query.text, {**query.params, "method": "tiny"}).rows) == []  # LSTM is only compared with beside it


def test_head_of_a_file_is_read() -> None:
    query = parse("q", '// Who? Where?\n// params: a="x, y=1", b=[1, 2], c=2.5\n\nRETURN $a,\n  $b;\n')
    assert (query.question, query.params, query.text) == ("Who? Where?", {"a": "x, y=1", "b": [1, 2], "c": 2.5}, "RETURN $a,\n  $b")
    assert parse("q", "// Who?\n// params: none\nRETURN 1").params == {}


@pytest.mark.parametrize("text", ["", "RETURN 1", "// Who?\nRETURN 1", "// Who?\n// params: a\nRETURN 1", "// Who?\n// params: a=x\nRETURN 1"])
def test_wrong_head_is_refused_by_file_name(text: str) -> None:
    with pytest.raises(StoreError, match=r"q\.cypher"):
        parse("q", text)


def test_queries_travel_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "share" / "cypher" / "queries"
    folder.mkdir(parents=True)
    (folder / "one.cypher").write_text("// One?\n// params: none\nRETURN 1\n")
    monkeypatch.setattr("kg.stores.queries.files", lambda _: tmp_path)
    assert [query.name for query in shipped()] == ["one"]
