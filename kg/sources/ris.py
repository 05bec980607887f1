"""RIS, as reference managers and publishers write it (Zotero, EndNote, Mendeley, Scopus, PubMed, …).

Invariant: every spelling of a field is known (`TI`, `T1`, `CT`; `AU`, `A1`; `AB`, `N2`), and a line without a tag goes on with the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.models import Paper, Place, Reference, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import author, cited, date_in, dated, ids_within, paper, person
from kg.sources.identifiers import arxiv_id, doi
from kg.sources.lines import head_lines
from kg.sources.markup import plain
from kg.sources.tagged import Form, Values, papers

_TAG = re.compile(r"^\ufeff?\s{0,3}([A-Z][A-Z0-9])\s{0,2}-(?:\s(.*))?$")
_URL = re.compile(r"https?://\S+")
_CITATIONS = re.compile(r"(?:Cited By|Times Cited|Citations?)\s*(?:since \d{4})?\s*[:(]?\s*(?:export date.*?)?(\d+)", re.I)
_PUBMED = re.compile(r"(?:PMID\s*:\s*|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/)(\d{4,9})", re.I)
_VENUES = ("T2", "JF", "JO", "JA", "J2", "BT", "T3", "C3")


def _tidy(line: str) -> str:
    match = _TAG.match(line)
    return f"{match[1]}  - {match[2] or ''}" if match else f"   {line.strip()}"


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
    names = [*values.get("AU", []), *values.get("A1", [])]
    dates = [date_in(text) for tag in ("DA", "PY", "Y1") for text in values.get(tag, [])[:1]]
    links = [link for tag in ("UR", "LK", "L2", "L1") for text in values.get(tag, []) for link in _URL.findall(text)]
    fields: dict[str, object] = {
        "authors": tuple(found for name in names if (found := author(person(name)))),
        "organisations": tuple(dict.fromkeys(values.get("AD", []))),
        "venue": plain(next((text for tag in _VENUES if (text := _first(values, tag)) and text != title), "")) or None,
        "url": links[0] if links else None,
        "keywords": keywords(values.get("KW", [])),
        "language": _first(values, "LA"),
        "citation_count": next((int(match[1]) for text in values.get("N1", []) if (match := _CITATIONS.match(text))), None),
        "references": tuple(_references(values)),
        **dated(*dates),
    }
    return paper(place, title=plain(title), abstract=abstract, ids=_ids(values, links), fields=fields)


def _first(values: Values, *tags: str) -> str:
    return next((" ".join(values[tag]) for tag in tags if values.get(tag)), "")


def _all(values: Values, tag: str) -> str:
    return "\n".join(values.get(tag, []))


def keywords(lines: list[str]) -> tuple[str, ...]:
    """The keywords of lines that hold one each, or several with `;` between them."""
    words = (word.strip().strip("*").strip() for line in lines for word in line.split(";"))
    return tuple(dict.fromkeys(word for word in words if word))


def _ids(values: Values, links: list[str]) -> list[str | None]:
    given = [text for tag in ("DO", "M3", "DI", "C7", "AN", "ID", "M1", "LB") for text in values.get(tag, [])]
    found: list[str | None] = [text for text in given if doi(text) or arxiv_id(text)]
    found += [text for text in values.get("DO", []) for text in ids_within(text)]
    found += [link for link in links if doi(link) or arxiv_id(link)]
    match = next((match for tag in ("N1", "AN", "UR", "C6", "C2") for text in values.get(tag, []) if (match := _PUBMED.search(text))), None)
    return [*found, f"pmid:{match[1]}" if match else None]


def _references(values: Values) -> Iterator[Reference]:
    """Scopus puts the bibliography into a note: `References: …; …;`; others give a line `CR` for each."""
    lists = [text.partition(":")[2].split(";") for text in values.get("N1", []) if text.startswith("References:")]
    for raw in [*values.get("CR", []), *(raw for listed in lists for raw in listed)]:
        if raw.strip() and (found := cited(raw)):
            yield found


SOURCE = Source("ris", "RIS", sniff, read)
