"""One JSON object to one paper: what is a fact is kept, what has another shape is refused with a reason.

Invariant: title and abstract are the given strings in NFC and trimmed, nothing else (an odd control character stays), so that offsets
into them hold for their writer too.
"""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize

from pydantic import ValidationError

from kg.models import Author, Paper, Place, Reference
from kg.sources.cells import NAME_PARTS, items, people, registered
from kg.sources.fields import date_in
from kg.sources.identifiers import arxiv_id, doi, identifier
from kg.text import HALVES, clean, squeeze

KEYS = frozenset({*Paper.model_fields, "text", "affiliations", "license"})

_STRINGS = ("venue", "url", "comment", "language", "licence")
_DATE = re.compile(r"^(?:\d{4}(?:-\d{2}(?:-\d{2})?)?|--\d{2}-\d{2})(?=$|[T ])")


def paper_of(value: Any, place: Place) -> Paper:
    """The paper in `value`. Raises ValueError, in one line with the remedy, where it is no object, holds neither title nor abstract,
    or has a value of the wrong type. Authors and references may be strings or objects; authors and keywords also one string that lists them."""
    if not isinstance(value, dict):
        raise ValueError(f"{_kind(value)} where a paper was expected: write one JSON object a paper, as in schemas/paper.json")
    title, abstract = _texts(value)
    if not (title or abstract):
        raise ValueError("neither title nor abstract: a paper needs one of them, under the keys `title` and `abstract`")
    fields: dict[str, Any] = {name: squeeze(text) or None for name in _STRINGS if (text := _text(value, name))}
    fields |= _identifiers(value) | _dated(value)
    listed = value.get("authors")
    fields["authors"] = people(items([listed], [0])) if isinstance(listed, str) else tuple(_author(item) for item in _items(value, "authors"))
    fields["organisations"] = tuple(squeeze(_named(item, "organisations")) for item in _items(value, "organisations"))
    fields["keywords"] = tuple(word for item in _items(value, "keywords", split=True) if (word := squeeze(_named(item, "keywords"))))
    fields["references"] = tuple(_reference(item) for item in _items(value, "references"))
    fields |= {name: value[name] for name in ("author_count", "citation_count") if value.get(name) is not None}
    try:
        return Paper(id=_given_id(value), title=title, abstract=abstract, places=(place,), **fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"`{'.'.join(map(str, first['loc']))}`: {first['msg']}: see schemas/paper.json") from None


def _kind(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object", type(None): "null"}
    return names.get(type(value), "a value")


def _text(value: dict[str, Any], key: str) -> str:
    text = value.get(key)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise ValueError(f"`{key}` is {_kind(text)}: write it as a string")
    if HALVES.search(text):
        raise ValueError(f"`{key}` holds half of a surrogate pair: write the characters themselves")
    return normalize("NFC", text)


def _texts(value: dict[str, Any]) -> tuple[str, str]:
    title, abstract = _text(value, "title"), _text(value, "abstract")
    if not abstract and (text := _text(value, "text")):  # title, newline, abstract, as extractions print it
        first, newline, rest = text.partition("\n")
        title, abstract = (first, rest) if newline and title in ("", first) else (title, text)
    return title.strip(), abstract.strip()


def _given_id(value: dict[str, Any]) -> str:
    given = value.get("id")
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else _text(value, "id").strip()


def _identifiers(value: dict[str, Any]) -> dict[str, Any]:
    given, known_doi, known_arxiv = _given_id(value), doi(_text(value, "doi")), arxiv_id(_text(value, "arxiv_id"))
    if (text := _text(value, "arxiv_id").strip()) and not known_arxiv:
        raise ValueError(f"`arxiv_id` {text[:40]!r} is no arXiv id: write it as `2401.01234`")
    if (text := _text(value, "doi").strip()) and not known_doi and not (known_arxiv := known_arxiv or arxiv_id(text)):
        raise ValueError(f"`doi` {text[:60]!r} is no DOI: write it as `10.1000/xyz`")
    names = [_named(item, "ids") for item in _items(value, "ids")] + [given]
    names += registered(value.get("identifiers"))
    names = [identifier(name) or name.strip() for name in names if name.strip() and not name.startswith("sha:")]
    known_arxiv = known_arxiv or next((name[6:] for name in names if name.startswith("arxiv:")), None)
    known_doi = known_doi or next((name[4:] for name in names if name.startswith("doi:")), None)
    names += [f"arxiv:{known_arxiv}"] * bool(known_arxiv) + [f"doi:{known_doi}"] * bool(known_doi)
    found: dict[str, Any] = {"arxiv_id": known_arxiv, "doi": known_doi, "ids": tuple(dict.fromkeys(sorted(names)))}
    if known_arxiv and not value.get("url"):
        found["url"] = f"https://arxiv.org/abs/{known_arxiv}"
    return found


def _dated(value: dict[str, Any]) -> dict[str, Any]:
    year, text = value.get("year"), _text(value, "date").strip()
    if isinstance(year, str):
        year = int(year.strip()[:4]) if re.fullmatch(r"[12]\d{3}(?:\.0+)?", year.strip()) else year.strip() or None
    if isinstance(year, float) and year.is_integer():
        year = int(year)
    if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
        raise ValueError(f"`year` {str(year)[:20]!r} is no year: write four digits")
    match = _DATE.match(text)
    date = match[0] if match else date_in(text)
    if text and not date:
        raise ValueError(f"`date` {text[:30]!r} is no ISO 8601 date: write it as 2024-05-28, 2024-05 or 2024")
    return {"date": date, "year": year if year is not None or not date or date.startswith("--") else int(date[:4])}


def _items(value: dict[str, Any], key: str, *, split: bool = False) -> list[Any]:
    items = value.get(key)
    if items is None:
        return []
    if isinstance(items, str) and split:
        return re.split("[;,]", items) if items.strip() else []
    if not isinstance(items, list):
        raise ValueError(f"`{key}` is {_kind(items)}: write it as a list")
    return items


def _named(item: Any, key: str) -> str:
    name = item.get("name") if isinstance(item, dict) else item
    if isinstance(item, dict) and not isinstance(name, str):
        raise ValueError(f"`{key}` holds an object without a `name`: give it one, or write a string")
    if not isinstance(name, str):
        raise ValueError(f"`{key}` holds {_kind(item)}: write each as a string")
    return clean(name)


def _author(item: Any) -> Author:
    registered = (item.get("id") or item.get("orcid")) if isinstance(item, dict) else None
    if isinstance(item, dict) and "name" not in item:
        item = {"name": next((name for keys in NAME_PARTS if (name := " ".join(str(item[key]) for key in keys if item.get(key)))), None), **item}
    name = squeeze(_named(item, "authors"))
    if not name or not (registered is None or isinstance(registered, str)):
        raise ValueError('`authors` holds one without a name: write {"name": "Given Family"} or the name as a string')
    return Author(name=name, id=registered)


def _reference(item: Any) -> Reference:
    if isinstance(item, str):
        known = identifier(item)
        return Reference(id=known) if known else Reference(raw=clean(item))
    if not isinstance(item, dict):
        raise ValueError(f"`references` holds {_kind(item)}: write each as an object with `id` or `title`, or as a string")
    try:
        reference = Reference.model_validate(item)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"`references`: `{'.'.join(map(str, first['loc']))}`: {first['msg']}: see schemas/paper.json") from None
    known = identifier(reference.id or "") or next(
        (name for key in ("arxiv_id", "doi") if (name := identifier(str(item.get(key) or "")))), reference.id
    )
    return reference if known == reference.id and known != "" else reference.model_copy(update={"id": known or None})
