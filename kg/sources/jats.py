"""JATS (NLM) articles: one `article`, a set of them as PubMed Central gives it, or OAI-PMH records that hold them.

Invariant: title, abstract and references are the article's own, never those of an answer or a sub-article within it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kg.models import Author, Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import author, date_in, date_of, dated, paper
from kg.sources.jats_references import references, registered
from kg.sources.markup import unlatexed
from kg.sources.xml_stream import Element, below, children, elements, local, root_of
from kg.sources.xml_text import first_line, line_of, lines_by_name, text_of

_ARTICLE = re.compile(r"<(?:[\w.-]+:)?article[\s>]")
_SETS = ("pmc-articleset", "OAI-PMH", "ListRecords", "GetRecord", "record", "articles")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LINK = "{http://www.w3.org/1999/xlink}href"
_PRINTED = ("epub", "pub", "publication", "epub-ppub", "ppub", "collection", "preprint")  # publication dates, the first known of these is taken
_BESIDE = frozenset((  # kinds of what stands beside an abstract
    "graphical", "teaser", "toc", "summary", "executive-summary", "plain-language-summary", "web-summary", "editor-summary", "key-points",
    "highlights", "author-highlights", "precis", "video",
))  # fmt: skip
_OWN_DOI = re.compile(r"\s*DOI: https?://(?:dx\.)?doi\.org/\S+$")  # of the abstract itself
_LABELS = ("fn", "xref", "target", "named-content-note")


def sniff(given: Input) -> float:
    """High for an `article` with JATS' front matter, or a set that holds articles."""
    root, head = root_of(given.head), given.head
    marks = ("<front", "article-meta", "//NLM//DTD", "article-type=")
    if root == "article":
        return 0.95 if any(mark in head for mark in marks) else 0.0
    return 0.95 if root in _SETS and _ARTICLE.search(head) and any(mark in head for mark in marks) else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each article; what an error of PubMed Central says is a reject."""
    for found in elements(given, ("article", "Reply", "error", "header")):
        if isinstance(found, Reject):
            yield found
        elif local(found[1]) == "header":
            if found[1].get("status") == "deleted":
                name = first_line(found[1], "identifier") or "the record"
                yield Reject(file=given.name, line=found[0], reason=f"{name} was deleted by its repository: nothing to read")
        elif local(found[1]) == "article":
            yield _article(found[1], Place(file=given.name, line=found[0]))
        else:
            told = f"{found[1].get('id', '')} {found[1].get('error', '')} {line_of(found[1])}".strip()
            yield Reject(file=given.name, line=found[0], reason=f"the archive answered with an error ({told[:200]}): correct the request")


def _article(article: Element, place: Place) -> Paper | Reject:
    front = next(children(article, "front"), article)
    meta = next(children(front, "article-meta"), front)
    journal = next(children(front, "journal-meta"), front)
    fields: dict[str, object] = {
        "authors": tuple(found for element in _contributors(meta) if (found := _author(element))),
        "organisations": _organisations(meta),
        "venue": next((line_of(found) for found in journal.iter("{*}journal-title")), "") or first_line(journal, "journal-id"),
        "language": article.get(_LANGUAGE),
        "licence": _licence(meta),
        "keywords": tuple(dict.fromkeys(_keywords(meta))),
        "references": tuple(references(article)),
        **dated(_published(meta)),
    }
    ids = [registered(line_of(found), found.get("pub-id-type", "")) for found in children(meta, "article-id")]
    return paper(place, title=unlatexed(_title(meta)), abstract=unlatexed(_abstract(meta, article.get(_LANGUAGE, ""))), ids=ids, fields=fields)


def _title(meta: Element) -> str:
    for group in children(meta, "title-group"):
        parts = [line_of(found, skip=_LABELS) for name in ("article-title", "subtitle") for found in children(group, name)]
        title = ": ".join(part.rstrip(":") for part in parts if part)
        return title or next((line_of(found, skip=_LABELS) for found in below(group, "trans-title-group", "trans-title")), "")
    return ""


def _abstract(meta: Element, language: str) -> str:
    """The abstract proper: of several the one without a type (others are summaries for laymen, pictures, highlights) in the article's
    language, else a translation, else the longest of the others."""
    found = [(element, text) for element in children(meta, "abstract") if (text := _sections(element))]
    own = [(element, text) for element, text in found if element.get("abstract-type") is None]
    own = own or [(element, text) for element, text in found if element.get("abstract-type") not in _BESIDE]
    for element, text in own:
        if element.get(_LANGUAGE, language) == language:
            return text
    translated = [
        (element.get(_LANGUAGE), text)
        for element in children(meta, "trans-abstract")
        if element.get("abstract-type") not in _BESIDE and (text := _sections(element))
    ]
    texts = (*(text for spoken, text in translated if spoken == language), *(text for _, text in own), *(text for _, text in translated))
    return next(iter(texts), "") or max((text for _, text in found), key=len, default="")


def _keywords(meta: Element) -> Iterator[str]:
    for group in children(meta, "kwd-group"):
        if not (group.get("kwd-group-type") or "").startswith("abbrev"):
            yield from (word for found in children(group, "kwd") if (word := line_of(found)))
    for listed in children(meta, "unstructured-kwd-group"):
        yield from (word for part in re.split("[,;]", line_of(listed)) if (word := part.strip()))


def _sections(element: Element) -> str:
    parts: list[str] = []
    for child in element:
        if local(child) == "sec":
            title = next((line_of(found) for found in children(child, "title")), "").rstrip(".: ")
            body = _sections(child)
            parts.append(f"{title}: {body}" if title and body else body)
        elif local(child) not in ("title", "label", "object-id", "fig", "graphic", ""):
            parts.append(text_of(child, skip=("fig", "graphic", "table-wrap")))
    text = _OWN_DOI.sub("", "\n\n".join(part for part in parts if part))
    return text or ("" if len(element) else text_of(element))


def _contributors(meta: Element) -> Iterator[Element]:
    for element in below(meta, "contrib-group", "contrib"):
        kinds = (element.get("contrib-type"), element.getparent().get("content-type"))  # type: ignore[union-attr]
        if kinds[0] in (None, "author") and "editor" not in (kinds[1] or ""):
            yield element


def _author(element: Element) -> Author | None:
    orcid = next((line_of(found) for found in children(element, "contrib-id") if "orcid" in (found.get("contrib-id-type") or line_of(found))), None)
    for alternatives in children(element, "name-alternatives"):
        return author(_name(alternatives), orcid=orcid)
    return author(_name(element), orcid=orcid)


def _name(element: Element) -> str:
    for name in children(element, "name"):
        lines = lines_by_name(name)
        parts = [lines.get(part, "") for part in ("given-names", "surname", "suffix")]
        return " ".join(part for part in parts if part)
    for name in children(element, "string-name"):
        parts = [first_line(name, part) for part in ("given-names", "surname", "suffix")]
        return " ".join(part for part in parts if part) or line_of(name)
    return next((line_of(found, skip=("contrib-group", "xref")) for found in children(element, "collab", "collab-alternatives")), "")


def _organisations(meta: Element) -> tuple[str, ...]:
    """The affiliations of the authors; those of editors are left out."""
    authors = list(_contributors(meta))
    wanted = {found.get("rid") for element in authors for found in element.iter("{*}xref")}
    theirs = {element for person in authors for element in (person, person.getparent())}
    places = [found for found in meta.iter("{*}aff") if _belongs(found, wanted, theirs)]
    names = (line_of(found, skip=("label", "sup", "email", "institution-id")).strip(" ,;") for found in places)
    return tuple(dict.fromkeys(name for name in names if name))


def _belongs(place: Element, wanted: Collection[str | None], theirs: Collection[Element | None]) -> bool:
    above, name = place.getparent(), place.get("id")
    within = local(above) if above is not None else ""
    if within == "contrib" and above in theirs:
        return True
    if within == "contrib" or (within == "contrib-group" and above not in theirs):
        return name is not None and name in wanted
    return not name or name in wanted or not wanted


def _published(meta: Element) -> str | None:
    dates: dict[str, str] = {}
    for element in children(meta, "pub-date"):
        kind = element.get("pub-type") or element.get("date-type") or "pub"
        parts = [first_line(element, name) for name in ("year", "month", "day")]
        date = date_of(*parts) or date_in(element.get("iso-8601-date") or first_line(element, "string-date"))
        if date and len(date) > len(dates.get(kind, "")):
            dates[kind] = date
    return max((dates[kind] for kind in _PRINTED if kind in dates), key=len, default=next(iter(dates.values()), None))


def _licence(meta: Element) -> str:
    for element in below(meta, "permissions", "license"):
        link = element.get(_LINK) or next((found.get(_LINK) for found in element.iter("{*}ext-link") if found.get(_LINK)), None)
        return link or next((line_of(found) for found in element.iter("{*}license_ref")), "") or line_of(element)[:300]
    return ""


SOURCE = Source("jats", "JATS (PubMed Central) XML", sniff, read)
