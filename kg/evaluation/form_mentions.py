"""Mentions as written: by exact text, or by offsets.

Invariant: a span that is returned lies in the text and is not empty.
"""

from __future__ import annotations

import re
from typing import Any

from kg.evaluation.annotation import Span
from kg.evaluation.form_parts import Faults, confidence_of, meant
from kg.evaluation.listed import Listed, spans_of, words
from kg.kinds import KINDS


def shape(form: str = "exact text") -> str:
    """How a listed mention is written."""
    return f'["{form}", "KIND", "concept"]'


def offset_spans(items: list[Any], text: str, kinds: frozenset[str], faults: Faults) -> list[Span]:
    """Spans from objects with `start`, `end`, `label` (or `kind`) and `concept`."""
    spans = []
    for number, item in enumerate(items, start=1):
        label = (item.get("label") or item.get("kind")) if isinstance(item, dict) else None
        if not isinstance(item, dict) or not isinstance(label, str):
            faults.tell(f"mention {number} is no object with `start`, `end`, `label` and `concept` (all of a paper's mentions have one form)")
            continue
        start, end, concept = item.get("start"), item.get("end"), item.get("concept") or ""
        if not (type(start) is int and type(end) is int and 0 <= start < end <= len(text)):
            faults.tell(f"mention {number} goes from {start} to {end}, but the text has {len(text)} characters: give offsets into it, end exclusive")
            continue
        _check_label(label.upper(), text[start:end], kinds, faults)
        spans.append(Span(start, end, label.upper(), str(concept), confidence_of(item)))
    return spans


def listed_spans(items: list[Any], text: str, kinds: frozenset[str], faults: Faults) -> list[Span]:
    """Spans from a list of exact texts."""
    entries = [entry for item in items if (entry := _entry(item, text, kinds, faults))]
    twice: set[str] = set()
    by_form: dict[str, list[Listed]] = {}
    for entry in entries:
        by_form.setdefault(entry.form, []).append(entry)
    for form, same in by_form.items():
        numbers = [number for entry in same for number in (entry.numbers or ())]
        if len(same) > 1 and (any(entry.everywhere for entry in same) or len(set(numbers)) < len(numbers)):
            twice.add(form)
            faults.tell(f"{form!r} is listed twice: keep one, or say which occurrences each means, as in {shape(form)[:-1]}, [1, 3]]", form)
    spans, empty = spans_of(entries, text)
    for entry in empty:
        if entry.form not in twice:
            faults.tell(f"{entry.form!r} stands only inside longer mentions here: delete it", entry.form)
    return spans


def _entry(item: Any, text: str, kinds: frozenset[str], faults: Faults) -> Listed | None:
    if not isinstance(item, list) or len(item) not in (3, 4) or not all(isinstance(part, str) and part for part in item[:3]):
        shown = item[0] if isinstance(item, list) and item and isinstance(item[0], str) else None
        faults.tell(f"the mention {str(item)[:60]} has another shape: write {shape()}", shown)
        return None
    form, label, concept = item[:3]
    _check_label(label, form, kinds, faults)
    which = item[3] if len(item) == 4 else None
    if which is not None and not (isinstance(which, list) and which):
        faults.tell(f"the occurrences of {form!r} are {str(which)[:40]}: write a list of numbers, as in [1, 3]", form)
        return None
    numbers = None if which is None else tuple(one for one in which if type(one) is int)
    offsets = tuple((one[0], one[1]) for one in which or () if _is_place(one, form, text))
    if which is not None and len(numbers or ()) + len(offsets) < len(which):
        faults.tell(f"the occurrences of {form!r}, {str(which)[:40]}, are neither numbers nor offsets at which it stands: write [1, 3]", form)
        return None
    return _found(Listed(form, label, concept, numbers, offsets), text, faults)


def _is_place(one: Any, form: str, text: str) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(type(at) is int and at >= 0 for at in one) and text[one[0] : one[1]] == form


def _found(entry: Listed, text: str, faults: Faults) -> Listed | None:
    if entry.offsets and not entry.numbers:
        return entry
    count = len(words(entry.form, text))
    if not count:
        faults.tell(f"{entry.form!r} is not in the text{_instead(entry.form, text)}", entry.form)
        return None
    beyond = [number for number in entry.numbers or () if not 1 <= number <= count]
    if beyond:
        faults.tell(
            f"{entry.form!r} has no occurrence {beyond[0]}: it stands in the text {count} time{'s' * (count > 1)}, counted from 1", entry.form
        )
        return None
    return entry


def _instead(form: str, text: str) -> str:
    if form in text:
        at = text.find(form)
        return f" as a word of its own: take the whole word, or give its offsets, as in {shape(form)[:-1]}, [[{at}, {at + len(form)}]]]"
    loose = re.search(r"\s+".join(map(re.escape, form.split())), text, re.IGNORECASE)
    return f": it is printed {loose[0]!r}" if loose else ": copy it from there, letter by letter, or delete it"


def _check_label(label: str, form: str, kinds: frozenset[str], faults: Faults) -> None:
    if label not in KINDS and kinds >= KINDS.keys():
        choices = ", ".join(KINDS)
        faults.tell(f"{label!r} is no kind (of {form!r}): {meant(label, KINDS, otherwise=f'write one of {choices}')}", form)
