"""OAI-PMH answers: arXiv's own formats (`arXiv`, `arXivRaw`, `arXivOld`) and Dublin Core of arXiv or any other repository.

Invariant: each record is one paper or one reject; deleted records and errors of the protocol are rejects that say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.arxiv_text import arxiv_abstract, arxiv_title, categories, listed
from kg.sources.fields import author, date_in, dated, ids_within, paper, person
from kg.sources.identifiers import identifier
from kg.sources.markup import shown
from kg.sources.xml_stream import Element, below, children, elements, local, root_of
from kg.sources.xml_text import first_line, line_of, lines_by_name
from kg.text import squeeze

_ARTICLE = re.compile(r"<(?:[\w.-]+:)?(?:article-meta|article)[\s>]")
_ROOTS = ("OAI-PMH", "ListRecords", "GetRecord", "record")
_RECORD = re.compile(r"<(?:[\w.-]+:)?record[\s>]\s*<(?:[\w.-]+:)?header[\s>]")  # within a root of a harvester's own
_NOTE = re.compile(r"^Comments?\s*:\s*", re.I)


def sniff(given: Input) -> float:
    """High for OAI-PMH unless its records are JATS articles."""
    held = root_of(given.head) in _ROOTS or _RECORD.search(given.head)
    if not held or not re.search(r"openarchives\.org|arxiv\.org/OAI|purl\.org/dc/", given.head, re.I):
        return 0.0
    return 0.0 if _ARTICLE.search(given.head) else 0.9


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each record. A resumption token is passed over: the next page is another input."""
    for found in elements(given, ("record", "error")):
        if isinstance(found, Reject):
            yield found
            continue
        place = Place(file=given.name, line=found[0])
        if local(found[1]) == "error":
            told = squeeze(f"{found[1].get('code', '')} {line_of(found[1])}")
            yield Reject(file=place.file, line=place.line, reason=f"the repository answered with an error ({told[:200]}): correct the request")
        else:
            yield _record(found[1], place)


def _record(record: Element, place: Place) -> Paper | Reject:
    header = next(children(record, "header"), None)
    name = first_line(header, "identifier") if header is not None else ""
    if header is not None and header.get("status") == "deleted":
        return Reject(file=place.file, line=place.line, reason=f"{name or 'the record'} was deleted by its repository: nothing to read")
    metadata = next(children(record, "metadata"), record)
    for form in metadata:
        if local(form) in ("arXiv", "arXivRaw", "arXivOld"):
            return _arxiv(form, place)
        if local(form) == "dc":
            return _dublin_core(form, place, name)
    reason = f"{name or 'the record'} is in a form that is not read: harvest with metadataPrefix=arXiv or oai_dc"
    return Reject(file=place.file, line=place.line, reason=reason)


def _arxiv(form: Element, place: Place) -> Paper | Reject:
    structured = list(below(form, "authors", "author"))
    names = [_name(element) for element in structured] or listed(first_line(form, "authors"))
    dates = [first_line(element, "date") for element in children(form, "version")][:1]
    dates += [first_line(form, "created"), first_line(form, "updated")]
    organisations = dict.fromkeys(line_of(found) for element in structured for found in children(element, "affiliation"))
    fields: dict[str, object] = {
        "authors": tuple(known for name in names if (known := author(name))),
        "organisations": tuple(name for name in organisations if name),
        "venue": shown(first_line(form, "journal-ref")),
        "comment": shown(first_line(form, "comments")),
        "licence": first_line(form, "license"),
        "keywords": categories(first_line(form, "categories").split()),
        **dated(next((date for text in dates if (date := date_in(text))), None)),
    }
    title, abstract = (next(("".join(found.itertext()) for found in children(form, name)), "") for name in ("title", "abstract"))
    ids = [f"arxiv:{first_line(form, 'id')}", *(identifier(name) for name in first_line(form, "doi").split())]
    return paper(place, title=arxiv_title(title), abstract=arxiv_abstract(abstract), ids=ids, fields=fields)


def _name(element: Element) -> str:
    lines = lines_by_name(element)
    return " ".join(lines.get(part, "") for part in ("forenames", "keyname", "suffix"))


def _dublin_core(form: Element, place: Place, name: str) -> Paper | Reject:
    values: dict[str, list[str]] = {}
    for element in form:
        if text := "".join(element.itertext()).strip():
            values.setdefault(local(element), []).append(text)
    texts = [text for text in values.get("description", []) if not _NOTE.match(text)]
    notes = [_NOTE.sub("", text) for text in values.get("description", []) if _NOTE.match(text)]
    given = [squeeze(text) for text in values.get("identifier", []) + values.get("relation", [])]
    ids = [known for text in given if (known := identifier(text))]
    ids = ids or [found for text in values.get("identifier", []) for found in ids_within(text)]
    if not ids and name.startswith("oai:arXiv.org:"):
        ids = [f"arxiv:{name.rpartition(':')[2]}"]
    venues = [text for text in map(squeeze, values.get("source", [])) if not text.startswith("http")]
    if name.startswith("oai:arXiv.org:"):  # which puts the journal among the identifiers
        venues += [text for text in map(squeeze, values.get("identifier", [])) if " " in text and not (identifier(text) or ids_within(text))]
    fields: dict[str, object] = {
        "authors": tuple(creator for text in values.get("creator", []) if (creator := author(person(text)))),
        "keywords": tuple(dict.fromkeys(squeeze(text) for text in values.get("subject", []))),
        "comment": squeeze(" ".join(notes)),
        "language": next(iter(values.get("language", [])), None),
        "licence": squeeze(next(iter(values.get("rights", [])), "")),
        "venue": next(iter(venues), None),
        "url": next((text for text in given if text.startswith("http")), None),
        **dated(min(filter(None, map(date_in, values.get("date", []))), default=None)),
    }
    abstract = max(texts, key=len, default="")
    return paper(place, title=arxiv_title(values.get("title", [""])[0]), abstract=arxiv_abstract(abstract), ids=ids, fields=fields)


SOURCE = Source("arxiv-oai", "OAI-PMH answers (arXiv, Dublin Core)", sniff, read)
