"""How long to wait: the pace that a service asks for, what a server says in `Retry-After`, and back-off with jitter else.

Invariant: time, sleep and chance come from one `Clock`, so that a test is instant and the same each time.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

FIRST, LONGEST = 1.0, 60.0  # seconds of back-off


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` in seconds of a clock that never goes back, `wall` in seconds since 1970, `sleep`, and a `chance` in [0, 1)."""

    now: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


def asked_for(text: str | None, wall: float) -> float | None:
    """Seconds to wait by a `Retry-After` header (RFC 9110, 10.2.3: a number of seconds, or a date); None where it says nothing."""
    text = (text or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        date = parsedate_to_datetime(text)
        return max(0.0, (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - wall)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def back_off(failures: int, chance: float) -> float:
    """Seconds to wait after so many failures in a row: doubling up to a minute, the later half of it by chance, so that clients who
    failed together do not return together ("equal jitter": M. Brooker, Exponential backoff and jitter, AWS Architecture Blog, 2015)."""
    return min(LONGEST, FIRST * 2.0 ** min(failures - 1, 16)) * (0.5 + chance / 2)


class Pace:
    """Keeps two requests at least `interval` seconds apart."""

    def __init__(self, interval: float, clock: Clock) -> None:
        self._interval, self._clock = interval, clock
        self._last: float | None = None

    def wait(self) -> None:
        """Returns when the next request may start."""
        if self._last is not None and (rest := self._last + self._interval - self._clock.now()) > 0:
            self._clock.sleep(rest)
        self._last = self._clock.now()
