"""The records between a service and what drives it.

Invariant: a position is plain JSON, and with the query it says all that the next request needs; so a fetch can go on in another process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kg.errors import KgError

Position = dict[str, Any]


class Fault(KgError):
    """An answer that a later try may mend; `wait` is the number of seconds that the server asked for, None where it did not;
    `busy` where it has had too many requests."""

    def __init__(self, reason: str, *, wait: float | None = None, busy: bool = False) -> None:
        self.wait, self.busy = wait, busy
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Query:
    """What to fetch: a search `text`, or `ids` in kg's spelling (`doi:…`, `arxiv:…`, `openalex:W…`, `s2:…`), never both. `limit` is
    in records; `since` is the first year; `references` asks for what each paper cites, where that costs more requests."""

    text: str = ""
    ids: tuple[str, ...] = ()
    limit: int | None = None
    since: int | None = None
    references: bool = False

    def page(self, most: int) -> int:
        """Records to ask for at once, `most` at the most."""
        return most if self.limit is None else min(most, self.limit)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: a path under the service's address, its parameters, and a JSON body where it is a POST. `also` are the
    statuses apart from 200 whose answers the service reads itself."""

    path: str
    params: dict[str, str]
    body: Any = None
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What one answer held: `records` as the bytes to write, the `next` position (None: this was the last), how many records there are
    in `total` where the answer says so, and those ids of the request that the service does not know."""

    records: tuple[bytes, ...]
    next: Position | None
    total: int | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A service: where it is, how fast it may be asked (`interval` in seconds between two requests), and its pure functions.

    `check` raises ConfigError for a query that the service cannot answer; `read` raises Fault for an answer that a later try may
    mend, KgError for one that none will. `header` and `footer` stand around the records in the file."""

    name: str
    title: str
    base: str
    base_variable: str
    interval: float
    check: Callable[[Query], None]
    start: Callable[[Query], Position]
    ask: Callable[[Query, Position], Ask]
    read: Callable[[Query, Position, int, bytes], Page]
    header: bytes = b""
    footer: bytes = b""
    key_variable: str | None = None
    key_header: tuple[str, str] = field(default=("", ""))  # the header's name, and what stands before the key
