"""Which concept is a narrower case of which, read off the names.

The head of an English noun phrase is its last word, and modifiers before it narrow it (Hearst 1992 and, for terms, Bourigault 1994
use the same regularity): `heterogeneous mixture of experts` is a mixture of experts. So B is broader than A where B's words end A's,
both are of one kind, and B is a concept itself. Not taken: a broader name of one generic word (`model`, `learning`), a name that runs
on after a preposition (`attention for images`, whose head is not its last word), half of a hyphened word (`encoder-decoder`,
`auto-encoder`; but `self-attention` is attention), a rest that begins or ends with a digit (`GPT 2`
isn't a `2`) and modifiers that deny the head (`non-`, `fake`). Versions and sizes (`BERT-base`, `Llama 2`) stand behind the head,
so they give no edge: they are siblings. Invariant: edges go to the nearest broader concepts only, and never in a circle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.models import Concept
from kg.text import fold

_GENERIC = frozenset(
    (
        "model", "method", "algorithm", "framework", "approach", "architecture", "technique", "system", "network", "learning", "training",
        "task", "problem", "dataset", "data", "benchmark", "corpus", "score", "metric", "rate", "error", "loss", "function", "set", "test",
        "analysis", "process", "generation", "prediction", "detection", "recognition", "evaluation", "layer", "module", "agent", "tool",
        "theory", "design", "mechanism", "strategy", "policy", "objective", "parameter", "cost", "time", "ratio", "index", "number", "level",
        "step", "base", "large", "small", "mini", "tiny", "xl", "pro",
    )
)  # fmt: skip
_DENYING = frozenset(["non", "un", "anti", "pseudo", "quasi", "fake", "without", "beyond", "no", "not", "versus", "vs", "post"])
_LINKING = frozenset(["of", "for", "in", "with", "on", "from", "to", "by", "via", "over", "under", "as", "and", "or", "at"])
_OF = frozenset(("of",))
_BOUND = frozenset(("auto", "de", "re", "co", "sub", "dis", "counter", "pre", "inter", "intra"))
_MODIFYING = frozenset(("self", "cross", "meta", "multi"))
_VERSION = re.compile(r"^(v?\d.*|\d+[bkm]|xl|xxl)$")


def is_a(concepts: Iterable[Concept]) -> list[tuple[str, str, str]]:
    """(narrow id, broad id, why), sorted. Names are compared folded, last word in the singular, in every spelling that the concept's
    name takes; of several broader concepts in one line only the nearest is given."""
    ordered = sorted(concepts, key=lambda concept: concept.id)
    index: dict[tuple[str, tuple[str, ...]], Concept] = {}
    for concept in ordered:
        index.setdefault((concept.kind, _words(concept.name)), concept)
    found = ((concept, _nearest(concept, index)) for concept in ordered)
    return [
        (concept.id, broad.id, f'"{concept.name}" ends in "{broad.name}", which the words before it narrow down') for concept, broad in found if broad
    ]


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word, _ in _parts(name))


def _parts(name: str) -> list[tuple[str, bool]]:
    """The folded words, each with whether a hyphen ties it to the one before."""
    pieces = (fold(piece).replace("/", " ").split() for piece in name.split())
    return [(word, place > 0) for piece in pieces for place, word in enumerate(piece)]


def _nearest(concept: Concept, index: dict[tuple[str, tuple[str, ...]], Concept]) -> Concept | None:
    parts = _parts(concept.name)
    words = tuple(word for word, _ in parts)
    for start in range(1, len(words)):
        modifiers, rest = words[:start], words[start:]
        broad = index.get((concept.kind, rest))
        if broad and broad.id != concept.id and _narrows(modifiers, rest) and not (parts[start][1] and _tied(modifiers[-1], rest)):
            return broad
    return None


def _tied(before: str, rest: tuple[str, ...]) -> bool:
    """Is the word before the hyphen part of one word with the first of `rest`, so that `rest` is no head of its own?"""
    return before in _BOUND or (len(rest) == 1 and before not in _MODIFYING)


def _narrows(modifiers: tuple[str, ...], rest: tuple[str, ...]) -> bool:
    if len(rest) == 1 and (rest[0] in _GENERIC or len(rest[0]) < 3):
        return False
    if _VERSION.match(rest[0]) or _VERSION.match(rest[-1]) or rest[0] in _LINKING:
        return False
    return modifiers[-1] not in _LINKING and not (_DENYING | (_LINKING - _OF)) & set(modifiers)
