"""Authors are joined on evidence alone."""

from __future__ import annotations

import pytest

from kg.assembly import named_star
from kg.assembly.identifiers import identifier
from kg.assembly.people import author_id, fullest
from kg.models import Author


def key(name: str, registered: str | None = None) -> str:
    return author_id(Author(name=name, id=registered))


def test_initials_join_nobody() -> None:
    assert len({key("J. Smith"), key("John Smith"), key("Jane Smith"), key("J. A. Smith"), key("Smith")}) == 5


def test_a_whole_name_in_another_spelling_of_its_letters_is_the_same() -> None:
    assert key("José Núñez-Vidal") == key("JOSE NUNEZ VIDAL") == "author:jose-nunez-vidal"


@pytest.mark.parametrize(
    "spelling", ["0000-0002-1825-009x", "orcid:0000-0002-1825-009X", "https://orcid.org/0000-0002-1825-009X", "ORCID:000000021825009X"]
)
def test_an_orcid_is_one_id_in_any_spelling(spelling: str) -> None:
    assert key("J. Smith", spelling) == key("John Smith", spelling) == "orcid:0000-0002-1825-009X"


def test_other_ids_join_and_never_meet_a_papers() -> None:
    assert key("J. Smith", "s2:1234") == key("John Smith", "s2:1234") == "author:s2:1234"
    assert key("J. Smith", "openalex:A1") != key("J. Smith", "openalex:A2")
    assert key("J. Smith", "s2:0000000218250099") == "author:s2:0000000218250099"  # sixteen digits of another registry are no ORCID


def test_names_that_ascii_cannot_spell_stay_apart() -> None:
    names = ["李雷", "韩梅梅", "Иван Smith", "Пётр Smith", "Smith"]
    assert len({key(name) for name in names}) == len(names)
    assert identifier("keyword", "Gated nets") == "keyword:gated-nets"
    assert identifier("venue", "Конференция NLP").startswith("venue:nlp-x")


def test_an_author_is_called_by_the_fullest_name() -> None:
    assert fullest({"J. Smith": 9, "John Smith": 1, "JA Smith": 2}) == "John Smith"
    assert fullest({"J. Smith": 9, "John A. Smith": 1, "John Smith": 1}) == "John A. Smith"
    assert fullest({"Li Lei": 1, "Lei Li": 1}) == "Lei Li"
    star = named_star("orcid:0000-0002-1825-0097", "Author", {"J. Smith": 5, "John Smith": 1})
    assert star.node.properties == {"name": "John Smith"}
    assert named_star("keyword:gates", "Keyword", {"Gates": 1, "gates": 3}, papers=4).node.properties == {"name": "gates", "papers": 4}
