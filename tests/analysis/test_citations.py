"""References that are titles or strings find their papers, and nothing else does."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis import TitleIndex
from kg.models import Reference

PAPERS = [
    ("doi:10.1/a", "Gated Memory Cells for Long-Range Sequence Tagging", 2015),
    ("doi:10.1/b", "Random gates", 2001),
    ("doi:10.1/c", "Report of the workshop on gated systems", 2010),
    ("doi:10.1/d", "Report of the workshop on gated systems", 2011),
    ("doi:10.1/e", "Introduction", 2012),
    ("doi:10.1/f", "Steady translation with small gates and rounds", None),
    ("doi:10.1/g", "A twice used title of some length", 2003),
    ("doi:10.1/h", "A twice used title of some length", 2018),
]


def found(index: TitleIndex | None = None, **reference: object) -> tuple[str, float] | None:
    match = (index or TitleIndex(PAPERS)).find(Reference.model_validate(reference))
    return (match.paper, match.score) if match else None


def test_an_equal_folded_title_scores_one() -> None:
    assert found(title="Gated memory cells for long range sequence tagging.") == ("doi:10.1/a", 1.0)


def test_a_near_title_scores_less() -> None:
    paper, score = found(title="Gated memory cell for long-range sequence taging", year=2015) or ("", 0.0)
    assert paper == "doi:10.1/a" and 0.9 <= score < 1.0


@pytest.mark.parametrize(("year", "hit"), [(None, True), (2013, False), (2014, True), (2015, True), (2016, True), (2017, False)])
def test_years_may_be_one_apart(year: int | None, hit: bool) -> None:
    for title in ("Gated memory cells for long-range sequence tagging", "Gated memory cells for long-range sequence taging"):
        assert (found(title=title, year=year) is not None) == hit


def test_a_short_title_needs_its_year() -> None:
    assert found(title="Random Gates") is None
    assert found(title="Random Gates", year=2001) == ("doi:10.1/b", 1.0)


def test_a_generic_title_is_never_matched() -> None:
    assert found(title="Introduction", year=2012) is None


def test_a_series_needs_the_very_year() -> None:
    title = "Report of the Workshop on Gated Systems"
    assert found(title=title) is None
    assert (found(title=title, year=2010), found(title=title, year=2011)) == (("doi:10.1/c", 1.0), ("doi:10.1/d", 1.0))
    assert found(title=title, year=2012) is None


def test_a_title_that_two_papers_share_needs_a_year() -> None:
    title = "A twice used title of some length"
    assert found(title=title) is None
    assert found(title=title, year=2004) == ("doi:10.1/g", 1.0)


@pytest.mark.parametrize(
    "raw",
    [
        "A. Sample, B. C. Other. Gated memory cells for long-range sequence tagging. In Proc. of Samples, pages 1998-2006, 2015.",
        '[12] Sample, A., "Gated Memory Cells for Long-Range Sequence Tagging," Journal of Samples 3(4), 2016',
        "Sample A (2015) Gated memory cells for long range sequence tagging",
    ],
)
def test_a_title_is_found_in_a_string(raw: str) -> None:
    assert found(raw=raw) == ("doi:10.1/a", 1.0)


def test_a_misspelt_title_is_found_in_a_string() -> None:
    paper, score = found(raw="Sample, A. Gated memory cells for long-range sequence taging. Samples, 2015.") or ("", 0.0)
    assert paper == "doi:10.1/a" and 0.9 <= score < 1.0


@pytest.mark.parametrize(
    "raw",
    [
        "A. Sample. Gated memory cells for long-range sequence tagging in noisy speech. Samples, 2015.",
        "A. Sample. Gated memory cells for long-range sequence tagging. Samples, 2009.",
        "A. Sample. Introduction. Samples, 2012.",
        "https://example.org",
        "???",
        "",
    ],
)
def test_a_longer_title_another_year_or_nothing_is_no_match(raw: str) -> None:
    assert found(raw=raw) is None


def test_a_title_decides_before_the_string() -> None:
    assert found(title="Another work altogether on gates", raw="Random gates. Gated memory cells for long-range sequence tagging.") is None


def test_the_order_of_papers_and_questions_means_nothing() -> None:
    titles = [f"Study {word} of gated nets for the {other} of sequences" for word in ("alpha", "beta", "gamma") for other in ("tagging", "parsing")]
    papers = [(f"doi:10.1/{number}", title, 2000 + number) for number, title in enumerate(titles)]
    asked = [title.replace("sequences", "sequenzes") for title in titles]
    first = TitleIndex(papers)
    expected = [found(first, title=title) for title in asked]
    assert [paper for paper, _ in filter(None, expected)] == [paper for paper, _, _ in papers]
    rng = random.Random(7)
    for _ in range(5):
        shuffled = rng.sample(papers, len(papers))
        index = TitleIndex(shuffled)
        order = rng.sample(range(len(asked)), len(asked))
        answers = {place: found(index, title=asked[place]) for place in order}
        assert [answers[place] for place in range(len(asked))] == expected


def test_a_reference_is_compared_with_few_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many titles there are, and however common their words."""
    compared = 0

    def counted(one: tuple[str, ...], other: tuple[str, ...]) -> float:
        nonlocal compared
        compared += 1
        return 0.0

    monkeypatch.setattr("kg.analysis.citations.similarity", counted)
    index = TitleIndex(
        (f"doi:10.1/{number}", f"Gated nets for tagging of sequences number w{number % 90} of v{number}", 2000) for number in range(5000)
    )
    for number in range(100):
        index.find(Reference(title=f"Gated net for tagging of sequences number w{number} of v{number}"))
    assert 0 < compared <= 16 * 100


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_answered(title: str, raw: str) -> None:
    index = TitleIndex(PAPERS)
    for reference in (Reference(title=title), Reference(raw=raw), Reference(title=title, raw=raw)):
        match = index.find(reference)
        assert match is None or 0.9 <= match.score <= 1.0


def test_a_whole_title_that_stands_in_a_string_is_found_and_a_near_one_is_not() -> None:
    index = TitleIndex([("one", "Steady translation with small gates", 2012), ("two", "Small gates for steady feet", 2012)])
    found = index.standing("A. Sample. Steady Translation with Small Gates. In Samples, 2013.", None)
    assert found is not None and (found.paper, found.score) == ("one", 1.0)
    assert index.standing("A. Sample. Steady translations with small gates. In Samples, 2012.", None) is None
    assert index.standing("A. Sample. Steady translation with small gates. In Samples.", 2019) is None
