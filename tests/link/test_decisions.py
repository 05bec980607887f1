"""The user's decisions: reading, contradictions, and that they win."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.link import Decisions, link, load_decisions, unused
from tests.link.vocabularies import concept_of, link_of, term, vocabulary

NAMES = (term("SAM", 9), term("Segment Anything", 4), term("sharpness-aware minimization", 4), term("LLMs", 3), term("language model", 7))


def decided(**entries: object) -> Decisions:
    return Decisions.model_validate(entries)


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "decisions.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_is_no_decisions(tmp_path: Path) -> None:
    assert load_decisions(tmp_path / "decisions.toml") == Decisions()


def test_a_file_is_read(tmp_path: Path) -> None:
    text = '[[same]]\nnames = ["SAM", "Segment Anything"]\n[[kind]]\nof = "GLUE"\nkind = "DATASET"\n[[drop]]\nnames = ["our model"]\n'
    found = load_decisions(write(tmp_path, text))
    assert found.same[0].names == ("SAM", "Segment Anything")
    assert found.kind[0].kind == "DATASET"
    assert found.drop[0].names == ("our model",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[same]\n", "not TOML"),
        ('[[same]]\nnames = ["one"]\n', "`same` entry 1 `names`"),
        ('[[sames]]\nnames = ["a", "b"]\n', "`sames`: unknown; known are same"),
        ('[[kind]]\nof = "GLUE"\nkind = "CORPUS"\n', "write one of METHOD, DATASET, TASK, METRIC"),
        ('[[name]]\nof = "LLM"\n', "`name` entry 1 `name`: Field required"),
        (
            '[[same]]\nnames = ["a", "b"]\n[[same]]\nnames = ["b", "c"]\n[[different]]\nnames = ["a", "c"]\n',
            '"a" and "c" are both same and different',
        ),
        ('[[name]]\nof = "LLM"\nname = "x"\n[[name]]\nof = "LLMs"\nname = "y"\n', '"LLMs" is given two names'),
    ],
)
def test_a_wrong_file_is_one_line_with_file_and_place(tmp_path: Path, text: str, says: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_decisions(path)
    assert str(caught.value).startswith(str(path))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_decisions(path)


def test_same_wins_and_its_first_name_gives_the_id() -> None:
    found = link(vocabulary(*NAMES), decisions=decided(same=[{"names": ["Segment Anything", "SAM"]}]))
    assert concept_of(found, "SAM").id == "method:segment-anything"
    assert link_of(found, "SAM").method == "decision"
    assert link_of(found, "SAM").score == 1.0


def test_same_wins_over_an_abbreviation() -> None:
    words = vocabulary(*NAMES, SAM={"sharpness-aware minimization": 9})
    found = link(words, decisions=decided(same=[{"names": ["Segment Anything", "SAM"]}]))
    assert concept_of(found, "SAM").id == "method:segment-anything"
    assert concept_of(found, "sharpness-aware minimization").id == "method:sharpness-aware-minimization"


def test_different_wins_over_an_abbreviation_and_over_one_key() -> None:
    words = vocabulary(*NAMES, term("Sam", 2), SAM={"sharpness-aware minimization": 9})
    found = link(words, decisions=decided(different=[{"names": ["SAM", "Sam", "sharpness-aware minimization"]}]))
    assert len({link_of(found, name).concept for name in ("SAM", "Sam", "sharpness-aware minimization")}) == 3
    assert concept_of(found, "SAM").id == "method:sam"


def test_a_name_is_shown_and_the_old_one_is_an_alias() -> None:
    found = link(vocabulary(*NAMES), decisions=decided(name=[{"of": "LLM", "name": "large language model"}]))
    concept = concept_of(found, "LLMs")
    assert (concept.id, concept.name) == ("method:llm", "large language model")
    assert "LLMs" in concept.aliases


def test_a_kind_holds_everywhere() -> None:
    words = vocabulary(term("GLUE", 2, "METRIC"), term("GLUE", 9, "METHOD"))
    found = link(words, decisions=decided(kind=[{"of": "glue", "kind": "DATASET"}]))
    assert [concept.id for concept in found.concepts] == ["dataset:glue"]
    assert {one.method for one in found.links} == {"decision"}


def test_a_dropped_name_has_no_link() -> None:
    found = link(vocabulary(*NAMES), decisions=decided(drop=[{"names": ["language models"]}]))
    assert "language model" not in {one.name for one in found.links}
    assert len(found.links) == len(NAMES) - 1


def test_decisions_of_unknown_names_are_harmless_and_told() -> None:
    told = decided(same=[{"names": ["Foo", "SAM"]}], name=[{"of": "Bar", "name": "b"}], different=[{"names": ["SAM", "Baz"]}])
    assert link(vocabulary(*NAMES), decisions=told).concepts == link(vocabulary(*NAMES)).concepts
    assert unused(told, vocabulary(*NAMES)) == ['different: "Baz"', 'name: "Bar"', 'same: "Foo"']


def test_a_name_that_is_only_a_surface_finds_its_concept() -> None:
    words = vocabulary(
        term("large language model", 5).model_copy(update={"surfaces": {"LLMs": 9, "large language model": 3}}), term("foundation model", 2)
    )
    found = link(words, decisions=decided(same=[{"names": ["LLM", "foundation model"]}]))
    assert {concept.id for concept in found.concepts} == {"method:large-language-model"}


def test_the_order_of_entries_means_nothing() -> None:
    one, other = {"names": ["SAM", "LLM"]}, {"names": ["language model", "LLM"]}
    assert link(vocabulary(*NAMES), decisions=decided(same=[one, other])) == link(vocabulary(*NAMES), decisions=decided(same=[other, one]))


def test_contradictions_made_in_python_are_the_same_error() -> None:
    with pytest.raises(ConfigError, match="both same and different"):
        link(vocabulary(*NAMES), decisions=decided(same=[{"names": ["SAM", "LLM"]}], different=[{"names": ["LLM", "sam"]}]))
