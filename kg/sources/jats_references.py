"""Reference lists of JATS articles, in every form that the tag set had: `citation`, `nlm-citation`, `element-citation`, `mixed-citation`.

Invariant: each cited work is one reference; what is only a string stays a string.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.models import Reference
from kg.sources.fields import cited, ids_within, reference
from kg.sources.identifiers import identifier
from kg.sources.xml_stream import Element, children, local
from kg.sources.xml_text import first_line, line_of

_CITATIONS = ("mixed-citation", "element-citation", "citation", "nlm-citation")
_LINK = "{http://www.w3.org/1999/xlink}href"
_BOOKS = ("book", "thesis", "report", "data", "software", "web", "webpage", "other")


def references(article: Element) -> Iterator[Reference]:
    """What the article cites, in order; sub-articles' lists are left out."""
    for back in children(article, "back", "body", "floats-group"):
        for ref in back.iter("{*}ref"):
            for citation in _citations(ref):
                if found := _reference(citation):
                    yield found


def registered(value: str, kind: str) -> str | None:
    """`doi:…`, `arxiv:…`, `pmid:…` or `pmc:…` for an id of that kind; None for kinds of the publisher's own."""
    kind, value = kind.lower(), value.strip()
    if kind in ("pmid", "pubmed"):
        return f"pmid:{value}" if value.isdigit() else None
    if kind in ("pmc", "pmcid", "pmc-aid"):
        number = value.upper().removeprefix("PMC").partition(".")[0]
        return f"pmc:PMC{number}" if number.isdigit() and kind != "pmc-aid" else None
    return identifier(value) if kind in ("doi", "arxiv", "uri", "") else None


def _citations(ref: Element) -> Iterator[Element]:
    for alternatives in children(ref, "citation-alternatives"):
        both = list(children(alternatives, "element-citation", "mixed-citation"))
        yield from both[:1]
    yield from children(ref, *_CITATIONS)


def _reference(citation: Element) -> Reference | None:
    ids = [registered(line_of(found), found.get("pub-id-type", "")) for found in citation.iter("{*}pub-id", "{*}object-id")]
    links = [found.get(_LINK) or line_of(found) for found in citation.iter("{*}ext-link", "{*}uri")]
    ids += [registered(link, "") for link in links if "arxiv" in link.lower() or "doi" in link.lower()]
    raw = line_of(citation, skip=("pub-id", "label"))
    known = [name for name in ids if name] or ids_within(raw)
    known.sort(
        key=lambda name: ("arxiv", "doi", "pmid", "pmc").index(name.partition(":")[0]) if name.partition(":")[0] in ("arxiv", "doi", "pmid") else 9
    )
    title = first_line(citation, "article-title", "chapter-title", "data-title", "part-title")
    kind = citation.get("publication-type") or citation.get("citation-type") or ""
    if not title and (kind in _BOOKS or not any(local(child) == "volume" for child in citation)):
        title = first_line(citation, "source") if kind in _BOOKS else ""
    bare = cited(raw)
    year = first_line(citation, "year") or (str(bare.year) if bare and bare.year else "")
    return reference(ids=known, title=title, year=year, raw=raw)
