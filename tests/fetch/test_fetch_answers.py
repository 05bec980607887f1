"""Whatever a server sends, a service makes a page of it, or one clear error."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.fetch.run import service_of
from kg.fetch.service import Page, Position, Query

KEYS = ("meta", "results", "count", "next_cursor", "id", "ids", "doi", "data", "total", "next", "token", "paperId", "error", "message")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**25) | st.floats() | st.text(max_size=5) | st.sampled_from(["c100", "\ud800", "0" * 40]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner, max_size=6),
    max_leaves=20,
)
SHAPES = st.fixed_dictionaries(
    {"meta": st.fixed_dictionaries({"count": VALUES, "next_cursor": VALUES}), "results": st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES))},
    optional={"data": st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES)), "total": VALUES, "next": VALUES, "token": VALUES},
)
IDS = ("openalex:W1", "openalex:W2", "doi:10.1/a|b")
ASKED: list[tuple[str, Query, Position]] = [
    ("openalex", Query("x"), {"cursor": "*"}),
    ("openalex", Query(ids=IDS), {"at": 0}),
    ("openalex", Query(ids=IDS), {"at": 2}),
    ("semanticscholar", Query("x"), {"token": "", "pending": []}),
    ("semanticscholar", Query("x", references=True), {"token": "", "pending": []}),
    ("semanticscholar", Query("x", references=True), {"token": None, "pending": ["s2:1", "s2:2"]}),
    ("semanticscholar", Query("x", limit=9), {"offset": 0}),
    ("semanticscholar", Query(ids=("s2:1",)), {"at": 0}),
    ("arxiv", Query("x"), {"start": 0}),
    ("arxiv", Query(ids=("arxiv:2001.00001",)), {"start": 0}),
]


def _read(asked: tuple[str, Query, Position], body: bytes, status: int = 200) -> Page | None:
    name, query, position = asked
    with contextlib.suppress(KgError):
        return service_of(name).read(query, position, status, body)
    return None


@pytest.mark.parametrize("asked", ASKED)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(value=SHAPES | VALUES, status=st.sampled_from([200, 400, 404]))
@example(value=[None, {"paperId": 3}, {"paperId": "a"}], status=200)
def test_any_json_gives_a_page_of_whole_lines_or_an_error(asked: tuple[str, Query, Position], value: Any, status: int) -> None:
    page = _read(asked, json.dumps(value).encode(), status)
    if page is not None:
        json.dumps(page.next)
        assert all(isinstance(json.loads(record), dict) and record.endswith(b"\n") and record.count(b"\n") == 1 for record in page.records)


@pytest.mark.parametrize("asked", ASKED)
@settings(max_examples=15, deadline=None, derandomize=True)
@given(body=st.binary(max_size=200))
def test_any_bytes_give_no_records(asked: tuple[str, Query, Position], body: bytes) -> None:
    page = _read(asked, body)
    assert page is None or page.records == ()


@settings(max_examples=50, deadline=None, derandomize=True)
@given(total=st.text(alphabet="0123456789²-x ", max_size=30), entries=st.lists(st.text(alphabet="ab<>&;/:v1", max_size=20), max_size=3))
@example(total="9" * 5000, entries=["a"])
def test_any_feed_gives_whole_entries_or_an_error(total: str, entries: list[str]) -> None:
    from lxml import etree

    inside = "".join(f"<entry><id>{text}</id><title>{text}</title></entry>" for text in entries)
    spaces = 'xmlns="http://www.w3.org/2005/Atom" xmlns:o="http://a9.com/-/spec/opensearch/1.1/"'
    service = service_of("arxiv")
    page = _read(("arxiv", Query("x"), {"start": 0}), f"<feed {spaces}><o:totalResults>{total}</o:totalResults>{inside}</feed>".encode())
    if page is not None:
        written = etree.fromstring(service.header + b"".join(page.records) + service.footer)
        titles = [found.text or "" for found in written.iter("{http://www.w3.org/2005/Atom}title")]
        assert len(page.records) == len(entries) == len(titles)
