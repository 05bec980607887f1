"""What the paper does with a concept: one role each, the strongest, with a sentence that holds a mention."""

from __future__ import annotations

import pytest

from kg.extract.cues import CUES
from kg.extract.roles import spelled
from kg.kinds import KINDS, ROLES


def roles(read, text: str) -> dict[str, str]:
    return {use.name: use.role for use in read(text).uses}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Zebulon: mixing data\nWe study it.", "Zebulon", "PROPOSES"),
        ("In this paper, we propose ZapNet, which is fast.", "ZapNet", "PROPOSES"),
        ("We present a system called Grumble here.", "Grumble", "PROPOSES"),
        ("We train with dropout.", "dropout", "USES"),
        ("We propose a practical actor-critic solver.", "actor-critic", "USES"),
        ("Our model outperforms XGBoost by far.", "XGBoost", "COMPARES_WITH"),
        ("It is faster than XGBoost in our tests.", "XGBoost", "COMPARES_WITH"),
        ("We evaluate on SQuAD.", "SQuAD", "EVALUATES_ON"),
        ("Our model is pre-trained on WikiText-103 first.", "WikiText-103", "USES"),
        ("We introduce QuuxBench, a benchmark of puzzles.", "QuuxBench", "PROPOSES"),
        ("Object detection with less light\nIt is dark. We help.", "object detection", "ADDRESSES"),
        ("We report perplexity.", "perplexity", "MEASURES"),
        ("Machine translation is old. We do other things.", "machine translation", "MENTIONS"),
        ("Machine translation is old. We work on machine translation.", "machine translation", "ADDRESSES"),
    ],
)
def test_role(read, text: str, name: str, role: str) -> None:
    assert roles(read, text)[name] == role


def test_one_role_a_concept_and_its_sentence_holds_a_mention(read) -> None:
    text = "Dropout for all\nDropout is known. We propose ZapNet with dropout. ZapNet beats XGBoost on MNIST in accuracy."
    seen = read(text)
    keys = [(use.kind, use.name) for use in seen.uses]
    assert len(keys) == len(set(keys))
    assert set(keys) == {(m.kind, m.name) for m in seen.mentions}
    for use in seen.uses:
        start, end = use.sentence
        assert text[start:end] == text[start:end].strip() != ""
        assert any(start <= m.start and m.end <= end for m in seen.mentions if (m.kind, m.name) == (use.kind, use.name))
        assert use.role in ROLES and use.kind in ROLES[use.role].kinds
        assert use.by.startswith("kg_roles:")


def test_a_role_says_where_its_sentence_stands(read) -> None:
    text = "Machine translation is old. We train BERT for it."
    (use,) = [use for use in read(text).uses if use.name == "BERT"]
    assert text[slice(*use.sentence)] == "We train BERT for it."


def test_the_table_is_sound() -> None:
    for cue in CUES:
        assert cue.role in ROLES
        assert cue.side in ("left", "right")
        assert set(cue.kinds.split()) <= set(KINDS)
        assert set(cue.kinds.split()) <= set(ROLES[cue.role].kinds)


def test_spelled() -> None:
    assert spelled("we [also] propose|show") == ["we also propose", "we also show", "we propose", "we show"]
