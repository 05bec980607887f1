"""PubMed XML: sets of articles and book chapters, as the E-utilities, the website and the yearly baseline give them.

Invariant: the sections of a structured abstract stay in order, each one line under its label.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.models import Author, Paper, Place, Reference, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import author, cited, date_in, date_of, dated, paper
from kg.sources.identifiers import identifier
from kg.sources.xml_stream import Element, below, children, elements, local, root_of
from kg.sources.xml_text import first_line, line_of, lines_by_name

_ROOTS = ("PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet", "PubmedArticle", "PubmedBookArticle", "eFetchResult")
_ARTICLES = ("PubmedArticle", "PubmedBookArticle")
_GIVEN = ("ForeName", "FirstName", "Initials")
_OTHERS = ("DeleteCitation", "ERROR", "PubmedArticleSet", "PubmedBookArticleSet")


def sniff(given: Input) -> float:
    """Certain by the root element."""
    return 0.95 if root_of(given.head) in _ROOTS else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each article; MeSH headings and authors' keywords are keywords, PubMed and PMC numbers are ids."""
    bare = root_of(given.head) == "MedlineCitationSet"
    articles = 0
    for found in elements(given, ("MedlineCitation",) if bare else (*_ARTICLES, *_OTHERS)):
        if isinstance(found, Reject):
            yield found
            continue
        place, name = Place(file=given.name, line=found[0]), local(found[1])
        if name not in _OTHERS:
            articles += 1
            yield _article(found[1], place)
        elif reason := _told(name, found[1], articles):
            articles += 1
            yield Reject(file=given.name, line=found[0], reason=reason)


def _told(name: str, element: Element, articles: int) -> str | None:
    if name == "ERROR":
        return f"PubMed answered with an error: {line_of(element)[:200]}: correct the request"
    if name == "DeleteCitation":
        return f"{sum(True for _ in children(element, 'PMID'))} articles were deleted by PubMed: nothing to read"
    return None if articles else "the set holds no articles: the query found nothing"


def _article(element: Element, place: Place) -> Paper | Reject:
    citation = next(children(element, "MedlineCitation", "BookDocument"), element)
    article = next(children(citation, "Article"), citation)
    data = next(children(element, "PubmedData", "PubmedBookData"), None)
    authors = [_author(found) for found in below(article, "AuthorList", "Author") if found.getparent().get("Type") != "editors"]  # type: ignore[union-attr]
    places = [line_of(found) for found in below(article, "AuthorList", "Author", "AffiliationInfo", "Affiliation")]
    title = first_line(article, "ArticleTitle") or first_line(article, "VernacularTitle") or first_line(article, "BookTitle")
    fields: dict[str, object] = {
        "authors": tuple(found for found in authors if found),
        "organisations": tuple(dict.fromkeys(name for name in places if name)),
        "venue": _venue(article),
        "language": first_line(article, "Language"),
        "keywords": _keywords(citation),
        "references": tuple(_references(data)) if data is not None else (),
        **_dates(article),
    }
    return paper(place, title=title, abstract=_abstract(article, citation), ids=_ids(citation, article, data), fields=fields)


def _abstract(article: Element, citation: Element) -> str:
    for abstract in (*children(article, "Abstract"), *children(citation, "OtherAbstract")):
        parts = []
        for part in children(abstract, "AbstractText"):
            label, text = (part.get("Label") or "").strip(), line_of(part)
            parts.append(f"{label}: {text}" if label and label != "UNLABELLED" and text else text)
        if any(parts):
            return "\n\n".join(part for part in parts if part)
    return ""


def _author(element: Element) -> Author | None:
    lines = lines_by_name(element)
    parts = [next((lines[name] for name in _GIVEN if name in lines), ""), lines.get("LastName", ""), lines.get("Suffix", "")]
    known = children(element, "Identifier") if "Identifier" in lines else ()
    orcid = next((line_of(found) for found in known if found.get("Source") == "ORCID"), None)
    return author(" ".join(parts) if any(parts) else lines.get("CollectiveName", ""), orcid=orcid)


def _venue(article: Element) -> str:
    for journal in children(article, "Journal"):
        return first_line(journal, "Title", "ISOAbbreviation")
    return next((first_line(book, "BookTitle") for book in children(article, "Book")), "")


def _dates(article: Element) -> dict[str, object]:
    paths = (("Journal", "JournalIssue", "PubDate"), ("ArticleDate",), ("Book", "PubDate"))
    found = [element for path in paths for element in below(article, *path)]
    return dated(*(_date(element) for element in found))


def _date(element: Element) -> str | None:
    lines = lines_by_name(element)
    year, month, day = (lines.get(name, "") for name in ("Year", "Month", "Day"))
    return date_of(year, month, day) if year else date_in(lines.get("MedlineDate", ""))


def _keywords(citation: Element) -> tuple[str, ...]:
    words = [line_of(found) for found in below(citation, "KeywordList", "Keyword")]
    words += [line_of(found) for found in below(citation, "MeshHeadingList", "MeshHeading", "DescriptorName")]
    return tuple(dict.fromkeys(word.rstrip(".") for word in words if word))


def _ids(citation: Element, article: Element, data: Element | None) -> list[str]:
    found = [f"pmid:{first_line(citation, 'PMID')}"] if first_line(citation, "PMID") else []
    found += [_registered(element, "EIdType") for element in children(article, "ELocationID")]
    lists = [element for above in (data, article) if above is not None for element in below(above, "ArticleIdList", "ArticleId")]
    return [name for name in found + [_registered(element, "IdType") for element in lists] if name]


def _registered(element: Element, key: str) -> str:
    """`doi:…`, `pmid:…` or `pmc:…` of an element with an id of the kind that its attribute `key` says; empty for other kinds."""
    value, kind = line_of(element), element.get(key, "").lower()
    if not value:
        return ""
    if kind == "doi":
        return found if (found := identifier(value)) else ""
    if kind in ("pmc", "pmcid"):
        number = value.upper().removeprefix("PMC").partition(".")[0]
        return f"pmc:PMC{number}" if number.isdigit() else ""
    return f"pmid:{value}" if kind in ("pubmed", "pmid") and value.isdigit() else ""


def _references(data: Element) -> Iterator[Reference]:
    for listed in children(data, "ReferenceList"):
        yield from _references(listed)
        for element in children(listed, "Reference"):
            ids = [name for found in below(element, "ArticleIdList", "ArticleId") if (name := _registered(found, "IdType"))]
            bare = cited(first_line(element, "Citation"))
            if ids:
                best = min(ids, key=lambda name: (name.startswith("pmc:"), name))
                yield Reference(id=best, year=bare.year if bare else None, raw=bare.raw if bare else None)
            elif bare:
                yield bare


SOURCE = Source("pubmed", "PubMed XML", sniff, read)
