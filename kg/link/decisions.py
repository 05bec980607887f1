"""What the user decides about names: read from a TOML file, laid over every automatic link, never rewritten by a build.

    [[same]]       # these names are one concept; the first gives the id
    names = ["SAM", "Segment Anything Model"]
    [[different]]  # no two of these may ever meet, whatever else says so
    names = ["Mamba", "MAMBA"]
    [[name]]       # how a concept is shown
    of = "LLM"
    name = "large language model"
    [[kind]]       # which kind a name has everywhere
    of = "GLUE"
    kind = "DATASET"
    [[drop]]       # names that are no concept
    names = ["our model"]

A name stands for every spelling with its key. Invariant: decisions that contradict each other are one `ConfigError`; the order in
which they are written means nothing but which name of a `same` comes first.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from kg.errors import ConfigError
from kg.kinds import KINDS
from kg.link.keys import key
from kg.models import Vocabulary

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
KindName = Annotated[str, StringConstraints(pattern=f"^({'|'.join(KINDS)})$")]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Same(_Entry):
    """These names mean one concept; with `kind`, only where they are of that kind."""

    names: tuple[Name, ...] = Field(min_length=2)
    kind: KindName | None = None


class Different(_Entry):
    """No two of these names may mean one concept."""

    names: tuple[Name, ...] = Field(min_length=2)


class Named(_Entry):
    """The concept that `of` means is shown as `name`."""

    of: Name
    name: Name


class Kinded(_Entry):
    """The name is of this kind everywhere."""

    of: Name
    kind: KindName


class Dropped(_Entry):
    """These names are no concept; with `kind`, only where they are of that kind."""

    names: tuple[Name, ...] = Field(min_length=1)
    kind: KindName | None = None


class Decisions(_Entry):
    """All that the user decided. Empty: nothing."""

    same: tuple[Same, ...] = ()
    different: tuple[Different, ...] = ()
    name: tuple[Named, ...] = ()
    kind: tuple[Kinded, ...] = ()
    drop: tuple[Dropped, ...] = ()


def load_decisions(path: Path) -> Decisions:
    """The decisions in the file; none where there is no file. Raises ConfigError, naming file, place and remedy, where the file is
    no TOML, holds an unknown or wrong entry, or contradicts itself."""
    if not path.exists():
        return Decisions()
    try:
        decisions = Decisions.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
        check(decisions)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}; make it a readable UTF-8 file") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    except ValidationError as error:
        raise ConfigError(f"{path}: {_place(error)}") from error
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error
    return decisions


def _place(error: ValidationError) -> str:
    """The first complaint in one line, entries counted from 1."""
    first = error.errors()[0]
    place = " ".join(f"entry {part + 1}" if isinstance(part, int) else f"`{part}`" for part in first["loc"])
    known = "known are same (names, kind), different (names), name (of, name), kind (of, kind), drop (names, kind)"
    remedies = {"extra_forbidden": f"unknown; {known}", "string_pattern_mismatch": f"no such kind; write one of {', '.join(KINDS)}"}
    return f"{place}: {remedies.get(first['type'], first['msg'])}"


def parted(decisions: Decisions) -> frozenset[str]:
    """The names that share a key with another and that a `different` sets apart from it: all but the first one listed."""
    found: set[str] = set()
    for entry in decisions.different:
        seen: set[str] = set()
        for name in dict.fromkeys(entry.names):
            if (plain := key(name)) in seen:
                found.add(name)
            seen.add(plain)
    return frozenset(found)


def node_key(name: str, apart: frozenset[str]) -> str:
    """The key of a name, under the decisions: a parted name has a key of its own; spellings that are not listed keep the plain key."""
    return f"{key(name)}\n{name}" if name in apart else key(name)


def pairs_apart(decisions: Decisions) -> Iterator[tuple[str, str]]:
    """Every pair of keys that may not meet."""
    names_apart = parted(decisions)
    for entry in decisions.different:
        yield from combinations(sorted({node_key(name, names_apart) for name in entry.names}), 2)


def check(decisions: Decisions) -> None:
    """Raises ConfigError where two decisions cannot both hold: names both same and different (through other names too), or one
    concept with two names or two kinds."""
    leader: dict[str, str] = {}
    apart = parted(decisions)

    def find(item: str) -> str:
        while (above := leader.get(item, item)) != item:
            item = above
        return item

    for entry in decisions.same:
        first, *others = (node_key(name, apart) for name in entry.names)
        for other in others:
            leader[find(other)] = find(first)
    for part in decisions.different:
        for one, other in combinations(dict.fromkeys(part.names), 2):
            if find(node_key(one, apart)) == find(node_key(other, apart)):
                raise ConfigError(f'"{one}" and "{other}" are both same and different; take one of the two decisions out')
    told: dict[tuple[str, str], str] = {}
    said = [("kind", item.of, item.kind) for item in decisions.kind] + [("name", item.of, item.name) for item in decisions.name]
    for what, of, value in said:
        before = told.setdefault((what, find(node_key(of, apart))), value)
        if before != value:
            raise ConfigError(f'"{of}" is given two {what}s, "{before}" and "{value}"; keep one')


def unused(decisions: Decisions, vocabulary: Vocabulary) -> list[str]:
    """The decisions' names that nothing in the vocabulary goes by, as `same: "…"`, sorted: harmless, but perhaps misspelled."""
    apart = parted(decisions)
    known = {node_key(form, apart) for term in vocabulary.terms for form in (term.name, *term.surfaces)}
    named = [("same", name) for entry in decisions.same for name in entry.names]
    named += [("different", name) for part in decisions.different for name in part.names]
    named += [("drop", name) for dropped in decisions.drop for name in dropped.names]
    named += [("name", item.of) for item in decisions.name] + [("kind", item.of) for item in decisions.kind]
    return sorted({f'{what}: "{name}"' for what, name in named if node_key(name, apart) not in known})
