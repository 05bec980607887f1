"""Web of Science's tagged export (plain text, `FN … VR … PT … ER EF`), full records and cited references.

Invariant: each cited reference is one line of the record; the DOI in it is its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.models import Author, Paper, Place, Reference, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import author, cited, date_of, dated, paper, person
from kg.sources.identifiers import doi
from kg.sources.lines import head_lines
from kg.sources.markup import plain
from kg.sources.tagged import Form, Values, papers
from kg.text import squeeze

_TAG = re.compile(r"^\ufeff?([A-Z][A-Z0-9])(?:\s+(.*))?$")
_PREPRINT = re.compile(r"\bARXIV(\d{4})(\d{5}|\d{4})(?:V\d+)?\b", re.I)  # how an arXiv id is set where a journal's name would stand
_OWNER = re.compile(r"\s*([^;/]+)/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")


def _tidy(line: str) -> str:
    match = _TAG.match(line)
    return f"{match[1]} {match[2] or ''}" if match else f"   {line.strip()}"


FORM = Form("PT ", re.compile("(?:ER|EF) *$"), _tidy, "WokParser", "ER ", "PT")


def sniff(given: Input) -> float:
    """High where the head says `FN` and `VR`, or where a record `PT` with Web of Science's tags stands."""
    tags = [match[1] for line in head_lines(given)[:400] if (match := _TAG.match(line))]
    if tags[:1] == ["FN"] and "PT" in tags:
        return 0.95
    return 0.8 if tags[:1] == ["PT"] and {"AU", "TI", "SO"} <= {*tags} else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each record from `PT` to `ER`."""
    yield from papers(given, FORM, _paper)


def _paper(values: Values, place: Place) -> Paper | Reject:
    counts = [_first(values, tag) for tag in ("Z9", "TC")]
    number = _first(values, "UT")
    fields: dict[str, object] = {
        "authors": tuple(_authors(values)),
        "organisations": tuple(dict.fromkeys(re.sub(r"^\[.*?\]\s*", "", line) for line in values.get("C1", []))),
        "venue": plain(_first(values, "SO", "CT", "SE")),
        "keywords": tuple(dict.fromkeys(word for tag in ("DE", "ID") for word in _split(_first(values, tag)))),
        "language": _first(values, "LA"),
        "citation_count": next((int(count) for count in counts if count.isascii() and count.isdigit() and len(count) <= 15), None),
        "references": tuple(_references(values)),
        **dated(date_of(_first(values, "PY", "EY"), *_month_and_day(_first(values, "PD"))), date_of(_first(values, "PY", "EY", "EA"))),
    }
    pubmed = _first(values, "PM")
    name = re.sub(r"^(?:WOS|ISI):", "wos:", number)
    ids = [text if doi(text := _first(values, "DI")) else None, f"pmid:{pubmed}" if pubmed.isdigit() else None, name]
    return paper(place, title=plain(_first(values, "TI")), abstract=plain("\n".join(values.get("AB", []))), ids=ids, fields=fields)


def _first(values: Values, *tags: str) -> str:
    return next((" ".join(values[tag]) for tag in tags if values.get(tag)), "")


def _split(line: str) -> list[str]:
    return [word.strip() for word in line.split(";") if word.strip()]


def _month_and_day(text: str) -> tuple[str, str]:
    """`DEC 15` and `15 DEC` as month and day; `JAN-FEB` has no month."""
    return text, re.sub(r"[A-Za-z]+", " ", text)


def _authors(values: Values) -> Iterator[Author]:
    owners = {person(match[1]): match[2] for match in _OWNER.finditer(_first(values, "OI"))}
    for name in values.get("AF") or values.get("AU") or values.get("BA") or values.get("GP") or values.get("CA") or []:
        if found := author(person(name), orcid=owners.get(person(name))):
            yield found


def _references(values: Values) -> Iterator[Reference]:
    for raw in values.get("CR", []):
        if found := cited(_PREPRINT.sub(r"arXiv:\1.\2", raw)):
            yield found.model_copy(update={"raw": squeeze(raw)})


SOURCE = Source("web-of-science", "Web of Science tagged export", sniff, read)
