"""Dates as pages print them, and the year of those that have none.

The site leaves the year out of dates in the year in which the page was saved, and out of the page's own date, so those dates are
one more than the newest printed year or later: a bound from below. Nothing on a page bounds them from above (a page without a single
paper of some year looks the same), so that alone makes no year certain, and a date stays `--MM-DD` unless

1. the page's year is known: printed beside the page's own date, or said by the user. No paper is later than the page that lists it, so
   the date is the latest such day not after the page's date: of the page's year, or of the year before, if the page prints no date
   of that year with the year. A day up to three days after the page's date (time zones) is of neither for certain. On a page
   without a date of its own, what the user says is the year.
2. or the page is in order of date: at least eight dates with a year, all falling or all rising, and exactly one year puts the date between
   its dated neighbours.

Invariant: a year is never guessed, and none that the page contradicts is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

_MONTHS = {name: number for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}
_DATE = re.compile(
    r"^(?:published on )?"
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
    r" (?P<day>\d{1,2})(?:,? (?P<year>(?:19|20)\d{2}))?(?: (?P<comments>\d{1,6}))?$", re.I,
)  # fmt: skip
_ORDERED = 8
_ZONES = timedelta(days=3)
_LEAP = 2000


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day as printed; `year` None where the page leaves it out."""

    month: int
    day: int
    year: int | None = None

    def iso(self, year: int | None) -> str:
        """ISO 8601 with this year, or `--MM-DD`."""
        return f"{year}-{self.month:02}-{self.day:02}" if year else f"--{self.month:02}-{self.day:02}"

    def on(self, year: int) -> date | None:
        """The day in this year; None where that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{date(_LEAP, self.month, 1):%b} {self.day}" + (f", {self.year}" if self.year else "")


def printed_date(text: str) -> PrintedDate | None:
    """The date that `text` is, as a whole: `Feb 26`, `Aug 30, 2023`, with or without a number of comments behind
    (`Feb 26 2`) or `Published on` before it."""
    match = _DATE.match(text.strip())
    if not match:
        return None
    found = PrintedDate(_MONTHS[match["month"][:3].lower()], int(match["day"]), int(match["year"]) if match["year"] else None)
    return found if found.on(found.year or _LEAP) else None


@dataclass(slots=True)
class PageDates:
    """The dates of one page: its own, and those of its papers in order."""

    own: PrintedDate | None = None
    papers: list[PrintedDate] = field(default_factory=list)

    def contradiction(self, year: int) -> str | None:
        """Why the page cannot be of this year; None where it can."""
        newest = max((day for printed in self.papers if printed.year and (day := printed.on(printed.year))), default=None)
        limit = (self.own.on(year) if self.own else None) or date(year, 12, 31)
        if newest is None or newest <= limit + _ZONES:
            return None
        return f"page year {year} cannot be: the page{f' of {self.own}' if self.own else ''} lists a paper of {newest:%b} {newest.day}, {newest.year}"

    def years(self, said: int | None = None) -> list[int | None]:
        """The year of each of `papers`, None where it is not certain; `said` is the page's year as the user gives it."""
        page_year = self.own.year if self.own and self.own.year else said
        ordered = _by_order(self.papers) if page_year is None else [None] * len(self.papers)
        given = {printed.year for printed in self.papers if printed.year}
        return [printed.year or between or self._by_page(printed, page_year, given) for printed, between in zip(self.papers, ordered, strict=True)]

    def _by_page(self, printed: PrintedDate, year: int | None, given: Iterable[int]) -> int | None:
        if year is None:
            return None
        day, own = printed.on(year), self.own.on(year) if self.own else None
        if own is None or (day and day <= own):
            return year if day else None
        if day and day <= own + _ZONES:
            return None
        return year - 1 if year - 1 not in given and printed.on(year - 1) else None


def _by_order(papers: Sequence[PrintedDate]) -> list[int | None]:
    """The years that the order of the page makes certain (rule 2)."""
    unsure: list[int | None] = [None] * len(papers)
    full = [(at, day) for at, printed in enumerate(papers) if printed.year and (day := printed.on(printed.year))]
    days = [day for _, day in full]
    falling, rising = days == sorted(days, reverse=True), days == sorted(days)
    if len(set(days)) < _ORDERED or not (falling or rising):
        return unsure
    found = list(unsure)
    for (at, one), (until, other) in pairwise(full):
        low, high = min(one, other), max(one, other)
        for index in range(at + 1, until):
            fits = [year for year in range(low.year, high.year + 1) if (day := papers[index].on(year)) and low <= day <= high]
            if not fits:
                return unsure  # not in order after all
            found[index] = fits[0] if len(fits) == 1 else None
    return found
