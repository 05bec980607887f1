"""BibTeX and BibLaTeX.

Invariant: each entry is one paper or one reject with its line; an entry that breaks off is both, when its title stands before the break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.models import Author, Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.bibtex_entries import OPENS, Found, entries
from kg.sources.fields import author, date_in, date_of, dated, ids_within, paper
from kg.sources.identifiers import arxiv_id, doi
from kg.sources.lines import head_lines, numbered
from kg.sources.markup import plain, shown
from kg.text import squeeze

_TYPES = frozenset({
    "article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual", "mastersthesis", "misc", "phdthesis",
    "proceedings", "techreport", "unpublished", "online", "thesis", "report", "electronic", "dataset", "software", "patent", "string",
    "preamble", "comment", "collection", "reference", "inreference", "mvbook", "bookinbook", "suppbook", "periodical", "artwork",
    "jurisdiction", "webpage", "preprint", "eprint", "other", "www", "xdata", "set"
})  # fmt: skip
_ANTHOLOGY = re.compile(r"aclanthology\.org/([A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)|aclweb\.org/anthology/([A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)")
_VENUES = ("journal", "journaltitle", "booktitle", "eventtitle", "school", "institution", "publisher", "howpublished")
_INHERITED = ("year", "date", "month", "publisher", "editor", "series", "volume", "booktitle")
_CROSSREF = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]\s*([^\s}\",]+)", re.I)
_LINKS = ("rossref", "xdata", "CROSSREF", "CrossRef")  # to pass over most lines fast
_GROUPED = re.compile(r"[{}\\]")
_AND = re.compile(" and ", re.I)
_PART = re.compile(r"(?<![a-z])(family|given|prefix|suffix)\s*=\s*\"?([^,\"]*)\"?")  # BibLaTeX's names by parts
_HOMONYM = re.compile(r"(?<=\S)\s+0\d{3}$")  # by which DBLP tells namesakes apart
_SEPARATED = re.compile(r"\s*[;,]\s*|\s+\\sep\s+")


def sniff(given: Input) -> float:
    """High where lines open entries of types that BibTeX or BibLaTeX has and a field follows."""
    lines = head_lines(given)
    opened = [match[1].lower() for line in lines if (match := OPENS.match(line))]
    known = sum(name in _TYPES for name in opened)
    if not known or known < 0.5 * len(opened):
        return 0.0
    return 0.95 if re.search(r"[\w-]+\s*=\s*[{\"\w]", given.head) else 0.0


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
    venue = next((text for name in _VENUES if (text := _text(values, name)) and not re.match(r"(?:corr|arxiv|https?:)", text, re.I)), None)
    month = values.get("month", "")
    spelled = date_of(values.get("year", ""), month, values.get("day", "") or re.sub(r"[A-Za-z]+", " ", month) if not month.isdigit() else "")
    fields: dict[str, object] = {
        "authors": authors(
            values.get("author") or values.get("editor", "") if item.type in ("book", "proceedings", "collection") else values.get("author", "")
        ),
        "venue": venue or next((text for name in _VENUES if (text := _text(values, name)) and not text.startswith("http")), None),
        "url": _url(values),
        "comment": _text(values, "note") or _text(values, "comment"),
        "keywords": tuple(dict.fromkeys(word for text in (values.get("keywords", ""), values.get("keyword", "")) for word in _words(text))),
        "language": values.get("langid") or values.get("language"),
        "licence": _text(values, "copyright") if "license" not in values else _text(values, "license"),
        **dated(date_in(values.get("date", "")), spelled),
    }
    found = paper(place, title=title, abstract=plain(values.get("abstract", "")), ids=_ids(values), fields=fields)
    if isinstance(found, Reject):
        return found.model_copy(update={"reason": f"`{squeeze(item.key)[:60] or item.type}`: {found.reason}"})
    return found


def _text(values: dict[str, str], name: str) -> str:
    return shown(text) if (text := values.get(name)) else ""


def authors(text: str) -> tuple[Author, ...]:
    """The authors of a BibTeX name list, given name first; `and others` is left out."""
    return tuple(found for name in _listed(squeeze(text)) if (found := author(shown(_ordered(name)))))


def _listed(text: str) -> list[str]:
    """The names of a list on one line. The library, which goes character by character, is asked only where braces may hold an `and`."""
    if not _GROUPED.search(text):
        return _AND.split(text) if text else []
    from bibtexparser.middlewares.names import split_multiple_persons_names

    return split_multiple_persons_names(text)


def _ordered(name: str) -> str:
    """The name, given name first. `Family, Given` without braces is turned round here, as the library would."""
    if parts := dict(_PART.findall(name)):
        return " ".join(parts[key].strip() for key in ("given", "prefix", "family", "suffix") if parts.get(key))
    name = _HOMONYM.sub("", name)
    if name.startswith("{") and name.endswith("}"):
        return name[1:-1]  # an organisation, whose commas part nothing
    commas = name.count(",")
    if not commas:
        return name.replace("~", " ")
    if commas == 1 and not _GROUPED.search(name):
        family, _, given = name.replace("~", " ").partition(",")
        return " ".join([*given.split(), *family.split()])
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    return parse_single_name_into_parts(name, strict=False).merge_first_name_first


def _words(text: str) -> list[str]:
    separated = text.split(";") if ";" in text else _SEPARATED.split(squeeze(text))
    return [word for part in separated if (word := shown(part))]


def _url(values: dict[str, str]) -> str | None:
    text = values.get("url") or values.get("link") or values.get("howpublished", "")
    match = re.search(r"https?://[^\s{}]+", text.replace("\\_", "_").replace("\\%", "%").replace("\\&", "&").replace("\\#", "#"))
    return match[0] if match else None


def _ids(values: dict[str, str]) -> list[str | None]:
    plain_values = {
        name: values.get(name, "").replace("\\_", "_").replace("{", "").replace("}", "")
        for name in (*_VENUES, "doi", "eprint", "url", "note", "pmid")
    }
    kind = (values.get("archiveprefix") or values.get("eprinttype") or "").lower()
    eprint, url = plain_values["eprint"], plain_values["url"]
    found: list[str | None] = [plain_values["doi"] if doi(plain_values["doi"]) or arxiv_id(plain_values["doi"]) else None]
    if kind == "arxiv" or (not kind and arxiv_id(eprint)):
        found.append(f"arxiv:{arxiv_id(eprint)}" if arxiv_id(eprint) else None)
    found.append(url if arxiv_id(url) or doi(url) else None)
    if kind in ("pubmed", "pmid") and eprint.isdigit():
        found.append(f"pmid:{eprint}")
    if match := _ANTHOLOGY.search(url):
        found.append(f"acl:{match[1] or match[2]}")
    if (pubmed := plain_values["pmid"].strip()).isdigit():
        found.append(f"pmid:{pubmed}")
    named = [name for key in ("journal", "journaltitle", "howpublished", "note", "publisher") for name in ids_within(plain_values[key])]
    return [*found, *(name for name in named if name.startswith("arxiv:"))]


SOURCE = Source("bibtex", "BibTeX", sniff, read)
