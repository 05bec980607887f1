"""First years, introductions and building on: the stated rules, one by one."""

from __future__ import annotations

from kg.analysis import builds_on, first_years, introduced_by

YEARS: dict[str, int | None] = {"old": 2019, "mid": 2021, "new": 2023, "twin": 2019, "undated": None}


def test_the_first_year_is_the_earliest_known() -> None:
    assert first_years({"new": ["a", "b"], "old": ["a"], "undated": ["a", "c"]}, YEARS) == {"a": 2019, "b": 2023}


def test_the_earliest_dated_proposal_introduces() -> None:
    assert introduced_by({"a": [("new", 0.99), ("old", 0.6), ("undated", 1.0)]}, YEARS) == {"a": "old"}


def test_of_one_year_the_more_confident_then_the_first_id() -> None:
    assert introduced_by({"a": [("old", 0.6), ("twin", 0.9)]}, YEARS) == {"a": "twin"}
    assert introduced_by({"a": [("twin", 0.9), ("old", 0.9)]}, YEARS) == {"a": "old"}


def test_an_undated_paper_introduces_only_what_it_alone_proposes() -> None:
    assert introduced_by({"a": [("undated", 0.5)], "b": [("undated", 0.5), ("other", 0.9)], "c": []}, YEARS) == {"a": "undated"}


def test_what_an_earlier_paper_holds_was_introduced_by_none() -> None:
    assert introduced_by({"a": [("new", 0.9)], "b": [("new", 0.9)]}, YEARS, {"a": 2019, "b": 2023}) == {"b": "new"}


def test_a_paper_builds_on_the_one_that_proposes_what_it_uses() -> None:
    uses = [("new", "b", 0.9), ("new", "a", 0.9), ("mid", "a", 0.9)]
    assert builds_on({"a": ["old"], "b": ["old"]}, uses, years=YEARS) == [("mid", "old", ["a"]), ("new", "old", ["a", "b"])]


def test_never_on_itself_nor_on_a_later_paper() -> None:
    assert builds_on({"a": ["new"]}, [("new", "a", 0.9), ("old", "a", 0.9)], years=YEARS) == []
    assert builds_on({"a": ["new"]}, [("undated", "a", 0.9)], years=YEARS) == [("undated", "new", ["a"])]


def test_what_several_propose_is_skipped_unless_one_is_strictly_first() -> None:
    uses = [("new", "a", 0.9), ("undated", "b", 0.9), ("new", "c", 0.9)]
    proposes = {"a": ["old", "twin"], "b": ["old", "mid"], "c": ["old", "undated"]}
    assert builds_on(proposes, uses, years=YEARS) == [("undated", "old", ["b"])]
    assert builds_on(proposes, uses) == []


def test_who_proposes_a_thing_too_does_not_build_on_it_by_that() -> None:
    assert builds_on({"a": ["old", "new"]}, [("new", "a", 0.9)], years=YEARS) == []


def test_unsure_uses_do_not_count() -> None:
    assert builds_on({"a": ["old"]}, [("new", "a", 0.3)]) == []
    assert builds_on({"a": ["old"]}, [("new", "a", 0.3)], min_confidence=0.2) == [("new", "old", ["a"])]
