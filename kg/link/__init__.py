"""Which names mean the same thing: a pure function of the vocabulary and of what the user decided."""

from __future__ import annotations

from kg.link.decisions import Decisions, load_decisions, unused
from kg.link.linker import link

__all__ = ["Decisions", "link", "load_decisions", "unused"]
