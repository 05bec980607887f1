"""References with an id of another registry: the title in their string says which paper they mean."""

from __future__ import annotations

import json
import sqlite3

from kg.assembly.citations import MATCHED, RESOLVED, STUB
from kg.models import Paper, Reference
from kg.pipeline.citing import Catalogue, citations_of

TITLE = "Gated memory cells for long-range sequence tagging"
STRING = f"A. Sample and B. Other. 2010. {TITLE}. In Samples."


def outcomes(*, match_titles: bool, ids: tuple[str, ...], references: list[Reference]) -> list[tuple[str, str]]:
    catalogue = Catalogue(match_titles)
    catalogue.add(Paper(id="arxiv:1001.00001", ids=ids, title=TITLE, year=2010))
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE TABLE paper (id TEXT, json BLOB)")
        db.execute("INSERT INTO paper VALUES ('doi:10.5555/citing', ?)", (json.dumps({"references": [item.model_dump() for item in references]}),))
        citations = citations_of(db, catalogue)
    found = [citations.find(item) for item in references]
    return [(item.target, item.outcome) for item in found if item]


def test_an_id_of_another_registry_is_matched_by_the_title_in_the_string() -> None:
    cited = [Reference(id="openalex:W7", raw=STRING), Reference(id="openalex:W7"), Reference(id="openalex:W8", raw="C. Some. Other cells. 2010.")]
    here = "arxiv:1001.00001"
    assert outcomes(match_titles=True, ids=(here,), references=cited) == [(here, MATCHED), (here, MATCHED), ("openalex:W8", STUB)]
    assert outcomes(match_titles=False, ids=(here,), references=cited[:1]) == [("openalex:W7", STUB)]


def test_another_id_of_a_registry_that_the_paper_is_in_stays_a_stub() -> None:
    cited = [Reference(id="openalex:W7", raw=STRING), Reference(id="openalex:W9", raw=STRING)]
    found = outcomes(match_titles=True, ids=("arxiv:1001.00001", "openalex:W9"), references=cited)
    assert found == [("openalex:W7", STUB), ("arxiv:1001.00001", RESOLVED)]


def test_a_work_about_a_work_is_not_that_work() -> None:
    comment, erratum = f'B. Reed. Comment on "{TITLE}". Notes, 2010.', f"B. Reed. Erratum to: {TITLE}. Notes, 2010."
    cited = [Reference(id="openalex:W7", raw=comment), Reference(raw=erratum)]
    assert outcomes(match_titles=True, ids=("arxiv:1001.00001",), references=cited) == [("openalex:W7", STUB)]


def test_the_work_about_a_work_is_found_by_its_own_title() -> None:
    catalogue = Catalogue(True)
    catalogue.add(Paper(id="arxiv:1001.00002", ids=("arxiv:1001.00002",), title=f"Comments on {TITLE.lower()}", year=2010))
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE TABLE paper (id TEXT, json BLOB)")
        found = citations_of(db, catalogue).find(Reference(raw=f"B. Reed. Comments on {TITLE.lower()}. Notes, 2010."))
    assert found and found.target == "arxiv:1001.00002"
