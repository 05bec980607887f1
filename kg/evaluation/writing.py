"""Annotations as a file that a person corrects: the list form, laid out for an editor or one paper a line.

Invariant: what is written, read again unchanged, gives equal spans, concepts, roles and results.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.errors import ConfigError, InputError
from kg.evaluation.annotation import Annotation
from kg.evaluation.form_results import PARTS
from kg.evaluation.listed import list_of

LAYOUTS = (".json", ".jsonl")  # laid out with one mention a line; one paper a line


def claim(path: Path, *, overwrite: bool) -> bool:
    """Whether `path` is to be laid out. Raises ConfigError where its name says no layout, and InputError where the file is there, for
    it may hold somebody's corrections, and `overwrite` is not set."""
    if path.suffix not in LAYOUTS:
        raise ConfigError(f"{path}: name the file .json (one mention a line, for an editor) or .jsonl (one paper a line, for scripts)")
    if path.exists() and not overwrite:
        raise InputError("is there already and may hold corrections: name another file, or say --overwrite", file=str(path))
    return path.suffix == ".json"


def write(annotations: Iterable[Annotation], path: Path, *, overwrite: bool = False) -> int:
    """Writes the papers in the list form and returns how many. Raises as `claim` does, and InputError where it cannot be written."""
    if claim(path, overwrite=overwrite):
        parts = [_laid_out(one) for one in annotations]
        whole = "[\n" + ",\n".join(parts) + "\n]\n"
    else:
        parts = [_line(_object(one)) for one in annotations]
        whole = "".join(f"{part}\n" for part in parts)
    try:
        path.write_text(whole, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", file=str(path)) from error
    return len(parts)


def _object(one: Annotation) -> dict[str, Any]:
    order = {key: place for place, key in reversed(list(enumerate(span.key for span in one.spans)))}  # by first mention
    roles = {key[0]: one.roles[key].role for key in sorted(one.roles, key=lambda key: order.get(key, len(order)))}
    results = [{part: getattr(result, part) for part in PARTS} for result in one.results]
    mentions = [entry.as_json() for entry in list_of(one.spans, one.text)]
    return {"id": one.id, "text": one.text, "mentions": mentions, "roles": roles, "results": results}


def _laid_out(one: Annotation) -> str:
    made = _object(one)
    lines = [f'"id": {_line(made["id"])}', f'"text": {_line(made["text"])}']
    lines.append(f'"mentions": [{_indented(map(_line, made["mentions"]))}]')
    lines.append(f'"roles": {{{_indented(f"{_line(concept)}: {_line(role)}" for concept, role in made["roles"].items())}}}')
    lines.append(f'"results": [{_indented(map(_line, made["results"]))}]')
    return "{" + ",\n ".join(lines) + "}"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _indented(lines: Iterable[str]) -> str:
    joined = ",\n  ".join(lines)
    return f"\n  {joined}\n " if joined else ""
