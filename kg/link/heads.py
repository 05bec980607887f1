"""Names with an empty head: `BERT model` is `BERT`, `object detection task` is `object detection`.

A head is dropped only where the bare name stands alone in the corpus, as the same kind, and is a proper name (capitals inside, a
digit, or a capital that nearly all its occurrences keep): so `language model` is never `language`, and `AI system` never
`AI`, a field's abbreviation being no proper name. Of a task, the word `task` itself says nothing and goes from any name of two words.
Invariant: no step without a node of the same kind at its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.link.abbreviations import Expansion
from kg.link.forest import NodeId, Step
from kg.link.keys import key, words
from kg.link.nodes import Node, display
from kg.link.plural import singular

HEADS: dict[str, frozenset[str]] = {
    "METHOD": frozenset(["model", "method", "algorithm", "framework", "approach", "architecture", "technique", "optimizer"]),
    "DATASET": frozenset(["dataset", "benchmark", "corpus", "database"]),
    "TASK": frozenset(["task", "problem"]),
    "METRIC": frozenset(["score", "metric"]),
}
_FIELDS = frozenset(["learning", "intelligence", "processing", "vision", "retrieval"])
_CAPITAL_SHARE = 0.8
_CAPITAL_SEEN = 4
_SCORE = 0.9


def steps(found: Mapping[NodeId, Node], table: Mapping[str, Expansion]) -> Iterator[Step]:
    """A step for each node whose name ends in an empty head."""
    for (kind, node_key), node in found.items():
        for name in sorted({term.name for term in node.terms if key(term.name) == node_key}):
            bare = _bare(name, kind)
            target = (kind, key(bare)) if bare else node.id
            if target != node.id and target in found and _stands_alone(found[target], bare, kind, table):
                head = singular(words(name)[-1]).lower()
                yield Step(node.id, target, "head", _SCORE, f'"{head}" adds nothing to the name "{display(found[target].forms)}"')
                break


def _bare(name: str, kind: str) -> str:
    parts = words(name)
    heads = HEADS.get(kind, frozenset())
    if len(parts) > 1 and singular(parts[-1]).lower() in heads:
        return name[: name.rindex(parts[-1])].rstrip(" -")
    if len(parts) > 2 and kind == "DATASET" and [part.lower() for part in parts[-2:]] in (["data", "set"], ["data", "sets"]):
        return name[: name.rindex(parts[-2])].rstrip(" -")
    return ""


def _stands_alone(node: Node, bare: str, kind: str, table: Mapping[str, Expansion]) -> bool:
    if kind == "TASK" and " " in bare:
        return True
    counted = node.forms
    form = display(counted)
    expansion = table.get(singular(form))
    if expansion and words(expansion.long)[-1].lower() in _FIELDS:
        return False
    if any(char.isupper() for char in form[1:].replace("-", " ")) and not _titled(form):
        return True
    if any(char.isdigit() for char in form):
        return True
    total = sum(counted.values())
    return (
        len(words(form)) == 1
        and total >= _CAPITAL_SEEN
        and sum(count for spelled, count in counted.items() if spelled[0].isupper()) >= _CAPITAL_SHARE * total
    )


def _titled(form: str) -> bool:
    """Capitals only where words begin: `Contrastive Learning`, which is no proper name by that."""
    return all(part[1:].islower() or len(part) == 1 for part in words(form)) and len(words(form)) > 1
