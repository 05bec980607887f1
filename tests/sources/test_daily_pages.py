"""Years that a page makes certain, organisations, and the real pages where they are at hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.models import Paper
from kg.protocols import ReadOptions
from kg.sources.identity import keys
from kg.sources.inputs import expand, open_input
from kg.sources.page_dates import PageDates, PrintedDate, printed_date
from kg.sources.page_feet import organisation
from kg.sources.registry import choose

CASES = Path(__file__).parent / "cases" / "daily_papers"
PAGES = Path(__file__).parents[2].parent / "shared" / "data" / "pages"


def dates(*texts: str) -> list[PrintedDate]:
    return [found for text in texts if (found := printed_date(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Feb 26", PrintedDate(2, 26)),
        ("Feb 26 2", PrintedDate(2, 26)),
        ("Feb 29", PrintedDate(2, 29)),
        ("Aug 30, 2023 4", PrintedDate(8, 30, 2023)),
        ("September 4, 2024", PrintedDate(9, 4, 2024)),
        ("Sept. 4 2024", PrintedDate(9, 4, 2024)),
        ("Mar 3 1", PrintedDate(3, 3)),
        ("Feb 29, 2023", None),
        ("Apr 31", None),
        ("May 1, the day of moss", None),
        ("2 authors", None),
    ],
)
def test_printed_dates(text: str, found: PrintedDate | None) -> None:
    assert printed_date(text) == found


@pytest.mark.parametrize(
    ("own", "said", "papers", "years"),
    [
        ("Nov 5", None, ["Oct 1", "Dec 4, 2024"], [None, 2024]),  # 2025 or later, and no telling
        ("Nov 5", 2025, ["Oct 1", "Nov 5", "Dec 4, 2024"], [2025, 2025, 2024]),
        ("Nov 5", 2025, ["Nov 7", "Nov 9"], [None, 2024]),  # a day or two after the page: time zones, or a year before
        ("Nov 5", 2025, ["Nov 9", "Dec 4, 2024"], [None, 2024]),  # the page prints 2024 where it means it
        ("Nov 5, 2023", 2025, ["Oct 1", "Dec 9"], [2023, 2022]),  # what the page says is not overruled
        ("Feb 10", 2025, ["Feb 29"], [2024]),
        ("Feb 10", 2026, ["Feb 29"], [None]),  # no such day in either year
        (None, 2025, ["Oct 1", "Dec 31"], [2025, 2025]),
        (None, None, ["Oct 1"], [None]),
    ],
)
def test_years_are_certain_or_absent(own: str | None, said: int | None, papers: list[str], years: list[int | None]) -> None:
    page = PageDates(own=printed_date(own) if own else None, papers=dates(*papers))
    assert page.years(said) == years


def test_order_needs_evidence_and_consistency() -> None:
    falling = ["Apr 9, 2024", "Apr 2, 2024", "Feb 1, 2024", "Jan 8, 2024", "Dec 1, 2023", "Nov 3, 2023", "Oct 2, 2023", "Aug 3, 2023"]
    inside = [*falling[:2], "Mar 5", *falling[2:]]
    assert PageDates(papers=dates(*inside)).years()[2] == 2024
    assert PageDates(papers=dates(*reversed(inside))).years()[6] == 2024
    assert PageDates(papers=dates(*inside[:-1])).years()[2] is None  # seven dates are no proof of order
    assert PageDates(papers=dates(*inside, "Jun 1, 2024")).years()[2] is None  # not in order
    assert PageDates(papers=dates(*falling[:2], "Jun 5", *falling[2:])).years()[2] is None  # no year fits
    assert PageDates(papers=dates("Mar 5", *falling, "Mar 6")).years()[::9] == [None, None]  # nothing on the other side
    assert PageDates(papers=dates(*falling, "May 5", "Jan 1, 2021")).years()[8] is None  # two years fit


def test_a_page_year_that_the_page_contradicts_is_an_error() -> None:
    opened = open_input(str(CASES / "page_year_said" / "input.txt"))
    with pytest.raises(InputError, match=r"page year 2024 cannot be: the page of Nov 5 lists a paper of Dec 24, 2024; give a later"):
        list(choose(opened).read(opened, ReadOptions(page_year=2024)))


def test_a_heading_without_papers_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_text(
        "Daily Papers\n\n" + "This page is being made ready and will be filled with papers in a little while, so come again. " * 3 + "\n\nNov 5\n"
    )
    opened = open_input(str(path))
    with pytest.raises(InputError, match="a page without papers"):
        list(choose(opened).read(opened, ReadOptions()))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("apple Apple", "Apple"),
        ("marsh-lab Marsh Lab", "Marsh Lab"),
        ("meadow AI at Meadow", "AI at Meadow"),
        ("Harbour-2 Institute of Harbours", "Institute of Harbours"),
        ("Eel Institute", "Eel Institute"),
        ("Kite", "Kite"),
    ],
)
def test_organisations(line: str, name: str) -> None:
    assert organisation(line) == name


@pytest.mark.skipif(not PAGES.is_dir(), reason="the real pages (../shared/data/pages) are not here")
def test_the_real_pages_give_163_distinct_papers() -> None:
    papers: list[Paper] = []
    for name in expand([str(PAGES)]):
        opened = open_input(name.name)
        items = list(choose(opened).read(opened, ReadOptions()))
        papers += [item for item in items if isinstance(item, Paper)]
        assert len(items) == sum(isinstance(item, Paper) for item in items)
    files = Counter(Path(paper.places[0].file).name[:3] for paper in papers)
    assert files == {"000": 10, "001": 11, "002": 67, "003": 80}
    seen: set[str] = set()
    again = 0
    for paper in papers:
        again += bool(seen & set(keys(paper)))
        seen.update(keys(paper))
    assert len(papers) - again == 163
    assert all(paper.title and paper.date and (paper.author_count or paper.organisations) for paper in papers[21:])
