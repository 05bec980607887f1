"""RIS and Web of Science exports as they really come."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.models import Paper, Reject
from kg.protocols import ReadOptions
from kg.sources.inputs import open_input
from kg.sources.registry import choose


def read(path: Path, data: bytes, name: str) -> list[Paper | Reject]:
    path.write_bytes(data)
    given = open_input(str(path))
    source = choose(given)
    assert source.name == name
    return list(source.read(given, ReadOptions()))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("gap", ["  - ", " - ", "  -", "- "])
def test_every_layout_of_the_lines(tmp_path: Path, end: str, mark: str, gap: str) -> None:
    sep = gap if gap.endswith(" ") else gap + " "
    lines = [f"TY{sep}JOUR", f"TI{sep}Moss", f"AU{sep}Fern, Ada", f"PY{sep}2020/05//", f"ER{gap}", f"TY{sep}JOUR", f"T1{sep}Walls", f"ER{gap}"]
    found = read(tmp_path / "x.ris", (mark + end.join(lines) + end).encode(), "ris")
    assert [item.title for item in found if isinstance(item, Paper)] == ["Moss", "Walls"]
    assert isinstance(found[0], Paper)
    assert (found[0].date, found[0].authors[0].name, found[0].places[0].line) == ("2020-05", "Ada Fern", 1)


def test_a_record_with_nothing_but_an_id_is_a_reject_with_its_line(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "x.ris", "\ufeffTY  - JOUR\nDO  - 10.1000/x\nER  - \n".encode(), "ris")
    assert isinstance(found, Reject)
    assert found.line == 1
    assert "neither title nor abstract" in found.reason


@pytest.mark.parametrize(
    ("lines", "ids"),
    [
        ("DO  - http://dx.doi.org/10.1000/A.B", {"doi:10.1000/a.b"}),
        ("DO  - 10.48550/arXiv.2101.00001", {"arxiv:2101.00001"}),
        ("UR  - https://arxiv.org/abs/2101.00001v3", {"arxiv:2101.00001"}),
        ("UR  - https://www.ncbi.nlm.nih.gov/pubmed/1234567", {"pmid:1234567"}),
        ("N1  - PMID: 1234567", {"pmid:1234567"}),
        ("DO  - not known", set()),
    ],
)
def test_ids(tmp_path: Path, lines: str, ids: set[str]) -> None:
    (found,) = read(tmp_path / "x.ris", f"TY  - JOUR\nTI  - Moss\n{lines}\nER  - \n".encode(), "ris")
    assert isinstance(found, Paper)
    assert set(found.ids) == ids


def test_web_of_science_without_its_opening_lines(tmp_path: Path) -> None:
    text = "PT J\nAU Fern, A\nTI Moss\nSO J MOSS\nPY 2020\nCR Rung C, 1999, LADDERS, DOI [10.1000/L.1, 10.1000/L.2]\nER\nPT J\nTI No end\n"
    first, second = read(tmp_path / "x.txt", text.encode(), "web-of-science")
    assert isinstance(first, Paper)
    assert [(cited.id, cited.year) for cited in first.references] == [("doi:10.1000/l.1", 1999)]
    assert isinstance(second, Paper)
    assert second.title == "No end"
