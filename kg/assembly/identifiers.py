"""Ids of the nodes that records only name, and properties without blanks.

Invariant: two names have one id only where they fold alike; what ASCII cannot spell is told apart by a digest.
"""

from __future__ import annotations

from kg.hashing import digest
from kg.models import Value
from kg.text import fold, slug


def identifier(prefix: str, name: str) -> str:
    """A node id from a name: readable where the name has ASCII letters, with a digest of what they leave out."""
    part, folded = slug(name), fold(name)
    if part and folded.isascii():
        return f"{prefix}:{part}"
    mark = f"x{digest(folded or name)[:12]}"
    return f"{prefix}:{part}-{mark}" if part else f"{prefix}:{mark}"


def filled(**properties: Value | None) -> dict[str, Value]:
    """The properties that say something: None, empty strings and empty lists left out."""
    return {name: value for name, value in properties.items() if value is not None and value not in ("", [])}
