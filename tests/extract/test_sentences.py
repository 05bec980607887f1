"""Where sentences end, and where a stop ends none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.sentences import sentences, title_end


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A title, no stop\nWe do it. It works.", ["A title, no stop", "We do it.", "It works."]),
        ("Is it? A title\nYes! It is.", ["Is it? A title", "Yes!", "It is."]),
        ("Smith et al. Proposed it, i.e. We use it.", ["Smith et al. Proposed it, i.e. We use it."]),
        ("See Fig. 3 and Eq. 4 of it. Then stop.", ["See Fig. 3 and Eq. 4 of it.", "Then stop."]),
        ("No. 3 of them won. No. We lost.", ["No. 3 of them won.", "No.", "We lost."]),
        ("It gains 3.5 points vs. BERT. It is 2.1x faster.", ["It gains 3.5 points vs. BERT.", "It is 2.1x faster."]),
        ("The loss w.r.t. Theta is low.", ["The loss w.r.t. Theta is low."]),
        ("It ends (here.) Next one.", ["It ends (here.)", "Next one."]),
        ("in Chinese.It is glued on.", ["in Chinese.", "It is glued on."]),
        ("no end at all", ["no end at all"]),
        ("One。Two。", ["One。", "Two。"]),
        ("  spaces around.  Again.  ", ["spaces around.", "Again."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_split(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_long_first_line_is_no_title() -> None:
    assert title_end("word " * 100 + "\nmore") == 0
    assert title_end("Title\nmore") == 5
    assert title_end("no newline") == 0


@given(st.text(alphabet="aB.?! \n3)('", max_size=60))
def test_sentences_hold_every_character_that_is_no_space(text: str) -> None:
    ranges = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in ranges) == "".join(text.split())
    assert all(a < b for a, b in ranges)
    assert all(one[1] <= two[0] for one, two in pairwise(ranges))


@pytest.mark.parametrize("text", ["x", "one sentence", "Title\nWe do it. It works.", " lead. Two."])
def test_the_doc_has_the_same_sentences(doc, text: str) -> None:
    assert [sent.text.strip() for sent in doc(text).sents] == split(text)
