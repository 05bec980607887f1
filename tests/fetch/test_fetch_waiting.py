"""How long a fetch waits."""

from __future__ import annotations

import pytest

from kg.fetch.waiting import Clock, Pace, asked_for, back_off

NOW = 1_700_000_000.0  # 2023-11-14 22:13:20 UTC


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("Tue, 14 Nov 2023 22:14:20 GMT", 60.0),
        ("Tuesday, 14-Nov-23 22:14:20 GMT", 60.0),
        ("Tue Nov 14 22:14:20 2023", 60.0),
        ("Tue, 14 Nov 2023 23:14:20 +0100", 60.0),
        ("Mon, 13 Nov 2023 22:14:20 GMT", 0.0),
        ("9" * 400, 999999999.0),
        (None, None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("Tue, 99 Nov 2023 22:14:20 GMT", None),
        ("²", None),
    ],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert asked_for(header, NOW) == seconds


def test_back_off_lies_between_half_and_whole_of_a_doubling() -> None:
    for failures, most in ((1, 1.0), (2, 2.0), (6, 32.0), (7, 60.0), (500, 60.0)):
        assert back_off(failures, 0.0) == most / 2
        assert back_off(failures, 0.999999) == pytest.approx(most, rel=1e-5)


def test_pace_counts_from_the_start_of_the_last_request() -> None:
    slept, times = list[float](), iter([100.0, 101.0, 103.0, 110.0, 110.0])
    pace = Pace(3.0, Clock(lambda: next(times), sleep=slept.append))
    for _ in range(3):  # at 100; at 101, to wait until 103; at 110, when no wait is needed
        pace.wait()
    assert slept == [2.0]
