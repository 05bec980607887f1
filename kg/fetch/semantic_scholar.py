"""Semantic Scholar: ranked searches by offset, larger ones by token, ids by batches; each paper is one line of JSON as it came.

A ranked search ends at 1,000 papers, so that more, or all, come by the bulk search, which knows no references: with them it gives
the ids, and the papers follow in batches. Invariant: a paper's record has the same fields by whichever road it came.
"""

from __future__ import annotations

from typing import Any

from kg.errors import ConfigError, KgError
from kg.fetch.answers import complaint, lines, number, objects, parsed
from kg.fetch.service import Ask, Page, Position, Query, Service

RANKED = 1000  # papers that a ranked search gives at most, 100 an answer
BATCH = 500  # ids a request; with references 100, for an answer may have 10 MB
_FIELDS = (
    "paperId,corpusId,externalIds,url,title,abstract,venue,publicationVenue,year,publicationDate,citationCount,referenceCount,"
    "fieldsOfStudy,s2FieldsOfStudy,authors,journal,isOpenAccess,openAccessPdf"
)
_REFERENCES = ",references.paperId,references.corpusId,references.externalIds,references.title,references.year"
_PREFIXES = {"doi": "DOI:", "arxiv": "ARXIV:", "acl": "ACL:", "pmid": "PMID:"}


def _check(query: Query) -> None:
    for name in query.ids:
        if name.partition(":")[0] not in (*_PREFIXES, "s2"):
            raise ConfigError(f"Semantic Scholar cannot look up {name}: give a DOI, an arXiv id, s2:…, acl:… or pmid:…")


def _start(query: Query) -> Position:
    if query.ids:
        return {"at": 0}
    return {"offset": 0} if query.limit and query.limit <= RANKED else {"token": "", "pending": []}


def _ask(query: Query, position: Position) -> Ask:
    fields = _FIELDS + _REFERENCES * query.references
    if batch := _batch(query, position):
        return Ask("/paper/batch", {"fields": fields}, body={"ids": [_spelled(name) for name in batch]}, also=(400,))
    params = {"query": query.text} | ({"year": f"{query.since}-"} if query.since else {})
    if "offset" in position:
        size = min(query.page(100), RANKED - position["offset"])
        return Ask("/paper/search", {**params, "fields": fields, "offset": str(position["offset"]), "limit": str(size)})
    token = {"token": position["token"]} if position["token"] else {}
    return Ask("/paper/search/bulk", {**params, "fields": "paperId" if query.references else fields, **token})


def _batch(query: Query, position: Position) -> tuple[str, ...]:
    size = 100 if query.references else BATCH
    if "at" in position:
        return query.ids[position["at"] : position["at"] + size]
    return tuple(position.get("pending", ())[:size])


def _spelled(name: str) -> str:
    kind, _, value = name.partition(":")
    if kind in _PREFIXES:
        return _PREFIXES[kind] + value
    return f"CorpusId:{value}" if value.isdigit() and len(value) < 40 else value  # 40 digits can be a hash


def _read(query: Query, position: Position, status: int, body: bytes) -> Page:
    if batch := _batch(query, position):
        return _read_batch(query, position, batch, _listed(status, body, len(batch)))
    answer = parsed(body)
    papers, total = objects(answer, "data") if "data" in answer or answer.get("total") != 0 else [], number(answer.get("total"))
    if "offset" in position:
        following = number(answer.get("next"))
        more = papers and following is not None and position["offset"] < following < RANKED
        return Page(lines(papers), {"offset": following} if more else None, total)
    token = token if papers and isinstance(token := answer.get("token"), str) else None
    if not query.references:
        return Page(lines(papers), {"token": token, "pending": []} if token else None, total)
    ids = [f"s2:{paper['paperId']}" for paper in papers if isinstance(paper.get("paperId"), str)]
    return Page((), {"token": token, "pending": ids} if ids else None, total)


def _listed(status: int, body: bytes, asked: int) -> list[Any]:
    if status == 400:
        reason = complaint(body)
        if "no valid paper ids" in reason.lower():
            return [None] * asked
        raise KgError(f"Semantic Scholar refused the request ({reason or 'no reason given'}): check the ids")
    answer: list[Any] = parsed(body, list)
    return answer


def _read_batch(query: Query, position: Position, batch: tuple[str, ...], answer: list[Any]) -> Page:
    papers = [paper for paper in answer if isinstance(paper, dict) and paper.get("paperId")]
    missing = tuple(name for name, paper in zip(batch, answer, strict=False) if not paper)
    if "at" in position:
        at = position["at"] + len(batch)
        return Page(lines(papers), {"at": at} if at < len(query.ids) else None, len(query.ids), missing)
    rest = position["pending"][len(batch) :]
    more = rest or position["token"]
    return Page(lines(papers), {"token": position["token"], "pending": rest} if more else None, None, missing)


SERVICE = Service(
    name="semanticscholar",
    title="Semantic Scholar",
    base="https://api.semanticscholar.org/graph/v1",
    base_variable="KG_S2_URL",
    interval=1.0,
    check=_check,
    start=_start,
    ask=_ask,
    read=_read,
    key_variable="S2_API_KEY",
    key_header=("x-api-key", ""),
)
