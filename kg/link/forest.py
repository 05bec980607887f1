"""Which nodes go together: directed steps to a root, with guards that no chain of steps gets round.

Invariant: every node has at most one step out, steps make no circle, and two nodes that are kept apart never share a root,
however many steps lie between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NodeId = tuple[str, str]  # kind and key


@dataclass(frozen=True, slots=True)
class Step:
    """`source` means what `target` means: by which method, how surely (0 to 1), and why in words."""

    source: NodeId
    target: NodeId
    method: str
    score: float
    why: str


class Forest:
    """Nodes joined by steps. `apart` are pairs of keys; they hold for the nodes of those keys in every kind."""

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        self._leader: dict[NodeId, NodeId] = {}
        self._keys: dict[NodeId, set[str]] = {}
        self._apart: dict[str, set[str]] = {}
        self._steps: dict[NodeId, Step] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def root(self, node: NodeId) -> NodeId:
        """Where the steps from this node end."""
        path = []
        while (above := self._leader.get(node, node)) != node:
            path.append(node)
            node = above
        for passed in path:
            self._leader[passed] = node
        return node

    def join(self, step: Step) -> bool:
        """Take the step, unless its source has one already, a circle would close or nodes kept apart would meet. Says whether."""
        source, target = self.root(step.source), self.root(step.target)
        if source == target or source != step.source or self._forbidden(source, target):
            return False
        self._leader[source] = target
        self._keys.setdefault(target, {target[1]}).update(self._keys.pop(source, {source[1]}))
        self._steps[step.source] = step
        return True

    def _forbidden(self, one: NodeId, other: NodeId) -> bool:
        if not self._apart:
            return False
        ours, theirs = self._keys.get(one, {one[1]}), self._keys.get(other, {other[1]})
        return any(not theirs.isdisjoint(self._apart.get(item, ())) for item in ours)

    def path(self, node: NodeId) -> list[Step]:
        """The steps from this node to its root, in order."""
        steps = []
        while node in self._steps:
            steps.append(self._steps[node])
            node = steps[-1].target
        return steps
