"""Names that no list holds: coined words, titles, cues, and head nouns with their modifiers."""

from __future__ import annotations

import pytest

from kg.extract.heads import HEADS, kind_of_phrase


def seen(read, text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.kind) for m in read(text).mentions]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Zebulon: mixing data by itself\nZebulon is a way to mix.", ("Zebulon", "METHOD")),
        ("FrobBench: are models fair?\nIt asks.", ("FrobBench", "DATASET")),
        ("Quuxel: a corpus of letters\nIt is large.", ("Quuxel", "DATASET")),
        ("We build on ZapNet-34 here.", ("ZapNet-34", "METHOD")),
        ("We test ZapNet-based systems.", ("ZapNet", "METHOD")),
        ("It runs on the QuuxData benchmark.", ("QuuxData", "DATASET")),
        ("Measured by FROB-7 score alone.", ("FROB-7", "METRIC")),
        ("Its Recall@7 is high.", ("Recall@7", "METRIC")),
        ("We propose a system called Grumble to do so.", ("Grumble", "METHOD")),
        ("A study of cross-lingual mushroom detection follows.", ("cross-lingual mushroom detection", "TASK")),
        ("It uses an asymmetric butterfly transformer.", ("asymmetric butterfly transformer", "METHOD")),
    ],
)
def test_found(read, text: str, mention: tuple[str, str]) -> None:
    assert mention in seen(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "It runs on one GPU in the USA with CUDA at SOTA level.",
        "This novel detection is a new generation.",
        "See //github.com/zap/ZapNet for it.",
        "It is a pre-mushrooming-generation.",
        "THE WHOLE TEXT IS IN CAPITALS AND NAMES NOTHING",
    ],
)
def test_no_names(read, text: str) -> None:
    assert seen(read, text) == []


def test_no_determiner_and_no_praise(read) -> None:
    assert seen(read, "The novel efficient mushroom detection works.") == [("mushroom detection", "TASK")]


def test_a_verb_after_to_is_no_modifier(read) -> None:
    assert seen(read, "It aims to regulate mushroom detection.") == [("mushroom detection", "TASK")]


def test_a_phrase_stays_in_its_sentence_and_title(read) -> None:
    assert seen(read, "On the mushroom\nDetection is hard.") == []


def test_coined_names_are_found_again(read) -> None:
    assert seen(read, "Zebulon: a thing\nThe rest. Zebulon wins.") == [("Zebulon", "METHOD")] * 2


def test_a_head_has_one_kind() -> None:
    heads = [head for words in HEADS.values() for head in words.split()]
    assert len(heads) == len(set(heads))
    assert kind_of_phrase("graph networks") == "METHOD"
    assert kind_of_phrase("banana bread") is None
    assert kind_of_phrase("") is None
