"""Rules over reported values: whole numbers, ranges, what is no result, and the metric and baseline that the words say."""

from __future__ import annotations

import pytest

from kg.extract.neural import numbers as N
from kg.extract.neural import values as V


def value(text: str, printed: str, kind: str = "ABS", *, word: int = 0) -> V.Value:
    start = text.index(printed)
    return V.Value(start, start + len(printed), kind, word, 0.9)


def settled(text: str, *printed: str, kind: str = "ABS") -> list[tuple[str, str | None]]:
    values = [value(text, one, kind, word=place) for place, one in enumerate(printed)]
    return [(text[one.start : one.end], one.baseline) for one in V.settled(text, values)]


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [("only 3.1 more", "3.", "3.1"), ("bis 84,3 %", "84", "84,3"), ("some 1,250,000 of", "250", "1,250,000"), ("(+31.2%)", "+", "+31.2")],
)
def test_a_number_is_never_cut(text: str, cut: str, whole: str) -> None:
    start = text.index(cut)
    a, b = V.whole(text, start, start + len(cut))
    assert text[a:b] == whole


@pytest.mark.parametrize(
    ("text", "printed", "kept"),
    [
        ("gains range from 4.7% to 7.6% here", ("4.7", "7.6"), "4.7% to 7.6"),
        ("an increase of between 9.3% and 18.6% overall", ("9.3", "18.6"), "9.3% and 18.6"),
        ("with 8×-15× speedup", ("8", "-15"), "8×-15"),
    ],
)
def test_a_range_is_one_value(text: str, printed: tuple[str, ...], kept: str) -> None:
    assert settled(text, *printed, kind="DELTA") == [(kept, None)]


def test_two_values_joined_by_and_alone_are_two() -> None:
    assert settled("it reaches 71.2% and 64.0% accuracy", "71.2", "64.0") == [("71.2", None), ("64.0", None)]


@pytest.mark.parametrize("text", ["raises accuracy from 85% to 90%", "accuracy grows (85% → 90%)"])
def test_a_change_is_its_end_with_its_beginning_as_baseline(text: str) -> None:
    assert settled(text, "85", "90") == [("90", "85")]


@pytest.mark.parametrize(
    ("text", "number"), [("a gap (p < 0.05)", "0.05"), ("for p&lt;0.01 or", "0.01"), ("with 4-bit weights", "4"), ("84.3&#37;", "37")]
)
def test_chances_settings_and_markup_are_no_results(text: str, number: str) -> None:
    assert settled(text, number) == []


def test_baselines_of_a_list_come_in_its_order() -> None:
    text = "scores of 35 and 30, against 10 and 12"
    values = [value(text, "35", word=2), value(text, "30", word=4), value(text, "10", "BASE", word=7), value(text, "12", "BASE", word=9)]
    assert {number: text[base.start : base.end] for number, base in V.baselines(values).items()} == {0: "10", 1: "12"}


def beside(text: str, printed: str, *metrics: str) -> int | None:
    return V.metric_beside(text, value(text, printed), [(text.index(one), text.index(one) + len(one)) for one in metrics])


def test_the_words_tie_a_metric_to_a_value() -> None:
    assert beside("3.1% in ROUGE-L, 4.6% in correctness", "4.6", "ROUGE-L", "correctness") == 1
    assert beside("a BLEU score of 36.17% and a ROUGE-2 score of 36.29%", "36.17", "BLEU", "ROUGE-2") == 0
    assert beside("5.9% question matching accuracy", "5.9", "question matching accuracy") == 0
    assert beside("Recall@5 and MRR of 35% and 0.3", "35", "Recall@5", "MRR") is None
    assert beside("accuracy on three sets, up to 91.0", "91.0", "accuracy") is None


def test_the_words_tie_a_data_set_to_a_value() -> None:
    text = "gains of +6.9% on Pond-3 and 7.1 points of accuracy on the Mosaic set, 12.4 while Pond-3 is small"
    sets = [(text.index(name), text.index(name) + len(name)) for name in ("Pond-3", "Mosaic")] + [(text.rindex("Pond-3"), text.rindex("Pond-3") + 6)]
    assert [V.set_beside(text, value(text, printed), sets) for printed in ("6.9", "7.1", "12.4")] == [0, 1, None]


def test_a_speed_is_in_no_measure_of_quality() -> None:
    text = "it is 4 times faster than before"
    assert V.wrong_metric(text, value(text, "4"), "accuracy")
    assert not V.wrong_metric(text, value(text, "4"), "inference time")
    assert not V.wrong_metric("by 4 points", value("by 4 points", "4"), "accuracy")


def test_a_size_or_a_time_is_in_no_measure_of_quality() -> None:
    text = "from 240 MB to 6.9 MB without loss of accuracy, in 12 ms"
    for printed in ("6.9", "12"):
        assert V.wrong_metric(text, value(text, printed), "accuracy") and V.wrong_metric(text, value(text, printed), "F1")
        assert not V.wrong_metric(text, value(text, printed), "model size") and not V.wrong_metric(text, value(text, printed), "latency")
    assert not V.wrong_metric("84.3 more", value("84.3 more", "84.3"), "accuracy")


@pytest.mark.parametrize(
    ("printed", "behind", "unit", "number"),
    [
        ("84,3", " %", "%", 84.3), ("1,250", " tokens", None, 1250.0), ("2.1", " POINTS", "points", 2.1), ("84.3", "&#37;.", "%", 84.3),
        ("four", " orders of magnitude", "orders of magnitude", 4.0), ("twice", " as fast", "x", 2.0), ("10", " Hz", "Hz", 10.0),
        ("+3", "pp", "points", 3.0),
    ],
)  # fmt: skip
def test_units_and_numbers(printed: str, behind: str, unit: str | None, number: float) -> None:
    assert N.unit(printed + behind, len(printed), printed) == unit
    assert N.number(printed) == number


def test_a_precision_is_no_chance() -> None:
    text = "with P = 0.92 on pages, and p = 0.01 for the difference"
    found = V.settled(text, [value(text, "0.92"), value(text, "0.01")])
    assert [text[one.start : one.end] for one in found] == ["0.92"]
