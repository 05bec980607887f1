"""What stands on a page of paper cards saved as text: cards (title, abstract, who, when), page dates, and the rest, which is navigation.

A card ends with its foot: `• N authors` or an organisation, `·`, a date; one now and then has no foot. Everything is told apart by
shape (a lone date, a middle dot, long prose under a short line), never by the words of one page.
Invariant: cards come in the order of the page, each with the line of its title; prose is never dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.models import Reject
from kg.protocols import Input
from kg.sources.lines import Line, numbered
from kg.sources.page_dates import PrintedDate, printed_date
from kg.sources.page_feet import Foot, Peeking, take_foot
from kg.sources.page_labels import unlabelled
from kg.sources.page_texts import Card, footless, paragraphs, segments, without_navigation
from kg.text import clean

_KEPT = 400  # paragraphs without a foot before cards are given out all the same


@dataclass(slots=True)
class _State:
    """What was read since the last foot: paragraphs (each a list of lines), and whether the page has had a card yet."""

    run: list[list[Line]] = field(default_factory=list)
    gap: bool = True
    first: bool = True
    lost: bool = False


def cards(given: Input) -> Iterator[Card | PrintedDate | Reject]:
    """The cards of a page, each page's date before its cards; a Reject for a foot without a title and for a line that cannot be read."""
    state = _State()
    lines = Peeking(unlabelled(numbered(given)))
    for item in lines:
        if isinstance(item, Reject):
            yield item
            state = _State(lost=True, first=state.first)
            continue
        number, text = item[0], clean(item[1]).strip()
        if not text:
            state.gap = True
        elif foot := take_foot(text, state.run, lines, gap=state.gap):
            yield from _with_foot(state, foot, number, given.name)
            state = _State(first=False)
        elif date := printed_date(text):
            yield from footless(paragraphs(state.run))
            yield date
            state = _State()
        else:
            _add(state, (number, text))
            if len(state.run) > _KEPT:
                yield from _early(state)
    if not state.lost:
        yield from footless(paragraphs(state.run))


def _add(state: _State, line: Line) -> None:
    if state.gap:
        state.run.append([])
    state.run[-1].append(line)
    state.gap = False


def _with_foot(state: _State, foot: Foot, line: int, file: str) -> Iterator[Card | Reject]:
    texts = paragraphs(state.run)
    made = segments(without_navigation(texts) if state.first else texts)
    if state.lost:
        return
    yield from made[:-1]
    if made:
        yield replace(made[-1], authors=foot.authors, organisation=foot.organisation, date=foot.date)
    else:
        yield Reject(file=file, line=line, reason="an author and date line with no title above it: the page seems cut; save it again")


def _early(state: _State) -> Iterator[Card]:
    texts = paragraphs(state.run)
    made = segments(without_navigation(texts) if state.first else texts)
    yield from made[:-1]
    kept = made[-1].line if len(made) > 1 else state.run[-2][0][0]
    state.run = [paragraph for paragraph in state.run if paragraph and paragraph[0][0] >= kept]
    state.first = False
