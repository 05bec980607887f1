"""arXiv: one Atom feed of the entries as they came, one request in three seconds.

A search with a limit is sorted by relevance; one without is sorted by date of submission, oldest first, so that papers submitted
meanwhile move no page. Invariant: the file is well-formed, and an entry in it says what the API's entry said.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from kg.errors import ConfigError, KgError
from kg.fetch.service import Ask, Fault, Page, Position, Query, Service

PAGE = 200  # entries an answer; the API allows 2,000 and advises small slices
BATCH = 100  # ids a request: more make the address too long
MOST = 30_000  # results of one query that the API gives out

_ATOM = "{http://www.w3.org/2005/Atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
_FIELDED = re.compile(r'\b(?:ti|au|abs|co|jr|cat|rn|id|all|submittedDate|lastUpdatedDate):|\b(?:AND|OR|ANDNOT)\b|["()]')
_ID = re.compile(r"arxiv\.org/abs/(.+?)(?:v\d+)?$")


def _check(query: Query) -> None:
    if query.references:
        raise ConfigError("arXiv's API gives no references: fetch the same papers from semanticscholar or openalex")
    for name in query.ids:
        if not name.startswith("arxiv:"):
            raise ConfigError(f"arXiv cannot look up {name}: give arXiv ids such as 2404.08796")


def _start(query: Query) -> Position:
    return {"start": 0}


def _ask(query: Query, position: Position) -> Ask:
    start = position["start"]
    if query.ids:
        batch = [name.removeprefix("arxiv:") for name in query.ids[start : start + BATCH]]
        return Ask("/query", {"id_list": ",".join(batch), "start": "0", "max_results": str(len(batch))}, also=(400,))
    order = {} if query.limit else {"sortBy": "submittedDate", "sortOrder": "ascending"}
    size = query.page(PAGE)
    return Ask("/query", {"search_query": _search(query), "start": str(start), "max_results": str(size), **order}, also=(400,))


def _search(query: Query) -> str:
    """The query in arXiv's syntax: bare words must all be there; what has fields, operators or quotes is left as it is."""
    text = query.text if _FIELDED.search(query.text) else " AND ".join(f"all:{word}" for word in query.text.split())
    return f"({text}) AND submittedDate:[{query.since}01010000 TO 299912312359]" if query.since else text


def _read(query: Query, position: Position, status: int, body: bytes) -> Page:
    feed = _feed(body)
    entries = feed.findall(f"{_ATOM}entry")
    ids = [(entry.findtext(f"{_ATOM}id") or "").strip() for entry in entries]
    if status == 400 or any("/api/errors" in name for name in ids):
        summary = " ".join((entries[0].findtext(f"{_ATOM}summary") or "").split())[:200] if entries else "no reason given"
        raise KgError(f"arXiv refused the query ({summary}): correct it; the syntax is that of `all:graph AND cat:cs.LG`")
    records, start = tuple(_written(entry) for entry in entries), position["start"]
    if query.ids:
        asked = query.ids[start : start + BATCH]
        known = {match[1] for name in ids if (match := _ID.search(name))}
        missing = tuple(name for name in asked if not any(_same(name.removeprefix("arxiv:"), other) for other in known))
        following = {"start": start + BATCH} if start + BATCH < len(query.ids) else None
        return Page(records, following, len(query.ids), missing)
    text = (feed.findtext(_TOTAL) or "").strip()
    total = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
    wanted = min(total or 0, query.limit or total or 0)
    if wanted > MOST:
        raise KgError(f"{total} papers match and arXiv gives {MOST} of a query at most: narrow it, or set --limit or --since")
    if not entries and start < wanted:
        raise Fault(f"an empty page where papers {start + 1} to {wanted} were expected")
    at = start + len(entries)
    return Page(records, {"start": at} if entries and at < wanted else None, total)


def _same(asked: str, known: str) -> bool:
    """Old ids come back with their subject class (`math.AG/0601001` for `math/0601001`)."""
    return asked.lower() == re.sub(r"\.[A-Za-z-]+/", "/", known).lower()


def _feed(body: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        feed = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Fault(f"an answer that is no whole XML ({len(body)} bytes)") from None
    if feed.tag != f"{_ATOM}feed" or feed.getroottree().docinfo.doctype:
        raise Fault("an answer that is no Atom feed")
    return feed


def _written(entry: Any) -> bytes:
    from lxml import etree

    alone = deepcopy(entry)
    alone.tail = None
    etree.cleanup_namespaces(alone)
    written: bytes = etree.tostring(alone, encoding="UTF-8", xml_declaration=False)
    return written + b"\n"


SERVICE = Service(
    name="arxiv",
    title="arXiv",
    base="https://export.arxiv.org/api",
    base_variable="KG_ARXIV_URL",
    interval=3.0,
    check=_check,
    start=_start,
    ask=_ask,
    read=_read,
    header=b'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">\n',
    footer=b"</feed>\n",
)
