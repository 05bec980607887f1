"""The lexicon's files are sound, and its matching keeps case, plurals and the longest match right."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.extract.inflect import key, plural, singular
from kg.extract.names import FOLDER, PHENOMENON, is_common, is_known, kind_of_name, lexicon, lexicon_files
from kg.kinds import KINDS


def test_the_lexicon_is_large_enough() -> None:
    names = Counter(kind for kind, _ in {(name.kind, name.canonical) for name in lexicon()})
    assert names["METHOD"] >= 500
    assert names["DATASET"] >= 300
    assert names["TASK"] >= 300
    assert names["METRIC"] >= 120
    assert names[PHENOMENON] >= 1000


def test_a_file_for_each_kind_and_nothing_else() -> None:
    assert {path.name for path in lexicon_files()} == {path.name for path in FOLDER.iterdir()}
    assert {name.kind for name in lexicon()} == {*KINDS, PHENOMENON}


def test_surfaces_are_trimmed_and_unique() -> None:
    seen = Counter((name.surface if name.exact else name.surface.lower(), name.exact) for name in lexicon())
    assert [surface for surface, count in seen.items() if count > 1] == []
    assert all(name.surface == name.surface.strip() and "|" not in name.surface and not name.surface.startswith("=") for name in lexicon())


def test_no_phenomenon_is_listed_twice_or_as_one_of_the_four_kinds() -> None:
    kinds = {name.surface.lower() for name in lexicon() if name.kind != PHENOMENON}
    lines = (FOLDER / "phenomenon.txt").read_text(encoding="utf-8").splitlines()
    listed = [part.strip().lower() for line in lines if not line.startswith("#") for part in line.split("|")]
    assert [name for name, count in Counter(listed).items() if count > 1] == []
    assert kinds.isdisjoint(listed)


def test_lookups() -> None:
    assert kind_of_name("ImageNet") == "DATASET"
    assert kind_of_name("NoSuchNet") is None
    assert is_known("imagenet")
    assert is_common("actor-critic")
    assert not is_common("BERT")


@pytest.mark.parametrize(
    ("many", "one"),
    [("models", "model"), ("LLMs", "LLM"), ("policies", "policy"), ("losses", "loss"), ("analysis", "analysis"), ("bias", "bias"),
     ("boxes", "box"), ("robotics", "robotics"), ("BLEUS", "BLEUS"), ("GPT-4s", "GPT-4"), ("is", "is"), ("corpus", "corpus")],
)  # fmt: skip
def test_singular(many: str, one: str) -> None:
    assert singular(many) == one
    assert singular(one) == one


def test_plural_and_key() -> None:
    assert [plural(word) for word in ("model", "policy", "loss", "LLM")] == ["models", "policies", "losses", "LLMs"]
    assert key("Vision-Language Models") == key("vision language model")
    assert key("C") != key("C++")


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Large Language Models and LLMs differ.", [("Large Language Models", "METHOD"), ("LLMs", "METHOD")]),
        ("Adam helps; adam does not.", [("Adam", "METHOD")]),
        ("We use SAM, the same as sam.", [("SAM", "METHOD")]),
        ("trained on imagenet and ImageNet-1K", [("imagenet", "DATASET"), ("ImageNet-1K", "DATASET")]),
        ("it is a complex task of github.com users", []),
        ("multi hop question answering", [("multi hop question answering", "TASK")]),
        ("code at https://github.com/some/BERT now", []),
    ],
)
def test_matching(read, text: str, mentions: list[tuple[str, str]]) -> None:
    assert [(text[m.start : m.end], m.kind) for m in read(text).mentions] == mentions


def test_aliases_share_the_canonical_name(read) -> None:
    names = {m.name for m in read("LLMs are large language models, and an LLM is one.").mentions}
    assert names == {"large language model"}


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("Oversmoothing and over-smoothing are one.", ("over-smoothing",)),
        ("Facing Distribution Shifts, noisy labels and a sim2real gap.", ("distribution shift", "label noise", "sim-to-real gap")),
        ("Objects under partial occlusion and motion blur", ("partial occlusion", "motion blur")),
        ("A state-of-the-art method in a simple fashion shows strong performance and features.", ()),
    ],
)
def test_keywords(read, text: str, keywords: tuple[str, ...]) -> None:
    assert read(text).keywords == keywords
