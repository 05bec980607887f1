"""Values of foreign JSON as the fields of a paper: what has the expected shape is taken, what has not is left out.

Invariant: no value of any type or size raises here; only `paper` does, where a record holds nothing to keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from kg.models import Author, Paper, Place, Reference
from kg.sources.identifiers import identifier
from kg.sources.markup import shown

YEARS = range(1000, 2101)  # a year outside is a mistake of the source
NOTHING = "neither title nor abstract: take the record with them (as fields of the query or export), or leave it out"

# The validators themselves: a class that is called takes half as long again to call them.
_PAPER, _AUTHOR, _REFERENCE = (model.__pydantic_validator__.validate_python for model in (Paper, Author, Reference))
_SURROGATE = re.compile("[\ud800-\udfff]")
_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?!\d))?(?!\d))?")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dXx]")


def string(value: Any) -> str:
    """The string or whole number that `value` is, trimmed; empty for anything else."""
    if isinstance(value, str):
        return value.strip() if value.isascii() or value.isprintable() else _SURROGATE.sub("\ufffd", value).strip()
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:  # 2021.0: whole numbers go through tables and come back so
        value = int(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30 else ""


def strings(value: Any) -> list[str]:
    """The non-empty strings of a list, or the one string."""
    if value is None:
        return []
    return [text for item in (value if isinstance(value, list) else [value]) if (text := string(item))]


def words(value: Any) -> tuple[str, ...]:
    """Keywords of a list, or of one string that parts them by semicolons or commas; as text, each once."""
    parts = value.split(";" if ";" in value else ",") if isinstance(value, str) else strings(value)
    return tuple(dict.fromkeys(word for part in parts if (word := shown(string(part)).strip("*"))))


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; `value` alone where it is one."""
    if value is None:
        return []
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def member(value: Any, *keys: str) -> Any:
    """What stands under `keys`, one inside the other; None where one of them is missing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def count(value: Any) -> int | None:
    """A number of things: whole and not negative, a string of figures among them."""
    if type(value) is int:
        return value if 0 <= value < 2**53 else None
    text = string(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def year(value: Any) -> int | None:
    """The year in a number or in the beginning of a string."""
    if type(value) is int:
        return value if value in YEARS else None
    if type(value) is str and len(value) == 4 and value.isascii() and value.isdigit():
        return number if (number := int(value)) in YEARS else None
    match = re.match(r"\d{4}(?!\d)", string(value))
    return int(match[0]) if match and int(match[0]) in YEARS else None


def iso(value: Any) -> str | None:
    """The date at the beginning of a string, as exact as it is valid: `2024-02-31` gives `2024-02`."""
    if type(value) is str and len(value) == 10 and (day := _day(value)):
        return day
    match = _ISO.match(string(value))
    return parts([int(part) for part in match.groups() if part]) if match else None


@lru_cache(maxsize=1 << 12)
def _day(text: str) -> str | None:
    """`text` where it is a day as ISO 8601 writes it."""
    try:
        return text if text[4] == text[7] == "-" and Date.fromisoformat(text).year in YEARS else None
    except ValueError:
        return None


def parts(value: Any) -> str | None:
    """The date of `[year, month, day]` (numbers or strings; later ones may be missing)."""
    numbers = [
        int(text) for item in (value[:3] if isinstance(value, list) else []) if (text := string(item)).isascii() and text.isdigit() and len(text) < 5
    ]
    if not numbers or numbers[0] not in YEARS:
        return None
    text = f"{numbers[0]:04d}"
    if len(numbers) > 1 and 1 <= numbers[1] <= 12:
        text += f"-{numbers[1]:02d}"
        if len(numbers) > 2:
            try:
                return Date(numbers[0], numbers[1], numbers[2]).isoformat()
            except ValueError:
                return text
    return text


def line(value: Any) -> str | None:
    """A string as one line of text, markup gone; None for nothing."""
    if value is None:
        return None
    return shown(string(value)) or None


def author(name: str, registered: Any = None, *, prefix: str = "orcid") -> Author | None:
    """A person; None without a name. An ORCID is taken out of whatever spelling, other ids get `prefix`."""
    name = shown(name)
    if not name:
        return None
    known = string(registered) if registered is not None else ""
    if match := _ORCID.search(known) if known else None:
        known = f"orcid:{match[0].upper()}"
    elif known:
        known = f"{prefix}:{known}" if prefix != "orcid" else ""
    made: Author = _AUTHOR({"name": name, "id": known or None})
    return made


def named(value: dict[str, Any], *keys: str) -> str:
    """The strings under `keys` joined by spaces: `given`, `family`."""
    return " ".join(text for key in keys if (text := string(value.get(key))))


def authors(people: Iterable[Author | None]) -> tuple[Author, ...]:
    """The people who have names."""
    return tuple(person for person in people if person)


def reference(names: Iterable[str], *, title: Any = None, published: Any = None, raw: Any = None) -> Reference | None:
    """A cited work by the best of its ids (in the order given), title, year and the string it was printed as; None where all are missing."""
    known = next((found for name in names if name and (found := identifier(name))), None)
    text, printed = line(title), shown(string(raw)) if raw is not None else ""
    if not (known or text or printed):
        return None
    made: Reference = _REFERENCE({"id": known, "title": text, "year": year(published) if published is not None else None, "raw": printed or None})
    return made


def references(found: Iterable[Reference | None]) -> tuple[Reference, ...]:
    """The references, each once."""
    each: dict[tuple[str | int | None, ...], Reference] = {}
    for item in found:
        if item:
            each.setdefault((item.id, item.title, item.year, item.raw), item)  # a tuple is hashed much faster than a record
    return tuple(each.values())


def linked(names: Iterable[str]) -> tuple[Reference, ...]:
    """Cited works of which nothing but an id is told, each once: as `references` gives them, but much faster."""
    return tuple([_REFERENCE({"id": known}) for known in dict.fromkeys(ids(names))])


def ids(names: Iterable[str]) -> Iterator[str]:
    """The names that are ids of a known registry, in their one spelling."""
    return (found for name in names if name and (found := identifier(name)))


def paper(place: Place, names: Iterable[str], **fields: Any) -> Paper:
    """The paper with the ids in `names` and these fields. Raises ValueError, with the reason and the remedy, where there is neither
    title nor abstract, unless it has an id and references: then it holds citations of a paper described elsewhere."""
    known = tuple(dict.fromkeys(ids(names)))
    if not (fields.get("title") or fields.get("abstract") or (known and fields.get("references"))):
        raise ValueError(NOTHING)
    arxiv = next((name[6:] for name in known if name.startswith("arxiv:")), None)
    registered = next((name[4:] for name in known if name.startswith("doi:")), None)
    published = fields.get("date")
    if published and not fields.get("year"):
        fields["year"] = int(published[:4])
    if arxiv and not fields.get("url"):
        fields["url"] = f"https://arxiv.org/abs/{arxiv}"
    kept = {name: value for name, value in fields.items() if value is not None}
    try:
        made: Paper = _PAPER({"ids": known, "arxiv_id": arxiv, "doi": registered, "places": (place,), **kept})
        return made
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"`{'.'.join(map(str, first['loc']))}`: {first['msg']}: correct it in the source") from None
