"""One name for one thing in a text: case, plural, hyphens, abbreviations; and what the text itself defines."""

from __future__ import annotations

import pytest

from kg.extract.naming import fullest


def names(read, text: str) -> dict[str, str]:
    return {text[m.start : m.end]: m.name for m in read(text).mentions}


def test_long_and_short_form_are_one_concept(read) -> None:
    seen = names(read, "Sparse Mushroom Pruning (SMP) is new. SMP wins, and sparse mushroom pruning too.")
    assert len(set(seen.values())) == 1
    assert {"Sparse Mushroom Pruning", "SMP", "sparse mushroom pruning"} == set(seen)


def test_variants_are_one_concept(read) -> None:
    seen = names(read, "A Mushroom-Graph Network and two mushroom graph networks.")
    assert len(seen) == 2
    assert len(set(seen.values())) == 1


def test_the_text_redefines_an_abbreviation(read) -> None:
    seen = names(read, "Spotted Antelope Matching (SAM) is a task. SAM is hard.")
    assert seen["SAM"] == "Spotted Antelope Matching"


def test_a_definition_takes_its_kind_from_the_head(read) -> None:
    kinds = {m.kind for m in read("We do Zebra Yawn Classification (ZYC). ZYC is fun.").mentions}
    assert kinds == {"TASK"}


def test_no_concept_for_what_is_only_praise(read) -> None:
    assert names(read, "We beat the state of the art (SOTA). SOTA is old.") == {}


@pytest.mark.parametrize(
    ("surfaces", "hints", "name"),
    [
        (["LLMs", "large language models"], [], "large language model"),
        (["Contrastive learning", "contrastive learning"], [], "contrastive learning"),
        (["Mushroom pruning"], [], "mushroom pruning"),
        (["Direct Preference Optimization", "DPO"], [], "Direct Preference Optimization"),
        (["ZapNet"], [], "ZapNet"),
        (["ViTs"], ["vision transformer"], "vision transformer"),
    ],
)
def test_fullest(surfaces: list[str], hints: list[str], name: str) -> None:
    assert fullest(surfaces, hints) == name


def test_one_name_has_one_kind(read) -> None:
    text = "Zebulon: a benchmark of zebras\nWe call it Zebulon. The Zebulon network is none. Zebulon helps."
    kinds = {}
    for m in read(text).mentions:
        assert kinds.setdefault(m.name, m.kind) == m.kind
    assert kinds["Zebulon"] == "DATASET"
