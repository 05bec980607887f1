"""Strings as records print them (names, dates, cited works) to the values that a paper holds.

Invariant: nothing is guessed: what cannot be told (the day in `10-15 July`, a name without a comma) is left less exact or as it stands.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pydantic import ValidationError

from kg.models import Author, Paper, Place, Reference, Reject
from kg.sources.identifiers import arxiv_id, doi, identifier
from kg.sources.markup import bare, plain
from kg.text import clean, settled, squeeze

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LANGUAGES = {
    "en": ("eng", "english"), "de": ("ger", "deu", "german"), "fr": ("fre", "fra", "french"), "es": ("spa", "spanish"), "it": ("ita", "italian"),
    "pt": ("por", "portuguese"), "ru": ("rus", "russian"), "zh": ("chi", "zho", "chinese"), "ja": ("jpn", "japanese"), "ko": ("kor", "korean"),
    "pl": ("pol", "polish"), "nl": ("dut", "nld", "dutch"), "tr": ("tur", "turkish"), "uk": ("ukr", "ukrainian"), "ar": ("ara", "arabic"),
}  # fmt: skip
NOTHING = "neither title nor abstract: add one of them, or leave the record out"

# The validators themselves: a class that is called takes half as long again to call them.
_PAPER, _AUTHOR, _REFERENCE = (model.__pydantic_validator__.validate_python for model in (Paper, Author, Reference))
_NOBODY = frozenset({"others", "and others", "et al", "[others]", "anonymous"})
_ISO = re.compile(r"^\s*((?:1[5-9]|20)\d{2})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?=$|[T\s/])")
_COMPACT = re.compile(r"^\s*((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)\s*$")
_YEAR = re.compile(r"([12](?<!\d[12])(?:(?<=1)[5-9]|(?<=2)0)\d{2})(?!\d|\.\d{4,5}(?!\d))")  # its first digit stands first: found faster
_MONTH = re.compile(rf"(?<![a-z])({'|'.join(MONTHS)})[a-z]*\.?", re.I)
_DAY = re.compile(r"(?<![\d/])(\d{1,2})(?:st|nd|rd|th)?(?![\d/])")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?")
_DOI_WITHIN = re.compile(r"\b10\.\d{4,9}/[^\s\"<>\]]+", re.I)
_ARXIV_WITHIN = re.compile(
    r"arxiv(?:\s+preprint)?(?:\s*[:.]\s*(?:arxiv\s*:\s*)?|\.org/(?:abs|pdf)/)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})", re.I
)
_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])\s*$", re.I)


def paper(place: Place, *, title: str, abstract: str, ids: Iterable[str | None] = (), fields: Mapping[str, object]) -> Paper | Reject:
    """The paper of these values (a title and abstract that are text already, ids in any spelling), or the reject that says why there
    is none: neither title nor abstract, or a value that no paper can hold."""
    title, abstract = squeeze(title), clean(abstract).strip()
    if not (title or abstract):
        return Reject(file=place.file, line=place.line, reason=NOTHING)
    names = {identifier(name) or name.strip() for name in ids if name and name.strip()}
    by_prefix = {name.partition(":")[0]: name.partition(":")[2] for name in sorted(names, reverse=True)}
    known = {name: value for name, value in fields.items() if value not in (None, "", ())}
    if isinstance(told := known.get("language"), str):
        known["language"] = language_of(told)
    known |= {"ids": tuple(sorted(names)), "arxiv_id": by_prefix.get("arxiv"), "doi": by_prefix.get("doi")}
    if known["arxiv_id"]:
        known["url"] = f"https://arxiv.org/abs/{known['arxiv_id']}"
    try:
        made: Paper = _PAPER({"title": title, "abstract": abstract, "places": (place,), **known})
        return made
    except ValidationError as error:
        first = error.errors()[0]
        reason = squeeze(f"`{'.'.join(map(str, first['loc']))}`: {first['msg']}: correct it")
        return Reject(file=place.file, line=place.line, reason=reason)


@lru_cache(maxsize=1 << 10)
def language_of(text: str) -> str:
    """The two-letter code for a language by its English name or three-letter code, where it is a frequent one; else the text in lower case."""
    name = re.split(r"[;,\s_-]", text.strip().lower())[0]
    return next((code for code, names in LANGUAGES.items() if name == code or name in names), name)


def paragraphs(text: str) -> str:
    """`text` with wrapped lines joined: each paragraph is one line, parted from the next by an empty one."""
    if settled(text):
        return text.strip()
    parts = (" ".join(part.split()) for part in _PARAGRAPH.split(clean(text).strip()))
    return "\n\n".join(part for part in parts if part)


def prose(text: str) -> str:
    """An abstract with markup as it is read: `plain`, each paragraph on one line."""
    flat = bare(text)
    return flat if flat is not None else paragraphs(plain(text))


def month_of(text: str) -> int | None:
    """The month that `text` names, in English or as a number; None where it names none or several."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 12 else None
    found = {match[1].lower() for match in _MONTH.finditer(text)}
    return MONTHS.index(found.pop()) + 1 if len(found) == 1 else None


