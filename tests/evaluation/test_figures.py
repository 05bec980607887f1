"""The figures: those of the reference scorer to the last digit, and a case worked by hand."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.evaluation import Report, read, report
from tests.conftest import ROOT
from tests.evaluation import made

SCORER = ROOT.parent / "shared" / "tools" / "score.py"


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    if not SCORER.is_file():
        pytest.skip("the reference scorer is not here: ../shared is absent")
    spec = importlib.util.spec_from_file_location("reference_scorer", SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured(folder: Path, gold: list[dict[str, Any]], seen: list[dict[str, Any]]) -> Report:
    true = read(made.lines(folder / "gold.jsonl", gold))
    texts = {key: paper.text for key, paper in true.papers.items()}
    return report(true, read(made.lines(folder / "seen.jsonl", seen), texts=texts))


@pytest.mark.parametrize("seed", range(25))
def test_equal_to_the_reference_scorer(scorer: ModuleType, tmp_path: Path, seed: int) -> None:
    gold, seen = made.corpus(seed)
    ours: dict[str, Any] = measured(tmp_path, gold, seen).as_json()
    theirs, _ = scorer.score({line["id"]: line for line in gold}, {line["id"]: line for line in seen})
    for name in ("mention", "overlap"):
        kinds = theirs.pop(name)
        assert {kind: ours[name][kind] for kind in kinds} == kinds
    assert {name: ours[name] for name in theirs} == theirs
    assert theirs["edge"]["f1"] > 1  # the cases are worth comparing


@pytest.fixture
def by_hand(tmp_path: Path) -> Report:
    return measured(tmp_path, [made.HAND_GOLD], [made.HAND_SEEN])


def test_mentions_by_hand(by_hand: Report) -> None:
    """Gold has 7 mentions (GateNet and BERT twice), 7 are seen, 4 of them right, and `classification` overlaps."""
    strict, soft = by_hand.mentions["all"], by_hand.overlaps["all"]
    assert (strict.right, strict.gold, strict.seen) == (4, 7, 7)
    assert soft.right == 5
    assert by_hand.mentions["METRIC"].f1 == 100
    assert (by_hand.mentions["DATASET"].f1, by_hand.mentions["DATASET"].gold, by_hand.mentions["DATASET"].seen) == (0, 1, 0)
    assert round(by_hand.mentions["METHOD"].precision, 2) == 60
    assert round(by_hand.mentions["METHOD"].recall, 2) == 75


def test_concepts_edges_and_results_by_hand(by_hand: Report) -> None:
    assert by_hand.concepts is not None
    assert by_hand.edges is not None
    assert by_hand.results is not None
    assert (by_hand.concepts.right, by_hand.concepts.gold, by_hand.concepts.seen) == (4, 5, 6)
    assert (by_hand.edges.right, by_hand.edges.gold, by_hand.edges.seen) == (3, 5, 6)
    assert by_hand.role_accuracy == 75
    assert (by_hand.results.right, by_hand.results.gold, by_hand.results.seen) == (1, 1, 2)


def test_linking_by_hand(tmp_path: Path) -> None:
    """Two gold concepts of two mentions each; the reader makes one node of three mentions and one of the fourth: B-cubed precision
    is (3 * 5/9 + 1) / 4 = 2/3 (the three hold two of one concept and one of the other), recall (1 + 1 + 1/2 + 1/2) / 4 = 3/4."""
    text = "aa bb cc dd"
    places = [(0, 2), (3, 5), (6, 8), (9, 11)]
    gold = [{"start": a, "end": b, "label": "TASK", "concept": name} for (a, b), name in zip(places, ("X", "X", "Y", "Y"), strict=True)]
    seen = [{"start": a, "end": b, "kind": "TASK", "concept": name} for (a, b), name in zip(places, "pppq", strict=True)]
    made_of = measured(tmp_path, [{"id": "1", "text": text, "spans": gold}], [{"id": "1", "text": text, "mentions": seen}])
    assert made_of.linking is not None
    assert round(made_of.linking.precision, 4) == round(100 * 2 / 3, 4)
    assert made_of.linking.recall == 75


def test_confusions_by_hand(by_hand: Report) -> None:
    assert by_hand.kinds.counts == {
        ("METHOD", "METHOD"): 3, ("METHOD", ""): 1, ("", "METHOD"): 1, ("TASK", "TASK"): 1, ("DATASET", "METHOD"): 1, ("METRIC", "METRIC"): 1,
    }  # fmt: skip
    assert by_hand.roles is not None
    assert by_hand.roles.counts == {
        ("PROPOSES", "PROPOSES"): 1, ("ADDRESSES", "ADDRESSES"): 1, ("COMPARES_WITH", "USES"): 1, ("MEASURES", "MEASURES"): 1,
    }  # fmt: skip
    assert by_hand.kappa is not None
    assert round(by_hand.kappa, 4) == round((3 / 4 - 3 / 16) / (1 - 3 / 16), 4)


def test_error_listing_by_hand(by_hand: Report) -> None:
    said = {(sort, one.what) for sort, found in by_hand.faults.items() for one in found}
    assert said == {
        ("missed", "METHOD GateNet"),
        ("invented", "METHOD train"),
        ("ends", "TASK node classification → classification"),
        ("kind", "DATASET Cora → METHOD"),
        ("role", "COMPARES_WITH → USES: METHOD BERT"),
        ("result invented", "accuracy"),
    }
    (missed,) = by_hand.faults["missed"]
    assert "We train [GateNet] with BERT" in missed.context
    assert by_hand.faults["result invented"][0].context.endswith("BERT alone reaches [80.1]%.")


def test_equal_errors_are_one_entry_the_most_frequent_first(tmp_path: Path) -> None:
    gold = [{**made.HAND_GOLD, "id": f"hand:{number}"} for number in range(3)]
    listing = measured(tmp_path, gold, [{**made.HAND_SEEN, "id": "hand:1"}]).faults["missed"]
    assert [(one.what, one.count, one.papers) for one in listing][:3] == [
        ("METHOD GateNet", 5, ["hand:0", "hand:1", "hand:2"]),
        ("METHOD BERT", 4, ["hand:0", "hand:2"]),
        ("DATASET Cora", 2, ["hand:0", "hand:2"]),
    ]


def test_what_gold_does_not_tell_is_not_measured(tmp_path: Path) -> None:
    """A set with spans alone, as many published ones are."""
    spans = [{**made.at("Cora"), "label": "DATASET"}]
    found = measured(tmp_path, [{"id": "hand:1", "text": made.TEXT, "spans": spans}], [made.HAND_SEEN])
    assert (found.concepts, found.linking, found.edges, found.role_accuracy, found.results) == (None, None, None, None, None)
    assert set(found.calibration) == {"mention"}
    assert found.mentions["all"].gold == 1
