"""The shapes are told apart by content, and what is none of them is left alone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.models import Paper, Reject
from kg.protocols import ReadOptions
from kg.sources.inputs import open_input
from kg.sources.registry import choose, sources

CASES = Path(__file__).parent / "cases"
PROSE = (
    "We study how moss grows on the north side of stone walls, and our results show that the model of shade alone explains the most of it, "
    "while the method of watering by hand, which earlier research proposed, explains little and costs a great deal of time and patience. "
)

KNOWN = {
    "bibtex": ("bibtex", "@article{moss,\n  title = {Moss on Walls},\n  abstract = {" + PROSE + "},\n  year = {2020}\n}\n"),
    "bibtex on one line": ("bibtex", "@article{moss, title={Moss on Walls}, abstract={" + PROSE + "}, year={2020}}\n" * 3),
    "ris": ("ris", "TY  - JOUR\nTI  - Moss on Walls\nAB  - " + PROSE + "\nPY  - 2020\nER  - \n"),
    "csv": ("csv-table", 'id,title,abstract\n1,Moss,"' + PROSE + '"\n2,Walls,"' + PROSE + '"\n'),
    "tsv": ("csv-table", "id\ttitle\tabstract\n" + ("1\tMoss\t" + PROSE + "\n") * 5),
    "openalex": ("openalex", '{"id": "https://openalex.org/W1", "display_name": "Moss", "title": "Moss", "abstract_inverted_index": {"We": [0]}}\n'),
    "semantic scholar": ("semantic-scholar", '{"paperId": "ab12", "title": "Moss", "abstract": "' + PROSE + '", "year": 2020}\n'),
    "arxiv snapshot":
        ("arxiv-snapshot", '{"id": "0704.0001", "submitter": "A", "authors": "A. B.", "title": "Moss", "abstract": "x", "versions": []}\n'),
    "crossref": ("crossref", '{"status": "ok", "message": {"items": [{"DOI": "10.1/x", "title": ["Moss"]}]}}'),
    "csl": ("csl-json", '[{"id": "moss", "type": "book", "title": "Moss", "author": [{"family": "A"}], "issued": {}}]'),
}  # fmt: skip

OTHERS = {
    "xml": "<?xml version='1.0'?>\n<feed><entry><title>Moss</title><summary>" + PROSE + "</summary></entry></feed>\n",
    "html": "<!doctype html>\n<html><body><h1>Daily Papers</h1><p>" + PROSE + "</p></body></html>",
    "csv without a header": ('10.1000/moss,"Moss on Walls, and More","' + PROSE + '"\n') * 3,
    "other json": '{"name": "moss", "version": "1.0.0", "description": "' + PROSE + '"}',
    "json numbers": "1\n2\n3\n",
    "readme": "# Moss\n\nA tool that counts moss.\n\n## Install\n\n    pip install moss\n\n" + PROSE + "\n\n" + PROSE + "\n\n## Licence\n\nMIT\n",
    "readme with dates": "Changes\n=======\n\nMay 3, 2020\n\n" + PROSE + "\n\nMay 4, 2020\n\n- fixed moss\n",
    "python": '"""' + PROSE + '"""\n\nimport os\n\n\ndef moss() -> None:\n    """' + PROSE + '"""\n    print(os.name)\n',
    "log": "2020-01-01 12:00:00 INFO started the moss counter\n" * 50,
    "story": ("Once the old man had gone down to the sea, he sat there and looked at the boats and thought of the summer that had gone, "
              "and of the one who had gone with it, until the lamp was lit in the tower and the gulls were quiet on the wall.\n\n") * 6,
    "config": "[tool.moss]\nname = 'wall'\n\n[tool.other]\nx = 1\n",
    "an id in prose": PROSE + "\n\narXiv:2401.01234 is where it is described in full.\n\nSee there.\n",
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_small_files_are_known_by_their_content(tmp_path: Path, name: str) -> None:
    source, text = KNOWN[name]
    path = tmp_path / "input"
    path.write_text(text, "utf-8")
    assert choose(open_input(str(path))).name == source


@pytest.mark.parametrize("name", OTHERS)
def test_other_formats_are_not_claimed(tmp_path: Path, name: str) -> None:
    path = tmp_path / "input"
    path.write_text(OTHERS[name], "utf-8")
    with pytest.raises(InputError, match=r"in no format that is known here.*`kg formats` lists what is read$") as caught:
        choose(open_input(str(path)))
    assert len(caught.value.reason) < 200


GOOD = '{"title": "Moss", "abstract": "Moss grows."}\n'


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('{"title": "Cut short", "abstract": "We stu', 1, "the line is cut short (at column 42)"),
        ('\n{"title": "Moss" "year": 3}\n', 2, "Expecting ',' delimiter at column 18"),
        ('[\n {"title": "Moss"},\n {"title" "Wall"}\n]\n', None, None),
        ('{\n "name": "moss",\n "year" 3\n}\n', 3, "it breaks at column 9 (Expecting ':' delimiter)"),
        ('{\n "name": "moss",\n "walls": [1, 2', 3, "cut short"),
        ('{"name": "moss", "version": 1}', None, "JSON with the keys `name`, `version`;"),
        ('[{"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1}]', None, "`e`, `f`, …;"),
        ("[1, 2]", None, "JSON with a number where records were expected"),
        ("{}", None, "JSON without any keys"),
        ("[" * 30_000, None, "nested too deeply"),
        ('{"name": "' + "moss " * 30_000 + '"}', None, "JSON with the keys `name`"),
    ],
)
def test_json_that_no_format_claims_is_told_where_and_why(tmp_path: Path, text: str, line: int | None, says: str | None) -> None:
    path = tmp_path / "input.json"
    path.write_text(text, "utf-8")
    if says is None:  # the list's first record is whole: it is read, and the rest is a reject
        opened = open_input(str(path))
        assert [type(item) for item in choose(opened).read(opened, ReadOptions())] == [Paper, Reject]
        return
    with pytest.raises(InputError) as caught:
        choose(open_input(str(path)))
    assert caught.value.line == line
    assert says in caught.value.reason
    assert caught.value.reason.endswith("; `kg formats` lists what is read")
    assert len(str(caught.value).removeprefix(str(path))) < 250


@pytest.mark.parametrize(
    "bad", ['{"title": "Cut short", "abstract": "We stu', '{"title": "Cut short",', "{", 'oss grows."}', "[1, 2, 3]", "# our papers"]
)
def test_a_bad_first_line_costs_no_other_line(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "input.jsonl"
    path.write_text(f"{bad}\n{GOOD * 3}", "utf-8")
    opened = open_input(str(path))
    assert choose(opened).name == "jsonl"
    found = list(choose(opened).read(opened, ReadOptions()))
    assert [type(item) for item in found] == [Reject, Paper, Paper, Paper]
    assert isinstance(found[0], Reject)
    assert found[0].line == 1


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in CASES.glob("*/*/input.*")), ids=lambda folder: f"{folder.parent.name}/{folder.name}"
)
def test_only_one_format_claims_an_input(folder: Path) -> None:
    opened = open_input(str(next(folder.glob("input.*"))))
    assert [source.name.replace("-", "_") for source in sources() if source.sniff(opened) > 0] == [folder.parent.name]


def test_formats_are_found_and_named() -> None:
    names = [source.name for source in sources()]
    assert names == sorted(set(names))
    assert {"abstract-dump", "abstract-lines", "daily-papers", "jsonl"} <= set(names)


def _survives(path: Path, data: bytes) -> None:
    """The bytes give records, rejects, or one InputError of one line."""
    path.write_bytes(data)
    try:
        opened = open_input(str(path))
        found = list(choose(opened).read(opened, ReadOptions()))
    except InputError as error:
        assert "\n" not in str(error)
        return
    assert found
    assert all(isinstance(item, Paper | Reject) for item in found)
    assert all("\n" not in item.reason for item in found if isinstance(item, Reject))
    assert all(item.model_dump_json().encode() for item in found)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(data=st.binary(max_size=400))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    _survives(tmp_path_factory.getbasetemp() / "any", data)


PARTS = ["·", "  • 3 authors", "Nov 5", "Feb 29, 2023 4", "", "", "\u2028", PROSE * 2, PROSE, "A Title", "arXiv:2401.01234", "arXiv:",
         "Created: 2024-01-09", "Daily Papers", "{", "}", "[", ",", '{"title": "x"}', '"title": "y"', '{"title": "x", "year": 3}', "moss Moss",
         "\ufeff", "[" * 3000]  # fmt: skip


@settings(max_examples=200, deadline=None, derandomize=True)
@given(lines=st.lists(st.sampled_from(PARTS) | st.text(max_size=30), min_size=1, max_size=25))
def test_any_order_of_the_parts_of_the_formats(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    _survives(tmp_path_factory.getbasetemp() / "parts", "\n".join(lines).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in CASES.glob("*/*/input.*")), ids=lambda folder: f"{folder.parent.name}/{folder.name}"
)
def test_damaged_cases(tmp_path: Path, folder: Path) -> None:
    original = next(folder.glob("input.*")).read_bytes()
    dice = random.Random(7)
    for _ in range(40):
        data = bytearray(original[: dice.randrange(1, len(original))])
        for _ in range(dice.randrange(8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        _survives(tmp_path / "damaged", bytes(data))
