"""OpenAlex: searches paged by cursor, ids in batches of one filter; each work is one line of JSON as it came.

Invariant: an id that would break the filter's syntax is asked for alone, by its own address.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from kg.errors import ConfigError
from kg.fetch.answers import lines, number, objects, parsed
from kg.fetch.service import Ask, Fault, Page, Position, Query, Service

PAGE = 100  # works an answer
BATCH = 50  # ids a request: keeps the address short
_FILTERS = {"openalex": "openalex", "doi": "doi", "arxiv": "doi", "pmid": "pmid"}
_SYNTAX = set(",|!+<>")  # these mean something in a filter


def _check(query: Query) -> None:
    for name in query.ids:
        if name.partition(":")[0] not in _FILTERS:
            raise ConfigError(f"OpenAlex cannot look up {name}: give W…, a DOI, an arXiv id or pmid:…")


def _start(query: Query) -> Position:
    return {"at": 0} if query.ids else {"cursor": "*"}


def _ask(query: Query, position: Position) -> Ask:
    if "at" in position:
        return _ask_ids(_batch(query, position["at"]))
    params = {"search": query.text, "per_page": str(query.page(PAGE)), "cursor": position["cursor"]}
    if query.since:
        params["filter"] = f"from_publication_date:{query.since}-01-01"
    return Ask("/works", params)


def _ask_ids(batch: list[str]) -> Ask:
    if len(batch) == 1:
        kind, value = _spelled(batch[0])
        return Ask(f"/works/{quote(value if kind == 'openalex' else f'{kind}:{value}', safe=':/')}", {}, also=(404,))
    values = "|".join(_spelled(name)[1] for name in batch)
    return Ask("/works", {"filter": f"{_spelled(batch[0])[0]}:{values}", "per_page": str(PAGE)})


def _spelled(name: str) -> tuple[str, str]:
    kind, _, value = name.partition(":")
    return _FILTERS[kind], f"10.48550/arxiv.{value}" if kind == "arxiv" else value


def _batch(query: Query, at: int) -> list[str]:
    """The ids from `at` on that one request can ask for: of one kind and free of the filter's own signs, or a single one."""
    kind, first = _spelled(query.ids[at])
    if _SYNTAX & set(first):
        return [query.ids[at]]
    batch: list[str] = []
    for name in query.ids[at : at + BATCH]:
        other, value = _spelled(name)
        if other != kind or _SYNTAX & set(value):
            break
        batch.append(name)
    return batch


def _read(query: Query, position: Position, status: int, body: bytes) -> Page:
    if "at" in position:
        return _read_ids(query, position["at"], status, body)
    answer = parsed(body)
    works, meta = objects(answer, "results"), answer.get("meta")
    if not isinstance(meta, dict):
        raise Fault("an answer without `meta`")
    cursor = meta.get("next_cursor")
    following = {"cursor": cursor} if works and isinstance(cursor, str) and cursor else None
    return Page(lines(works), following, number(meta.get("count")))


def _read_ids(query: Query, at: int, status: int, body: bytes) -> Page:
    batch = _batch(query, at)
    following = {"at": at + len(batch)} if at + len(batch) < len(query.ids) else None
    if len(batch) == 1:
        work = {} if status == 404 else parsed(body)
        if status != 404 and not isinstance(work.get("id"), str):
            raise Fault("an answer that is no work")
        return Page(lines([work] if work else []), following, len(query.ids), () if work else tuple(batch))
    works = objects(parsed(body), "results")
    known = {name for work in works for name in _names(work)}
    missing = tuple(name for name in batch if _spelled(name)[1].lower() not in known)
    return Page(lines(works), following, len(query.ids), missing)


def _names(work: dict[str, Any]) -> list[str]:
    given: list[Any] = [work.get("id"), work.get("doi")]
    if isinstance(listed := work.get("ids"), dict):
        given += listed.values()
    texts = [text.lower() for text in given if isinstance(text, str)]
    return [text.removeprefix("https://doi.org/") if "doi.org/" in text else text.rstrip("/").rsplit("/", 1)[-1] for text in texts]


SERVICE = Service(
    name="openalex",
    title="OpenAlex",
    base="https://api.openalex.org",
    base_variable="KG_OPENALEX_URL",
    interval=0.1,
    check=_check,
    start=_start,
    ask=_ask,
    read=_read,
    key_variable="OPENALEX_API_KEY",
    key_header=("Authorization", "Bearer "),
)
