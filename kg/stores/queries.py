"""The shipped queries: questions a researcher asks, each a file in `cypher/queries/`.

A file opens with `// question in plain words`, then `// params: name=default, ...` (JSON values) or `// params: none`, then
Cypher 5 that gives the same rows in the same order on every store. Invariant: a query's name is its file's name.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from kg.errors import StoreError


@dataclass(frozen=True, slots=True)
class ShippedQuery:
    """A question, its parameters with their defaults, and the Cypher that answers it."""

    name: str
    question: str
    params: dict[str, Any]
    text: str


def shipped() -> list[ShippedQuery]:
    """Every shipped query, sorted by name."""
    found = (entry for entry in _folder().iterdir() if entry.name.endswith(".cypher"))
    return [parse(entry.name.removesuffix(".cypher"), entry.read_text(encoding="utf-8")) for entry in sorted(found, key=lambda entry: entry.name)]


def parse(name: str, text: str) -> ShippedQuery:
    """The query in a file's `text`. Raises StoreError where its two opening lines are not as they should be."""
    first, second, *rest = [*text.splitlines(), "", ""]
    if not first.startswith("// ") or not second.startswith("// params:"):
        raise StoreError(f"{name}.cypher: the first line must be `// question`, the second `// params: name=default, ...` or `// params: none`")
    body = "\n".join(rest).strip().removesuffix(";")
    return ShippedQuery(name, first.removeprefix("// ").strip(), _params(name, second.removeprefix("// params:").strip()), body)


def _params(name: str, spec: str) -> dict[str, Any]:
    """`a="x", b=10` as a dict: JSON values, read one after the other so that a comma in a text is no separator."""
    params: dict[str, Any] = {}
    decoder, rest = json.JSONDecoder(), "" if spec == "none" else spec
    while rest:
        key, _, rest = rest.partition("=")
        try:
            params[key.strip()], end = decoder.raw_decode(rest := rest.lstrip())
        except json.JSONDecodeError as error:
            raise StoreError(f"{name}.cypher: the parameter {key.strip()!r} needs `=` and a JSON value ({error.msg})") from error
        rest = rest[end:].lstrip(", ")
    return params


def _folder() -> Traversable:
    """Where the files are: in the installed package, else in the checkout around it."""
    packaged = files("kg") / "share" / "cypher" / "queries"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "cypher" / "queries"
