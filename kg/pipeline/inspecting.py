"""What a user asks of a built graph: how large is it, what is this node, why is this edge there.

Invariant: every answer is read from the stars and the ledger as they are; nothing is computed anew.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from kg.assembly import LinkIndex, Occurrence, occurrences
from kg.config import graph_dir
from kg.errors import ConfigError
from kg.ledger import Ledger, derived, facts
from kg.models import Extraction, Paper, Star
from kg.pipeline.finding import candidates, find, joined, title_of
from kg.pipeline.influential import outcomes
from kg.text import fold


def statistics(*, graph: str | Path | None = None) -> dict[str, Any]:
    """Counts of the graph: `nodes` by label (a concept counts under `Concept` and its kind), `edges` by type, `papers` with
    a record that have `abstract` and `year`, `stubs`, `rejects`, `references` by where they lead, and the most frequent concepts of each kind."""
    labels: Counter[str] = Counter()
    edges: Counter[str] = Counter()
    held: Counter[str] = Counter()
    top: dict[str, list[tuple[int, str]]] = {}
    with Ledger.open(Path(graph) if graph else graph_dir()) as ledger:
        for star in derived.stars(ledger.db):
            labels.update(star.node.labels)
            edges.update(edge.type for edge in star.edges)
            properties = star.node.properties
            if star.node.labels[0] == "Paper":
                stub = bool(properties.get("stub"))
                held["stubs"] += stub
                held.update(name for name in ("abstract", "year") if name in properties and not stub)
            elif star.node.labels[0] == "Concept":
                top.setdefault(star.node.labels[1], []).append((int(str(properties["papers"])), str(properties["name"])))
        held["rejects"] = sum(1 for _ in facts.rejects(ledger.db))
        led = outcomes(ledger.db)
    frequent = {label: [{"name": name, "papers": papers} for papers, name in _first(found, 10)] for label, found in sorted(top.items())}
    known = {name: held[name] for name in ("abstract", "year", "stubs", "rejects")}
    counts = {"nodes": dict(sorted(labels.items())), "edges": dict(sorted(edges.items()))}
    return {**counts, "papers": known, "references": led, "frequent": frequent}


def _first(found: list[tuple[int, str]], count: int) -> list[tuple[int, str]]:
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))[:count]


def neighbourhood(name: str, *, graph: str | Path | None = None, limit: int = 50) -> dict[str, Any]:
    """A node, found by id, name, alias or title, with the edges that leave it and those that lead to it (`limit` of each at most,
    `totals` says how many there are). Raises ConfigError where nothing, or more than one node, has the name."""
    with Ledger.open(Path(graph) if graph else graph_dir()) as ledger:
        node = find(ledger, name)
        incoming: list[dict[str, Any]] = []
        for star in derived.stars_to(ledger.db, node.node.id):
            incoming += [_edge(star, edge.type, edge.properties) for edge in star.edges if edge.target == node.node.id]
        outgoing = []
        for edge in node.edges:
            target = derived.star(ledger.db, edge.target)
            outgoing.append({"type": edge.type, "to": edge.target, "name": title_of(target) if target else edge.target, **edge.properties})
    return {
        "id": node.node.id, "labels": list(node.node.labels), "properties": node.node.properties,
        "out": outgoing[:limit], "in": incoming[:limit], "totals": {"out": len(outgoing), "in": len(incoming)},
    }  # fmt: skip


def _edge(star: Star, kind: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "from": star.node.id, "name": title_of(star), **properties}


def explain(paper: str, concept: str, *, graph: str | Path | None = None) -> dict[str, Any]:
    """Why a paper is joined to a concept: role, sentence, mentions, the component that saw them, and the link decisions by which
    their names mean this concept. Of several papers or concepts that go by the name, the pair that is joined is meant. Raises ConfigError
    where there is no such paper, concept or edge, or more than one pair."""
    with Ledger.open(Path(graph) if graph else graph_dir()) as ledger:
        try:
            paper_id, concept_id = (star.node.id for star in joined(ledger, paper, concept))
        except ConfigError:
            _tell_unsure(ledger, paper, concept)
            raise
        read, extraction = _reading(ledger, paper_id)
        index, least = LinkIndex(derived.linking(ledger.db)), _line(ledger)
        found = {item.concept.id: item for item in occurrences(extraction, index, min_confidence=least)}
        if concept_id not in found:
            _tell_unsure(ledger, paper_id, concept_id)
            raise ConfigError(f"{paper_id} does not speak of {concept_id}: `kg show {paper_id}` lists what it speaks of")
        return _explanation(read, found[concept_id], extraction, index)


def _line(ledger: Ledger) -> float:
    """The confidence below which the graph leaves uses out."""
    return float(derived.meta(ledger.db, "min_confidence") or 0)


def _reading(ledger: Ledger, paper_id: str) -> tuple[Paper, Extraction]:
    """The paper's record and what was read off it. Raises ConfigError for a stub."""
    record = derived.paper(ledger.db, paper_id)
    if record is None:
        raise ConfigError(f"{paper_id} is a stub: it is cited, but no record of it was read, so nothing is known of its concepts")
    read, text_hash = record
    return read, facts.extraction(ledger.db, text_hash, derived.meta(ledger.db, "fingerprint") or "")


def _tell_unsure(ledger: Ledger, paper: str, concept: str) -> None:
    """Raises ConfigError where the paper speaks of the concept by a use that the graph's line left out, perhaps with the concept's node."""
    least, papers = _line(ledger), candidates(ledger, paper, labels=["Paper"])
    if not least or len(papers) > 1:
        return
    paper_id = papers[0].node.id
    for item in occurrences(_reading(ledger, paper_id)[1], LinkIndex(derived.linking(ledger.db))):
        if item.confidence < least and (concept == item.concept.id or fold(concept) == fold(item.concept.name)):
            why = f"it seems to, with a confidence of {item.confidence:.4f}, and the graph leaves out what is below {least:g}"
            raise ConfigError(f"{paper_id} does not speak of {item.concept.id} for sure: {why}; `kg build --min-confidence 0` takes it in")


def _explanation(paper: Paper, found: Occurrence, extraction: Extraction, index: LinkIndex) -> dict[str, Any]:
    start, end = found.sentence
    names = sorted({(mention.kind, mention.name) for mention in found.mentions})
    links = [link for kind, name in names if (link := index.link(kind, name))]
    return {
        "paper": paper.id, "title": paper.title, "places": [str(place) for place in paper.places],
        "concept": found.concept.id, "name": found.concept.name, "kind": found.concept.kind,
        "role": found.role, "confidence": round(found.confidence, 4), "by": found.by, "sentence": paper.text[start:end],
        "mentions": [
            {"start": mention.start, "end": mention.end, "text": paper.text[mention.start : mention.end], "name": mention.name,
             "confidence": round(mention.confidence, 4), "by": mention.by}
            for mention in found.mentions
        ],
        "links": [{"name": link.name, "kind": link.kind, "method": link.method, "score": link.score, "why": link.why} for link in links],
        "abbreviations": [list(pair) for pair in extraction.abbreviations if {fold(part) for part in pair} & {fold(name) for _, name in names}],
    }  # fmt: skip
