"""The same work from several sources is one paper; works that only look alike stay apart; order never matters."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ledger.grouping import grouped
from kg.models import Author, Paper, Place, Reference
from kg.sources.identifiers import arxiv_id, doi, identifier
from kg.sources.identity import WEAK, keys, merge
from kg.sources.people import surname

ABSTRACT = (
    "We count the eels of a ditch by their bubbles. A small network hears the bubbles, and a larger one, trained on the small one's errors, "
    "decides which of them are eels. On nine ditches the count is within 4\\% of the true one. Code: \\url{https://example.org/eels}."
)
OTHER = (
    "A ditch is more than its eels, and so this work looks at snails, at weed, and at the light that falls on both of them in the course of a year."
)
LONG = "Hearing Eels at Night: Counting Them by Bubbles in Nine Ditches of the Marsh"
TITLE = "Hearing Eels: Counting by Bubbles in Nine Ditches"


def paper(**fields: Any) -> Paper:
    authors = tuple(Author(name=name) for name in fields.pop("authors", ()))
    return Paper(authors=authors, **fields)


def works(*papers: Paper) -> list[list[int]]:
    """The numbers of the papers in groups of one work each, as a build makes them."""
    pairs = sorted((key, number) for number, record in enumerate(papers) for key in {*keys(record), merge([record]).id})
    sure, weak = ([pair for pair in pairs if pair[0].startswith(WEAK) == is_weak] for is_weak in (False, True))
    return sorted(sorted(group) for group in grouped(range(len(papers)), sure, weak).values())


SAME = {
    "two pages saved a year apart": (
        paper(title=TITLE, abstract=ABSTRACT, author_count=3, date="--05-02"),
        paper(title=TITLE, abstract=ABSTRACT, author_count=3, date="2025-05-02", year=2025),
    ),
    "a dump with an id and no title, a page with a title": (paper(abstract=ABSTRACT, arxiv_id="2405.01234"), paper(title=TITLE, abstract=ABSTRACT)),
    "markup and hyphens set differently": (
        paper(abstract=ABSTRACT),
        paper(abstract=ABSTRACT.replace("\\%", "%").replace("\\url{", "").replace("}", "").replace("\n", " ")),
    ),
    "a revised end of the abstract": (paper(title=TITLE, abstract=ABSTRACT), paper(title=TITLE.upper(), abstract=ABSTRACT[:200] + "and more.")),
    "an arXiv DOI and an arXiv id": (paper(title="A", doi="10.48550/arXiv.2405.01234"), paper(title="B", ids=("arxiv:2405.01234v2",))),
    "preprint and publication": (
        paper(title=TITLE, authors=["Ada Frost", "Ben Holm"], arxiv_id="2405.01234", year=2024),
        paper(title=TITLE, authors=["Frost, A.", "Holm, B."], doi="10.1000/eels", year=2026),
    ),
    "a short title with authors, a card with their number": (
        paper(title="Eel Networks", authors=["A Frost", "B Holm", "C Ives"], year=2015),
        paper(title="Eel networks", author_count=3, year=2015),
    ),
    "a long title alone": (paper(title=LONG, year=2019), paper(title=LONG, authors=["A Frost"])),
    "a bare title twice": (paper(title="Eel Networks"), paper(title="Eel networks.")),
    "a preprint under another title": (
        paper(title="Eels, a first try", arxiv_id="2405.01234", year=2024),
        paper(title=TITLE, doi="10.1000/eels", ids=("arxiv:2405.01234v3",), year=2025),
    ),
    "a DOI of the anthology and its id": (paper(title="A", doi="10.18653/v1/P19-1001"), paper(title="B", ids=("acl:P19-1001",))),
    "names in other spellings": (
        paper(title=TITLE, authors=["Jörg Müller"], year=2019),
        paper(title=TITLE, authors=["Mueller J"], year=2019),
    ),
    "names in other letters": (paper(title=TITLE, authors=["李 明"], year=2019), paper(title=TITLE, authors=["Ming Li"], year=2019)),
    "the same with a notice before the title": (
        paper(title=TITLE, authors=["A Frost"]),
        paper(title=f"RETRACTED ARTICLE: {TITLE}", authors=["A Frost"]),
    ),
    "a sign for and": (paper(title="Eels & Snails", authors=["A Frost"]), paper(title="Eels and snails", authors=["A Frost"])),
}

FROST: dict[str, Any] = {"authors": ["A Frost"], "year": 2019}
JUDE: dict[str, Any] = {"authors": ["D Jude"], "year": 2019}
PART = "On the Counting of Eels in a Ditch, Part"
SURVEY = "A Survey on the Counting of Eels in Ditches"
NOTICE = "No abstract is available."
PREVIEW = (
    "An abstract is not available for this content, so a preview of its first page has been put here; please use the link to get the whole of it."
)

APART = {
    "series by year": (paper(title="Report of the Eel Workshop", **FROST), paper(title="Report of the Eel Workshop", **FROST | {"year": 2020})),
    "introductions": (paper(title="Introduction", **FROST), paper(title="Introduction", **FROST)),
    "parts": (paper(title=f"{PART} I", **FROST), paper(title=f"{PART} II", **FROST)),
    "surveys of one field": (paper(title=SURVEY, **FROST), paper(title=SURVEY, authors=["D Jude", "E Kern"], year=2019)),
    "short titles, other authors": (paper(title="Eel Networks", **FROST), paper(title="Eel Networks", authors=["D Jude"], year=2024)),
    "short notices for abstracts": (paper(abstract=NOTICE), paper(abstract=NOTICE)),
    "other abstracts without titles": (paper(abstract=ABSTRACT), paper(abstract=OTHER)),
    "a title that others gave their work too": (paper(title=TITLE, **FROST), paper(title=TITLE, **JUDE)),
    "a long title that others gave their work too": (paper(title=LONG, **FROST), paper(title=LONG, authors=["D Jude", "E Kern"], year=2020)),
    "a short title, namesakes": (paper(title="Eel Networks", authors=["Ada Frost"]), paper(title="Eel Networks", authors=["Bo Frost"])),
    "an erratum and its paper": (paper(title=TITLE, **FROST), paper(title=f"Erratum to: {TITLE}", **FROST)),
    "a retraction note and its paper": (paper(title=TITLE, **FROST), paper(title=f"Retraction Note: {TITLE}", **FROST)),
    "a comment and its reply": (paper(title=f"Comment on “{TITLE}”", **FROST), paper(title=f"Reply to comment on “{TITLE}”", **FROST)),
    "yearly thanks": (
        paper(title="Thank You to the Reviewers of Ditch Letters", year=2018),
        paper(title="Thank you to the reviewers of Ditch Letters", year=2019),
    ),
    "yearly news under a long title": (paper(title=f"The Year in Eels: {LONG}", year=2018), paper(title=f"The Year in Eels: {LONG}", year=2019)),
    "titles alone of other years": (paper(title="Introduction", year=2018), paper(title="Introduction", year=2019)),
    "titles alone of other venues": (paper(title="Editorial", venue="Ditches", year=2018), paper(title="Editorial", venue="Eels", year=2018)),
    "what is set in place of an abstract": (paper(title="Eels", abstract=PREVIEW, **FROST), paper(title="Snails", abstract=PREVIEW, **FROST)),
    "parts of a series under one abstract": (
        paper(title=f"{PART} II: Bubbles", abstract=ABSTRACT, arxiv_id="2405.01234", **FROST),
        paper(title=f"{PART} III: Nets", abstract=ABSTRACT, arxiv_id="2405.01235", **FROST),
    ),
    "bare titles under two ids": (paper(title="Eel Networks", ids=("s2:1",)), paper(title="Eel networks", ids=("s2:2",))),
    "one abstract, other authors": (paper(title="Eels", abstract=ABSTRACT, **FROST), paper(title="Snails", abstract=ABSTRACT, **JUDE)),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_work_is_one(name: str) -> None:
    assert works(*SAME[name]) == [[0, 1]]


@pytest.mark.parametrize("name", APART)
def test_other_works_stay_apart(name: str) -> None:
    one, other = APART[name]
    assert one == other or works(one, other) == [[0], [1]]
    assert not {key for key in keys(one) if not key.startswith(WEAK)} & set(keys(other))


def test_a_record_without_names_joins_the_one_work_of_its_title_but_not_one_of_two() -> None:
    card, frost, jude = paper(title=TITLE, year=2019), paper(title=TITLE, **FROST), paper(title=TITLE, **JUDE)
    assert works(card, frost) == [[0, 1]]
    assert works(card, frost, jude) == [[0], [1], [2]]
    assert works(card, frost, jude, card) == [[0, 3], [1], [2]]
    assert works(frost, jude, paper(title=TITLE, authors=["Frost, Ada"], year=2023)) == [[0, 2], [1]]


def test_an_abstract_that_many_titles_bear_is_none() -> None:
    bearers = [paper(title=f"On ditch {number} of the marsh", abstract=ABSTRACT) for number in range(4)]
    assert works(*bearers[:3]) == [[0, 1, 2]]
    assert works(*bearers) == [[0], [1], [2], [3]]


NAMES = st.lists(st.sampled_from(["Ada Frost", "Frost, A.", "D Jude", "Jude Frost", "李 明"]), max_size=2)
SOME = st.builds(
    paper,
    title=st.sampled_from([TITLE, LONG, "Eel Networks", "Introduction", ""]), abstract=st.sampled_from(["", ABSTRACT, OTHER]), authors=NAMES,
    year=st.sampled_from([None, 2018, 2019, 2020]), arxiv_id=st.sampled_from([None, None, "2405.01234", "2405.01235"]),
)  # fmt: skip


@settings(deadline=None, derandomize=True)
@given(st.lists(SOME, max_size=7), st.randoms(use_true_random=False))
def test_grouping_does_not_depend_on_order(records: list[Paper], random: Any) -> None:
    order = list(range(len(records)))
    random.shuffle(order)
    shuffled = [sorted(order[number] for number in group) for group in works(*(records[number] for number in order))]
    assert sorted(shuffled) == works(*records)
    settled = [merge([records[number] for number in group]).id for group in works(*records)]
    assert len(set(settled)) == len(settled), "no two works settle on one id"


def test_keys_are_sorted_and_unique() -> None:
    found = keys(paper(id="arxiv:2405.01234", arxiv_id="2405.01234v3", doi="10.48550/arXiv.2405.01234", title=TITLE, abstract=ABSTRACT, year=2024))
    assert list(found) == sorted(set(found))
    assert [key for key in found if key.startswith(("arxiv", "doi"))] == ["arxiv:2405.01234"]


BRIDGE = Reference(id="doi:10.1000/bridge")
CUT = {"title": TITLE.upper(), "abstract": ABSTRACT[:90] + "…", "author_count": 3, "date": "--05-02", "organisations": ("Marsh Lab",)}
PREPRINT = {
    "title": TITLE, "abstract": ABSTRACT, "authors": ["Ada Frost", "Ben Holm", "Cy Ives"], "date": "2024-05-02", "year": 2024,
    "arxiv_id": "2405.01234",    "url": "https://arxiv.org/abs/2405.01234", "venue": "arXiv", "ids": ("arxiv:2405.01234",), "citation_count": 3,
}  # fmt: skip
PUBLISHED = {
    "title": TITLE, "authors": ["A. Frost", "B. Holm"], "date": "2025", "year": 2025, "doi": "10.1000/EELS", "venue": "Ditch Letters",
    "keywords": ("eels", "Bubbles"), "references": (BRIDGE,), "citation_count": 7, "ids": ("s2:77", "note-1"),
}  # fmt: skip
RECORDS = (
    paper(**CUT, places=(Place(file="b", line=9),)),
    paper(**PREPRINT, places=(Place(file="a", line=2),)),
    paper(**PUBLISHED, places=(Place(file="a", line=11), Place(file="a", line=2))),
    paper(title=TITLE, keywords=("bubbles", "ditches"), references=(BRIDGE, Reference(title="On Hedges")), comment="9 pages"),
)


def test_the_better_value_of_each_field_wins() -> None:
    merged = merge(RECORDS)
    assert merged.id == "arxiv:2405.01234"
    assert (merged.title, merged.abstract) == (TITLE, ABSTRACT)
    assert (merged.date, merged.year, merged.venue, merged.author_count) == ("2024-05-02", 2024, "Ditch Letters", 3)
    assert [author.name for author in merged.authors] == ["Ada Frost", "Ben Holm", "Cy Ives"]
    assert (merged.arxiv_id, merged.doi, merged.url) == ("2405.01234", "10.1000/eels", "https://arxiv.org/abs/2405.01234")
    assert merged.ids == ("arxiv:2405.01234", "doi:10.1000/eels", "note-1", "s2:77")
    assert [str(place) for place in merged.places] == ["a:2", "a:11", "b:9"]
    assert {word.lower() for word in merged.keywords} == {"bubbles", "ditches", "eels"}
    assert len(merged.references) == 2
    assert (merged.citation_count, merged.comment, merged.organisations) == (7, "9 pages", ("Marsh Lab",))


def test_merging_does_not_depend_on_order() -> None:
    assert {merge(order) for order in itertools.permutations(RECORDS)} == {merge(RECORDS)}
    assert merge([*RECORDS, *RECORDS]) == merge(RECORDS)


def test_merging_a_merged_paper_changes_nothing() -> None:
    assert merge([merge(RECORDS)]) == merge(RECORDS)


@pytest.mark.parametrize(
    ("ids", "settled"),
    [
        (("s2:1", "doi:10.1000/x", "arxiv:2405.01234"), "arxiv:2405.01234"),
        (("acl:P19-1001", "openalex:W1", "doi:10.1000/x"), "doi:10.1000/x"),
        (("acl:P19-1001", "s2:1"), "s2:1"),
        (("note-1",), "sha:"),
    ],
)
def test_the_id_is_settled_by_preference(ids: tuple[str, ...], settled: str) -> None:
    assert merge([paper(title=TITLE, ids=ids)]).id.startswith(settled)


def test_a_paper_without_identifier_is_named_by_its_text() -> None:
    one, other = merge([paper(title=TITLE, abstract=ABSTRACT)]), merge([paper(title=TITLE.upper(), abstract=ABSTRACT, year=2020)])
    assert one.id == other.id != merge([paper(title=TITLE, abstract=OTHER)]).id
    assert len(one.id) == len("sha:") + 16


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("arXiv:2405.01234v2", "arxiv:2405.01234"),
        ("https://arxiv.org/pdf/2405.01234v1.pdf", "arxiv:2405.01234"),
        ("2405.01234", "arxiv:2405.01234"),
        ("arXiv:2405.01234 [cs.CL]", "arxiv:2405.01234"),
        ("hep-th/9901001v3", "arxiv:hep-th/9901001"),
        ("arXiv:math.AG/0309136", "arxiv:math/0309136"),
        ("https://doi.org/10.48550/ARXIV.2405.01234", "arxiv:2405.01234"),
        ("doi: 10.1145/ABC.1", "doi:10.1145/abc.1"),
        ("https://dx.doi.org/10.1000/x(1)2", "doi:10.1000/x(1)2"),
        ("OpenAlex:W12", "openalex:W12"),
        ("2499.01234", None),
        ("note-1", None),
        ("sha:0123", None),
        ("s2:", None),
        ("10.1000", None),
        ("", None),
    ],
)
def test_identifiers_have_one_spelling(text: str, known: str | None) -> None:
    assert identifier(text) == known
    assert arxiv_id(text) == (known.removeprefix("arxiv:") if known and known.startswith("arxiv:") else None)
    assert doi(text) == (known.removeprefix("doi:") if known and known.startswith("doi:") else None)


@pytest.mark.parametrize(
    ("name", "family"), [("Bob Smith Jr.", "smith"), ("Smith Jr., Bob", "smith"), ("Martin King III", "king"), ("Ada de Vries", "vries")]
)
def test_a_suffix_is_no_surname(name: str, family: str) -> None:
    assert surname(name) == family
