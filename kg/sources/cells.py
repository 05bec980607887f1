"""What a cell of a table holds: text, a number, or a list, as a value of its own or written out (`a; b`, `['a', 'b']`).

Invariant: no cell of any type or length raises; what says that there is nothing (`nan`, `N/A`, `[]`) is nothing.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from kg.models import Author
from kg.sources.arxiv_text import categories
from kg.sources.fields import author, person
from kg.sources.json_fields import string
from kg.sources.markup import shown
from kg.text import squeeze

DEEP = 4
_LONGEST = 1 << 16  # characters of a list that is written out as code
_NAMES = ("name", "full_name", "fullname", "display_name", "raw_author_name", "id", "title", "category", "keyword", "tag", "raw", "created")
NAME_PARTS = (("given", "family"), ("first", "last"), ("first_name", "last_name"), ("firstName", "lastName"), ("forename", "surname"))
_REGISTRIES = {
    "doi": "doi:", "arxiv": "arxiv:", "acl": "acl:", "corpusid": "s2:", "dblp": "dblp:", "pubmed": "pmid:", "pmid": "pmid:",
    "pubmedcentral": "pmc:PMC", "pmcid": "pmc:PMC",
}  # fmt: skip
_ITEM = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_ITEMS = re.compile(rf"\[\s*{_ITEM}(?:[\s,]+{_ITEM})*\s*(?:,\s*)?\]", re.S)  # commas may be missing: so NumPy prints
_ESCAPED = re.compile(r"\\(.)", re.S)
_BEHIND = re.compile(r"\s*\([^()]{0,200}\)$|\s*\[[^\]]{0,200}\]$")  # an id or an affiliation behind the name
_INITIALS = re.compile(r"^(?:[A-Z]\.?[ -]?){1,4}$")
_INVERTED = re.compile(r"^[^,]+,\s*[^,]*[^\s,]$")  # `Family, Given`
_SHORT = re.compile(r"^[^\s,.]+(?:[ -][^\s,.]+){0,3} (?:[A-Z]\.?-?){1,4}$")
_LONGEST_NAME = 80  # characters of one that is cut short
_OTHERS = re.compile(r"(?:^|,?\s+)(?:et al\.?|and others)$|\s*(?:…|\.\.\.)$", re.I)
_FULL_STOP = re.compile(r"(?:[a-z]{4}| [A-Z]{1,3})\.$")  # of the list, not of an initial
_GROUP = re.compile(r"\b(?:group|consortium|collaborat\w+|team|network|investigators|society|committee|initiative|project)\b", re.I)
_EMPTY = frozenset({
    "", "nan", "none", "null", "n/a", "na", "<na>", "nat", "[]", "{}", "[no abstract available]", "no abstract available", "abstract missing",
    "[no author name available]",
})  # fmt: skip
_LONGEST_EMPTY = max(map(len, _EMPTY))


def text_of(value: object, deep: int = DEEP) -> str:
    """The text of a cell, the items of a list parted by `; `; empty for what says that there is nothing. Of lists and objects within
    each other only the first `deep` are looked into."""
    if isinstance(value, str):  # nearly every cell
        text = string(value)
        return "" if len(text) <= _LONGEST_EMPTY and text.lower() in _EMPTY else text
    if isinstance(value, list | tuple):
        value = "; ".join(text for item in value if (text := named(item, deep - 1)))
    elif isinstance(value, Mapping):
        value = named(value, deep)
    elif isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    elif isinstance(value, float) and value.is_integer():
        value = int(value)
    text = string(value) if isinstance(value, str) else "" if value is None or isinstance(value, bool) else str(value)
    return "" if text.lower() in _EMPTY else text


def first(row: Sequence[object], places: Iterable[int]) -> str:
    """The text of the first of these cells that has any."""
    return next((text for place in places if place < len(row) and (text := text_of(row[place]))), "")


def items(row: Sequence[object], places: Iterable[int]) -> list[str]:
    """The items of the first of these cells with any: of a list its items, of a string what stands between its separators."""
    for place in places:
        value = written_out(row[place]) if place < len(row) else None
        if isinstance(value, list | tuple):
            found = [text for item in value if (text := named(item))]
        else:
            text = text_of(value)
            sign = next((sign for sign in (";;", "||", ";", "|", "\n") if sign in text), ";")
            found = split(text, sign)
        if found:
            return found
    return []


def split(text: str, sign: str) -> list[str]:
    """The parts of `text` between the signs, none of them empty."""
    return [squeeze(part) for part in text.split(sign) if part.strip()]


def named(item: object, deep: int = DEEP) -> str:
    """The text of one item of a list: of an object its name, or the parts of it."""
    if deep <= 0:
        return ""
    if isinstance(item, list | tuple):
        return " ".join(text for part in item if (text := named(part, deep - 1)))
    if not isinstance(item, Mapping):
        return text_of(item)
    if name := next((text for key in _NAMES if (text := text_of(item.get(key), deep - 1))), ""):
        return name
    if inner := next((value for key in ("author", "source") if isinstance(value := item.get(key), Mapping)), None):  # of OpenAlex
        return named(inner, deep - 1)
    return next((name for keys in NAME_PARTS if (name := " ".join(part for key in keys if (part := text_of(item.get(key), deep - 1))))), "")


def registered(listed: object) -> Iterator[str]:
    """The ids in an object that lists them by the names of their registries, as Semantic Scholar, OpenAlex and Mendeley have it."""
    for key, value in listed.items() if isinstance(listed, Mapping) else ():
        prefix, text = _REGISTRIES.get(str(key).lower()), text_of(value)
        if prefix and prefix.startswith("pm"):
            text = text.rstrip("/").rpartition("/")[2].upper().removeprefix("PMC")
        if prefix and text:
            yield f"{prefix}{text}"


def written_out(value: object) -> object:
    """The list or object that a string holds as JSON, or as Python or NumPy print it; anything else as it is."""
    if (
        not isinstance(value, str)
        or value.lstrip()[:1] not in ("[", "{")
        or (ends := value.strip()[:1] + value.strip()[-1:]) not in ("[]", "{}")
        or len(value) > _LONGEST
    ):
        return value
    text = value.strip()
    try:
        return _whole(orjson.loads(text), value)
    except orjson.JSONDecodeError:
        pass
    if ends == "[]" and _ITEMS.fullmatch(text):
        return [_ESCAPED.sub(r"\1", found[1:-1]) for found in re.findall(_ITEM, text, re.S)]
    if "{" not in text:
        return value
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _whole(ast.literal_eval(text), value)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return value


def _whole(found: Any, value: str) -> object:
    return found if isinstance(found, list | Mapping) else value


def people(found: list[str]) -> tuple[Author, ...]:
    """The authors in the items of a cell. One item alone is parted by ` and `, else by commas, unless the comma parts family and given
    name; and so is each one that is a list of short names itself (`Fern A, Rung C`)."""
    found = [_OTHERS.sub("", squeeze(name)) for name in found]
    if len(found) == 1:
        found = re.split(r"\s+and\s+|\s*&\s*", found[0]) if re.search(r"\sand\s|\s&\s", found[0]) else found
        if sum(bool(_INVERTED.match(item)) for item in found) < 2:  # else as BibTeX has them
            found = [name for item in found for name in _by_commas(item)]
    names = [name for item in found for name in (_by_commas(item) if _short_list(item) else [item])]
    names = [_BEHIND.sub("", name).strip("{}") for name in names]
    if names and _FULL_STOP.search(names[-1]) and not any("." in name for name in names[:-1]) and (names[1:] or _GROUP.search(names[0])):
        names[-1] = names[-1][:-1]
    single = [name for name in names if not _GROUP.search(name)]
    if single and all(map(_is_short, single)):  # `Fern A.`, as Scopus and PubMed have them
        names = [", ".join(name.rsplit(" ", 1)) if _is_short(name) else name for name in names]
    return tuple(known for name in names if (known := author(person(name))))


def _is_short(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and bool(_SHORT.match(name))


def _short_list(text: str) -> bool:
    parts = text.split(",")
    return len(parts) > 1 and all(_is_short(part.strip()) for part in parts)


def _by_commas(text: str) -> list[str]:
    parts = [part for part in re.split(r"\s*,\s*", text.strip(" ,")) if part]
    if len(parts) < 2 or (len(parts) == 2 and (" " not in parts[0] or _INITIALS.match(parts[1])) and not _is_short(parts[0])):
        return [text.strip(" ,")]
    if len(parts) % 2 == 0 and all(_INITIALS.match(part) for part in parts[1::2]):  # `Smith, J., Lee, K.`
        return [f"{parts[at]}, {parts[at + 1]}" for at in range(0, len(parts), 2)]
    return parts


def keywords(found: list[str]) -> list[str]:
    """The keywords in the items of a cell; one item alone is parted by commas, or is a row of arXiv's categories."""
    if len(found) == 1 and (known := categories(found[0].split())) and len(known) == len(found[0].split()) and "." in found[0]:
        return list(known)
    return [word for item in (found[0].split(",") if len(found) == 1 else found) if (word := shown(item).strip("*"))]
