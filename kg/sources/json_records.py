"""JSON objects of papers as people keep them, in whatever frame: read like the rows of a table, by what their keys are called.

Invariant: only objects that have a title (or an abstract under that name) and more of what papers have are claimed, and only where no
reader that knows the format better claims them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources import arxiv_snapshot, crossref, csl_json, jsonl, openalex, openreview, s2orc, s2orc_texts, semantic_scholar, unarxive
from kg.sources.columns import Columns, columns_of, row_paper
from kg.sources.inputs import HEAD
from kg.sources.json_stream import elements, glimpse, json_kind, unfold
from kg.sources.json_values import head_values

_LOOSE = frozenset({"name", "description"})  # keys that anything has
_SURE = frozenset({"abstract", "doi", "authors", "year", "date", "venue", "arxiv", "pmid", "references"})
_DEEP = 3  # objects within each other that are looked into for a list of records
_MOST = 200  # records of a collection that are looked at by the sniff
_OTHERS = (
    arxiv_snapshot.sniff, crossref.sniff, csl_json.sniff, jsonl.sniff, openalex.sniff, openreview.sniff, s2orc.sniff, s2orc_texts.sniff,
    semantic_scholar.sniff, unarxive.sniff,
)  # fmt: skip


def sniff(given: Input) -> float:
    """Some where the records have titles and two other things that papers have, and no other reader of JSON knows them."""
    if given.head.lstrip()[:1] not in ("{", "["):
        return 0.0
    whole = head_values(given.head) or (glimpse(given.head).records if len(given.head) >= HEAD else [])
    found = [_likeness(record) for outer in whole for record in unfold(outer)]
    likely = sum(found) / len(found) if found else 0.0
    return 0.0 if not likely or any(other(given) for other in _OTHERS) else likely


def _likeness(record: Any) -> float:
    record = _unwrapped(record)
    found = _collection(record)
    if found is not None:
        return sum(_likeness_of(tuple(item)) for _, item in found[:_MOST]) / len(found[:_MOST])
    return _likeness_of(tuple(record))


@lru_cache(maxsize=1 << 8)
def _likeness_of(keys: tuple[str, ...]) -> float:
    columns = _columns(keys)
    literal = bool({"abstract", "summary"} & {key.lower() for key in keys})
    return 0.45 if columns and ("title" in columns or literal) and len(_SURE & columns.keys()) >= 2 - literal else 0.0


@lru_cache(maxsize=1 << 8)
def _columns(keys: tuple[str, ...]) -> Columns:
    return columns_of([None if key in _LOOSE else key for key in keys])


def _collection(record: dict[str, Any]) -> list[tuple[str, Any]] | None:
    """The records that an object holds by their ids, or as a list somewhere in it; None where it is a record itself."""
    if _columns(tuple(record)):
        return None
    inner = [value for value in record.values() if isinstance(value, dict)]
    if record and len(inner) == len(record) and all(_columns(tuple(value)) for value in inner[:_MOST]):
        return list(record.items())
    for depth in range(_DEEP):
        del depth
        listed = [list(map(_unwrapped, value)) for outer in [record, *inner] for value in outer.values() if isinstance(value, list) and value]
        if found := [item for value in listed if any(_likeness_of(tuple(item)) for item in value[:_MOST]) for item in value]:
            return [("", item) for item in found]
        inner = [value for outer in inner for value in outer.values() if isinstance(value, dict)]
    return None


def _unwrapped(item: Any) -> dict[str, Any]:
    """The record in an item of a list, which may be a row or a hit around it."""
    if not isinstance(item, dict):
        return {}
    inside = [value for value in item.values() if isinstance(value, dict) and _likeness_of(tuple(value))]
    return inside[0] if len(inside) == 1 and len(_columns(tuple(inside[0]))) > len(_columns(tuple(item))) else item


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each object; a reject for each without title and abstract."""
    empty = True
    for element in elements(given):
        if isinstance(element, Reject):
            empty = False
            yield element
            continue
        for value in unfold(element.value):
            listed = _each(value)
            for number, (key, record) in enumerate(listed, 1):  # of several that one value holds, the line is the number
                empty = False
                yield _made(key, record, Place(file=given.name, line=number if len(listed) > 1 else element.line))
    if empty:
        yield Reject(file=given.name, line=1, reason="no record in it: leave the file out")


def _each(value: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, dict):
        return [("", value)]
    value = _unwrapped(value)
    return _collection(value) or [("", value)]


def _made(key: str, record: Any, place: Place) -> Paper | Reject:
    if not isinstance(record, dict):
        reason = f"{json_kind(record)} where a record was expected: write each record as a JSON object"
        return Reject(file=place.file, line=place.line, reason=reason)
    named = {"id": key, **record} if key else record
    made = row_paper(list(named.values()), _columns(tuple(named)), place)
    return made or Reject(file=place.file, line=place.line, reason="an object without any value: leave it out")


SOURCE = Source("json-records", "JSON of papers under other keys (`Title`, `Authors`, `DOI` and the like)", sniff, read)
