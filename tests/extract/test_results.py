"""Numbers that a text reports, and numbers that are none."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It reaches an accuracy of 74.5% on MNIST.", ("74.5", "%", "accuracy", "absolute")),
        (r"It improves accuracy by 21\% on MNIST.", ("21", "%", "accuracy", "delta")),
        ("It is 14x faster than before.", ("14", "x", None, "delta")),
        (r"It gives a 2.31$\times$ speed-up.", ("2.31", "x", "speed-up", "delta")),
        ("It gains 1.2 points of BLEU over it.", ("1.2", "points", "BLEU", "delta")),
        ("It achieves 28.4 BLEU.", ("28.4", None, "BLEU", "absolute")),
        ("It yields gains of 4–8% in recall.", ("4–8", "%", "recall", "delta")),
        ("It cuts latency by 30 percent.", ("30", "%", "latency", "delta")),
        ("It obtains a PSNR of 31.2 dB.", ("31.2", "dB", "PSNR", "absolute")),
    ],
)
def test_result(read, text: str, expected: tuple[str | None, ...]) -> None:
    (result,) = read(text).results
    assert (result.value, result.unit, result.metric, result.kind) == expected
    assert text[result.start : result.end] == result.value
    assert result.sentence == (0, len(text))
    assert result.number == float(result.value.split("–")[0])


def test_from_a_to_b_is_b_with_a_baseline(read) -> None:
    (result,) = read("ZapNet: a net\nIt raises accuracy on MNIST from 40.8% to 74.5%.").results
    assert (result.value, result.baseline, result.kind) == ("74.5", "40.8", "absolute")
    assert (result.dataset, result.method, result.metric) == ("MNIST", "ZapNet", "accuracy")


@pytest.mark.parametrize(
    "text",
    [
        "We collect 3,000 images of 12 kinds in 2019.",
        "It needs only 10% of the data to reach the same.",
        "We use GPT-3.5 and Llama-2-7B with 7B weights.",
        "A title with 50% more\n",
        "There are 5 layers.",
    ],
)
def test_no_result(read, text: str) -> None:
    assert read(text).results == ()


def test_the_number_of_a_value_with_thousands(read) -> None:
    (result,) = read("It reduces latency by 1,200% on MNIST.").results
    assert (result.value, result.number) == ("1,200", 1200.0)
