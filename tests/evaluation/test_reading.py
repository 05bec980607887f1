"""Annotated files: three forms, one meaning; every fault told with its line and remedy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluation import check, read, write
from kg.evaluation.listed import words
from tests.evaluation import made

GOLD: dict[str, Any] = made.HAND_GOLD


def test_the_list_and_the_gold_form_mean_the_same(tmp_path: Path) -> None:
    spans = [
        {"start": start, "end": end, "label": kind, "concept": concept}
        for form, kind, concept in GOLD["mentions"]
        for start, end in words(form, made.TEXT)
    ]
    offsets = {key: value for key, value in GOLD.items() if key != "mentions"} | {"spans": sorted(spans, key=lambda span: span["start"])}
    listed = read(made.lines(tmp_path / "list.jsonl", [GOLD]))
    assert read(made.lines(tmp_path / "spans.jsonl", [offsets])) == listed
    assert len(listed.papers["hand:1"].spans) == 7


@pytest.mark.parametrize("name", ["out.json", "out.jsonl"])
def test_written_and_read_again(tmp_path: Path, name: str) -> None:
    _, seen = made.corpus(3)
    for row in seen:  # a person's list has no spans that overlap
        row["mentions"] = [one for place, one in enumerate(row["mentions"]) if not _touches(one, row["mentions"][:place])]
        named = {one["concept"] for one in row["mentions"]}
        row["edges"] = [{**one, "role": "MENTIONS"} for one in row["edges"] if one["concept"] in named]
    there = read(made.lines(tmp_path / "in.jsonl", seen))
    assert write(there.papers.values(), tmp_path / name) == len(seen)
    again = read(tmp_path / name)
    assert again.papers.keys() == there.papers.keys()
    for key, paper in there.papers.items():
        assert [(s.start, s.end, s.kind, s.concept) for s in again.papers[key].spans] == sorted(
            (s.start, s.end, s.kind, s.concept) for s in paper.spans
        )
        assert {k: held.role for k, held in again.papers[key].roles.items()} == {k: held.role for k, held in paper.roles.items()}
        assert [(one.metric, one.value) for one in again.papers[key].results] == [(one.metric, one.value) for one in paper.results]


def _touches(one: dict[str, Any], others: list[dict[str, Any]]) -> bool:
    return any(one["start"] < other["end"] and other["start"] < one["end"] for other in others)


FAULTS = [
    ("mentions", [["bert", "METHOD", "BERT"]], "is printed 'BERT'"),
    ("mentions", [["nothing like it", "METHOD", "x"]], "copy it from there"),
    ("mentions", [["ERT", "METHOD", "x"]], "word of its own"),
    ("mentions", [["BERT", "METOD", "BERT"]], "did you mean METHOD?"),
    ("mentions", [["BERT", "METHOD"]], '["exact text", "KIND", "concept"]'),
    ("mentions", [["BERT", "METHOD", "BERT", [3]]], "2 times"),
    ("mentions", [["BERT", "METHOD", "BERT", "1"]], "list of numbers"),
    ("mentions", [["BERT", "METHOD", "BERT", [[0, 4]]]], "offsets at which it stands"),
    ("mentions", [["BERT", "METHOD", "BERT"], ["BERT", "METHOD", "BERT"]], "listed twice"),
    ("mentions", [["node", "TASK", "node"], ["node classification", "TASK", "nc"]], "only inside longer mentions"),
    ("mentions", [["BERT", "METHOD", "x"], ["Cora", "DATASET", "x"]], "one kind"),
    ("mentions", "none", "no list of mentions"),
    ("spans", [{"start": 5, "end": 900, "label": "TASK", "concept": "x"}], "characters"),
    ("spans", [{"start": 5, "end": 5, "label": "TASK", "concept": "x"}], "characters"),
    ("spans", [{"start": 5, "end": 9, "concept": "x"}], "`label`"),
    ("roles", {"GateNet": "PROPOSES"}, "has no role: add it"),
    ("roles", {**GOLD["roles"], "Bert": "USES"}, "is it 'BERT'?"),
    ("roles", {**GOLD["roles"], "BERT": "USED"}, "no role (of 'BERT')"),
    ("roles", {**GOLD["roles"], "BERT": "ADDRESSES"}, "no role for a METHOD"),
    ("roles", [], '{"concept": "ROLE", ...}'),
    ("results", {}, "no list"),
    ("results", [{"metric": "accuracy", "value": 84.3}], "in quotes"),
    ("results", [{"metric": "accuracy", "value": "99"}], "not in the text"),
    ("results", [{"metrc": "accuracy", "value": "84.3"}], "'metric'?"),
    ("results", [{"metric": "accuracy", "value": "84.3", "kind": "relative"}], "absolute or delta"),
    ("text", "", "no `text`"),
    ("id", 7, "no `id`"),
]


@pytest.mark.parametrize(("key", "value", "says"), FAULTS)
def test_a_fault_is_told_and_refused(tmp_path: Path, key: str, value: object, says: str) -> None:
    path = made.lines(tmp_path / "a.jsonl", [{**GOLD, "id": "before"}, {**GOLD, key: value}])
    kept, faults = check(path)
    assert list(kept.papers) == ["before"]
    assert any(says in fault.reason for fault in faults), faults
    assert {fault.line for fault in faults} == {2}
    with pytest.raises(InputError, match=r"a\.jsonl:2: "):
        read(path)


def test_a_fault_in_a_file_that_is_laid_out_names_the_line_of_the_entry(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write(read(made.lines(tmp_path / "in.jsonl", [GOLD, {**GOLD, "id": "hand:2"}])).papers.values(), path)
    rows = path.read_text(encoding="utf-8").split("\n")
    row = max(place for place, text in enumerate(rows) if text.startswith('  ["Cora"'))
    rows[row] = rows[row].replace("DATASET", "DATA")
    path.write_text("\n".join(rows), encoding="utf-8")
    (fault,) = [fault for fault in check(path)[1] if "DATA'" in fault.reason]
    assert fault.line == row + 1
    assert "did you mean DATASET?" in fault.reason


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (('"Cora"],', '"Cora"],,'), "not valid JSON"),
        (('["accuracy", "METRIC", "accuracy"]\n', '["accuracy", "METRIC", "accuracy"],\n'), "a comma too many"),
        (('["BERT", "METHOD", "BERT"],', '["BERT", "METHOD", "BERT"]'), "a comma or a closing bracket is missing"),
        (('["BERT", "METHOD", "BERT"]', '["BERT", "METHOD, "BERT"]'), "not valid JSON"),
    ],
)
def test_broken_json_costs_only_its_own_paper(tmp_path: Path, spoil: tuple[str, str], says: str) -> None:
    path = tmp_path / "a.json"
    write(read(made.lines(tmp_path / "in.jsonl", [{**GOLD, "id": f"hand:{number}"} for number in range(3)])).papers.values(), path)
    text = path.read_text(encoding="utf-8")
    assert spoil[0] in text
    path.write_text(text.replace(*spoil, 1), encoding="utf-8")
    kept, (fault,) = check(path)
    assert list(kept.papers) == ["hand:1", "hand:2"]
    assert says in fault.reason
    assert fault.line in range(3, 13)


def test_a_paper_twice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="twice"):
        read(made.lines(tmp_path / "a.jsonl", [GOLD, GOLD]))


@pytest.mark.parametrize(("content", "says"), [(b"", "no papers"), (b"\xff\xfe{", "UTF-8"), (b"hello", "begins with {"), (b"[1]", "one JSON object")])
def test_files_that_are_something_else(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(InputError, match=says):
        read(tmp_path / "a.json")


def test_other_invisible_characters_and_spaces_do_not_cost_the_offsets(tmp_path: Path) -> None:
    text = made.TEXT.replace("We train", "\u200bWe  train").replace("BERT alone", "BE\x02RT alone")
    other = read(made.lines(tmp_path / "seen.jsonl", [made.HAND_SEEN]), texts={"hand:1": text}).papers["hand:1"]
    assert [text[span.start : span.end] for span in other.spans] == [
        "GateNet", "classification", "train", "BERT", "BE\x02RT", "Cora", "accuracy",
    ]  # fmt: skip
    with pytest.raises(InputError, match="from character 32 on"):
        read(tmp_path / "seen.jsonl", texts={"hand:1": text.replace("We", "Wir")})


def test_a_list_without_text_takes_the_gold_s(tmp_path: Path) -> None:
    bare = {key: value for key, value in GOLD.items() if key != "text"}
    path = tmp_path / "bare.jsonl"
    path.write_text(json.dumps(bare), encoding="utf-8")
    assert len(read(path, texts={"hand:1": made.TEXT}).papers["hand:1"].spans) == 7
