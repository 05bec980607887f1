"""Linking: which local names mean one concept, over the whole vocabulary at once.

Every name goes to the node of its key and kind; nodes are joined by steps (the user's first, then abbreviations and empty heads, surest
first); each tree of nodes is a concept. Work is by keys alone, so it grows with the vocabulary and not with its square. Invariant: a
pure function of vocabulary and decisions; the order of the terms changes nothing; what is `different` stays apart through every chain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.link import abbreviations, heads
from kg.link.concepts import aliases, assign_ids, spelling, stem
from kg.link.decisions import Decisions, check, node_key, pairs_apart, parted
from kg.link.forest import Forest, NodeId, Step
from kg.link.keys import one_line
from kg.link.nodes import Node, display, nodes, winning
from kg.models import Concept, Link, Linking, Term, Vocabulary

NO_DECISIONS = Decisions()


@dataclass(slots=True)
class _Joined:
    """Nodes and how they are joined, with the kinds that the user told."""

    found: dict[NodeId, Node]
    forest: Forest
    told: Mapping[str, str]


def link(vocabulary: Vocabulary, *, decisions: Decisions = NO_DECISIONS) -> Linking:
    """A link for every term (but dropped ones) and the concepts that they lead to, both sorted. Raises ConfigError where decisions
    contradict each other."""
    check(decisions)
    apart = parted(decisions)
    terms = sorted(_kept(vocabulary, decisions), key=lambda term: (term.kind, term.name))
    told = {node_key(item.of, apart): item.kind for item in decisions.kind}
    found = nodes([(node_key(term.name, apart), term) for term in terms], told)
    forest = Forest(pairs_apart(decisions))
    of_key: dict[str, list[NodeId]] = {}
    for node in sorted(found):
        of_key.setdefault(node[1], []).append(node)
    find = _Finder(found, of_key, apart)
    for step in _told_steps(decisions, find, forest):
        forest.join(step)
    table = abbreviations.expansions(vocabulary.abbreviations)
    steps = [*abbreviations.steps(found, table, of_key), *heads.steps(found, table)]
    for step in sorted(steps, key=lambda step: (-step.score, step.source, step.target)):
        forest.join(step)
    return _linking(_Joined(found, forest, told), {find.one(item.of): item.name for item in decisions.name})


def _kept(vocabulary: Vocabulary, decisions: Decisions) -> Iterator[Term]:
    apart = parted(decisions)
    dropped = {(node_key(name, apart), entry.kind) for entry in decisions.drop for name in entry.names}
    for term in vocabulary.terms:
        name_key = node_key(term.name, apart)
        if (name_key, None) not in dropped and (name_key, term.kind) not in dropped:
            yield term


class _Finder:
    """Finds the nodes that a name in a decision means: those of its key, else the one whose terms are most often printed so."""

    def __init__(self, found: Mapping[NodeId, Node], of_key: Mapping[str, list[NodeId]], apart: frozenset[str]) -> None:
        self._found, self._of_key, self._apart = found, of_key, apart
        self._printed: dict[str, Counter[NodeId]] | None = None

    def all(self, name: str) -> list[NodeId]:
        wanted = node_key(name, self._apart)
        if wanted in self._of_key:
            return self._of_key[wanted]
        if self._printed is None:
            self._printed = {}
            for node in self._found.values():
                for term in node.terms:
                    for surface, count in term.surfaces.items():
                        self._printed.setdefault(node_key(surface, self._apart), Counter())[node.id] += count
        printed = self._printed.get(wanted)
        return [min(printed, key=lambda node: (-printed[node], node))] if printed else []

    def one(self, name: str) -> NodeId | None:
        """The node with the most papers of those that the name means."""
        return min(self.all(name), key=lambda node: (-self._found[node].papers, node), default=None)


def _told_steps(decisions: Decisions, find: _Finder, forest: Forest) -> Iterator[Step]:
    for entry in sorted(decisions.same, key=lambda entry: (entry.names, entry.kind or "")):
        known = [(name, [node for node in find.all(name) if entry.kind in (None, node[0])]) for name in entry.names]
        known = [(name, meant) for name, meant in known if meant]
        if not known:
            continue
        first = find.one(known[0][0]) if entry.kind is None else known[0][1][0]
        for name, meant in known:
            own_kind = [node for node in meant if first and node[0] == first[0]]
            for node in own_kind or meant:
                if first and node != first:
                    yield Step(forest.root(node), first, "decision", 1.0, f'you decided that "{name}" and "{known[0][0]}" are the same')


def _linking(joined: _Joined, named: Mapping[NodeId | None, str]) -> Linking:
    trees: dict[NodeId, list[NodeId]] = {}
    for node in sorted(joined.found):
        trees.setdefault(joined.forest.root(node), []).append(node)
    kinds = {root: _kind(root, members, joined) for root, members in trees.items()}
    ids = assign_ids({root: stem(root, joined.found[root].forms) for root in trees}, {root: kind for root, (kind, _) in kinds.items()})
    shown = {joined.forest.root(node): name for node, name in named.items() if node}
    concepts: list[Concept] = []
    links: list[Link] = []
    for root, members in trees.items():
        name = shown.get(root) or display(joined.found[root].forms)
        terms = [term for node in members for term in joined.found[node].terms]
        printed = [(one_line(form), count) for term in terms for form, count in (*term.surfaces.items(), (term.name, 0))]
        concepts.append(Concept(id=ids[root], kind=kinds[root][0], name=name, aliases=aliases(printed, name)))
        for node in members:
            links.extend(_link(term, node, (ids[root], *kinds[root]), joined) for term in joined.found[node].terms)
    return Linking(links=tuple(sorted(links, key=lambda item: (item.kind, item.name))), concepts=tuple(sorted(concepts, key=lambda item: item.id)))


def _kind(root: NodeId, members: list[NodeId], joined: _Joined) -> tuple[str, float]:
    """The kind of a tree: as decided for one of its names (the root's first), else that of most papers."""
    decided = [joined.told[node[1]] for node in (root, *members) if node[1] in joined.told]
    if decided:
        return decided[0], 1.0
    if len(members) == 1:
        return root[0], 1.0
    papers: Counter[str] = Counter()
    for node in members:
        papers[node[0]] += joined.found[node].papers
    return winning(papers)


def _link(term: Term, node: NodeId, goal: tuple[str, str, float], joined: _Joined) -> Link:
    """The link of a term: its score is the product over all that had to be decided, its method the boldest part of it."""
    concept, kind, share = goal
    own = display(joined.found[node].forms)
    method, score = spelling(one_line(term.name), own)
    why = [] if method == "exact" else [f'{_WHY[method]} of "{own}"']
    if term.kind != kind:
        by_key = joined.found[node].share if node[0] != term.kind else 1.0
        by_tree = share if node[0] != kind else 1.0
        decided = node[1] in joined.told
        method, score = ("decision" if decided else "kind-majority"), score * by_key * by_tree
        why.append(f"you decided that it is a {kind}" if decided else f"most papers that hold it see a {kind} in it, not a {term.kind}")
    steps = joined.forest.path(node)
    for step in steps:
        score *= step.score
        why.append(step.why)
    if steps:
        method = min((step.method for step in steps), key=_BOLDEST.index)
    text = "; ".join(why) or "the name as it is printed most often"
    return Link(kind=term.kind, name=term.name, concept=concept, method=method, score=round(score, 4), why=text)


_WHY = {
    "abbreviation": "the abbreviation in brackets aside, a form",
    "case": "capitals aside, a spelling",
    "hyphen": "hyphens and spaces aside, a spelling",
    "plural": "number and spelling aside, a form",
    "spelling": "a British, American or LaTeX spelling",
    "unicode": "letters and accents aside, a spelling",
}
_BOLDEST = ("decision", "abbreviation", "head")