def date_of(year: str, month: str = "", day: str = "") -> str | None:
    """The ISO date of these parts, as exact as they allow: a day only where it exists in the month, a month only with a year."""
    match = _YEAR.search(year)
    number = month_of(month) if month else None
    if not match or not number:
        return match[1] if match else None
    days = _DAY.findall(day)
    if len(days) == 1:
        try:
            return datetime.date(int(match[1]), number, int(days[0])).isoformat()
        except ValueError:
            pass
    return f"{match[1]}-{number:02d}"


def date_in(text: str) -> str | None:
    """The date printed in `text` (`2021/02/01/`, `2019///`, `20200301`, `May 2020`, `3 Jun 2018`), None without a year.
    Numbers whose order is not certain (`03/04/2020`) give the year alone."""
    if day := _day_of(text[:10]) if text[10:11] in ("", "T") else None:
        return day
    match = _ISO.match(text) or _COMPACT.match(text)
    if match and (match[2] or not _MONTH.search(text)):  # `2019 Mar 15` begins like a date of figures too
        return date_of(match[1], match[2] or "", match[3] or "")
    text = _TIME.sub(" ", text)
    match = _YEAR.search(text)
    return date_of(match[1], text, text.replace(match[1], " ", 1)) if match and _MONTH.search(text) else match[1] if match else None


@lru_cache(maxsize=1 << 12)
def _day_of(text: str) -> str | None:
    """`text` where it is a day as ISO 8601 writes it, from 1500 on."""
    try:
        return text if text[4:5] == text[7:8] == "-" and "1500" <= datetime.date.fromisoformat(text).isoformat() < "2100" else None
    except ValueError:
        return None


def dated(*dates: str | None) -> dict[str, object]:
    """The fields `date` and `year` from dates of one publication: the most exact, of equals the first."""
    given = [date for date in dates if date]
    date = max(given, key=len, default=None)
    return {"date": date, "year": int(date[:4]) if date else None}


def person(name: str, *, suffix_last: bool = True) -> str:
    """`Family, Given` (and `Family, Given, Jr.`, or `Family, Jr., Given` where the suffix is not last) as `Given Family Jr.`;
    without a comma as it stands."""
    parts = [squeeze(part) for part in name.split(",")]
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}".strip()
    if len(parts) == 3:
        given, suffix = (parts[1], parts[2]) if suffix_last else (parts[2], parts[1])
        return squeeze(f"{given} {parts[0]} {suffix}")
    return squeeze(name)


def author(name: str, *, orcid: str | None = None) -> Author | None:
    """The author of that name (as it stands) with the ORCID in any spelling; None for no name and for `others`."""
    name = squeeze(name)
    if not name or name.lower().rstrip(".") in _NOBODY:
        return None
    match = _ORCID.search(orcid) if orcid else None
    made: Author = _AUTHOR({"name": name, "id": f"orcid:{'-'.join(match.groups()).upper()}" if match else None})
    return made


def reference(*, ids: Iterable[str | None] = (), title: str = "", year: str = "", raw: str = "") -> Reference | None:
    """The cited work: by the first of `ids` that is one, with title and year where given, and the string alone where there is no
    title; None where there is nothing."""
    known = next((found for name in ids if name and (found := identifier(name))), None)
    title, raw = squeeze(title), squeeze(raw)
    if not (known or title or raw):
        return None
    match = _YEAR.search(year) if year else None
    return _cited(known, title or None, int(match[1]) if match else None, raw if raw and not title else None)


def _cited(known: str | None, title: str | None, year: int | None, raw: str | None) -> Reference:
    made: Reference = _REFERENCE({"id": known, "title": title, "year": year, "raw": raw})
    return made


def ids_within(text: str) -> list[str]:
    """The arXiv ids and DOIs that stand within `text`, as `arxiv:…` and `doi:…`."""
    found = [f"arxiv:{known}" for match in _ARXIV_WITHIN.finditer(text) if (known := arxiv_id(match[1]))] if _may_hold_arxiv(text) else []
    for match in _DOI_WITHIN.finditer(text) if "10." in text else ():
        name = match[0].rstrip(".,;:)")
        if known := doi(name):
            found.append(f"doi:{known}")
        elif known := arxiv_id(name):
            found.append(f"arxiv:{known}")
    return found


def _may_hold_arxiv(text: str) -> bool:
    """Asked before the search, which takes long: most bibliography lines have nothing of the kind."""
    return not text.isascii() or "arxiv" in text.lower()


def cited(raw: str) -> Reference | None:
    """The cited work of a bibliography line: the line itself, with the id and the year that stand in it."""
    if "10." not in raw and not _may_hold_arxiv(raw):  # no id, as in most
        years, raw = _YEAR.findall(raw), squeeze(raw)
        return _cited(None, None, int(years[-1]) if years else None, raw) if raw else None
    rest = _DOI_WITHIN.sub(" ", raw) if "10." in raw else raw
    rest = _ARXIV_WITHIN.sub(" ", rest) if _may_hold_arxiv(rest) else rest
    years = _YEAR.findall(rest)
    return reference(ids=ids_within(raw), year=years[-1] if years else "", raw=raw)
