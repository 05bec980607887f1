"""Abbreviation to long form, on the evidence of the papers that define it.

The pairs come from texts that define them (Schwartz and Hearst 2003, "A simple algorithm for identifying abbreviation definitions in
biomedical text"); here they are weighed over the corpus. An abbreviation is expanded only where one long form has the clear majority
of the defining papers. One of two letters needs two papers, one of three a second paper that uses the long form; and a definition seen
in d papers moves at most 20·d papers, so that one odd paper never joins two concepts that many others keep apart. Invariant: the
score grows with the papers that agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.link.forest import NodeId, Step
from kg.link.keys import key, words
from kg.link.nodes import Node
from kg.link.plural import singular

DOMINANT = 0.7
REACH = 20
COMMON = 3  # an abbreviation this many times as common as its long form is the concept's own name (`BERT`, not `LLM`)
COINED = 1  # the same for one that no rule of capitals makes (`RoBERTa`, `ELMo`): its authors coined it as a name


@dataclass(frozen=True, slots=True)
class Expansion:
    """The long form that a corpus agrees on: as printed most often, its key, and how many of the defining papers say so."""

    long: str
    key: str
    papers: int
    total: int

    @property
    def score(self) -> float:
        """Share of the defining papers, smoothed: one paper alone is worth a half (Laplace's rule of succession)."""
        return self.papers / (self.total + 1)


def expansions(abbreviations: Mapping[str, Mapping[str, int]]) -> dict[str, Expansion]:
    """The unambiguous abbreviations, by the singular of the short form in its own case (`LLM`)."""
    pooled: dict[str, Counter[str]] = {}
    for short in sorted(abbreviations):
        counted = pooled.setdefault(singular(short.strip()), Counter())
        for long, papers in abbreviations[short].items():
            counted[long] += papers
    found = ((short, _dominant(short, counted)) for short, counted in pooled.items())
    return {short: expansion for short, expansion in found if expansion}


def _dominant(short: str, counted: Mapping[str, int]) -> Expansion | None:
    by_key: Counter[str] = Counter()
    for long, papers in counted.items():
        by_key[key(long)] += papers
    if not by_key:
        return None
    best = min(by_key, key=lambda long: (-by_key[long], long))
    total = sum(by_key.values())
    if by_key[best] < DOMINANT * total or (len(short) <= 2 and total < 2) or best == key(short):
        return None
    printed = min((long for long in counted if key(long) == best), key=lambda long: (-counted[long], long))
    return Expansion(printed, best, by_key[best], total)


def steps(found: Mapping[NodeId, Node], table: Mapping[str, Expansion], of_key: Mapping[str, list[NodeId]]) -> Iterator[Step]:
    """A step for each node whose usual spelling is an abbreviation, and for each longer name with an abbreviation among its words
    (`LLM inference`), where the expanded name is a node too."""
    capitals = {short for short in table if sum(char.isupper() for char in short) >= 2}
    for node in found.values():
        if not any(singular(word) in capitals for term in node.terms for word in (*words(term.name), term.name)):
            continue
        usual = _usual(node)
        if (expansion := table.get(usual)) and usual in capitals:
            yield from _whole(node, usual, expansion, (found, of_key))
        else:
            yield from _inside(node, {word: table[word] for word in map(singular, words(usual)) if word in capitals}, found)


def _usual(node: Node) -> str:
    counted = node.forms
    return min(counted, key=lambda form: (-counted[form], form))


def _whole(node: Node, short: str, expansion: Expansion, known: tuple[Mapping[NodeId, Node], Mapping[str, list[NodeId]]]) -> Iterator[Step]:
    found, of_key = known
    kinds = of_key.get(expansion.key, [])
    target = (node.id[0], expansion.key) if (node.id[0], expansion.key) in found else kinds[0] if len(kinds) == 1 else None
    if target is None:
        return
    if target[0] != node.id[0] and (expansion.papers < 2 or "DATASET" in (target[0], node.id[0])):
        return  # a data set is often named after its task: VQA is both
    ours, theirs = node.papers, found[target].papers
    if min(ours, theirs) > REACH * expansion.papers or (len(short) <= 3 and expansion.papers == 1 and theirs == 1):
        return
    why = f'{expansion.papers} of the {expansion.total} papers that define "{short}" write it out as "{expansion.long}"'
    often = COINED if any(char.islower() for char in short) else COMMON
    ends = (target, node.id) if ours > often * theirs else (node.id, target)
    yield Step(*ends, "abbreviation", expansion.score, why)


def _inside(node: Node, parts: Mapping[str, Expansion], found: Mapping[NodeId, Node]) -> Iterator[Step]:
    if not parts:
        return
    usual = _usual(node)
    target = (node.id[0], key(" ".join(parts[one].long if (one := singular(word)) in parts else word for word in words(usual))))
    if target in found and target != node.id:
        spelled = ", ".join(f'"{short}" is "{part.long}"' for short, part in sorted(parts.items()))
        score = min(part.score for part in parts.values())
        yield Step(node.id, target, "abbreviation", score, f"{spelled} in the papers that define it")
