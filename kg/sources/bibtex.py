"""BibTeX and BibLaTeX.

Invariant: each entry is one paper or one reject with its line; an entry that breaks off is both, when its title stands before the break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.bibtex_entries import OPENS, Found, entries
from kg.sources.bibtex_extras import citation_count, organisations, references
from kg.sources.bibtex_ids import ids, url
from kg.sources.bibtex_names import authors
from kg.sources.bibtex_texts import bare, read_line, read_text
from kg.sources.fields import date_in, date_of, dated, paper
from kg.sources.lines import head_lines, numbered
from kg.text import squeeze

_TYPES = frozenset({
    "article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual", "mastersthesis", "misc", "phdthesis",
    "proceedings", "techreport", "unpublished", "online", "thesis", "report", "electronic", "dataset", "software", "patent", "string",
    "preamble", "comment", "collection", "reference", "inreference", "mvbook", "bookinbook", "suppbook", "periodical", "artwork",
    "jurisdiction", "webpage", "preprint", "eprint", "other", "www", "xdata", "set"
})  # fmt: skip
_VENUES = ("journal", "journaltitle", "booktitle", "eventtitle", "school", "institution", "publisher", "howpublished")
_REPOSITORY = re.compile(r"corr\b|arxiv", re.I)
_EDITED = ("book", "proceedings", "collection")
_KEYWORDS = ("author_keywords", "keywords", "keyword", "keywords-plus")
_DIALECTS = {  # as babel and BibLaTeX call them
    "en": ("american", "british", "usenglish", "ukenglish", "canadian", "australian", "newzealand"),
    "de": ("ngerman", "austrian", "naustrian", "swissgerman", "nswissgerman"), "fr": ("francais", "acadian", "canadien"),
    "pt": ("brazil", "brazilian", "portuges"), "es": ("mexican", "spanishmx"),
}  # fmt: skip
_INHERITED = ("year", "date", "month", "publisher", "editor", "series", "volume", "booktitle")
_CROSSREF = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]\s*([^\s}\",]+)", re.I)
_LINKS = ("rossref", "xdata", "CROSSREF", "CrossRef")  # to pass over most lines fast
_BRACED = re.compile(r"^\{([^{}]*)\}$")
_KEYED = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*\{[^\s{}\"(),=]+,(?:\s*$|\s*[A-Za-z][\w-]*\s*=)")
_FILLED = re.compile(r"\w\s{0,20}=\s{0,20}[{\"\w]")
_SEPARATED = re.compile(r"\s*[;,](?![^{}]*\})\s*|\s+\\sep\s+")


def sniff(given: Input) -> float:
    """High where lines open entries of types that BibTeX or BibLaTeX has and a field follows."""
    lines = head_lines(given)
    opened = [match[1].lower() for line in lines if (match := OPENS.match(line))]
    known = sum(name in _TYPES for name in opened)
    if not opened or not _FILLED.search(given.head):
        return 0.0
    if known and known >= 0.5 * len(opened):
        return 0.95
    return 0.6 if all(map(_KEYED.match, filter(OPENS.match, lines))) else 0.0  # types of someone's own


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each entry; a child takes what it lacks from the entry that its `crossref` names, wherever that stands."""
    parents = _parents(given)
    found = False
    for item in entries(given):
        found = True
        yield item if isinstance(item, Reject) else _paper(_with(item, parents), Place(file=given.name, line=item.line))
    if not found:
        yield Reject(file=given.name, line=1, reason="no entry was found: each begins with a line `@type{key,`")


def _parents(given: Input) -> dict[str, Found]:
    """The entries that others name in `crossref`, by lower-case key."""
    lines = (item[1] for item in numbered(given) if not isinstance(item, Reject))
    linked = (line for line in lines if any(map(line.__contains__, _LINKS)))
    wanted = {match[1].lower() for line in linked for match in _CROSSREF.finditer(line)}
    found = (item for item in entries(given) if not isinstance(item, Reject)) if wanted else ()
    return {item.key.lower(): item for item in found if item.key.lower() in wanted}


def _with(item: Found, parents: dict[str, Found]) -> Found:
    parent = parents.get(item.values.get("crossref", item.values.get("xdata", "")).lower())
    if parent is None or parent.key == item.key:
        return item
    inherited = {name: parent.values[name] for name in _INHERITED if name in parent.values}
    if "title" in parent.values:
        inherited.setdefault("booktitle", parent.values["title"])
    return Found(item.line, item.type, item.key, inherited | item.values)


def _paper(item: Found, place: Place) -> Paper | Reject:
    values = item.values
    title = ": ".join(part for name in ("title", "subtitle") if (part := _text(values, name).rstrip(":")))
    people = values.get("author") or (values.get("editor", "") if item.type in _EDITED else "")
    fields: dict[str, object] = {
        "authors": authors(people),
        "organisations": organisations(values),
        "venue": _venue(values),
        "url": url(values),
        "comment": _text(values, "note") or _text(values, "comment"),
        "keywords": tuple(dict.fromkeys(word for name in _KEYWORDS if name in values for word in _words(values[name]))),
        "language": _language(values),
        "licence": _text(values, "copyright") if "license" not in values else _text(values, "license"),
        "citation_count": citation_count(values),
        "references": tuple(references(values)),
        **_dates(values),
    }
    found = paper(place, title=title, abstract=read_text(values.get("abstract", "")), ids=ids(values, item.key), fields=fields)
    if isinstance(found, Reject):
        return found.model_copy(update={"reason": f"`{squeeze(item.key)[:60] or item.type}`: {found.reason}"})
    return found


def _venue(values: dict[str, str]) -> str | None:
    venues = [text for name in _VENUES if (text := _text(values, name)) and not text.startswith("http")]
    return next((text for text in venues if not _REPOSITORY.match(text)), venues[0] if venues else None)


def _dates(values: dict[str, str]) -> dict[str, object]:
    year, month = bare(values.get("year", "")), bare(values.get("month", ""))
    spelled = date_of(year, month, bare(values.get("day", "")) or re.sub(r"[A-Za-z]+", " ", month) if not month.isdigit() else "")
    issue = date_in(bare(values.get("issue_date", "")))
    given = date_in(bare(values.get("date", "")))
    return dated(given, spelled, issue if issue and not (given or (spelled and spelled[:4] != issue[:4])) else None)


def _language(values: dict[str, str]) -> str:
    name = bare(values.get("langid") or values.get("language") or "").strip().lower()
    return next((code for code, names in _DIALECTS.items() if name in names), name)


def _text(values: dict[str, str], name: str) -> str:
    return read_line(text) if (text := values.get(name)) else ""


def _words(text: str) -> list[str]:
    text = text[1:-1] if text.startswith("{") and text.endswith("}") and "{" not in text[1:] else text
    separated = text.split(";") if ";" in text else _SEPARATED.split(squeeze(text))
    return [word for part in separated if (word := read_line(_BRACED.sub(r"\1", part.strip())))]


SOURCE = Source("bibtex", "BibTeX", sniff, read)
