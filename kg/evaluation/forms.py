"""One JSON object to one annotation, in whichever of three forms it is written.

Gold: `{"id", "text", "spans": [{"start", "end", "label", "concept"}], "roles": {concept: role}, "results": [...]}`. List, for people: the
same with `"mentions": [["exact text", "KIND", "concept"], ...]` for the spans. Printed, as `kg extract` writes it:
`{"id", "text", "mentions": [{"start", "end", "kind", "concept", "confidence"}], "edges": [...], "results": [...]}`.
Invariant: what breaks the form is told, never mended in silence; every fault of an object is told at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from kg.evaluation.annotation import Annotation, Key, RoleHeld, Span
from kg.evaluation.form_mentions import listed_spans, offset_spans
from kg.evaluation.form_parts import Faults, confidence_of
from kg.evaluation.form_results import reported
from kg.kinds import KINDS, ROLES


@dataclass(frozen=True, slots=True)
class Formed:
    """An annotation, and which of concepts, roles and results its object speaks of."""

    annotation: Annotation
    concepts: bool
    roles: bool
    results: bool


def formed(value: Any, texts: Mapping[str, str], kinds: frozenset[str], faults: Faults) -> Formed | None:
    """The annotation in `value`, None where something is wrong. `texts` gives the text of a paper whose object has none; labels
    outside `kinds` are left out where `kinds` is not all of them, and are faults where it is."""
    if not isinstance(value, dict):
        faults.tell("a paper is one JSON object: write {...} with `id`, `text` and `mentions`", under="id")
        return None
    paper, text = value.get("id"), value.get("text")
    if not isinstance(paper, str) or not paper:
        faults.tell("no `id`: give each paper one, as a string", under="id")
        return None
    if text is None and paper in texts:
        text = texts[paper]
    if not isinstance(text, str) or not text.strip():
        faults.tell("no `text`: give the paper's title and abstract, which offsets and mentions are found in", under="text")
        return None
    spans = _spans(value, text, kinds, faults)
    roles = _roles(value, spans, faults)
    results = reported(value, text, faults)
    made = Annotation(paper, text, tuple(spans), roles, tuple(results)).only(kinds)
    return None if faults.found else Formed(made, any(span.concept for span in spans), "roles" in value or "edges" in value, "results" in value)


def _spans(value: dict[str, Any], text: str, kinds: frozenset[str], faults: Faults) -> list[Span]:
    key = "spans" if "spans" in value else "mentions"
    items = value.get(key)
    if not isinstance(items, list):
        near = [] if key in value else [*get_close_matches("mentions", list(value), n=1), *get_close_matches("spans", list(value), n=1)]
        faults.tell(f"`{near[0]}` where `mentions` was expected" if near else "no list of mentions: write them under `mentions`")
        return []
    if items and isinstance(items[0], list):
        return listed_spans(items, text, kinds, faults)
    return offset_spans(items, text, kinds, faults)


def _roles(value: dict[str, Any], spans: list[Span], faults: Faults) -> dict[Key, RoleHeld]:
    if "edges" in value:
        return _edges(value["edges"], faults)
    if "roles" not in value:
        return {}
    given = value["roles"]
    if not isinstance(given, dict):
        faults.tell('`roles` is no object: write {"concept": "ROLE", ...}', under="roles")
        return {}
    kind_of = _kind_of(spans, faults)
    for concept in given:
        if concept not in kind_of:
            folded = {name.casefold(): name for name in kind_of}
            near = [folded[name] for name in get_close_matches(concept.casefold(), folded, n=1)]
            faults.tell(
                f"a role for {concept!r}, which no mention names" + (f": is it {near[0]!r}?" if near else ": delete it or name it"),
                concept,
                under="roles",
            )
    for concept, kind in kind_of.items():
        _check_role(concept, kind, given, faults)
    return {(concept, kind): RoleHeld(str(given[concept])) for concept, kind in kind_of.items() if concept in given}


def _kind_of(spans: list[Span], faults: Faults) -> dict[str, str]:
    kind_of: dict[str, str] = {}
    for span in spans:
        if not span.concept:
            continue  # a set that names no concepts
        if kind_of.setdefault(span.concept, span.kind) != span.kind:
            faults.tell(f"the concept {span.concept!r} is {kind_of[span.concept]} and {span.kind}: give it one kind, or two names", span.concept)
    return kind_of


def _check_role(concept: str, kind: str, given: dict[str, Any], faults: Faults) -> None:
    role = given.get(concept)
    fit = ", ".join(name for name, one in ROLES.items() if kind in one.kinds)
    if role is None:
        faults.tell(f"the concept {concept!r} has no role: add it to `roles` with one of {fit}", concept, under="roles")
    elif role not in ROLES:
        faults.tell(f"{role!r} is no role (of {concept!r}): write one of {fit}", concept, under="roles")
    elif kind in KINDS and kind not in ROLES[role].kinds:
        faults.tell(f"{role} is no role for a {kind} ({concept!r}): write one of {fit}", concept, under="roles")


def _edges(items: Any, faults: Faults) -> dict[Key, RoleHeld]:
    roles: dict[Key, RoleHeld] = {}
    for item in items if isinstance(items, list) else [None]:
        if not isinstance(item, dict) or not all(isinstance(item.get(name), str) for name in ("concept", "kind", "role")):
            faults.tell("`edges` is a list of objects with `concept`, `kind` and `role`", under="edges")
            return {}
        roles[item["concept"], item["kind"].upper()] = RoleHeld(item["role"], confidence_of(item))
    return roles
