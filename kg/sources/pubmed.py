"""PubMed XML: sets of articles and book chapters, as the E-utilities, the website and the yearly baseline give them.

Invariant: the sections of a structured abstract stay in order, each one line under its label.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.models import Author, Paper, Place, Reference, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import author, cited, date_in, date_of, dated, paper
from kg.sources.identifiers import identifier
from kg.sources.markup import unlatexed
from kg.sources.medline import ELSEWHERE
from kg.sources.xml_stream import Element, below, children, elements, grouped, local, root_of
from kg.sources.xml_text import first_line, first_of, line_of, lines_by_name

_ROOTS = ("PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet", "PubmedArticle", "PubmedBookArticle", "eFetchResult")
_ARTICLES = ("PubmedArticle", "PubmedBookArticle")
_UNLABELLED = ("UNLABELLED", "UNASSIGNED")
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
        count = sum(True for _ in children(element, "PMID"))
        return f"{count} article{'s were' if count != 1 else ' was'} deleted by PubMed: nothing to read"
    return None if articles else "the set holds no articles: the query found nothing"


def _article(element: Element, place: Place) -> Paper | Reject:
    citation = next(children(element, "MedlineCitation", "BookDocument"), element)
    article = next(children(citation, "Article"), citation)
    book = next(children(article, "Book"), None)
    data = next(children(element, "PubmedData", "PubmedBookData"), None)
    people = _people(article) or (_people(book) if book is not None else [])
    places = [line_of(found) for person in people for found in below(person, "AffiliationInfo", "Affiliation")]
    title = first_line(article, "ArticleTitle", "VernacularTitle", "BookTitle") or (first_line(book, "BookTitle") if book is not None else "")
    fields: dict[str, object] = {
        "authors": tuple(found for person in people if (found := _author(person))),
        "organisations": tuple(dict.fromkeys(name for name in places if name)),
        "venue": _venue(article),
        "language": first_line(article, "Language"),
        "keywords": _keywords(citation),
        "references": tuple(_references(citation, data)),
        **_dates(article),
    }
    ids = _ids(citation, [element for element in (article, book) if element is not None], data)
    return paper(place, title=unlatexed(title), abstract=unlatexed(_abstract(article, citation)), ids=ids, fields=fields)


def _abstract(article: Element, citation: Element) -> str:
    """The abstract; where there is none an English one of those that others gave, else the first of these."""
    others = sorted(children(citation, "OtherAbstract"), key=lambda element: element.get("Language", "eng") != "eng")
    return next((text for element in (*children(article, "Abstract"), *others) if (text := _sections(element))), "")


def _sections(abstract: Element) -> str:
    parts = []
    for part in children(abstract, "AbstractText"):
        label, text = (part.get("Label") or "").strip().rstrip(":"), line_of(part)
        parts.append(f"{label}: {text}" if label and label not in _UNLABELLED and text else text)
    text = "\n\n".join(part for part in parts if part)
    return "" if ELSEWHERE.match(text) else text


def _people(above: Element) -> list[Element]:
    return [found for listed in children(above, "AuthorList") if listed.get("Type") != "editors" for found in children(listed, "Author")]


def _author(element: Element) -> Author | None:
    lines = lines_by_name(element, skip=("AffiliationInfo",))
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
    words = [word.strip() for found in below(citation, "KeywordList", "Keyword") for word in line_of(found).split(";")]
    words += [line_of(found) for found in below(citation, "MeshHeadingList", "MeshHeading", "DescriptorName")]
    return tuple(dict.fromkeys(word.rstrip(".") for word in words if word))


def _ids(citation: Element, articles: list[Element], data: Element | None) -> list[str]:
    found = [f"pmid:{first_line(citation, 'PMID')}"] if first_line(citation, "PMID") else []
    found += [_registered(element, "EIdType") for article in articles for element in children(article, "ELocationID")]
    lists = [element for above in (data, articles[0]) if above is not None for element in below(above, "ArticleIdList", "ArticleId")]
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


def _references(citation: Element, data: Element | None) -> Iterator[Reference]:
    """The lists of references; of a record that has none, what the older baselines say that it cites."""
    found = [reference for above in (data, citation) if above is not None for reference in _listed(above)]
    yield from found
    cites = below(citation, "CommentsCorrectionsList", "CommentsCorrections") if not found else ()
    for element in cites:
        if element.get("RefType") == "Cites" and (number := first_line(element, "PMID")).isdigit():
            bare = cited(first_line(element, "RefSource"))
            yield Reference(id=f"pmid:{number}", year=bare.year if bare else None, raw=bare.raw if bare else None)


def _listed(above: Element) -> Iterator[Reference]:
    for listed in children(above, "ReferenceList"):
        yield from _listed(listed)
        for element in children(listed, "Reference"):
            parts = grouped(element)
            lists = [found for above in parts.get("ArticleIdList", ()) for found in above if local(found) == "ArticleId"]
            ids = [name for found in lists if (name := _registered(found, "IdType"))]
            bare = cited(first_of(parts, "Citation"))
            if ids:
                best = min(ids, key=lambda name: (name.startswith("pmc:"), name))
                yield Reference(id=best, year=bare.year if bare else None, raw=bare.raw if bare else None)
            elif bare:
                yield bare


SOURCE = Source("pubmed", "PubMed XML", sniff, read)
