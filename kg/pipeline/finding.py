"""Which node a user means by a name.

Invariant: an id always means its own node; a name that fits several nodes is never guessed at, the user is told which they are, and a name
that fits none is answered with the names that come near it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.config import graph_dir
from kg.errors import ConfigError
from kg.kinds import ROLES
from kg.ledger import Ledger, derived
from kg.models import Star
from kg.text import fold

_NEAR = 75.0  # per cent of the letters that a name shares, in order, with what was asked for
_SHOWN = 5


def title_of(star: Star) -> str:
    """What a reader calls the node."""
    properties = star.node.properties
    return str(properties.get("name") or properties.get("title") or properties.get("value") or star.node.id)


def find(ledger: Ledger, name: str, *, labels: Iterable[str] = ()) -> Star:
    """The one node (of `labels`, where given) with this id, else with this name, alias or title whatever its spelling, else with
    a title that opens with it and a colon, else with a title or name that holds it. Raises ConfigError that lists the candidates."""
    found = candidates(ledger, name, labels=labels)
    if len(found) > 1:
        raise ConfigError(f"{len(found)} nodes are called {name!r}: give the id of one: {_listed(found)}")
    return found[0]


def joined(ledger: Ledger, paper: str, concept: str) -> tuple[Star, Star]:
    """The paper and the concept that are meant: of several that fit the names, those that a role joins. Raises ConfigError where one of
    the names fits nothing, or more than one pair is joined, or none of several."""
    papers = candidates(ledger, paper, labels=["Paper"])
    concepts = candidates(ledger, concept, labels=["Concept"])
    if len(papers) == len(concepts) == 1:
        return papers[0], concepts[0]
    by_id = {star.node.id: star for star in concepts}
    pairs = [(star, by_id[edge.target]) for star in papers for edge in star.edges if edge.type in ROLES and edge.target in by_id]
    if len(pairs) == 1:
        return pairs[0]
    several = papers if len(papers) > 1 else concepts
    if not pairs:
        raise ConfigError(f"no paper called {paper!r} speaks of a concept called {concept!r}; these were looked at: {_listed(several)}")
    raise ConfigError(f"{len(pairs)} edges join {paper!r} and {concept!r}: give the ids of one: {_pairs(pairs)}")


def candidates(ledger: Ledger, name: str, *, labels: Iterable[str] = ()) -> list[Star]:
    """The nodes that `name` fits as in `find`, those it fits best; never none. Raises ConfigError that lists the nearest names."""
    wanted = set(labels)
    if (star := derived.star(ledger.db, derived.redirected(ledger.db, name))) and (not wanted or wanted & set(star.node.labels)):
        return [star]
    key = fold(name)
    tiers: tuple[list[Star], list[Star], list[Star]] = ([], [], [])
    known: dict[str, str] = {}
    for star in derived.stars(ledger.db):
        if wanted and not wanted & set(star.node.labels):
            continue
        names = _names(star)
        folded = [fold(form) for form in names]
        known.update(zip(folded, names, strict=True))
        if (tier := _fit(key, names, folded)) is not None:
            tiers[tier].append(star)
    for found in tiers:
        if found:
            return found
    what = " or ".join(sorted(wanted)) or "node"
    near = _near(key, known)
    remedy = f"did you mean {' or '.join(map(repr, near))}?" if near else "`kg stats` lists the most frequent names, `kg query` finds any"
    raise ConfigError(f"no {what} is called {name!r}: {remedy}")


def doubt(name: str, *, graph: str | Path | None = None) -> str | None:
    """What speaks against a query that matches ids and the names of concepts as they are spelled finding `name`: the nearest spellings;
    None where there is such an id or name."""
    with Ledger.open(Path(graph) if graph else graph_dir()) as ledger:
        try:
            found = candidates(ledger, name)
        except ConfigError as error:
            return str(error)
    if any(name == star.node.id or ("Concept" in star.node.labels and name.lower() in map(str.lower, _names(star))) for star in found):
        return None
    return f"{name!r} is no id and no concept's name: did you mean {_listed(found)}?"


def _fit(key: str, names: Sequence[str], folded: Sequence[str]) -> int | None:
    """How well the key fits: 0 a name, 1 what stands before a title's colon, 2 a part of a name, None not at all."""
    if not key:
        return None
    if key in folded:
        return 0
    if any(key == fold(lead) for lead, colon, _ in (form.partition(": ") for form in names) if colon):
        return 1
    return 2 if any(key in form for form in folded) else None


def _near(key: str, known: dict[str, str]) -> list[str]:
    from rapidfuzz import fuzz, process

    found = process.extract(key, known.keys(), scorer=fuzz.ratio, processor=None, limit=3, score_cutoff=_NEAR) if key else []
    return [known[form] for form, _, _ in found]


def _listed(stars: Sequence[Star]) -> str:
    some = ", ".join(f"{star.node.id} ({title_of(star)})" for star in stars[:_SHOWN])
    return some + (", …" if len(stars) > _SHOWN else "")


def _pairs(pairs: Sequence[tuple[Star, Star]]) -> str:
    some = ", ".join(f"{paper.node.id} {concept.node.id}" for paper, concept in pairs[:_SHOWN])
    return some + (", …" if len(pairs) > _SHOWN else "")


def _names(star: Star) -> list[str]:
    properties = star.node.properties
    aliases = properties.get("aliases", [])
    ids = properties.get("ids", [])
    several = [*(aliases if isinstance(aliases, list) else []), *(ids if isinstance(ids, list) else [])]
    return [str(form) for form in (properties.get("name"), properties.get("title"), *several) if form]
