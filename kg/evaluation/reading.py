"""Files of annotations or extractions, in any of the forms of `kg.evaluation.forms`.

Invariant: a file is taken whole or refused with its first fault and the number of the others; `check` tells them all.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.evaluation.annotation import Annotation
from kg.evaluation.form_parts import Faults
from kg.evaluation.forms import Formed, formed
from kg.evaluation.json_text import Raw, values
from kg.evaluation.realign import carried_over
from kg.kinds import KINDS
from kg.models import Reject

ALL_KINDS = frozenset(KINDS)


@dataclass(frozen=True, slots=True)
class Annotations:
    """The papers of one file by id, in its order, and what the file speaks of at all."""

    papers: dict[str, Annotation]
    has_concepts: bool = True
    has_roles: bool = True
    has_results: bool = True


def read(path: str | Path, *, texts: Mapping[str, str] | None = None, kinds: frozenset[str] = ALL_KINDS) -> Annotations:
    """The annotations of a file (`-` is standard input). `texts` gives, by id, the text of papers that come without one; with fewer
    `kinds` than all, only these are kept. Raises InputError for the first fault of the form."""
    good: list[Formed] = []
    bad: list[Reject] = []
    for item in _items(path, texts or {}, kinds):
        if isinstance(item, Reject):
            bad.append(item)
        else:
            good.append(item)
    if bad:
        more = f" ({len(bad) - 1} more: `kg annotate --check` lists all)" if len(bad) > 1 else ""
        raise InputError(bad[0].reason + more, file=bad[0].file, line=bad[0].line)
    if not good:
        raise InputError("no papers in it: write one JSON object a paper", file=str(path))
    papers = {one.annotation.id: _fitted(one.annotation, texts or {}, str(path)) for one in good}
    return Annotations(papers, any(one.concepts for one in good), any(one.roles for one in good), any(one.results for one in good))


def check(path: str | Path) -> tuple[Annotations, list[Reject]]:
    """The papers that keep the form, and every fault of the others, by line."""
    items = list(_items(path, {}, ALL_KINDS))
    papers = {item.annotation.id: item.annotation for item in items if isinstance(item, Formed)}
    return Annotations(papers), [item for item in items if isinstance(item, Reject)]


def _items(path: str | Path, texts: Mapping[str, str], kinds: frozenset[str]) -> Iterator[Formed | Reject]:
    seen: set[str] = set()
    for raw in values(_text(path), str(path)):
        if isinstance(raw, Reject):
            yield raw
            continue
        faults = Faults()
        made = formed(raw.value, texts, kinds, faults)
        if made and made.annotation.id in seen:
            faults.tell(f"the paper {made.annotation.id!r} stands in the file twice: keep one", under="id")
        if made:
            seen.add(made.annotation.id)
        yield from _told(raw, faults, str(path))
        if made and not faults.found:
            yield made


def _told(raw: Raw, faults: Faults, file: str) -> Iterator[Reject]:
    paper = raw.value.get("id") if isinstance(raw.value, dict) else None
    known = f"{paper}: " if isinstance(paper, str) and paper else ""
    for fault in faults.found:
        yield Reject(file=file, line=raw.line_of(fault.under, fault.at), reason=known + fault.reason)


def _text(path: str | Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InputError("not UTF-8: save the file in that encoding (unpack it first where it is packed)", file=str(path), line=line) from None
    except FileNotFoundError:
        raise InputError("no such file: check the path", file=str(path)) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=str(path)) from error


def _fitted(one: Annotation, texts: Mapping[str, str], file: str) -> Annotation:
    text = texts.get(one.id, one.text)
    if fitted := carried_over(one, text):
        return fitted
    at = next((i for i, (a, b) in enumerate(zip(one.text, text, strict=False)) if a != b), min(len(one.text), len(text)))
    shown = f"character {at} on, {one.text[at : at + 20]!r} for {text[at : at + 20]!r}"
    raise InputError(f"the text of {one.id!r} is not the gold's (from {shown}), so offsets mean nothing: read the gold's own text", file=file)
