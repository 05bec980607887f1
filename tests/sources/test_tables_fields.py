"""Dates, names and cited works as records print them."""

from __future__ import annotations

import pytest

from kg.sources.fields import author, cited, date_in, date_of, dated, language_of, month_of, person


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021/02/01/", "2021-02-01"),
        ("2019///", "2019"),
        ("2020///nan", "2020"),
        ("2024-05-28T10:00:00Z", "2024-05-28"),
        ("20200301", "2020-03-01"),
        ("May 2020", "2020-05"),
        ("3 Jun 2018", "2018-06-03"),
        ("June 3rd, 2018", "2018-06-03"),
        ("2018 Jan-Feb", "2018"),
        ("1998 Dec-1999 Jan", "1998"),
        ("03/04/2020", "2020"),
        ("2021-02-30", "2021-02"),
        ("2021-13-01", "2021"),
        ("Sun, 1 Apr 2007 20:46:54 GMT", "2007-04-01"),
        ("nd", None),
        ("", None),
        ("2023-4-5", "2023-04-05"),
        ("12345678", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert date_in(text) == date


def test_parts_of_dates() -> None:
    assert date_of("2018", "10--15 Jul", "10--15") == "2018-07"
    assert date_of("2018", "jul", "3") == "2018-07-03"
    assert date_of("c2018", "") == "2018"
    assert date_of("", "jul") is None
    assert month_of("13") is None
    assert month_of("Sept.") == 9
    assert dated("2020", "2020-05", None) == {"date": "2020-05", "year": 2020}
    assert dated() == {"date": None, "year": None}


@pytest.mark.parametrize(
    ("name", "result"),
    [("Fern, Ada", "Ada Fern"), ("Fern, Ada, Jr.", "Ada Fern Jr."), ("Ada Fern", "Ada Fern"), ("Fern,", "Fern"), ("A, B, C, D", "A, B, C, D")],
)
def test_names(name: str, result: str) -> None:
    assert person(name) == result


def test_authors() -> None:
    found = author("Ada Fern", orcid="http://orcid.org/000000012345678x")
    assert found is not None
    assert found.id == "orcid:0000-0001-2345-678X"
    assert author("others") is None
    assert author("  ") is None


def test_cited_works() -> None:
    found = cited("Step D. Steps (1999), arXiv:1901.01234v2, https://doi.org/10.1000/ABC.1.")
    assert found is not None
    assert (found.id, found.year, found.title) == ("arxiv:1901.01234", 1999, None)
    assert cited("  ") is None
    other = cited("Step D., Steps, 2001, doi:10.1000/2020.x")
    assert other is not None
    assert (other.id, other.year) == ("doi:10.1000/2020.x", 2001)


@pytest.mark.parametrize(("told", "code"), [("English", "en"), ("eng", "en"), ("en-US", "en"), ("Welsh", "welsh"), ("de", "de")])
def test_languages(told: str, code: str) -> None:
    assert language_of(told) == code
