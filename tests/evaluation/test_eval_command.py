"""`kg eval` and `kg annotate` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.evaluation import made
from tests.factories import record, write_jsonl


@pytest.mark.parametrize("name", ["out.json", "out.jsonl"])
def test_an_annotation_left_as_it_is_scores_100(kg: Run, tmp_path: Path, name: str) -> None:
    papers = [record(number) for number in range(6)]
    write_jsonl(tmp_path / "in.jsonl", [*papers, papers[0]])
    done = kg("annotate", "in.jsonl", "-o", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert "6 papers (1 repeats of a paper left out)" in done.stdout
    assert "no fault" in kg("annotate", "--check", name).stdout
    report = json.loads(kg("eval", name, "--json", "--errors", "5").stdout)
    assert report["papers"] == report["papers_predicted"] == 6
    for figure in (report["mention"]["all"], report["overlap"]["all"], report["concept"], report["edge"], report["result"], report["linking"]):
        assert (figure["p"], figure["r"], figure["f1"]) == (100, 100, 100)
    assert report["mention"]["all"]["gold"] > 30
    assert report["role_accuracy"] == 100
    assert report["errors"] == []


def test_a_correction_is_what_is_scored_against(kg: Run, tmp_path: Path) -> None:
    """The person deletes one mention and adds another: one is invented, one missed."""
    write_jsonl(tmp_path / "in.jsonl", [record(1)])
    kg("annotate", "in.jsonl", "-o", "a.jsonl")
    paper = json.loads((tmp_path / "a.jsonl").read_text(encoding="utf-8"))
    gone = next(entry for entry in paper["mentions"] if entry[1] == "METRIC")
    paper["mentions"].remove(gone)
    paper["mentions"].append(["gate", "METHOD", "gate"])
    paper["roles"] = {name: role for name, role in paper["roles"].items() if name != gone[2]} | {"gate": "USES"}
    (tmp_path / "a.jsonl").write_text(json.dumps(paper), encoding="utf-8")
    report = json.loads(kg("eval", "a.jsonl", "--json", "--errors", "3").stdout)
    assert {(one["sort"], one["what"]) for one in report["errors"]} >= {("missed", "METHOD gate"), ("invented", f"METRIC {gone[0]}")}
    assert report["mention"]["all"]["f1"] < 100
    shown = kg("eval", "a.jsonl", "--errors", "3").stdout
    for words in ("1 of 1 papers", "Mentions missed: 1", "METHOD gate", "with a small [gate] that", "expected calibration error"):
        assert words in shown


def test_predictions_of_a_file_or_of_stdin(kg: Run, tmp_path: Path) -> None:
    gold, seen = made.corpus(1)
    made.lines(tmp_path / "gold.jsonl", gold)
    made.lines(tmp_path / "seen.jsonl", seen)
    from_file = json.loads(kg("eval", "gold.jsonl", "--predictions", "seen.jsonl", "--json").stdout)
    piped = kg("eval", "gold.jsonl", "--predictions", "-", "--json", stdin=(tmp_path / "seen.jsonl").read_text(encoding="utf-8"))
    assert json.loads(piped.stdout) == from_file
    assert (from_file["papers"], from_file["papers_predicted"], from_file["papers_unknown"]) == (12, 11, ["made:12"])
    surer = json.loads(kg("eval", "gold.jsonl", "--predictions", "seen.jsonl", "--json", "--min-confidence", "0.6").stdout)
    assert surer["edge"]["pred"] == next(row["pred"] for row in from_file["thresholds"]["edge"] if row["at"] == 0.6)
    assert surer["edge"]["pred"] < from_file["edge"]["pred"]
    methods = json.loads(kg("eval", "gold.jsonl", "--predictions", "seen.jsonl", "--json", "--kind", "METHOD").stdout)
    assert methods["mention"]["all"] == from_file["mention"]["METHOD"]


def test_what_extract_prints_can_be_measured(kg: Run, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "in.jsonl", [record(number) for number in range(3)])
    kg("annotate", "in.jsonl", "-o", "a.json")
    extracted = kg("extract", "in.jsonl").stdout
    for line in extracted.splitlines():
        assert all({"metric", "value"} <= result.keys() for result in json.loads(line)["results"])
    report = json.loads(kg("eval", "a.json", "--predictions", "-", "--json", stdin=extracted).stdout)
    assert report["edge"]["f1"] == report["result"]["f1"] == 100


def test_agreement_of_two_annotators(kg: Run, tmp_path: Path) -> None:
    first = [{**made.HAND_GOLD, "id": f"hand:{number}"} for number in range(4)]
    first[1]["mentions"] = [[*entry[:2], entry[2].replace("node", "Node")] for entry in first[1]["mentions"]]  # case parts no names
    first[1]["roles"] = {name.replace("node", "Node"): role for name, role in made.HAND_GOLD["roles"].items()}
    second = [{**one, "roles": {**one["roles"], "BERT": "USES"}} for one in first[:2]] + [{**made.HAND_GOLD, "id": "hand:9"}]
    made.lines(tmp_path / "a.jsonl", first)
    made.lines(tmp_path / "b.jsonl", second)
    report = json.loads(kg("eval", "a.jsonl", "--against", "b.jsonl", "--json").stdout)
    assert (report["papers"], report["papers_predicted"], report["papers_unknown"]) == (4, 2, ["hand:9"])
    assert report["mention"]["all"]["f1"] == 100
    assert report["edge"]["f1"] == 80
    assert report["role_kappa"] == round((0.8 - 4 / 25) / (1 - 4 / 25), 4)
    assert report["linking"] == {"p": 100, "r": 100, "f1": 100, "mentions": 14}
    assert report["calibration"] == {}
    shown = kg("eval", "a.jsonl", "--against", "b.jsonl", "--errors", "2").stdout
    assert "2 of 4 papers of a.jsonl are in both files; 1 more are not in it" in shown
    assert "kappa of the roles 0.762" in shown
    assert "COMPARES_WITH → USES: METHOD BERT" in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("eval", "nowhere.jsonl"), ("nowhere.jsonl", "check the path")),
        (("eval", "bad.jsonl"), ("bad.jsonl:1", "did you mean METHOD?", "1 more", "annotate --check")),
        (("eval", "good.jsonl", "--model", "no-such"), ("no-such", "choose")),
        (("eval", "good.jsonl", "--against", "good.jsonl", "--predictions", "good.jsonl"), ("--against", "one of them")),
        (("eval", "good.jsonl", "--against", "other.jsonl"), ("other.jsonl", "no paper in common")),
        (("eval", "good.jsonl", "--predictions", "moved.jsonl"), ("moved.jsonl", "offsets mean nothing")),
        (("annotate", "good.jsonl"), ("-o FILE",)),
        (("annotate", "good.jsonl", "-o", "good.jsonl"), ("good.jsonl", "--overwrite")),
        (("annotate", "good.jsonl", "-o", "good.txt"), (".json",)),
        (("annotate", "good.jsonl", "-o", "no/such/folder.json"), ("folder.json", "cannot be written")),
        (("annotate", "--check", "bad.jsonl"), ("2 faults",)),
    ],
)
def test_what_goes_wrong_is_one_line(kg: Run, tmp_path: Path, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    made.lines(tmp_path / "good.jsonl", [made.HAND_GOLD])
    made.lines(tmp_path / "other.jsonl", [{**made.HAND_GOLD, "id": "else"}])
    made.lines(tmp_path / "moved.jsonl", [{**made.HAND_SEEN, "text": "Another paper.\n" + made.TEXT}])
    made.lines(tmp_path / "bad.jsonl", [{**made.HAND_GOLD, "mentions": [["BERT", "METHODS", "BERT"]], "roles": {}}])
    done = kg(*arguments)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr


def test_check_tells_every_fault_with_its_line(kg: Run, tmp_path: Path) -> None:
    made.lines(tmp_path / "bad.jsonl", [made.HAND_GOLD, {**made.HAND_GOLD, "id": "b", "mentions": [["Bert", "METHODS", "BERT"]], "roles": {}}])
    done = kg("annotate", "--check", "bad.jsonl")
    assert done.returncode == 1
    told = done.stdout.splitlines()
    assert len(told) == 2
    assert told[0] == "bad.jsonl:2: b: 'METHODS' is no kind (of 'Bert'): did you mean METHOD?"
    assert told[1] == "bad.jsonl:2: b: 'Bert' is not in the text: it is printed 'BERT'"
