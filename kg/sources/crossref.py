"""Crossref: answers of the REST API (a work, a list of works) and works as JSON Lines or arrays (the public data file).

Invariant: each work with a title or abstract is one paper, each entry of its `reference` one reference; what is no work is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.models import Author, Paper, Place, Reference, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import ids_within, prose
from kg.sources.json_fields import author, authors, count, line, member, named, objects, paper, parts, reference, references, string, strings, words
from kg.sources.json_stream import Element, glimpse, papers, share

_KEYS = {
    "indexed", "deposited", "is-referenced-by-count", "reference-count", "references-count", "container-title", "content-domain", "prefix",
    "member", "issn-type", "short-container-title", "relation", "update-policy",
}  # fmt: skip
_DATES = ("issued", "published", "published-print", "published-online", "posted")
_CONTAINERS = {
    "component", "journal", "journal-issue", "journal-volume",
    "book-series", "book-set", "proceedings-series", "report-series", "standard-series", "grant",
}  # fmt: skip
_PRINTED = ("author", "year", "article-title", "volume-title", "series-title", "journal-title", "volume", "first-page")
_NO_WORKS = ("funder", "member", "prefix", "journal", "type", "license", "agency", "work-agency", "validation-failure", "exception")


def sniff(given: Input) -> float:
    """High for Crossref's envelope, and where titles are lists beside keys that Crossref alone writes."""
    if given.head.lstrip()[:1] not in ("{", "["):
        return 0.0
    seen = glimpse(given.head)
    outer = [seen.around, *seen.records[:1]]
    if any("message-type" in record or ("message" in record and isinstance(record["message"], dict)) for record in outer):
        return 0.98
    return 0.98 if "total-results" in seen.around and seen.paged else share(given.head, _likeness)


def _likeness(record: dict[str, Any]) -> float:
    if "DOI" not in record:
        return 0.0
    listed = isinstance(record.get("title"), list) or isinstance(record.get("container-title"), list)
    return 0.97 if listed or len({"indexed", "deposited", "is-referenced-by-count", "member", "prefix"} & record.keys()) >= 3 else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each work; a reject for a work without title and abstract, and for answers about funders, members, journals and the like."""
    yield from papers(given, _work)


def _work(record: dict[str, Any], element: Element, place: Place) -> Iterator[Paper]:
    kind = string(record.get("message-type")) or (string(element.around.get("message-type")) if element.around else "")
    if isinstance(record.get("message"), dict):
        record = record["message"]
    if "DOI" not in record and (kind.startswith(_NO_WORKS) or not ({"title", "abstract", "author", "issued"} & record.keys())):
        raise ValueError(f"an answer about {kind or 'something'} that is no work: ask /works")
    if string(record.get("type")) in _CONTAINERS:
        raise ValueError(f"a {string(record['type'])}, no paper: leave it out")
    containers = strings(record.get("container-title")) or strings(record.get("short-container-title")) or strings(member(record, "event", "name"))
    yield paper(
        place,
        _names(record),
        title=_title(record),
        abstract=prose(string(record.get("abstract"))),
        authors=authors(_author(item) for item in objects(record.get("author"))),
        organisations=tuple(dict.fromkeys(name for item in objects(record.get("author")) for place in objects(item.get("affiliation"))
                                          if (name := line(place.get("name"))))),
        date=_published(record),
        venue=line(next(iter(containers), "")) or line(_institution(record)),
        url=string(record.get("URL")) or None,
        keywords=words(strings(record.get("subject"))),
        references=references(_reference(item) for item in objects(record.get("reference"))),
        citation_count=count(record.get("is-referenced-by-count")),
        language=string(record.get("language")) or None,
        licence=_licence(record),
    )  # fmt: skip


def _published(record: dict[str, Any]) -> str | None:
    """When it was published, as exactly as any of the dates with the same beginning tells; else when it was registered."""
    dates = [found for key in _DATES if (found := _date(record, key))]
    return max((found for found in dates if found.startswith(dates[0])), key=len) if dates else _date(record, "created")


def _date(record: dict[str, Any], key: str) -> str | None:
    listed = member(record, key, "date-parts")
    return parts(listed[0]) if isinstance(listed, list) and listed else None


def _institution(record: dict[str, Any]) -> str:
    """The server of a preprint, the school of a thesis: one, or a list of them."""
    listed = record.get("institution")
    return next((name for item in (listed if isinstance(listed, list) else [listed]) if (name := string(member(item, "name")))), "")


def _licence(record: dict[str, Any]) -> str | None:
    """An open licence where there is one, else the first that is not for text mining alone."""
    listed = [item for item in objects(record.get("license")) if string(item.get("URL"))]
    ranked = sorted(listed, key=lambda item: ("creativecommons" not in string(item["URL"]), string(item.get("content-version")) == "tdm"))
    return string(ranked[0]["URL"]) if ranked else None


def _title(record: dict[str, Any]) -> str:
    titles, subtitles = strings(record.get("title")) or strings(record.get("original-title")), strings(record.get("subtitle"))
    title = line(titles[0]) if titles else None
    below = line(subtitles[0]) if subtitles else None
    if not title or not below or below.lower() in title.lower():
        return title or ""
    return f"{title} {below}" if title[-1] in ":?!." else f"{title}: {below}"


def _names(record: dict[str, Any]) -> Iterator[str]:
    yield f"doi:{text}" if (text := string(record.get("DOI"))) else ""
    relations = record.get("relation")
    for key in ("is-preprint-of", "has-preprint", "is-version-of", "has-version", "is-same-as"):
        for item in objects(member(relations, key)):
            text = string(item.get("id"))
            if string(item.get("id-type")).lower() == "arxiv":
                yield f"arxiv:{text}"
            elif key in ("is-preprint-of", "has-preprint") and string(item.get("id-type")).lower() == "doi":
                yield f"doi:{text}"


def _author(item: dict[str, Any]) -> Author | None:
    return author(named(item, "given", "family", "suffix") or string(item.get("name")) or string(item.get("literal")), item.get("ORCID"))


def _reference(item: dict[str, Any]) -> Reference | None:
    """A cited work: by DOI, title (of a book where it is one), and the string or else its parts in the order of a bibliography."""
    told = string(item.get("unstructured"))
    printed = [(key, part) for key in _PRINTED if key in item and (part := string(item[key]))]
    if not told and "DOI" not in item and [key for key, _ in printed] == ["year"]:
        return None  # a year alone is no work that anything could be matched to
    raw = told or ". ".join([part for _, part in printed])
    title = string(item.get("article-title")) or string(item.get("volume-title")) or string(item.get("series-title"))
    return reference([f"doi:{text}" if (text := string(item.get("DOI"))) else "", *(ids_within(told) if told else ())],
                     title=title, published=item.get("year"), raw=raw)  # fmt: skip


SOURCE = Source("crossref", "Crossref works (answers of the REST API, JSON Lines)", sniff, read)
