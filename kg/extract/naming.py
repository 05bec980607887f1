"""One name for the mentions of one thing in one text, and further mentions of what the text itself defines.

Mentions are one concept when they differ in case, hyphens or number only, when the text defines one as the other's abbreviation,
or when the lexicon knows both as one. Invariant: mentions with one `kg_name` have one kind, the surest of those proposed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract.coin import COINED, occurrences, urls
from kg.extract.heads import kind_of_phrase
from kg.extract.inflect import key, singular, singular_phrase
from kg.extract.places import Found, found, set_found, snapped, text_of
from kg.extract.stopwords import NOT_NAMES

if TYPE_CHECKING:
    from spacy.tokens import Doc

DEFINED = 0.9  # times its source's confidence: strict precision on gold dev 0.75 beside 0.86 (methods), 0.66 beside 0.74 (tasks)

Pair = tuple[str, str]
Place = tuple[int, int]


def mark_names(doc: Doc, *, propagate: bool = True) -> Doc:
    """Set `kg_name` of every concept span and settle its kind; with `propagate`, first add what the text defines."""
    text = text_of(doc)
    defined: list[Pair] = [(short, long) for short, long, *_ in doc._.kg_abbreviations]
    items = found(doc)
    if propagate:
        items = [*_with_defined(doc, items)]
        items += _repeats(text, items)
        addresses = urls(text)
        items = [item for item in items if not any(start <= item.start < end for start, end in addresses)]
    set_found(doc, named(text, snapped(doc, items), defined))
    return doc


def _redefined(text: str, item: Found, own: dict[str, str]) -> bool:
    """Whether the text gives this short form another meaning than the lexicon's."""
    long = own.get(key(text[item.start : item.end]))
    return bool(item.name) and long is not None and key(item.name) != long


def _with_defined(doc: Doc, items: list[Found]) -> Iterator[Found]:
    """The items and, for each definition with a known kind, its two forms wherever they stand."""
    text = text_of(doc)
    extra: list[Found] = []
    for short, _, s0, s1, l0, l1 in doc._.kg_abbreviations:
        if short in NOT_NAMES or singular(short) in NOT_NAMES:
            continue
        source = _source(text, items, (s0, s1), (l0, l1))
        if source is None:
            continue
        kind, confidence, start = source
        extra += [
            Found(a, b, kind, confidence * DEFINED, "abbreviation")
            for form, any_case in ((short, False), (text[start:l1], True))
            for a, b in occurrences(text, form, any_case=any_case)
        ]
    shadowed = {(item.start, item.end) for item in extra}
    yield from (item for item in items if (item.start, item.end) not in shadowed)
    hints = {(item.start, item.end): item for item in items if (item.start, item.end) in shadowed}
    for item in extra:
        seen = hints.get((item.start, item.end))
        yield item._replace(name=seen.name, confidence=seen.confidence, by=seen.by) if seen and seen.kind == item.kind else item


def _source(text: str, items: list[Found], short: Place, long: Place) -> tuple[str, float, int] | None:
    """Kind and confidence of a definition, and where its long form begins: by a mention that ends with the long form, else by
    the long form's head word, else by a mention of the short form."""
    for item in items:
        if item.by == "title" and text[item.start : item.end] == text[slice(*short)]:
            return item.kind, item.confidence, long[0]
    for item in items:
        if item.end == long[1] and item.start <= long[1]:
            return item.kind, item.confidence, min(item.start, long[0])
    by_head = kind_of_phrase(text[long[0] : long[1]])
    if by_head:
        return by_head, 0.8, long[0]
    for item in items:
        if (item.start, item.end) == short:
            return item.kind, item.confidence, long[0]
    return None


def _repeats(text: str, items: list[Found]) -> list[Found]:
    """Further exact occurrences of coined names that are mentioned somewhere."""
    taken = {place for item in items for place in range(item.start, item.end)}
    coined = {text[item.start : item.end]: item for item in items if COINED.search(text[item.start : item.end])}
    return [
        Found(start, end, item.kind, item.confidence, "repeat", item.name)
        for surface, item in coined.items()
        for start, end in occurrences(text, surface)
        if taken.isdisjoint(range(start, end))
    ]


def named(text: str, items: Iterable[Found], defined: Sequence[Pair]) -> list[Found]:
    """The items (disjoint, at tokens' edges) with their concepts' names: those that are one concept have its fullest name and surest kind.
    `defined` are the (short, long) pairs of the text."""
    own = {key(short): key(long) for short, long in defined}
    items = [item._replace(name="") if _redefined(text, item, own) else item for item in items]
    surfaces = [text[item.start : item.end] for item in items]
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for short, long in defined:
        parent[root(key(short))] = root(key(long))
    for surface, item in zip(surfaces, items, strict=True):
        if item.name:
            parent[root(key(surface))] = root(key(item.name))
    longs: dict[str, list[str]] = defaultdict(list)
    for _, long in defined:
        longs[root(key(long))].append(long)
    groups: dict[str, list[int]] = defaultdict(list)
    for index, surface in enumerate(surfaces):
        groups[root(key(surface))].append(index)
    for group, members in groups.items():
        name = fullest([surfaces[i] for i in members] + longs[group], [items[i].name for i in members if items[i].name])
        votes: Counter[str] = Counter()
        for i in members:
            votes[items[i].kind] += items[i].confidence  # type: ignore[assignment]
        kind = max(sorted(votes), key=lambda k: votes[k])
        for i in members:
            items[i] = items[i]._replace(kind=kind, concept=name)
    return items


def fullest(surfaces: Iterable[str], hints: Iterable[str] = ()) -> str:
    """The name to show: the lexicon's where it knows one, else the longest form in singular, in its commonest spelling."""
    if known := Counter(hints).most_common(1):
        return known[0][0]
    counts = Counter(singular_phrase(" ".join(surface.split())) for surface in surfaces)
    longest = max(counts, key=lambda s: (len(s.split()), len(key(s)), s))
    same = [s for s in counts if key(s) == key(longest)]
    best = max(same, key=lambda s: (counts[s], s.islower(), -sum(map(str.isupper, s)), s))
    head, space, rest = best.partition(" ")
    if space and head[1:].islower() and rest.islower() and head[0].isupper():
        return best[0].lower() + best[1:]  # the capital is a sentence's, not the name's
    return best
