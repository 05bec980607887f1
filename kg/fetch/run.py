"""A fetch from start to end: ask, read, write, remember, until the last page or the limit.

Invariant: a page's records and the position behind them are kept together, so that no record is lost or written twice.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.errors import ConfigError, KgError
from kg.fetch import NAMES
from kg.fetch.access import Access
from kg.fetch.output import Output, State
from kg.fetch.service import Page, Position, Query, Service
from kg.fetch.session import Patience, Session
from kg.fetch.waiting import Clock
from kg.hashing import digest

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a fetch did: `records` in the file, of which `resumed` were there from an earlier run; how many the service announced in
    `total` (None: it did not say), and the ids that it did not know."""

    file: str
    service: str
    records: int
    resumed: int
    total: int | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Means:
    """What a fetch works with: how the service is reached, who is told how far it is and, in a line, what it waits for, the clock and
    the bounds."""

    reach: Access
    progress: Progress = lambda stage, done, total: None
    notice: Callable[[str], None] = lambda line: None
    clock: Clock = field(default_factory=Clock)
    patience: Patience = field(default_factory=Patience)


def service_of(name: str) -> Service:
    """The service called `name`, one of `kg.fetch.NAMES`. Raises ConfigError for another."""
    if name not in NAMES:
        raise ConfigError(f"no service {name!r}: choose one of {', '.join(NAMES)}")
    module = importlib.import_module(f"kg.fetch.{name.replace('semanticscholar', 'semantic_scholar')}")
    found: Service = module.SERVICE
    return found


def fetch(service: Service, query: Query, path: Path, *, means: Means, refresh: bool = False) -> FetchReport:
    """Writes what `query` finds to `path`: JSON Lines of the service's records, for arXiv an Atom feed. Goes on with a fetch of the same
    query that was stopped. Raises ConfigError for a query that cannot be asked
    and for a file that is there already, KgError where the service fails or finds nothing."""
    if not (query.text or query.ids):
        raise ConfigError("nothing to fetch: give a query, or ids")
    service.check(query)
    fresh = State(_digest(service, query), service.start(query), 0)
    try:
        with (
            Session(service, means.reach, patience=means.patience, clock=means.clock, notice=means.notice) as session,
            Output(path, fresh, header=service.header, refresh=refresh) as output,
        ):
            resumed = output.state.records
            try:
                state = _fill(output, service, query, session=session, progress=means.progress)
            except KgError:
                if not output.state.records and output.state.position in (fresh.position, None):  # nothing came, so nothing is left
                    output.discard()
                raise
            output.finish(service.footer)
    except OSError as error:
        raise KgError(f"{path}: cannot be written ({error.strerror or error}): check the folder's rights and the disk's space") from error
    return FetchReport(str(path), service.name, state.records, resumed, state.total, state.missing)


def _fill(output: Output, service: Service, query: Query, *, session: Session, progress: Progress) -> State:
    state = output.state
    while state.position is not None:
        progress("fetch", state.records, _wanted(state, query))
        page = session.page(service.ask(query, state.position), _reader(service, query, state.position))
        room = len(page.records) if query.limit is None else max(0, query.limit - state.records)
        records = page.records[:room]
        state = output.append(records, _after(state, query, page, len(records)))
        if state.total is not None and state.records > 2 * state.total + 1000:
            raise KgError(f"{service.title} gave {state.records} records of {state.total} and does not end: use --refresh with --limit")
    progress("fetch", state.records, _wanted(state, query))
    if not state.records:
        raise KgError(f"{service.title} found nothing: check the {'ids' if query.ids else 'query'}; nothing was written")
    return state


def _reader(service: Service, query: Query, position: Position) -> Callable[[int, bytes], Page]:
    def read(status: int, body: bytes) -> Page:
        page = service.read(query, position, status, body)
        if page.next == position:
            raise KgError(f"{service.title} gives the same page again and again: use --limit, or try later")
        return page

    return read


def _after(state: State, query: Query, page: Page, added: int) -> State:
    records = state.records + added
    full = query.limit is not None and records >= query.limit
    total = page.total if page.total is not None else state.total
    return replace(state, position=None if full else page.next, records=records, total=total, missing=state.missing + page.missing)


def _wanted(state: State, query: Query) -> int | None:
    return state.total if query.limit is None else min(query.limit, state.total or query.limit)


def _digest(service: Service, query: Query) -> str:
    return digest("fetch 1", service.name, query.text, str(query.limit), str(query.since), str(query.references), *query.ids)
