"""BibTeX as people and publishers write it: values, names, breaks."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.models import Paper, Reject
from kg.protocols import ReadOptions
from kg.sources.bibtex_entries import evaluated
from kg.sources.bibtex_names import authors
from kg.sources.inputs import open_input
from kg.sources.registry import choose


def read(path: Path, text: str) -> list[Paper | Reject]:
    path.write_text(text, "utf-8")
    opened = open_input(str(path))
    source = choose(opened)
    assert source.name == "bibtex"
    return list(source.read(opened, ReadOptions()))


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("{a {B} c}", "a {B} c"),
        ('"a {"}b{"} c"', 'a {"}b{"} c'),
        ('"a " # acl # { b}', "a Assoc b"),
        ("2020", "2020"),
        ("jan", "jan"),
        ("unknown", "unknown"),
        ("{open", "open"),
        ('"open', "open"),
        ("", ""),
        (r"{50\% of \{a\}}", r"50\% of \{a\}"),
        ("}", ""),
    ],
)
def test_values(value: str, result: str) -> None:
    assert evaluated(value, {"acl": "Assoc", "jan": "jan"}) == result


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fern, Ada and Cy Rung", ["Ada Fern", "Cy Rung"]),
        ("van der Lichen, Bo and Ludwig van Gate", ["Bo van der Lichen", "Ludwig van Gate"]),
        ("Fern, Jr., Ada and others", ["Ada Fern Jr."]),
        ("{Walls, Inc.} and {\\'E}mile Stile", ["Walls, Inc.", "Émile Stile"]),
        ("M{\\\"u}ller, J{\\'e}r{\\^o}me", ["Jérôme Müller"]),
        ("Fern, Ada AND\n  Rung, Cy", ["Ada Fern", "Cy Rung"]),
        ("", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [author.name for author in authors(text)] == names


def test_a_broken_entry_costs_no_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    good = "@article{{k{0}, title = {{Moss {0}}}, year = {{2020}}}}\n"
    text = good.format(1) + "@article{bad, title = {Moss, year = {2020}\n" + good.format(2) + "@article{bad2 title {x}\n" + good.format(3)
    with caplog.at_level(logging.CRITICAL):
        found = read(tmp_path / "refs.bib", text)
    assert [item.title for item in found if isinstance(item, Paper)] == ["Moss 1", "Moss 2", "Moss 3"]
    assert [item.line for item in found if isinstance(item, Reject)] == [2, 4]


def test_an_abstract_that_breaks_off_is_kept_and_marked(tmp_path: Path) -> None:
    text = "@inproceedings{a,\n title = {Moss},\n year = {2018},\n abstract = {We count moss and\n\n@inproceedings{b,\n title = {Walls}\n}\n"
    first, reject, second = read(tmp_path / "refs.bib", text)
    assert isinstance(first, Paper)
    assert (first.title, first.abstract, first.year) == ("Moss", "We count moss and …", 2018)
    assert isinstance(reject, Reject)
    assert "`abstract`" in reject.reason
    assert isinstance(second, Paper)


def test_one_brace_too_many_costs_nothing_but_a_note(tmp_path: Path) -> None:
    text = "@article{a,\n title = {Moss},\n abstract = {We count}, and we, too, count moss.}\n}\n@article{b, title = {Walls}}\n"
    first, reject, second = read(tmp_path / "refs.bib", text)
    assert isinstance(first, Paper)
    assert first.title == "Moss"
    assert first.abstract.startswith("We count")
    assert isinstance(reject, Reject)
    assert isinstance(second, Paper)


def test_equal_keys_are_two_records(tmp_path: Path) -> None:
    found = read(tmp_path / "refs.bib", "@misc{k, title={One}}\n@misc{k, title={Two}}\n")
    assert [item.title for item in found if isinstance(item, Paper)] == ["One", "Two"]


def test_several_entries_on_a_line(tmp_path: Path) -> None:
    found = read(tmp_path / "refs.bib", "@misc{a, title={One}} @misc{b, title={Two}}\r\n")
    assert [item.title for item in found if isinstance(item, Paper)] == ["One", "Two"]


def test_a_crossref_to_itself_or_to_nothing_is_harmless(tmp_path: Path) -> None:
    found = read(tmp_path / "refs.bib", "@misc{a, title={One}, crossref={a}}\n@misc{b, title={Two}, crossref={none}}\n")
    assert [item.venue for item in found if isinstance(item, Paper)] == [None, None]


PARTS = ["@article{k,", "@misc{", "title = {", "title=\"", "}", "{", '"', ",", "=", "#", "abstract = ",
         "Moss", "\n", "@", "@string{a = ", "@comment{", "\\", "year = 2020"]  # fmt: skip


@settings(max_examples=200, deadline=None, derandomize=True)
@given(parts=st.lists(st.sampled_from(PARTS), max_size=25))
def test_any_order_of_parts_gives_records_or_rejects(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    found = read(tmp_path_factory.getbasetemp() / "any.bib", "@misc{first, title = {First}}\n" + "".join(parts))
    assert isinstance(found[0], Paper | Reject)
    assert all("\n" not in item.reason for item in found if isinstance(item, Reject))
