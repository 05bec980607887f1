"""The JSON readers: any bytes give records and rejects; frames and depth are no matter; sniffs tell the formats apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.models import Paper, Reject
from kg.protocols import ReadOptions
from kg.sources import json_stream, json_window
from kg.sources.inputs import open_input
from kg.sources.registry import choose, sources

FORMATS = ("arxiv-snapshot", "crossref", "csl-json", "json-records", "openalex", "openreview", "s2orc", "semantic-scholar", "unarxive")
READERS = {source.name: source for source in sources() if source.name in FORMATS}
CASES = Path(__file__).parent / "cases"
INPUTS = sorted(path for name in FORMATS for path in (CASES / name.replace("-", "_")).glob("*/input.*"))
BY_FRAME = ("not_found", "funders", "references", "error_of_another_service", "too_many", "groups")  # these mean something by their frame
FRAMED = [path for path in INPUTS if path.parent.name not in BY_FRAME]

NAMES = [
    "id", "DOI", "doi", "title", "abstract", "abstract_inverted_index", "authors", "author", "authorships", "issued", "year", "paperId",
    "corpusid", "content", "forum", "references", "reference", "citations", "externalIds", "paper_id", "bib_entries", "metadata",
    "versions", "authors_parsed", "categories", "results", "data", "message", "items", "outbound_citations", "publication_date",
    "date-parts", "citedPaper", "citingPaper", "type", "keywords", "license", "ids", "locations",
]  # fmt: skip
KEYS = st.sampled_from(NAMES)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["10.1/x", "2101.00001", "2020-13-45", "\ud800", "W1"]),
)
VALUES = st.recursive(LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=6)), max_leaves=25)


def read(name: str, path: Path) -> list[Paper | Reject]:
    return list(READERS[name].read(open_input(str(path)), ReadOptions()))


def test_all_formats_are_there() -> None:
    assert set(READERS) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=VALUES, lines=st.booleans())
def test_any_json_gives_records_or_rejects(name: str, value: Any, lines: bool, tmp_path: Path) -> None:
    path = tmp_path / "any.json"
    path.write_text((json.dumps(value) + "\n") * (1 + lines), "utf-8")
    found = read(name, path)
    assert found
    for item in found:
        assert type(item).model_validate_json(item.model_dump_json()) == item
        assert "\n" not in getattr(item, "reason", "")


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.parent.name}/{path.parent.name}")
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_bytes_give_records_or_rejects(path: Path, data: st.DataObject, tmp_path: Path) -> None:
    whole = path.read_bytes()
    at = data.draw(st.integers(1, len(whole) - 1))
    changed = (
        whole[:at] + data.draw(st.sampled_from([b"", b"\x00\xff", b"{", b"]", b'"', whole[: at // 2]])) + whole[at + data.draw(st.integers(0, 9)) :]
    )
    damaged = tmp_path / "damaged.json"
    damaged.write_bytes(changed)
    name = path.parent.parent.name.replace("_", "-")
    assert read(name, damaged)


@pytest.mark.parametrize("path", FRAMED, ids=lambda path: f"{path.parent.parent.name}/{path.parent.name}")
def test_the_frame_does_not_matter(path: Path, tmp_path: Path) -> None:
    """Lines, an array on one line and a pretty-printed array hold the same papers."""
    values = [item.value for item in json_stream.elements(open_input(str(path))) if not isinstance(item, Reject)]
    elements = [value for value in values if isinstance(value, dict)]
    texts = {
        "a.jsonl": "".join(json.dumps(item) + "\n" for item in elements),
        "b.json": json.dumps(elements),
        "c.json": json.dumps(elements, indent=1),
    }
    found = []
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
        source = choose(open_input(str(tmp_path / name)))
        found.append(
            (
                source.name,
                [item.model_dump(exclude={"places", "file", "line"}) for item in read(path.parent.parent.name.replace("_", "-"), tmp_path / name)],
            )
        )
    assert found[0][1] == found[1][1] == found[2][1]
    assert {name for name, _ in found} == {path.parent.parent.name.replace("_", "-")}


@pytest.mark.parametrize("name", FORMATS)
def test_deep_nesting_is_one_reject(name: str, tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text('{"results": [' + "[" * 200_000, "utf-8")
    (found,) = read(name, path)
    assert isinstance(found, Reject) and "nested too deeply" in found.reason


@pytest.mark.parametrize("frame", ['{"meta": 1, "results": [%s]}', "[%s]", '{\n"title": %s}'])
def test_a_value_too_long_is_one_reject(frame: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "LONGEST", 1000)
    monkeypatch.setattr(json_window, "LONGEST", 1000)
    monkeypatch.setattr(json_window, "_CHUNK", 100)
    path = tmp_path / "long.json"
    path.write_text("\n" + frame % ('"' + "x" * 5000 + '"'), "utf-8")
    found = [item for item in json_stream.elements(open_input(str(path))) if isinstance(item, Reject)]
    assert len(found) == 1 and "more than 1,000 characters" in found[0].reason


def test_small_windows_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    path = CASES / "crossref" / "list" / "input.json"
    whole = read("crossref", path)
    monkeypatch.setattr(json_window, "_CHUNK", 7)
    assert read("crossref", path) == whole


def test_an_answer_without_records_says_so(tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    path.write_text('{"meta": {"count": 0}, "results": []}', "utf-8")
    (found,) = read("openalex", path)
    assert isinstance(found, Reject) and "without any record" in found.reason


def test_positions_of_an_inverted_index_take_no_space() -> None:
    from kg.sources.openalex import uninverted

    assert uninverted({"end": [10**15], "start": [0], "middle": [5, "x", None, -1]}) == "start middle end"
