"""Answers of the arXiv API: Atom feeds, one entry a paper.

Invariant: an entry that reports an error, and a feed without entries, are each one reject that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.models import Author, Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.arxiv_text import arxiv_abstract, arxiv_title, categories
from kg.sources.fields import author, date_in, dated, paper
from kg.sources.identifiers import identifier
from kg.sources.xml_stream import Element, children, elements, local, root_of
from kg.sources.xml_text import first_line, line_of

_ARXIV = re.compile(r"arxiv\.org/|schemas/atom|<id>[^<]*arxiv", re.I)


def sniff(given: Input) -> float:
    """High for a feed that names arXiv, low for any other Atom feed."""
    if root_of(given.head) not in ("feed", "entry") or "http://www.w3.org/2005/Atom" not in given.head:
        return 0.0
    return 0.95 if _ARXIV.search(given.head) else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each entry; the version of an id is left out, categories are keywords."""
    entries = 0
    for found in elements(given, ("entry", "feed")):
        if isinstance(found, Reject):
            yield found
        elif local(found[1]) == "entry":
            entries += 1
            yield _entry(found[1], Place(file=given.name, line=found[0]))
        elif not entries:
            reason = "the feed has no entries: the query found nothing, or this page lies behind the last one"
            yield Reject(file=given.name, line=found[0], reason=reason)
        else:
            entries = 0


def _entry(entry: Element, place: Place) -> Paper | Reject:
    given_id, title, summary = first_line(entry, "id"), _raw(entry, "title"), _raw(entry, "summary")
    if "/api/errors" in given_id or (title.strip() == "Error" and "arxiv.org/abs/" not in given_id):
        return Reject(
            file=place.file, line=place.line, reason=f"the API answered with an error: {' '.join(summary.split())[:200]}: correct the query"
        )
    authors = tuple(found for element in children(entry, "author") if (found := _author(element)))
    affiliations = dict.fromkeys(line_of(found) for element in children(entry, "author") for found in children(element, "affiliation"))
    terms = [element.get("term", "") for element in children(entry, "primary_category", "category")]
    fields: dict[str, object] = {
        "authors": authors,
        "organisations": tuple(name for name in affiliations if name),
        "venue": first_line(entry, "journal_ref"),
        "comment": first_line(entry, "comment"),
        "licence": first_line(entry, "license", "rights"),
        "keywords": categories(terms),
        "url": given_id if given_id.startswith("http") else None,
        **dated(date_in(first_line(entry, "published")) or date_in(first_line(entry, "updated"))),
    }
    ids = [identifier(name) for name in [given_id, *first_line(entry, "doi").split()]]
    return paper(place, title=arxiv_title(title), abstract=arxiv_abstract(summary), ids=ids, fields=fields)


def _raw(entry: Element, name: str) -> str:
    return next(("".join(element.itertext()) for element in children(entry, name)), "")


def _author(element: Element) -> Author | None:
    return author(first_line(element, "name"))


SOURCE = Source("arxiv-atom", "arXiv API answers (Atom)", sniff, read)
