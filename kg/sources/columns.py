"""Rows of tables to papers, by what their columns are called: of Scopus, Web of Science, PubMed, Zotero, Dimensions, Lens, OpenAlex, and our own.

Invariant: a table without a column for title or abstract is refused with the names that are known; a row is one paper or one reject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kg.errors import InputError
from kg.models import Paper, Place, Reference, Reject
from kg.sources.arxiv_snapshot import day_of
from kg.sources.cells import first, items, keywords, people, registered, split, text_of, written_out
from kg.sources.fields import cited, date_in, date_of, dated, ids_within, paper, reference
from kg.sources.identifiers import arxiv_id, doi, identifier
from kg.sources.markup import plain
from kg.sources.openalex import DELETED, uninverted
from kg.text import squeeze

NAMES: dict[str, tuple[str, ...]] = {  # for each field the headers that mean it, best first, lower case, signs as spaces
    "title": ("title", "article title", "document title", "paper title", "display name", "publication title text", "primary title", "item title",
              "ti", "titles", "name", "paper"),
    "abstract": ("abstract", "abstract note", "abstract text", "summary", "abstracts", "summaries", "description", "ab"),
    "authors": ("author full names", "authors", "author", "author s", "author names", "authors names", "creators", "creator", "af", "au",
                "authorships author display name", "author string", "author list", "authorships"),
    "year": ("year", "publication year", "pubyear", "year published", "pub year", "py", "publicationyear", "published year"),
    "date": ("date", "publication date", "date published", "publication date online", "published", "pubdate", "create date", "issue date", "pd",
             "published date", "published at", "publish time", "publish date", "release date", "update date"),
    "venue": ("source title", "journal", "venue", "journal book", "container title", "publication title", "journal title", "conference",
              "conference name", "booktitle", "book title", "source", "proceedings title", "journal name", "so",
              "primary location source display name", "publication", "is part of", "ispartof", "journal ref", "venue journal", "journal venue",
              "journal conference", "conference journal", "container", "pub",
              "primary location"),
    "doi": ("doi", "doi link", "digital object identifier", "di", "dois", "item doi", "article doi", "paper doi"),
    "arxiv": ("arxiv", "arxiv id", "arxivid", "arxiv identifier", "eprint", "arxiv number"),
    "pmid": ("pmid", "pubmed id", "pubmedid", "pm", "ids pmid"),
    "id": ("id", "paper id", "paperid", "lens id", "openalex id", "ut unique wos id", "eid", "corpus id", "acl id", "identifier", "ids", "ut",
           "external ids", "identifiers", "entry id"),
    "pmcid": ("pmcid", "pmc id", "pmc"),
    "url": ("url", "link", "source url", "external url", "landing page url", "urls", "links", "article url", "paper url", "pdf url",
            "pdf link", "paper link", "arxiv url", "arxiv link", "full text url"),
    "keywords": ("author keywords", "keywords", "keyword", "tags", "manual tags", "fields of study", "topics", "mesh terms", "de",
                 "categories", "category", "keywords display name", "topics display name", "primary topic display name", "terms"),
    "index": ("index keywords", "keywords plus", "automatic tags", "mesh headings", "ieee terms"),
    "references": ("references", "cited references", "reference list", "referenced works", "cr", "cited reference ids"),
    "citations": ("cited by", "cited by count", "times cited", "citation count", "citations", "citing works count", "times cited all databases",
                  "times cited wos core", "cited by patent count none", "z9", "tc", "cites", "article citation count", "n citation", "num citations"),
    "language": ("language", "language of original document", "la", "lang"),
    "licence": ("license", "licence", "rights", "open access license", "oa license", "primary location license", "best oa location license"),
    "organisations": ("affiliations", "affiliation", "organisations", "organizations", "research organizations standardized", "institutions"),
    "comment": ("comment", "comments", "note", "notes", "extra"),
    "inverted": ("abstract inverted index", "indexed abstract"),
    "versions": ("versions",),
}  # fmt: skip
MOST_COLUMNS = 2000

Columns = dict[str, tuple[int, ...]]  # for each field the places of its columns, best first
_MEANS = {header: (name, rank) for name, headers in NAMES.items() for rank, header in enumerate(headers)}
_SIGNS = re.compile(r"[\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OWN = re.compile(r"(?=[^\d]*\d)[\w-]+")  # an id that only the source itself knows
_LABELLED = re.compile(r"\b(PMID|PMCID|DOI)\s*:\s*(\S+)", re.I)
_HASH = re.compile(r"[0-9a-f]{40}")  # Semantic Scholar's `paperId`
_INDEXES = frozenset({"scopus", "web of science", "pubmed", "med", "ppr", "crossref", "google scholar", "dimensions", "openalex"})


def columns_of(header: Sequence[object]) -> Columns:
    """Which field each column holds; empty where there is neither a title nor an abstract column. Of equal headers the first with a value counts."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, cell in enumerate(header[:MOST_COLUMNS]):
        means = _meaning(str(cell or ""))
        if means:
            found.setdefault(means[0], []).append((means[1], place))
    columns = {name: tuple(place for _, place in sorted(places)) for name, places in found.items()}
    return columns if {"title", "abstract", "inverted"} & columns.keys() else {}


