"""RIS, as reference managers and publishers write it (Zotero, EndNote, Mendeley, Scopus, PubMed, …).

Invariant: every spelling of a field is known (`TI`, `T1`, `CT`; `AU`, `A1`; `AB`, `N2`), and a line without a tag goes on with the one before.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from kg.models import Paper, Place, Reference, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import author, cited, date_in, date_of, dated, ids_within, paper, person
from kg.sources.identifiers import arxiv_id, doi
from kg.sources.lines import head_lines
from kg.sources.markup import plain
from kg.sources.tagged import Form, Values, papers

_TAG = re.compile(r"^\ufeff?\s{0,3}(?:([A-Z][A-Z0-9])\s{0,2}|([a-z][a-z0-9])(?: {2}|\t))-(?:\s(.*))?$")  # small letters also begin lines of text
_URL = re.compile(r"https?://\S+")
_CITATIONS = re.compile(
    r"(?:^|;\s*)(?:Cited By|Times Cited|Citations?)(?: in Web of Science Core Collection)?\s*(?:since \d{4})?\s*[:(]?\s*(\d{1,15})(?!\d)", re.I
)
_PUBMED = re.compile(r"(?:PMID\s*:\s*|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/)(\d{4,9})", re.I)
_PMC = re.compile(r"^(?:PMCID\s*:\s*)?(PMC\d{4,9})(?:\.\d+)?$", re.I)
_WOS = re.compile(r"^(?:WOS|ISI):(\w+)$", re.I)
_MEDLINE = re.compile(r"\b(?:nlm|medline|pubmed)\b", re.I)
_NOTED = re.compile(r"^(?:doi|arxiv)\b.{0,80}$", re.I)  # a note that is nothing but an identifier
_VENUES = ("T2", "JF", "JO", "JA", "J2", "BT", "T3", "C3", "PB")
_LONGEST_WORDS = 4  # of a keyword in a line of several


def _tidy(line: str) -> str:
    match = _TAG.match(line)
    return f"{(match[1] or match[2]).upper()}  - {match[3] or ''}" if match else f"   {line.strip()}"


FORM = Form("TY  - ", re.compile("ER  - "), _tidy, "RisParser", "ER  - ", "TY  - ")


def sniff(given: Input) -> float:
    """High where a line opens a record (`TY  - …`) and most lines of the head have tags."""
    lines = [line for line in head_lines(given)[:400] if line.strip()]
    if not any(_TAG.match(line) and _tidy(line).startswith("TY  - ") for line in lines[:100]):
        return 0.0
    tagged = sum(bool(_TAG.match(line)) for line in lines)
    return 0.95 if tagged >= 0.2 * len(lines) else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each record from `TY` to `ER`."""
    yield from papers(given, FORM, _paper)


def _paper(values: Values, place: Place) -> Paper | Reject:
    title = _first(values, "TI", "T1", "CT", "ST") or (_first(values, "T2", "BT") if _first(values, "TY") in ("BOOK", "THES", "EDBOOK") else "")
    abstract = plain(_all(values, "AB") or _all(values, "N2"))
    names = [name for tag in ("AU", "A1") for line in values.get(tag, []) for name in html.unescape(line).split(";")]
    links = [link for tag in ("UR", "LK", "L2", "L1") for text in values.get(tag, []) for link in _URL.findall(text)]
    fields: dict[str, object] = {
        "authors": tuple(dict.fromkeys(found for name in names if (found := author(person(name))))),
        "organisations": tuple(dict.fromkeys(values.get("AD", []))),
        "venue": plain(next((text for tag in _VENUES if (text := _first(values, tag)) and text != title), "")) or None,
        "url": links[0] if links else None,
        "keywords": keywords(values.get("KW", [])),
        "language": _first(values, "LA"),
        "citation_count": next((int(match[1]) for text in values.get("N1", []) if (match := _CITATIONS.search(text))), None),
        "references": tuple(_references(values)),
        **dated(*_dates(values)),
    }
    return paper(place, title=plain(title), abstract=abstract, ids=_ids(values, links), fields=fields)


def _first(values: Values, *tags: str) -> str:
    return next((" ".join(values[tag]) for tag in tags if values.get(tag)), "")


def _all(values: Values, tag: str) -> str:
    return "\n".join(values.get(tag, []))


def keywords(lines: list[str]) -> tuple[str, ...]:
    """The keywords of lines that hold one each, or several with `;` between them; of a lone line with several commas."""
    parts = lines[0].split(",") if len(lines) == 1 and ";" not in lines[0] else []
    if len(parts) > 2 and all(len(part.split()) <= _LONGEST_WORDS for part in parts):
        lines = parts
    words = (word.strip().strip("*").strip() for line in lines for word in line.split(";"))
    return tuple(dict.fromkeys(word for word in words if word))


def _dates(values: Values) -> Iterator[str | None]:
    """Each date that is given; a day or month without a year (`DA  - May 17`) is of the record's year."""
    year = _first(values, "PY", "Y1")
    for tag in ("DA", "PY", "Y1"):
        for text in values.get(tag, [])[:1]:
            yield date_in(text) or (date_of(year, text, text) if tag == "DA" else None)


def _ids(values: Values, links: list[str]) -> list[str | None]:
    given = [text for tag in ("DO", "M3", "DI", "C7", "AN", "ID", "M1", "LB", "L3") for text in values.get(tag, [])]
    found: list[str | None] = [text for text in given if doi(text) or arxiv_id(text)]
    found += [name for text in values.get("DO", []) for name in ids_within(text)]
    found += [name for text in values.get("N1", []) if _NOTED.match(text) for name in ids_within(text)]
    found += [name for tag in ("JO", "JF", "T2") for text in values.get(tag, []) for name in ids_within(text) if name.startswith("arxiv:")]
    found += [link for link in links if doi(link) or arxiv_id(link)]
    return [*found, *_numbers(values)]


def _numbers(values: Values) -> Iterator[str]:
    """The numbers that PubMed, its archive and Web of Science gave the work."""
    pubmed = next((match for tag in ("N1", "AN", "UR", "C6", "C2") for text in values.get(tag, []) if (match := _PUBMED.search(text))), None)
    number = _first(values, "AN")
    if pubmed:
        yield f"pmid:{pubmed[1]}"
    elif number.isdigit() and any(map(_MEDLINE.search, values.get("DP", []) + values.get("DB", []))):
        yield f"pmid:{number}"
    if match := _WOS.match(number):
        yield f"wos:{match[1]}"
    yield from (f"pmc:{match[1].upper()}" for tag in ("C2", "N1", "AN") for text in values.get(tag, []) if (match := _PMC.match(text)))


def _references(values: Values) -> Iterator[Reference]:
    """Scopus puts the bibliography into a note: `References: …; …;`; others give a line `CR` for each."""
    lists = [text.partition(":")[2].split(";") for text in values.get("N1", []) if text.startswith("References:")]
    for raw in [*values.get("CR", []), *(raw for listed in lists for raw in listed)]:
        if raw.strip() and (found := cited(raw)):
            yield found


SOURCE = Source("ris", "RIS", sniff, read)
