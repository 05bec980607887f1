"""Calibration and thresholds, worked by hand."""

from __future__ import annotations

import pytest

from kg.evaluation.calibration import Judged, calibration, thresholds


def test_the_error_is_the_gap_weighted_by_the_bins() -> None:
    things = [Judged(0.95, True)] * 3 + [Judged(1.0, False)] + [Judged(0.25, False)] * 4
    found = calibration(things)
    assert [(one.low, one.count) for one in found.bins] == [(0.2, 4), (0.9, 4)]
    assert found.bins[1].right == 0.75
    assert found.error == pytest.approx(0.5 * 0.25 + 0.5 * (0.9625 - 0.75))


def test_a_reader_that_means_what_it_says_has_no_error() -> None:
    things = [Judged(0.7, place < 7) for place in range(10)] + [Judged(0.1, place < 1) for place in range(10)]
    assert calibration(things).error == pytest.approx(0)


def test_nothing_to_judge() -> None:
    assert calibration([]).error == 0
    assert calibration([]).bins == ()


def test_a_threshold_leaves_out_what_is_less_sure() -> None:
    things = [Judged(0.9, True), Judged(0.6, True), Judged(0.4, False)]
    at = {floor: (ratio.right, ratio.seen, ratio.gold) for floor, ratio in thresholds(things, 4)}
    assert at[0.0] == (2, 3, 4)
    assert at[0.5] == (2, 2, 4)
    assert at[0.9] == (1, 1, 4)
    assert at[0.95] == (0, 0, 4)
