"""Identifiers in BibTeX: in fields of their own, in addresses, in keys, and in what stands for a journal.

Invariant: an id is taken only from where exporters put it, never from running text; the graph's `identifier` decides what is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.sources.bibtex_texts import bare
from kg.sources.fields import ids_within
from kg.sources.identifiers import arxiv_id, doi

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_PLACES = (  # addresses that name a work in their registry
    ("acl", re.compile(r"(?:aclanthology\.org|aclweb\.org/anthology)/(?:papers/\w/\w\d\d/)?([A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)")),
    ("openreview", re.compile(r"openreview\.net/(?:forum|pdf)\?id=([\w-]{6,})")),
    ("s2", re.compile(r"semanticscholar\.org/(?:CorpusID:(\d+)|paper/(?:[^/]+/)?([0-9a-f]{40}))", re.I)),
    ("dblp", re.compile(r"dblp\.(?:org|uni-trier\.de)/(?:db/)?rec/(?:bibtex/|bib/)?([a-z]+/[^?#\s]+?)(?:\.bib|\.html)?$")),
)
_KEY = re.compile(r"DBLP:((?:conf|journals|books|phd|series|reference|homepages|tr)/\S+)$")
_PREPRINTS = re.compile(r"(?:corr|arxiv)\b", re.I)
_WITHIN = ("journal", "journaltitle", "howpublished", "note", "publisher", "number", "booktitle")
_PMC = re.compile(r"(?:PMC)?(\d{4,9})(?:\.\d+)?$", re.I)


def url(values: dict[str, str]) -> str | None:
    """The address of the entry."""
    match = _ADDRESS.search(bare(values.get("url") or values.get("link") or values.get("howpublished", "")))
    return match[0] if match else None


def ids(values: dict[str, str], key: str) -> list[str | None]:
    """Every identifier of the entry with that key, in any spelling."""
    given = bare(values.get("doi", ""))
    return [given if doi(given) or arxiv_id(given) else None, *_preprint(values), *_medical(values), *_addressed(values), *_indexed(values, key)]


def _preprint(values: dict[str, str]) -> Iterator[str]:
    kind = (values.get("archiveprefix") or values.get("eprinttype") or "").lower()
    eprint = bare(values.get("eprint", ""))
    given = [eprint if kind in ("arxiv", "") else "", bare(values.get("arxivid", "") or values.get("arxiv", ""))]
    if _PREPRINTS.match(values.get("journal", "")):
        given.append(values.get("volume", "").removeprefix("abs/"))
    yield from (f"arxiv:{found}" for text in given if text and (found := arxiv_id(text)))
    if kind in ("pubmed", "pmid") and eprint.isdigit():
        yield f"pmid:{eprint}"
    for name in _WITHIN:
        if text := values.get(name):
            yield from (found for found in ids_within(bare(text)) if found.startswith("arxiv:"))


def _medical(values: dict[str, str]) -> Iterator[str]:
    if (number := bare(values.get("pmid", "")).strip()).isdigit():
        yield f"pmid:{number}"
    if match := _PMC.match(bare(values.get("pmcid", "") or values.get("pmc", "")).strip()):
        yield f"pmc:PMC{match[1]}"


def _addressed(values: dict[str, str]) -> Iterator[str]:
    for name in ("url", "biburl"):
        address = bare(values.get(name, ""))
        if name == "url" and (arxiv_id(address) or doi(address)):
            yield address
        for prefix, form in _PLACES if "/" in address else ():
            if match := form.search(address):
                yield f"{prefix}:{next(filter(None, match.groups()))}"


def _indexed(values: dict[str, str], key: str) -> Iterator[str]:
    if match := _KEY.match(key):
        yield f"dblp:{match[1]}"
    name = bare(values.get("unique-id", "")).strip()
    if name.upper().startswith(("WOS:", "ISI:")):
        yield f"wos:{name[4:]}"
