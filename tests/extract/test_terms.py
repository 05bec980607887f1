"""What the training papers settled: a known name has their kind, whatever the tagger says of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kg.extract.neural.decode import LEGAL, MOST, NO, TAGS, decode, together
from kg.extract.neural.encoder import Encoded
from kg.extract.neural.heads import Heads
from kg.extract.neural.reader import Model, Settings, decoded
from kg.extract.neural.terms import Terms
from kg.extract.neural.words import words

TRANSITIONS = np.where(LEGAL, 0.0, NO).astype(np.float32)


def scores(*tags: str) -> np.ndarray:
    """Tag scores under which `tags` is the best path, METHOD and TASK close to each other."""
    out = np.zeros((len(tags), len(TAGS)), dtype=np.float32)
    for place, tag in enumerate(tags):
        out[place, TAGS.index(tag)] = 6
        other = tag.replace("METHOD", "TASK")
        out[place, TAGS.index(other)] += 5 if other != tag else 0
    return out


def test_kinds_are_found_by_folded_name(tmp_path: Path) -> None:
    path = tmp_path / "terms.json"
    path.write_text(json.dumps({"terms": {"METHOD": {}}, "shortForms": {}, "kinds": {"TASK": ["recommender system"], "METHOD": ["BERT"]}}), "utf-8")
    terms = Terms.read(path)
    assert terms.kind(["Recommender", "systems"]) == "TASK"
    assert terms.kind(["BERT"]) == "METHOD"
    assert terms.kind(["bert"]) is None and terms.kind(["system"]) is None


def test_a_list_without_kinds_settles_nothing(tmp_path: Path) -> None:
    path = tmp_path / "terms.json"
    path.write_text(json.dumps({"terms": {"METHOD": {"BERT": 2.0}}, "shortForms": {}}), "utf-8")
    assert Terms.read(path).kind(["BERT"]) is None


def test_a_settled_kind_replaces_the_taggers_and_bears_both_shares() -> None:
    emissions = [scores("O", "B-METHOD", "E-METHOD", "O", "S-METHOD")]
    (plain,) = decode(emissions, TRANSITIONS)
    (settled,) = decode(emissions, TRANSITIONS, settled=lambda row, start, end: "TASK" if (row, start, end) == (0, 1, 3) else None)
    assert [(f.start, f.end, f.kind) for f in plain] == [(1, 3, "METHOD"), (4, 5, "METHOD")]
    assert [(f.start, f.end, f.kind) for f in settled] == [(1, 3, "TASK"), (4, 5, "METHOD")]
    assert plain[0].confidence < settled[0].confidence <= 1
    assert settled[1] == plain[1]


def test_a_settled_kind_that_the_tagger_gave_too_changes_nothing() -> None:
    emissions = [scores("S-TASK", "O")]
    assert decode(emissions, TRANSITIONS, settled=lambda row, start, end: "TASK") == decode(emissions, TRANSITIONS)


def test_a_known_name_counts_where_the_tagger_half_sees_it_and_nothing_stands() -> None:
    emissions = scores("O", "O", "O", "S-METHOD")
    for place, outside in ((1, 5), (2, 7)):
        emissions[place] = NO
        emissions[place, [TAGS.index(tag) for tag in ("O", "S-METHOD", "S-TASK")]] = outside, 4.9, 4.9  # in doubt, and not
    known = [(0, 1, "DATASET"), (1, 2, "DATASET"), (2, 3, "DATASET"), (3, 4, "DATASET")]
    (plain,) = decode([emissions], TRANSITIONS)
    (found,) = decode([emissions], TRANSITIONS, known=lambda row: known)
    assert [(f.start, f.kind) for f in plain] == [(3, "METHOD")]
    assert [(f.start, f.kind) for f in found] == [(1, "DATASET"), (3, "METHOD")]
    assert 0.5 < found[0].confidence < 0.7  # of being in some mention: two e^4.9 beside one e^5


def test_a_known_name_over_a_line_break_is_none() -> None:
    """`Penn` ends the title here, and the abstract begins with `Treebank`: no data set."""
    numb = np.zeros((6, len(TAGS)), dtype=np.float32)
    texts = "We use Penn Treebank a lot", "We use Penn\nTreebank a lot"
    seen = [Encoded(text, words(text), [text[a:b] for a, b in words(text)], numb[:, :3], numb, numb) for text in texts]
    model = Model(Heads({"transitions": TRANSITIONS}), Terms.of({}, {}), Settings())
    joined = [(2, 4) in {(f.start, f.end) for f in spans} for spans in decoded(model, seen)]
    assert joined == [True, False]


def test_a_known_name_in_an_address_is_none() -> None:
    numb = np.zeros((12, len(TAGS)), dtype=np.float32)
    texts = "See https://x.org/Penn Treebank", "See Penn Treebank"
    seen = []
    for text in texts:
        ranges = words(text)
        seen.append(Encoded(text, ranges, [text[a:b] for a, b in ranges], *(numb[: len(ranges)],) * 3))
    model = Model(Heads({"transitions": TRANSITIONS}), Terms.of({}, {}), Settings())
    found = [
        {text[one.words[f.start][0] : one.words[f.end - 1][1]] for f in spans}
        for text, one, spans in zip(texts, seen, decoded(model, seen), strict=True)
    ]
    assert ["Penn Treebank" in names for names in found] == [False, True]


def test_the_longest_term_counts_and_terms_do_not_overlap() -> None:
    terms = Terms.of({("graph",): ("METHOD", 1.0), ("graph", "neural", "network"): ("METHOD", 2.0), ("network", "search"): ("TASK", 3.0)}, {})
    found = list(terms.matches(["Graph", "neural", "networks", "and", "graph", "neural", "network", "search", "on", "graphs"]))
    assert found == [(0, 3, "METHOD", 2.0), (4, 7, "METHOD", 2.0), (9, 10, "METHOD", 1.0)]


def test_long_texts_are_read_apart_and_each_text_alike() -> None:
    assert list(together([3, 0, MOST, 5, MOST // 2 + 1, 2])) == [[2], [4], [3, 0, 5]]
    rng = np.random.default_rng(1)
    texts = [rng.normal(size=(length, len(TAGS))).astype(np.float32) * 3 for length in (40, 1, 300, 7)]
    alone = [decode([text], TRANSITIONS)[0] for text in texts]
    for one, other in zip(decode(texts, TRANSITIONS), alone, strict=True):
        assert [(f.start, f.end, f.kind) for f in one] == [(f.start, f.end, f.kind) for f in other]
        assert [f.confidence for f in one] == pytest.approx([f.confidence for f in other])
