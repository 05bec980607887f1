"""Rows of tables to papers, by what their columns are called: of Scopus, Web of Science, PubMed, Zotero, Dimensions, Lens, OpenAlex, and our own.

Invariant: a table without a column for title or abstract is refused with the names that are known; a row is one paper or one reject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kg.errors import InputError
from kg.models import Author, Paper, Place, Reference, Reject
from kg.sources.arxiv_text import categories
from kg.sources.fields import author, cited, date_in, date_of, dated, ids_within, paper, person, reference
from kg.sources.identifiers import arxiv_id, doi, identifier
from kg.sources.markup import plain, shown
from kg.text import squeeze

NAMES: dict[str, tuple[str, ...]] = {  # for each field the headers that mean it, best first, lower case, signs as spaces
    "title": ("title", "article title", "document title", "paper title", "display name", "publication title text", "primary title", "ti", "name"),
    "abstract": ("abstract", "abstract note", "abstract text", "summary", "description", "ab"),
    "authors": ("author full names", "authors", "author", "author s", "author names", "authors names", "creators", "creator", "af", "au",
                "authorships author display name"),
    "year": ("year", "publication year", "pubyear", "year published", "pub year", "py", "publicationyear"),
    "date": ("date", "publication date", "date published", "publication date online", "published", "pubdate", "create date", "issue date", "da"),
    "venue": ("source title", "journal", "venue", "journal book", "container title", "publication title", "journal title", "conference",
              "conference name", "booktitle", "book title", "source", "proceedings title", "journal name", "so",
              "primary location source display name"),
    "doi": ("doi", "doi link", "digital object identifier", "di", "dois"),
    "arxiv": ("arxiv", "arxiv id", "arxivid", "arxiv identifier", "eprint"),
    "pmid": ("pmid", "pubmed id", "pubmedid", "pm"),
    "id": ("id", "paper id", "paperid", "lens id", "openalex id", "ut unique wos id", "eid", "corpus id", "acl id", "identifier", "ids", "ut"),
    "pmcid": ("pmcid", "pmc id", "pmc"),
    "url": ("url", "link", "source url", "external url", "landing page url", "urls", "links"),
    "keywords": ("author keywords", "keywords", "keyword", "tags", "manual tags", "fields of study", "topics", "mesh terms", "de",
                 "categories", "category", "keywords display name", "topics display name", "primary topic display name"),
    "index": ("index keywords", "keywords plus", "automatic tags", "mesh headings"),
    "references": ("references", "cited references", "reference list", "referenced works", "cr", "cited reference ids"),
    "citations": ("cited by", "cited by count", "times cited", "citation count", "citations", "citing works count", "times cited all databases",
                  "times cited wos core", "cited by patent count none", "z9", "tc", "cites"),
    "language": ("language", "language of original document", "la", "lang"),
    "licence": ("license", "licence", "rights", "open access license", "oa license", "primary location license", "best oa location license"),
    "organisations": ("affiliations", "affiliation", "organisations", "organizations", "research organizations standardized", "institutions"),
    "comment": ("comment", "comments", "note", "notes", "extra"),
}  # fmt: skip
MOST_COLUMNS = 2000

Columns = dict[str, tuple[int, ...]]  # for each field the places of its columns, best first
_MEANS = {header: (name, rank) for name, headers in NAMES.items() for rank, header in enumerate(headers)}
_SIGNS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"\s*\(\d{6,}\)|\s*\[[^\]]{0,200}\]$")
_INITIALS = re.compile(r"^(?:[A-Z]\.?[ -]?){1,4}$")
_SHORT = re.compile(r"^[^\s,.]+(?:[ -][^\s,.]+){0,2} (?:[A-Z]\.?-?){1,4}$")
_EMPTY = frozenset({"", "nan", "none", "null", "n/a", "na", "[no abstract available]", "no abstract available", "[no author name available]"})


def columns_of(header: Sequence[object]) -> Columns:
    """Which field each column holds; empty where there is neither a title nor an abstract column. Of equal headers the first counts."""
    found: dict[str, dict[int, int]] = {}
    for place, cell in enumerate(header[:MOST_COLUMNS]):
        means = _MEANS.get(_SIGNS.sub(" ", str(cell or "").lower()).strip())
        if means:
            found.setdefault(means[0], {}).setdefault(means[1], place)
    columns = {name: tuple(places[rank] for rank in sorted(places)) for name, places in found.items()}
    return columns if "title" in columns or "abstract" in columns else {}


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
    if not any(_cell(value) for value in row):
        return None
    values = {name: _first(row, places) for name, places in columns.items()}
    listed = {name: _list(row, columns.get(name, ())) for name in ("authors", "keywords", "index", "references", "organisations")}
    fields: dict[str, object] = {
        "authors": _authors(listed["authors"], values.get("authors", "")),
        "organisations": tuple(
            dict.fromkeys(listed["organisations"] if len(listed["organisations"]) > 1 else _split(values.get("organisations", ""), ";"))
        ),
        "venue": plain(values.get("venue", "")),
        "url": match[0] if (match := re.search(r"https?://[^\s;|]+", values.get("url", ""))) else None,
        "keywords": tuple(dict.fromkeys(word for name in ("keywords", "index") for word in _words(listed[name]))),
        "references": tuple(_references(listed["references"])),
        "citation_count": int(float(count)) if re.fullmatch(r"\d{1,9}(?:\.0*)?", count := values.get("citations", "").replace(",", "")) else None,
        "language": values.get("language"),
        "licence": values.get("licence"),
        "comment": squeeze(values.get("comment", "")),
        **_dated(values),
    }
    title, abstract = plain(values.get("title", "")), plain(values.get("abstract", ""))
    return paper(place, title=title, abstract=abstract, ids=_ids(values), fields=fields)


def _cell(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    return "" if text.lower() in _EMPTY else text


def _first(row: Sequence[object], places: Iterable[int]) -> str:
    for place in places:
        if place < len(row) and (text := _cell(_joined(row[place]))):
            return text
    return ""


def _joined(value: object) -> object:
    if isinstance(value, list | tuple):
        return "; ".join(text for item in value if (text := _named(item)))
    return _named(value) if isinstance(value, Mapping) else value


def _named(item: object) -> str:
    if isinstance(item, Mapping):
        name = next((item[key] for key in ("name", "full_name", "display_name", "id", "title") if item.get(key)), None)
        parts = [_cell(item.get(key)) for key in ("given", "first", "family", "last")] if name is None else []
        return _cell(name) or " ".join(part for part in parts if part)
    return _cell(item)


def _list(row: Sequence[object], places: Iterable[int]) -> list[str]:
    """The items of the first of these columns with any: of a list its items, of a string what stands between its separators."""
    for place in places:
        value = row[place] if place < len(row) else None
        if isinstance(value, list | tuple):
            items = [text for item in value if (text := _named(item))]
        else:
            text = _cell(_joined(value))
            sign = next((sign for sign in (";;", "||", ";", "|", "\n") if sign in text), ";")
            items = _split(text, sign)
        if items:
            return items
    return []


def _split(text: str, sign: str) -> list[str]:
    return [squeeze(part) for part in text.split(sign) if part.strip()]


def _authors(items: list[str], text: str) -> tuple[Author, ...]:
    """Names parted by `;`, `|` or ` and `; else by commas, unless the comma parts family and given name of a single author."""
    if len(items) == 1:
        items = re.split(r"\s+and\s+|\s*&\s*", items[0]) if re.search(r"\sand\s|\s&\s", items[0]) else items
        items = [name for item in items for name in _by_commas(item)]
    names = [_NUMBERED.sub("", name) for name in items]
    if names and all(_SHORT.match(name) for name in names):  # `Fern A.`, as Scopus and PubMed have them
        names = [", ".join(name.rsplit(" ", 1)) for name in names]
    return tuple(found for name in names if (found := author(person(name))))


def _by_commas(text: str) -> list[str]:
    parts = [part for part in re.split(r"\s*,\s*", text.strip(" ,")) if part]
    if len(parts) < 2 or (len(parts) == 2 and (" " not in parts[0] or _INITIALS.match(parts[1])) and not _SHORT.match(parts[0])):
        return [text.strip(" ,")]
    if len(parts) % 2 == 0 and all(_INITIALS.match(part) for part in parts[1::2]):  # `Smith, J., Lee, K.`
        return [f"{parts[at]}, {parts[at + 1]}" for at in range(0, len(parts), 2)]
    return parts


def _words(items: list[str]) -> list[str]:
    if len(items) == 1 and (found := categories(items[0].split())) and len(found) == len(items[0].split()) and "." in items[0]:
        return list(found)
    return [word for item in (items[0].split(",") if len(items) == 1 else items) if (word := shown(item).strip("*"))]


def _references(items: list[str]) -> Iterable[Reference]:
    for item in items:
        known = identifier(item) or (f"openalex:{match[1]}" if (match := re.search(r"openalex\.org/(W\d+)", item)) else None)
        if found := reference(ids=[known]) if known else cited(item):
            yield found


def _dated(values: Mapping[str, str]) -> dict[str, object]:
    date, year = date_in(values.get("date", "")), date_of(values.get("year", ""))
    return dated(date if not (date and year) or date[:4] == year else None, year)


def _ids(values: Mapping[str, str]) -> list[str | None]:
    found: list[str | None] = [name for part in re.split(r"[\s;|]+", values.get("doi", "")) if (name := part) and (doi(part) or arxiv_id(part))]
    if known := arxiv_id(values.get("arxiv", "")):
        found.append(f"arxiv:{known}")
    if (pubmed := values.get("pmid", "")).isascii() and pubmed.isdigit():
        found.append(f"pmid:{pubmed}")
    if match := re.search(r"PMC\d+", values.get("pmcid", "").upper()):
        found.append(f"pmc:{match[0]}")
    for text in [*re.split(r"[\s;|]+", values.get("id", "")), values.get("url", "")]:
        if match := re.search(r"openalex\.org/(?:works/)?(W\d+)", text):
            found.append(f"openalex:{match[1]}")
        elif identifier(text):
            found.append(text)
    return found + [name for name in ids_within(values.get("comment", "")) if name.startswith("arxiv:")]
