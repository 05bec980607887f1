"""Answers of the arXiv API: Atom feeds, one entry a paper; also the daily feeds of new papers.

Invariant: an entry that reports an error, and a feed without entries, are each one reject that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.arxiv_text import arxiv_abstract, arxiv_title, categories, listed
from kg.sources.fields import author, date_in, dated, paper
from kg.sources.identifiers import identifier
from kg.sources.markup import shown
from kg.sources.xml_stream import Element, children, elements, grouped, local, root_of
from kg.sources.xml_text import first_of, line_of

_ARXIV = re.compile(r"arxiv\.org/|schemas/atom|<id>[^<]*arxiv", re.I)
_ANNOUNCED = re.compile(r"^\s*arXiv:\S+\s+Announce Type:[^\n]*\n\s*Abstract:\s*")  # how the daily feeds begin


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
    parts = grouped(entry)
    given_id, title, summary = first_of(parts, "id"), _raw(parts, "title"), _raw(parts, "summary")
    if "/api/errors" in given_id or (title.strip() == "Error" and "arxiv.org/abs/" not in given_id):
        return Reject(
            file=place.file, line=place.line, reason=f"the API answered with an error: {' '.join(summary.split())[:200]}: correct the query"
        )
    people = [grouped(element) for element in parts.get("author", ())]
    names = [first_of(person, "name") for person in people]
    names = names or [name for line in parts.get("creator", ()) for name in listed(line_of(line))]
    summary = _ANNOUNCED.sub("", summary)
    affiliations = dict.fromkeys(line_of(found) for person in people for found in person.get("affiliation", ()))
    terms = [element.get("term", "") for element in children(entry, "primary_category", "category")]
    fields: dict[str, object] = {
        "authors": tuple(found for name in names if (found := author(name))),
        "organisations": tuple(name for name in affiliations if name),
        "venue": shown(first_of(parts, "journal_ref")),
        "comment": shown(first_of(parts, "comment")),
        "licence": first_of(parts, "license", "rights"),
        "keywords": categories(terms),
        "url": given_id if given_id.startswith("http") else None,
        **dated(date_in(first_of(parts, "published")) or date_in(first_of(parts, "updated"))),
    }
    links = [element.get("href", "") for element in parts.get("link", ()) if element.get("title") == "doi"]
    ids = [identifier(name) for name in [given_id.removeprefix("oai:arXiv.org:"), *first_of(parts, "doi").split(), *links]]
    return paper(place, title=arxiv_title(title), abstract=arxiv_abstract(summary), ids=ids, fields=fields)


def _raw(parts: dict[str, list[Element]], name: str) -> str:
    return next(("".join(element.itertext()) for element in parts.get(name, ())), "")


SOURCE = Source("arxiv-atom", "arXiv API answers (Atom)", sniff, read)
