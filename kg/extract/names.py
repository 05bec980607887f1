"""The lexicon: names of well-known methods, datasets, tasks and metrics, as text files beside this module.

A line is a canonical name, then its aliases after `|`; `#` opens a comment. An all-lower-case alias is matched in any case, one
with capitals as it is written, and a name with a capital inside (`ImageNet`) of five letters or more in any case too, because it
can't be an ordinary word; `=` before an alias keeps it exact. Phenomena (keywords, none of the four kinds) are one more file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.extract.inflect import key, plural
from kg.kinds import KINDS

FOLDER = Path(__file__).parent / "lexicon"
PHENOMENON = "PHENOMENON"
_FILES = {**{kind: f"{kind.lower()}.txt" for kind in KINDS}, PHENOMENON: "phenomenon.txt"}
_INNER_CAPITAL = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2,}[a-z]|[A-Z]-?\d")
_LAST_WORD = re.compile(r"[A-Za-z]+$")


class Name(NamedTuple):
    """One way to print a known name: its canonical form, its kind, and whether case matters."""

    canonical: str
    kind: str
    surface: str
    exact: bool


def lexicon_files() -> tuple[Path, ...]:
    """The data files, in the order in which they win where two list one surface."""
    return tuple(FOLDER / name for name in _FILES.values())


@cache
def lexicon() -> tuple[Name, ...]:
    """Every surface of every name: aliases, plurals, hyphens as written and open. The first entry of a surface wins."""
    names: dict[tuple[str, bool], Name] = {}
    for kind, file in _FILES.items():
        for line in (FOLDER / file).read_text(encoding="utf-8").splitlines():
            entry = line.split("#")[0] if line.startswith("#") else line
            for name in _names(entry, kind):
                names.setdefault((name.surface if name.exact else name.surface.lower(), name.exact), name)
    return tuple(names.values())


@cache
def _keys() -> dict[str, bool]:
    return {key(name.surface): name.surface.islower() for name in reversed(lexicon())}


def is_known(surface: str) -> bool:
    """Whether the lexicon lists this name, in whatever spelling."""
    return key(surface) in _keys()


def is_common(surface: str) -> bool:
    """Whether the lexicon lists it as a common noun (`actor-critic`), which a paper uses rather than proposes."""
    return _keys().get(key(surface), False)


@cache
def _kinds() -> dict[str, str]:
    return {name.surface: name.kind for name in lexicon() if name.kind != PHENOMENON and name.surface != name.surface.lower()}


def kind_of_name(surface: str) -> str | None:
    """The kind of a known proper name as printed, None where the lexicon doesn't know it."""
    return _kinds().get(surface)


def _names(line: str, kind: str) -> Iterator[Name]:
    parts = [part.strip() for part in line.split("|")]
    if not parts[0]:
        return
    canonical = parts[0].removeprefix("=")
    for part in parts:
        surface = part.removeprefix("=")
        exact = part.startswith("=") or (surface != surface.lower() and not (len(surface) >= 5 and _INNER_CAPITAL.search(surface)))
        for variant in _variants(surface):
            yield Name(canonical, kind, variant, exact)


def _variants(surface: str) -> Iterator[str]:
    yield surface
    last = _LAST_WORD.search(surface)
    if last and len(last[0]) > 1:
        yield surface[: last.start()] + plural(last[0])
    if "-" in surface and surface == surface.lower():
        yield surface.replace("-", " ")
