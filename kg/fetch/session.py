"""One client of one service: asks, waits, asks again, and gives up in one line.

Invariant: every answer is bounded in bytes and in seconds, every request in tries; no redirect leaves the service's own server.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from kg.errors import KgError, MissingExtra
from kg.fetch.access import Access
from kg.fetch.answers import complaint
from kg.fetch.service import Ask, Fault, Page, Service
from kg.fetch.waiting import Clock, Pace, asked_for, back_off

if TYPE_CHECKING:
    import ssl

    import httpx

AGAIN = "run the same command again, it goes on where it stopped"
_PASSING = {408, 425, 429, 500, 502, 503, 504, 520, 522, 524}


@dataclass(frozen=True, slots=True)
class Patience:
    """The bounds: `tries` of a request, seconds to connect, between two pieces of an answer (`silence`), for a `whole` answer and the
    longest `wait` that a server may ask for; `size` of an answer in bytes."""

    tries: int = 8
    connect: float = 20.0
    silence: float = 60.0
    whole: float = 300.0
    wait: float = 300.0
    size: int = 64 << 20


class Session:
    """A client that stays open from the first request to the last; close it, or use it in a `with`."""

    def __init__(self, service: Service, access: Access, *, patience: Patience, clock: Clock, notice: Callable[[str], None]) -> None:
        try:
            import httpx
        except ImportError:
            raise MissingExtra("fetching", extra="fetch") from None
        self._service, self._access, self._patience, self._clock, self._notice = service, access, patience, clock, notice
        self._pace, self._reached = Pace(access.interval, clock), False
        timeout = httpx.Timeout(patience.silence, connect=patience.connect)
        self._client = httpx.Client(headers=access.headers, timeout=timeout, verify=_certificates(), follow_redirects=False)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def page(self, ask: Ask, read: Callable[[int, bytes], Page]) -> Page:
        """What `read` makes of the answer. Tries again after a Fault; raises KgError when the tries are used up, when the service
        asks for a longer wait than is bearable, and at once for what no other try would mend."""
        failures = 0
        while True:
            self._pace.wait()
            try:
                return read(*self._answer(ask))
            except Fault as fault:
                failures += 1
                wait = self._wait(fault, failures)
                self._notice(f"{self._service.title}: {self._safe(str(fault))}; try {failures + 1} of {self._tries} in {wait:.0f} s")
                self._clock.sleep(wait)

    @property
    def _tries(self) -> int:
        """Fewer for a server that never answered: an address that is wrong, or no network."""
        return self._patience.tries if self._reached else min(3, self._patience.tries)

    def _wait(self, fault: Fault, failures: int) -> float:
        reason = f"{self._service.title}: {self._safe(str(fault))}"
        if fault.wait is not None and fault.wait > self._patience.wait:
            raise KgError(f"{reason}, asked to be left alone for {_span(fault.wait)}: {AGAIN}, after that time") from None
        if failures >= self._tries:
            raise KgError(f"{reason}, {failures} times in a row: {self._hint(fault)}, wait a little, and {AGAIN}") from None
        if fault.wait is not None:
            return fault.wait + self._clock.chance() * min(1.0, fault.wait / 10)
        return back_off(failures, self._clock.chance())

    def _hint(self, fault: Fault) -> str:
        wanted = fault.busy and self._service.key_variable and not self._access.secret
        return f"set {self._service.key_variable}, for a key raises the limits" if wanted else "check the connection"

    def _safe(self, text: str) -> str:
        return text.replace(self._access.secret, "…") if self._access.secret else text

    def _answer(self, ask: Ask) -> tuple[int, bytes]:
        import httpx

        address, method = self._access.base + ask.path, "GET" if ask.body is None else "POST"
        request = self._client.build_request(method, address, params=ask.params or None, json=ask.body)
        try:
            for _ in range(5):
                response = self._client.send(request, stream=True)
                self._reached = True
                try:
                    body = self._body(response)
                finally:
                    response.close()
                if not response.has_redirect_location or response.next_request is None:
                    return self._judged(ask, response, body)
                request = self._followed(request, response.next_request)
        except httpx.TimeoutException:
            raise Fault("no answer in time") from None
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise Fault(f"the connection failed ({type(error).__name__}: {' '.join(str(error).split())[:120] or 'no reason given'})") from None
        raise KgError(f"{self._service.title}: redirected in a circle: check {self._service.base_variable}")

    def _followed(self, request: httpx.Request, following: httpx.Request) -> httpx.Request:
        here, there = request.url, following.url
        if (here.scheme, here.host, here.port) != (there.scheme, there.host, there.port):
            raise KgError(f"{self._service.title}: redirected to another server ({there.host}): set {self._service.base_variable} if that is meant")
        return following

    def _body(self, response: httpx.Response) -> bytes:
        start, parts, size = self._clock.now(), list[bytes](), 0
        for chunk in response.iter_bytes():
            parts.append(chunk)
            size += len(chunk)
            if size > self._patience.size:
                raise KgError(f"{self._service.title}: an answer over {self._patience.size >> 20} MiB: ask for less (--limit, no --references)")
            if self._clock.now() - start > self._patience.whole:
                raise Fault(f"an answer that was not whole after {self._patience.whole:.0f} s")
        return b"".join(parts)

    def _judged(self, ask: Ask, response: httpx.Response, body: bytes) -> tuple[int, bytes]:
        status = response.status_code
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if status == 200 and kind == "text/html":
            raise Fault("a web page where records were expected")
        if status == 200 or status in ask.also:
            return status, body
        named = f"{status} {_phrase(status)}".strip()
        wait = asked_for(response.headers.get("retry-after"), self._clock.wall())
        if status in _PASSING or (status == 403 and wait is not None):
            raise Fault(f"answered {named}", wait=wait, busy=status == 429)
        raise KgError(self._safe(f"{self._service.title} answered {named}{_said(body)}: {self._remedy(status)}"))

    def _remedy(self, status: int) -> str:
        key, base = self._service.key_variable, self._service.base_variable
        if status in (401, 402, 403) and key:
            return f"check {key}" if self._access.secret else f"it may want a key: set {key}"
        remedies = {404: f"check {base}, or unset it", 413: "ask for less at once", 414: "shorten the query"}
        return remedies.get(status, "check the query; if an earlier part of this fetch went well, the place to go on may have expired: use --refresh")


@cache
def _certificates() -> ssl.SSLContext:
    """Those that httpx trusts; read once, for that takes longer than many a fetch."""
    import httpx

    return httpx.create_ssl_context()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _said(body: bytes) -> str:
    text = complaint(body)
    return f" ({text})" if text else ""


def _span(seconds: float) -> str:
    """A wait in words: `40 s`, `5 min`, `6 h`, rounded up."""
    for unit, length in (("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{-int(-seconds // length)} {unit}"
    return f"{-int(-seconds // 1)} s"
