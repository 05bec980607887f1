"""Daily Papers pages saved as text: navigation, a page date, then cards of title, abstract, authors or organisation, and date.

What a page is made of is in `page_layout`, the years of its dates in `page_dates`. The page is read twice: for its dates, then for its
papers. Invariant: title and abstract are what the page prints, soft-wrapped lines joined, markup debris kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import InputError
from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.lines import head_lines
from kg.sources.page_dates import PageDates, PrintedDate, printed_date
from kg.sources.page_feet import is_foot
from kg.sources.page_layout import cards
from kg.sources.page_texts import Card, is_prose


def sniff(given: Input) -> float:
    """Certain where the head has two card feet; high for one under the page's heading, low for the heading over titled prose."""
    lines = [line.strip() for line in head_lines(given)]
    if not lines or given.head.lstrip()[:1] in ("{", "[", "<", "@", "%"):
        return 0.0
    feet = sum(is_foot(lines, at) for at in range(len(lines)))
    heading = any(line.lower() in ("daily papers", "trending papers") for line in lines[:200])
    if feet >= 2 or (feet and heading):
        return 0.95
    titled = heading and any(printed_date(line) for line in lines[:200]) and any(map(is_prose, lines))
    return 0.6 if feet or titled else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each card. Raises InputError where `options.page_year` contradicts the dates that the page prints in full, and where
    the page has no card at all."""
    years, item = _years(given, options.page_year), None
    for item in cards(given):
        if isinstance(item, Reject):
            yield item
        elif isinstance(item, Card):
            yield _paper(item, next(years) if item.date else None, given.name)
    if item is None or isinstance(item, PrintedDate):
        raise InputError("a page without papers (a paper is a title with its abstract below): save the whole page", file=given.name)


def _years(given: Input, said: int | None) -> Iterator[int | None]:
    """The year of each dated card, in order."""
    pages = [PageDates()]
    for item in cards(given):
        if isinstance(item, PrintedDate):
            pages.append(PageDates(own=item))
        elif isinstance(item, Card) and item.date:
            pages[-1].papers.append(item.date)
    for page in pages:
        own = page.own is not None and page.own.year is not None
        if said and not own and any(printed.year is None for printed in page.papers) and (why := page.contradiction(said)):
            raise InputError(f"{why}; give a later page year, or none", file=given.name)
        yield from page.years(said)


def _paper(card: Card, year: int | None, file: str) -> Paper:
    return Paper(
        title=card.title, abstract=card.abstract, author_count=card.authors, organisations=(card.organisation,) if card.organisation else (),
        date=card.date.iso(year) if card.date else None, year=year, places=(Place(file=file, line=card.line),),
    )  # fmt: skip


SOURCE = Source("daily-papers", "a Daily Papers page saved as text", sniff, read)
