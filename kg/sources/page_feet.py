"""The foot of a card: `• N authors` or an organisation, `·`, a date; on lines of their own or on one line.

Invariant: a foot has a number of authors or a date; a middle dot with neither behind it is text.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from kg.models import Reject
from kg.sources.lines import Line
from kg.sources.page_dates import PrintedDate, printed_date
from kg.sources.page_texts import is_prose
from kg.text import clean

_COUNT = re.compile(r"^[•*·\-–]?\s*(\d{1,5}) authors?$", re.I)
_INLINE = re.compile(r"^(?P<left>.{1,120}?)\s+·\s+(?P<right>[^·]{1,40})$")
_AGO = re.compile(r"^(?:today|yesterday|(?:an?|\d+) (?:minute|hour|day|week|month|year)s? ago)(?: \d+)?$", re.I)
_AHEAD = 50  # lines to look ahead at most


@dataclass(slots=True)
class Foot:
    """What a foot says; None for what it does not."""

    authors: int | None = None
    organisation: str | None = None
    date: PrintedDate | None = None


class Peeking:
    """Lines with a look at the next one that is not blank."""

    def __init__(self, lines: Iterator[Line | Reject]) -> None:
        self._lines = lines
        self._ahead: deque[Line | Reject] = deque()

    def __iter__(self) -> Iterator[Line | Reject]:
        while self._ahead or self._pull():
            yield self._ahead.popleft()

    def _pull(self) -> bool:
        item = next(self._lines, None)
        if item is not None:
            self._ahead.append(item)
        return item is not None

    def peek(self) -> str:
        """The next text that is not blank; empty at the end, before a reject, and where it is far away."""
        at = 0
        while at < _AHEAD and (at < len(self._ahead) or self._pull()):
            item = self._ahead[at]
            if isinstance(item, Reject):
                return ""
            if text := clean(item[1]).strip():
                return text
            at += 1
        return ""

    def below(self) -> str:
        """The very next line; empty where it is blank, a reject, or not there."""
        if not (self._ahead or self._pull()) or isinstance(item := self._ahead[0], Reject):
            return ""
        return clean(item[1]).strip()

    def take(self) -> None:
        """Drops what `peek` gave, and the blank lines above it."""
        while self._ahead and not isinstance(item := self._ahead.popleft(), Reject) and not clean(item[1]).strip():
            pass


def take_foot(text: str, run: list[list[Line]], lines: Peeking, *, gap: bool) -> Foot | None:
    """The foot that begins at the line `text`, its lines taken from `lines`, and a line for the organisation from the end of `run`;
    None where no foot begins. `gap` says whether a blank line stands above."""
    foot = Foot()
    if text == "·":
        if not is_fact(lines.peek()):
            return None
        if name := _organisation_above(run, gap=gap):
            _put(foot, name)
        _put(foot, lines.peek())
        lines.take()
    elif _COUNT.match(text):
        if not gap and len(run[-1]) == 1 and (name := _organisation_above(run, gap=gap)):
            _put(foot, name)
        _put(foot, text)
    elif (inline := _INLINE.match(text)) and is_fact(inline["right"]):
        for part in inline.groups():
            _put(foot, part.strip())
    else:
        return None
    while lines.peek() == "·":
        lines.take()
        if is_fact(lines.peek()):
            _put(foot, lines.peek())
        elif len(lines.below()) > 40 or not lines.below():
            break
        lines.take()  # a short line right under the dot is the foot's, also where it is no date
    return foot


def _organisation_above(run: list[list[Line]], *, gap: bool) -> str | None:
    """The line above a foot where it can be an organisation: not the only text there is, and below prose if a blank line stands between."""
    worded = sum(any(char.isalpha() for char in text) for paragraph in run for _, text in paragraph)
    if not run or not run[-1] or worded < 2:
        return None
    text = run[-1][-1][1]
    if len(text) > 120 or is_prose(text):
        return None
    if gap and (len(run) < 3 or len(run[-1]) > 1 or not is_prose(" ".join(line for _, line in run[-2]))):
        return None
    if not gap and len(run[-1]) > 1 and len(run[-1][-2][1]) < 120 and not is_prose(" ".join(line for _, line in run[-1][:-1])):
        return None
    return run[-1].pop()[1]


def is_foot(lines: list[str], at: int) -> bool:
    """Whether a card's foot stands at this line: a middle dot (alone or in the line) with a date or number of authors behind it."""
    if lines[at] == "·":
        return is_fact(next((line for line in lines[at + 1 : at + 4] if line), ""))
    inline = _INLINE.match(lines[at])
    return bool(inline and is_fact(inline["right"]))


def is_fact(text: str) -> bool:
    """Whether a text is, as a whole, what only feet have: a date, a number of authors, or how long ago."""
    return bool(printed_date(text) or _COUNT.match(text) or _AGO.match(text))


def _put(foot: Foot, text: str) -> None:
    if match := _COUNT.match(text):
        foot.authors = int(match[1])
    elif date := printed_date(text):
        foot.date = date
    elif not _AGO.match(text):
        foot.organisation = organisation(text)


def organisation(text: str) -> str:
    """The organisation's name: a line gives its account, then its name (`apple Apple`); the account is left out where it is clearly one."""
    account, _, name = text.partition(" ")
    name = name.strip()
    if not name:
        return text
    short, full = (re.sub(r"[\W_]+", "", part).casefold() for part in (account, name))
    alike = short and (full.startswith(short) or short.startswith(full) or short in full)
    handle = re.fullmatch(r"[a-z0-9][\w.-]*|[\w.]+-[\w.-]*|\w*\d\w*", account) and name[:1].isupper()
    return name if alike or handle else text
