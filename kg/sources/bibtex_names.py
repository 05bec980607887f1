"""Lists of names in BibTeX and BibLaTeX, as managers and hands write them.

Invariant: a comma or an `and` within braces parts nothing; the names come given name first.
"""

from __future__ import annotations

import html
import re

from kg.models import Author
from kg.sources.bibtex_texts import read_line
from kg.sources.fields import author
from kg.text import squeeze

_GROUPED = re.compile(r"[{}\\]")
_AND = re.compile(r"(?:^|\s+)(?:and\s+)+|\s+and$", re.I)
_MANY_ANDS = re.compile(r"(?:\s+\\?and)+(?=\s+\\?and\s)|\s+\\(?=and\s)|\s+and$|^and\s+", re.I)
_PART = re.compile(r"(?<![a-z])(family|given|prefix|suffix)\s*=\s*\"?([^,\"]*)\"?")  # BibLaTeX's names by parts
_HOMONYM = re.compile(r"(?<=\S)\s+0\d{3}$")  # by which DBLP tells namesakes apart
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)$", re.I)
_ESCAPE = re.compile(r"&#?\w{2,10};")


def authors(text: str) -> tuple[Author, ...]:
    """The authors of a BibTeX name list, given name first; `and others` is left out."""
    text = squeeze(text)
    if "&" in text and _ESCAPE.search(text):
        text = html.unescape(text)
    return tuple(found for name in _listed(text) if (found := author(read_line(_ordered(name)))))


def _listed(text: str) -> list[str]:
    """The names of a list on one line. The library, which goes character by character, is asked only where braces may hold an `and`."""
    if not _GROUPED.search(text):
        names = [name for name in _AND.split(text) if name]
    else:
        from bibtexparser.middlewares.names import split_multiple_persons_names

        names = split_multiple_persons_names(_MANY_ANDS.sub(lambda match: " " if match[0].endswith("\\") else "", text))
    if len(names) == 1 and ";" in names[0] and not names[0].startswith("{"):
        return [name for part in names[0].split(";") if (name := part.strip())]
    return names


def _ordered(name: str) -> str:
    """The name, given name first. `Family, Given` without braces is turned round here, as the library would."""
    if parts := dict(_PART.findall(name)):
        return " ".join(parts[key].strip() for key in ("given", "prefix", "family", "suffix") if parts.get(key))
    name = _HOMONYM.sub("", name)
    if name.startswith("{") and name.endswith("}") and "{" not in name[1:-1]:
        return name[1:-1]  # an organisation, whose commas part nothing
    commas = name.count(",")
    if not commas:
        return name.replace("~", " ")
    if commas == 1 and not _GROUPED.search(name):
        family, _, given = name.replace("~", " ").partition(",")
        return " ".join([*given.split(), *family.split()])
    if commas == 2 and (match := re.fullmatch(r"([^,{}]+),([^,{}]+),\s*([^,{}]+)", name)) and _SUFFIX.match(match[3]):
        return f"{match[2].strip()} {match[1].strip()} {match[3]}"  # `Family, Given, Jr.`, which BibTeX doesn't know
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    return parse_single_name_into_parts(name, strict=False).merge_first_name_first
