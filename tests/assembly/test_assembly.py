"""Stars from facts and decisions: one role an edge, a verbatim sentence, citations that lead somewhere."""

from __future__ import annotations

from kg.assembly import Citations, LinkIndex, fuller, occurrences, paper_stars, stub_star
from kg.models import Author, Concept, Extraction, Link, Linking, Mention, Paper, Reference, Result, Use

TEXT_A = "Gated nets for question answering (QA)"
TEXT_B = "We measure QA with nets on SQuAD. Accuracy is 81.5%."
PAPER = Paper(
    id="arxiv:2101.00001", title=TEXT_A, abstract=TEXT_B, year=2021, authors=(Author(name="Ada Sample"), Author(name="李雷")),
    venue="Sample Conference",
    keywords=("Gating",),
    references=(Reference(id="arxiv:1901.00009"), Reference(title="A known TITLE"), Reference(title="Unknown"), Reference(id="arxiv:2101.00001")),
)  # fmt: skip


def mention(text: str, kind: str, name: str, start: int = 0) -> Mention:
    at = PAPER.text.index(text, start)
    return Mention(start=at, end=at + len(text), kind=kind, name=name, confidence=0.9, by="test")


def sentence(text: str) -> tuple[int, int]:
    at = PAPER.text.index(text)
    return at, at + len(text)


def use(name: str, kind: str, role: str, text: str, confidence: float = 0.8) -> Use:
    return Use(name=name, kind=kind, role=role, confidence=confidence, sentence=sentence(text), by="test")


FIRST = "We measure QA with nets on SQuAD."
AT = PAPER.text.index("81.5")
EXTRACTION = Extraction(
    mentions=(
        mention("question answering", "TASK", "question answering"), mention("QA", "TASK", "question answering"), mention("QA", "TASK", "QA", 45),
        mention("SQuAD", "DATASET", "SQuAD"), mention("Accuracy", "METRIC", "accuracy"), mention("nets", "METHOD", "nets"),
    ),
    uses=(
        use("question answering", "TASK", "ADDRESSES", TEXT_A),
        use("QA", "TASK", "MENTIONS", FIRST, 0.99), use("SQuAD", "DATASET", "EVALUATES_ON", FIRST),
        use("accuracy", "METRIC", "MEASURES", "Accuracy is 81.5%."), use("nets", "METHOD", "USES", FIRST, 0.2),
    ),
    results=(Result(value="81.5", number=81.5, unit="%", metric="Accuracy", dataset="squad", start=AT, end=AT + 4),),
    keywords=("gating", "memory"),
)  # fmt: skip
CONCEPTS = {"question answering": "task:question-answering", "QA": "task:question-answering", "SQuAD": "dataset:squad", "accuracy": "metric:accuracy"}
KINDS = {"task:question-answering": "TASK", "dataset:squad": "DATASET", "metric:accuracy": "METRIC"}
INDEX = LinkIndex(
    Linking(
        links=tuple(Link(kind=KINDS[key], name=name, concept=key, method="exact", score=1) for name, key in CONCEPTS.items()),
        concepts=tuple(Concept(id=key, kind=kind, name=key.partition(":")[2]) for key, kind in KINDS.items()),
    )
)


def test_names_of_one_concept_become_one_occurrence_with_the_strongest_role() -> None:
    found = {item.concept.id: item for item in occurrences(EXTRACTION, INDEX)}
    assert sorted(found) == sorted(KINDS)  # `nets` was dropped by linking
    answering = found["task:question-answering"]
    assert (answering.role, answering.confidence, len(answering.mentions)) == ("ADDRESSES", 0.8, 3)
    assert PAPER.text[slice(*answering.sentence)] == TEXT_A
    assert sentence(TEXT_A)[0] <= answering.shown.start < sentence(TEXT_A)[1]


def test_uses_below_the_bound_stay_out() -> None:
    assert [item.concept.id for item in occurrences(EXTRACTION, INDEX, min_confidence=0.85)] == ["task:question-answering"]


def test_a_papers_star() -> None:
    known = {"A known TITLE": ("doi:10.1/known", 0.98)}
    citations = Citations({"arxiv:1901.00009": "arxiv:1901.00009"}, lambda reference: known.get(reference.title or ""))
    paper, result = paper_stars(
        PAPER, EXTRACTION, occurrences(EXTRACTION, INDEX), citations=citations, builds_on={"arxiv:2001.00002": ["dataset:squad"]}
    )
    edges = {(edge.type, edge.target): edge.properties for edge in paper.edges}
    for kind, target in edges:
        if kind in ("ADDRESSES", "EVALUATES_ON", "MEASURES"):
            assert edges[kind, target]["sentence"] in PAPER.text
    assert edges["EVALUATES_ON", "dataset:squad"]["sentence"] == FIRST
    assert {target for kind, target in edges if kind == "CITES"} == {"arxiv:1901.00009", "doi:10.1/known"}  # not itself, not the unknown
    assert edges["CITES", "arxiv:1901.00009"] == {"source": "record"}
    assert edges["CITES", "doi:10.1/known"] == {"source": "title-match", "score": 0.98}
    assert edges["BUILDS_ON", "arxiv:2001.00002"] == {"via": ["dataset:squad"]}
    assert edges["HAS_KEYWORD", "keyword:gating"] == {"by": "record"}
    assert {target for kind, target in edges if kind == "HAS_KEYWORD"} == {"keyword:gating", "keyword:memory"}
    written = {target: properties["position"] for (kind, target), properties in edges.items() if kind == "WRITTEN_BY"}
    assert written.pop("author:ada-sample") == 1
    ((other, position),) = written.items()
    assert (other.startswith("author:x"), position) == (True, 2)
    assert ("PUBLISHED_IN", "venue:sample-conference") in edges
    assert [(edge.type, edge.target) for edge in result.edges] == [("IN", "metric:accuracy"), ("ON", "dataset:squad")]
    assert (result.node.properties["value"], result.node.properties["number"]) == ("81.5", 81.5)


def test_a_stub_says_the_most_that_its_references_do() -> None:
    said = [Reference(id="doi:10.1/x"), Reference(id="doi:10.1/x", title="The whole title", year=1999), Reference(title="short", year=2000)]
    for given in (said, said[::-1]):
        best: Reference | None = None
        for reference in given:
            best = fuller(reference, best)
        assert best
        star = stub_star("doi:10.1/x", best, citations=3)
        assert star.node.properties == {
            "title": "The whole title", "year": 1999, "doi": "10.1/x", "ids": ["doi:10.1/x"], "stub": True, "inCorpusCitations": 3,
        }  # fmt: skip
