"""Spellings that are one name fold alike; names that differ do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.hashing import digest
from kg.kinds import KINDS, ROLES, role_for
from kg.text import clean, fold, slug, squeeze


@pytest.mark.parametrize(
    ("one", "other"), [("β-VAE", "beta VAE"), ("Naïve Bayes", "naive bayes"), ("F₁", "f1"), ("ＧＰＴ", "gpt"), ("k–means", "K means")]
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("C#", "C"), ("pass@1", "pass 1"), ("が", "か"), ("A*", "A"), ("GPT-3", "GPT-4")])
def test_different_names_fold_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("name", "expected"), [("C++", "c-plus-plus"), ("pass@1", "pass-at-1"), ("Réseau α", "reseau-alpha"), ("学习", ""), ("A*", "a-star")]
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert squeeze(squeeze(text)) == squeeze(text)
    assert "\r" not in clean(text)


@pytest.mark.parametrize("text", ["half \ud83e of a pair", "a title that is long enough for the quick look at all of its characters \udc00"])
def test_half_of_a_surrogate_pair_is_cleaned_away(text: str) -> None:
    assert clean(text).encode() and squeeze(text).encode()
    assert clean("a drum \U0001f941 stays") == "a drum \U0001f941 stays"


def test_parts_do_not_run_into_each_other() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_a_role_that_a_kind_cannot_have_becomes_one_that_it_can() -> None:
    for role in ROLES:
        for kind in KINDS:
            assert kind in ROLES[role_for(role, kind)].kinds
            if kind in ROLES[role].kinds:
                assert role_for(role, kind) == role
