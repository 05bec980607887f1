"""What the readers of written forms share: the collector of faults, and small values.

Invariant: a fault is one line that names the thing and the remedy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach of the form: the reason with its remedy, the key it is under, and the printed text to look for there."""

    reason: str
    under: str
    at: str | None


@dataclass(slots=True)
class Faults:
    """What is wrong with one object."""

    found: list[Fault] = field(default_factory=list)

    def tell(self, reason: str, at: str | None = None, *, under: str = "mentions") -> None:
        """Adds a fault."""
        self.found.append(Fault(reason, under, at))


def confidence_of(item: dict[str, Any]) -> float | None:
    """The item's `confidence` where it is a number from 0 to 1, else None."""
    given = item.get("confidence")
    return float(given) if isinstance(given, int | float) and 0 <= given <= 1 else None


def meant(given: object, known: Iterable[str], *, otherwise: str) -> str:
    """The remedy for a word that is not one of `known`: the nearest of them, else `otherwise`."""
    near = get_close_matches(str(given).upper(), list(known), n=1)
    return f"did you mean {near[0]}?" if near else otherwise
