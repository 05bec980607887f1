"""Paper, result, keyword, author, venue and stub stars.

Invariant: a citation leads to a paper that is there or to a stub, never to nothing; the text of an edge is cut from the paper's own text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from kg.assembly.citations import Citations
from kg.assembly.identifiers import filled, identifier
from kg.assembly.occurrences import Occurrence, surfaces
from kg.assembly.people import author_id, fullest
from kg.hashing import digest
from kg.kinds import KINDS
from kg.models import Edge, Extraction, Node, Paper, Reference, Result, Star
from kg.text import fold, squeeze


def star(node: Node, edges: Iterable[Edge]) -> Star:
    """A star with its edges sorted; of two edges with one type and target the first given stays."""
    unique: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        unique.setdefault((edge.type, edge.target), edge)
    return Star(node, tuple(unique[key] for key in sorted(unique)))


def paper_stars(
    paper: Paper, extraction: Extraction, found: list[Occurrence], *, citations: Citations, builds_on: Mapping[str, list[str]]
) -> list[Star]:
    """The paper's own star and one for each result it reports. `builds_on` maps the ids of papers it builds on to the concepts."""
    results = _result_stars(paper, extraction, found)
    edges = [_role_edge(paper, occurrence) for occurrence in found]
    edges += _citing_edges(paper, citations)
    edges += [Edge("BUILDS_ON", other, "Paper", {"via": sorted(concepts)}) for other, concepts in builds_on.items()]
    edges += [Edge("REPORTS", result.node.id, "Result") for result in results]
    edges += [Edge("HAS_KEYWORD", identifier("keyword", word), "Keyword", {"by": by}) for word, by in keywords(paper, extraction)]
    edges += [Edge("WRITTEN_BY", author_id(author), "Author", {"position": place}) for place, author in enumerate(paper.authors, start=1)]
    if paper.venue:
        edges.append(Edge("PUBLISHED_IN", identifier("venue", paper.venue), "Venue"))
    return [star(_paper_node(paper, citations), edges), *results]


def _citing_edges(paper: Paper, citations: Citations) -> list[Edge]:
    """One CITES edge a cited work, by the best evidence that a reference gives for it."""
    found = [cited for reference in paper.references if (cited := citations.find(reference)) and cited.target != paper.id]
    return [
        Edge("CITES", cited.target, "Paper", filled(source="record" if cited.score is None else "title-match", score=cited.score))
        for cited in sorted(found, key=lambda cited: (cited.target, cited.rank))
    ]


def keywords(paper: Paper, extraction: Extraction) -> list[tuple[str, str]]:
    """(keyword, who says so): the record's own first, then those seen in the text."""
    spoken = [(squeeze(word), "record") for word in paper.keywords] + [(squeeze(word), "text") for word in extraction.keywords]
    return [(word, by) for word, by in spoken if word]


def _paper_node(paper: Paper, citations: Citations) -> Node:
    # files by name alone: a graph does not depend on the folder that it was built from
    return Node(paper.id, ("Paper",), filled(
        title=paper.title, abstract=paper.abstract, year=paper.year, date=paper.date, venue=paper.venue, url=paper.url, doi=paper.doi,
        arxivId=paper.arxiv_id, citationCount=paper.citation_count, authorCount=paper.author_count, organisations=list(paper.organisations),
        comment=paper.comment, language=paper.language, licence=paper.licence, ids=list(paper.ids),
        sources=sorted({f"{PurePath(place.file).name}:{place.line}" for place in paper.places}), stub=False,
        inCorpusCitations=citations.counts.get(paper.id), pagerank=citations.pagerank.get(paper.id),
    ))  # fmt: skip


def _role_edge(paper: Paper, found: Occurrence) -> Edge:
    start, end = found.sentence
    return Edge(found.role, found.concept.id, KINDS[found.concept.kind].label, filled(
        confidence=round(found.confidence, 4), mentions=len(found.mentions), sentence=paper.text[start:end],
        start=found.shown.start, end=found.shown.end, by=found.by,
    ))  # fmt: skip


def _result_stars(paper: Paper, extraction: Extraction, found: list[Occurrence]) -> list[Star]:
    forms = surfaces(found, paper.text)
    stars: dict[str, Star] = {}
    for result in extraction.results:
        made = _result_star(paper, result, forms)
        stars.setdefault(made.node.id, made)
    return [stars[key] for key in sorted(stars)]


def _result_star(paper: Paper, result: Result, forms: Mapping[tuple[str, str], str]) -> Star:
    start, end = result.sentence or (result.start, result.end)
    node = Node(f"result:{digest(paper.id, result.value, str(result.start))[:16]}", ("Result",), filled(
        metric=result.metric, value=result.value, number=result.number, unit=result.unit, kind=result.kind, baseline=result.baseline,
        sentence=paper.text[start:end], confidence=round(result.confidence, 4),
    ))  # fmt: skip
    named = (("ON", "DATASET", result.dataset), ("IN", "METRIC", result.metric), ("BY", "METHOD", result.method))
    targets = ((type_, kind, forms.get((kind, fold(name)))) for type_, kind, name in named if name)
    return star(node, [Edge(type_, target, KINDS[kind].label) for type_, kind, target in targets if target])


def fuller(one: Reference, other: Reference | None) -> Reference:
    """Of two references to one work the one that says more: the longer title, then the later in the alphabet, then the later year."""
    return max((one, other or one), key=lambda reference: (len(reference.title or ""), reference.title or "", reference.year or 0))


def stub_star(target: str, reference: Reference, *, citations: int | None = None) -> Star:
    """A cited paper that we have no record of: what the fullest reference to it says, and how many papers cite it."""
    arxiv = target.removeprefix("arxiv:") if target.startswith("arxiv:") else None
    doi = target.removeprefix("doi:") if target.startswith("doi:") else None
    return Star(Node(target, ("Paper",), filled(
        title=reference.title, year=reference.year, doi=doi, arxivId=arxiv, ids=[target], stub=True, inCorpusCitations=citations,
    )))  # fmt: skip


def named_star(target: str, label: str, names: Mapping[str, int], *, papers: int | None = None) -> Star:
    """A keyword, author or venue: its most frequent spelling (the first in the alphabet of equals; of an author the fullest) and its number
    of papers."""
    name = fullest(names) if label == "Author" else min(names, key=lambda spelling: (-names[spelling], spelling))
    return Star(Node(target, (label,), filled(name=name, papers=papers)))
