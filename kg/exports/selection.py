"""Which nodes a picture shows when it cannot show all: the concepts that most papers work with, and the papers that tie them together.

Invariant: the choice depends on the graph alone; where something is left out, every concept shown is held by a paper that is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.exports.outline import PAPER, Outline
from kg.kinds import ROLES

LIMIT = 400
_BACKGROUND = "MENTIONS"
_WEIGHT = {"EVALUATES_ON": 1.5, "PROPOSES": 1.25, "ADDRESSES": 1.25, "MEASURES": 1.25, _BACKGROUND: 0.25}


def weight(type_: str) -> float:
    """How much an edge of this type ties its ends together: 1, more for what a paper is about, less for background."""
    return _WEIGHT.get(type_, 1.0)


def select(found: Outline, limit: int) -> list[int]:
    """The positions of the nodes to show, ascending, at most `limit` (at least 1).

    Half of the room goes to concepts, ranked by the papers that do more than mention them; the rest to papers, ranked by their ties to those
    concepts and to each other. Concepts that no shown paper holds then give way to those that the shown papers hold."""
    everything = range(len(found.ids))
    if len(found.ids) <= limit:
        return list(everything)
    papers = [at for at in everything if found.groups[at] == PAPER]
    concepts = [at for at in everything if found.groups[at] != PAPER]
    room = max(limit // 2, limit - len(papers))
    first = _best(concepts, _ties(found, None), room)
    chosen_papers = _best(papers, _paper_ties(found, set(first)), limit - len(first))
    held = _ties(found, set(chosen_papers))
    kept = [at for at in first if held[at]]
    more = _best(set(concepts) - set(kept), held, limit - len(kept) - len(chosen_papers))
    return sorted([*kept, *chosen_papers, *more])


def _best(nodes: Iterable[int], score: Counter[int], room: int) -> list[int]:
    return sorted(nodes, key=lambda at: (-score[at], at))[:room]


def _ties(found: Outline, sources: set[int] | None) -> Counter[int]:
    score: Counter[int] = Counter()
    for source, type_, target in found.edges:
        if type_ in ROLES and (sources is None or source in sources):
            score[target] += round(4 * weight(type_))
    return score


def _paper_ties(found: Outline, concepts: set[int]) -> Counter[int]:
    score: Counter[int] = Counter()
    for source, type_, target in found.edges:
        if type_ in ROLES and target in concepts:
            score[source] += round(4 * weight(type_))
        elif type_ == "CITES":
            score[target] += 4
            score[source] += 2
    for at in found.stubs:  # a stub has no text of its own: it is shown for its citations only
        score[at] //= 2
    return score