def _meaning(header: str) -> tuple[str, int] | None:
    """The field that a header means, and its rank among such; `citationCount` is read as `citation count`."""
    return _MEANS.get(_SIGNS.sub(" ", header.lower()).strip()) or _MEANS.get(_SIGNS.sub(" ", _HUMP.sub(" ", header).lower()).strip())


def likeness(columns: Columns, width: int) -> float:
    """How sure it is that these columns are of papers: a title or abstract, and at least one other column that papers have."""
    if not columns:
        return 0.0
    sure = {"abstract", "doi", "authors", "year", "venue", "arxiv", "pmid", "keywords"} & columns.keys()
    return 0.0 if not sure or (width < 2) else min(0.9, 0.6 + 0.1 * len(sure))


def missing(file: str, line: int, header: Iterable[object]) -> InputError:
    """The error for a table whose first rows have no header that is known."""
    seen = ", ".join(f"`{squeeze(str(cell))[:30]}`" for cell in list(header)[:8] if cell not in (None, ""))
    known = ", ".join(headers[0] for headers in NAMES.values())
    reason = f"no column for title or abstract among {seen or 'the first rows'}: name the columns in a header row. Known: {known}"
    return InputError(reason, file=file, line=line)


def row_paper(row: Sequence[object], columns: Columns, place: Place) -> Paper | Reject | None:
    """The paper of a row; None for a row that is empty throughout."""
    if not any(text_of(value) for value in row):
        return None
    values = {name: first(row, places) for name, places in columns.items()}
    listed = {name: items(row, columns.get(name, ())) for name in ("authors", "keywords", "index", "references", "organisations")}
    fields: dict[str, object] = {
        "authors": people(listed["authors"]),
        "organisations": tuple(
            dict.fromkeys(listed["organisations"] if len(listed["organisations"]) > 1 else split(values.get("organisations", ""), ";"))
        ),
        "venue": _venue(row, columns.get("venue", ())),
        "url": match[0] if (match := re.search(r"https?://[^\s;|]+", values.get("url", ""))) else None,
        "keywords": tuple(dict.fromkeys(word for name in ("keywords", "index") for word in keywords(listed[name]))),
        "references": tuple(_references(listed["references"])),
        "citation_count": int(float(count)) if re.fullmatch(r"\d{1,9}(?:\.0*)?", count := values.get("citations", "").replace(",", "")) else None,
        "language": values.get("language"),
        "licence": values.get("licence"),
        "comment": squeeze(values.get("comment", "")),
        **_dated(values),
    }
    title, abstract = plain(values.get("title", "")), plain(values.get("abstract", ""))
    for at in () if abstract else columns.get("inverted", ()):
        abstract = plain(uninverted(written_out(row[at]) if at < len(row) else None))
    known = [*_ids(values), *(name for at in columns.get("id", ()) if at < len(row) for name in registered(written_out(row[at])))]
    return paper(place, title=title, abstract=abstract, ids=known, fields=fields)


def _venue(row: Sequence[object], places: Iterable[int]) -> str:
    """The first venue that is one: a column `Source` may name the index that the table comes from."""
    found = (plain(first(row, [place])) for place in places)
    return next((text for text in found if text and text.lower() not in _INDEXES), "")


def _references(listed: list[str]) -> Iterable[Reference]:
    for item in listed:
        known = identifier(item) or (f"openalex:{match[1]}" if (match := re.search(r"openalex\.org/(W\d+)", item)) else None)
        if known == DELETED or (not known and _OWN.fullmatch(item)):
            continue
        if found := reference(ids=[known]) if known else cited(item):
            yield found


def _dated(values: Mapping[str, str]) -> dict[str, object]:
    year = date_of(values.get("year", ""))
    if created := day_of(values.get("versions", "").split("; ")[0]):
        return dated(created)
    date = date_in(values.get("date", "")) or (date_in(f"{values['date']} {year}") if year and values.get("date") else None)  # `MAR 5`
    return dated(date if not (date and year) or date[:4] == year else None, year)


def _ids(values: Mapping[str, str]) -> list[str | None]:
    found: list[str | None] = [name for part in re.split(r"[\s;|]+", values.get("doi", "")) if (name := part) and (doi(part) or arxiv_id(part))]
    if known := arxiv_id(values.get("arxiv", "")):
        found.append(f"arxiv:{known}")
    if match := re.fullmatch(r"(?:https?://\S+/)?(\d{1,9})/?", values.get("pmid", "")):
        found.append(f"pmid:{match[1]}")
    if match := re.search(r"PMC\d+", values.get("pmcid", "").upper()):
        found.append(f"pmc:{match[0]}")
    for text in [*re.split(r"[\s;|]+", values.get("id", "")), values.get("url", "")]:
        if match := re.search(r"openalex\.org/(?:works/)?(W\d+)", text):
            found.append(f"openalex:{match[1]}")
        elif _HASH.fullmatch(text):
            found.append(f"s2:{text}")
        elif identifier(text):
            found.append(text)
    if comment := values.get("comment"):
        found += registered({key: text.rstrip(";,.") for key, text in _LABELLED.findall(comment)})
    within = [name for field in ("comment", "venue") for name in ids_within(values.get(field, ""))]
    return found + [name for name in within if name.startswith("arxiv:")]
