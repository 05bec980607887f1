"""Values that nobody meant: huge counts, keys that are no text, long runs of one sign, markup that is text, letters instead of papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.models import Paper, Reject
from kg.protocols import ReadOptions
from kg.sources.cells import people, written_out
from kg.sources.inputs import open_input
from kg.sources.openalex import uninverted
from kg.sources.registry import choose

PROSE = "In this paper we propose a method that counts the moss on old walls; the results of our experiments show that the model finds it all."


def read(tmp_path: Path, text: str) -> list[Paper | Reject]:
    path = tmp_path / "input"
    path.write_text(text, "utf-8")
    given = open_input(str(path))
    return list(choose(given).read(given, ReadOptions()))


def papers(tmp_path: Path, text: str) -> list[Paper]:
    return [item for item in read(tmp_path, text) if isinstance(item, Paper)]


def test_an_index_whose_keys_are_no_words_has_none() -> None:
    assert uninverted({0: [1], "moss": [0]}) == "moss"  # as Python prints it in a cell


@pytest.mark.parametrize("digits", [22, 5000])
def test_a_count_that_no_machine_holds_is_none(tmp_path: Path, digits: int) -> None:
    number = "9" * digits
    (entry,) = papers(tmp_path, f"@article{{a,\n title = {{Moss}},\n times-cited = {{{number}}}\n}}\n")
    (record,) = papers(tmp_path, f"TY  - JOUR\nTI  - Moss on Walls\nN1  - Cited By: {number}\nER  - \n")
    assert (entry.citation_count, record.citation_count) == (None, None)


def test_a_count_that_is_too_large_is_a_reject(tmp_path: Path) -> None:
    (item,) = read(tmp_path, '{"title": "Moss", "abstract": "Green.", "citation_count": 99999999999999999999}\n')
    assert isinstance(item, Reject) and "citation_count" in item.reason


def test_every_list_of_records_in_an_object_is_read(tmp_path: Path) -> None:
    one = '{"Title": "Moss", "Authors": "Fern, Ada", "Year": 2019}'
    two = '{"Title": "Wall", "Authors": "Rung, Li", "Year": 2020}'
    found = papers(tmp_path, f'{{"2019": {{"papers": [{one}]}}, "2020": {{"papers": [{two}]}}}}')
    assert [paper.title for paper in found] == ["Moss", "Wall"]


@pytest.mark.parametrize(
    "found",
    [["-".join(["ab"] * 150) + ", Fern A"], ["a" + " " * 20_000 + "b", "c"], ["a (" + " " * 20_000 + "b"]],
    ids=["hyphens", "spaces", "bracket"],
)
def test_long_names_stay_cheap(found: list[str]) -> None:
    assert people(found)  # squared time is felt: it took five to sixteen seconds


def test_a_long_gap_in_a_list_stays_cheap() -> None:
    value = "['x'" + " " * 40_000 + "y]"
    assert written_out(value) == value


def test_what_looks_like_markup_in_xml_is_text(tmp_path: Path) -> None:
    text = (
        '<collection id="2022.wall"><volume id="long"><meta><booktitle>Walls</booktitle><year>2022</year></meta><paper id="1">'
        "<title>The &lt;s&gt; token</title><abstract>We add &lt;b&gt; and $\\alpha$ marks.</abstract></paper></volume></collection>"
    )
    (paper,) = papers(tmp_path, text)
    assert (paper.title, paper.abstract) == ("The <s> token", "We add <b> and α marks.")


def test_the_root_is_looked_for_behind_comments(tmp_path: Path) -> None:
    record = "<record><metadata><arXiv><id>2401.0000{}</id><title>Moss {}</title><abstract>Green.</abstract></arXiv></metadata></record>"
    records = "".join(record.format(n, n) for n in range(1, 5))
    head = '<?xml version="1.0"?><!-- each <record> is one paper -->'
    text = f'{head}<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{records}</ListRecords></OAI-PMH>'
    assert len(papers(tmp_path, text)) == len(read(tmp_path, text)) == 4


def test_ids_in_a_note_end_where_they_end(tmp_path: Path) -> None:
    text = '[{"id": "a", "type": "article", "title": "Moss", "issued": {"date-parts": [[2020]]}, "note": "PMID: 12345678; PMCID: 7654321; x"}]'
    (paper,) = papers(tmp_path, text)
    assert set(paper.ids) == {"pmid:12345678", "pmc:PMC7654321"}


def test_an_affiliation_before_the_heading_is_no_abstract(tmp_path: Path) -> None:
    (paper,) = papers(tmp_path, f"Moss on Old Walls\n\nAda Fern and Tom Rung\nUniversity of the North Side\n\nAbstract\n{PROSE}\n")
    assert (paper.title, paper.abstract, len(paper.authors)) == ("Moss on Old Walls", PROSE, 2)


@pytest.mark.parametrize("text", [f"Dear Anna\n\n{PROSE} {PROSE}\n\nBest, Jo\n", f"Moss\n\n{PROSE}\n\nWalls of the North\n\n{PROSE}\n"])
def test_a_letter_and_two_papers_are_no_saved_abstract(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="in no format that is known here"):
        read(tmp_path, text)


def test_a_reference_of_nothing_but_a_year_is_none(tmp_path: Path) -> None:
    cited = '{"key": "1", "year": "0"}, {"key": "2", "year": "2009"}, {"year": "2009", "author": "Fern"}, {"unstructured": "2009"}'
    (paper,) = papers(tmp_path, f'{{"DOI": "10.5555/moss.1", "title": ["Moss"], "issued": {{"date-parts": [[2020]]}}, "reference": [{cited}]}}')
    assert [reference.raw for reference in paper.references] == ["Fern. 2009", "2009"]
