"""PubMed's tagged form (MEDLINE): what its website saves as `.nbib` and the E-utilities give as `rettype=medline`.

Invariant: a record begins with its line `PMID- ` and ends where the next one begins; a line without a tag goes on with the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.models import Author, Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import author, date_in, date_of, dated, paper, person
from kg.sources.lines import LONGEST_RECORD, head_lines, numbered
from kg.sources.markup import plain
from kg.text import squeeze

_TAG = re.compile(r"^\ufeff?([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)$")
_FIRST = re.compile(r"^\ufeff?PMID ?- ?\d")
_OWN = frozenset(("OWN", "STAT", "DP", "FAU", "TA", "JT", "PHST", "EDAT", "PT"))  # tags that no other form of this shape has
_SHORT = re.compile(r"^(.+?) ([A-Z]{1,4})$")
_SUFFIX = re.compile(r" (Jr|Sr|2nd|3rd|4th)\.?$")
ELSEWHERE = re.compile(r"^(?:\w[\w -]*: )?Abstract (?:is )?available from the publisher\.?$", re.I)  # no abstract
_DOI = re.compile(r"(\S+) \[doi\]")

Line = tuple[str, list[str]]  # a tag and what stands behind it: its line and those that go on with it


def sniff(given: Input) -> float:
    """High where a line `PMID- …` stands among others with MEDLINE's own tags."""
    lines = [line for line in head_lines(given)[:400] if line.strip()]
    if not any(_FIRST.match(line) for line in lines[:100]):
        return 0.0
    return 0.95 if {match[1] for line in lines if (match := _TAG.match(line))} & _OWN else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each record; MeSH headings and authors' keywords are keywords, PubMed and PMC numbers are ids."""
    lines: list[Line] = []
    first = size = 0
    met = False
    for item in numbered(given):
        if isinstance(item, Reject):
            yield item
            continue
        number, line = item
        if _FIRST.match(line):
            if lines:
                yield _paper(lines, Place(file=given.name, line=first))
            lines, first, size, met = [], number, 0, True
        elif not first:
            continue
        size += len(line)
        if size > LONGEST_RECORD:
            yield Reject(file=given.name, line=first, reason=f"a record of more than {LONGEST_RECORD:,} characters: a line `PMID- ` may be missing")
            lines, first = [], 0
        elif match := _TAG.match(line):
            lines.append((match[1], [match[2]]))
        elif lines:
            lines[-1][1].append(line)
    if lines:
        yield _paper(lines, Place(file=given.name, line=first))
    elif not met:
        yield Reject(file=given.name, line=1, reason="no record was found: each begins with a line `PMID- `")


def _paper(lines: list[Line], place: Place) -> Paper | Reject:
    values: dict[str, list[str]] = {}
    told = [(tag, squeeze(" ".join(parts))) for tag, parts in lines]
    for tag, text in told:
        if text:
            values.setdefault(tag, []).append(text)
    words = [*values.get("OT", []), *(text.partition("/")[0] for text in values.get("MH", []))]
    fields: dict[str, object] = {
        "authors": tuple(_authors(told)),
        "organisations": tuple(dict.fromkeys(values.get("AD", []))),
        "venue": plain(_first(values, "JT", "TA", "BTI")),
        "language": _first(values, "LA"),
        "keywords": tuple(dict.fromkeys(word for text in words if (word := text.strip("* .")))),
        **dated(_published(_first(values, "DP")), date_in(_first(values, "DEP"))),
    }
    return paper(place, title=plain(_first(values, "TI", "TT", "BTI")), abstract=_abstract(values), ids=list(_ids(values)), fields=fields)


def _abstract(values: dict[str, list[str]]) -> str:
    found = plain(_first(values, "AB", "OAB"))
    return "" if ELSEWHERE.match(found) else found


def _first(values: dict[str, list[str]], *tags: str) -> str:
    return next((values[tag][0] for tag in tags if tag in values), "")


def _ids(values: dict[str, list[str]]) -> Iterator[str]:
    yield f"pmid:{match[0]}" if (match := re.match(r"\d+", _first(values, "PMID"))) else ""
    yield from (f"doi:{match[1]}" for tag in ("LID", "AID") for text in values.get(tag, []) if (match := _DOI.search(text)))
    yield f"pmc:{match[0]}" if (match := re.match(r"PMC\d+", _first(values, "PMC"))) else ""


def _authors(told: list[tuple[str, str]]) -> Iterator[Author]:
    """The full names (`FAU`, or the short ones of old records) and groups in their order, each person with the ORCID that follows the name."""
    name_tag = "FAU" if any(tag == "FAU" for tag, _ in told) else "AU"
    names: list[tuple[str, str | None]] = []
    for tag, text in told:
        if tag in (name_tag, "CN"):
            names.append((text if tag == "CN" else _spelled(text), None))
        elif tag == "AUID" and names and "orcid" in text.lower():
            names[-1] = (names[-1][0], text)
    for name, orcid in names:
        if found := author(name, orcid=orcid):
            yield found


def _spelled(text: str) -> str:
    """`Frost, Ada B Jr` and `Frost AB Jr` with the given name first."""
    suffix = match[1] if (match := _SUFFIX.search(text)) else ""
    name = text.removesuffix(suffix).strip()
    short = None if "," in name else _SHORT.match(name)
    return f"{short[2]} {short[1]} {suffix}" if short else f"{person(name)} {suffix}"


def _published(text: str) -> str | None:
    """The date of `2019 Mar 15`; the year alone of `1998 Dec-1999 Jan` and `2011 Summer`."""
    return date_of(text[:4], text[4:], text[4:])


SOURCE = Source("medline", "PubMed tagged (.nbib, MEDLINE)", sniff, read)
