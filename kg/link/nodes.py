"""Terms of one key and kind, pooled; and the one kind that a key has.

The guideline: one concept has one kind everywhere. So a key's terms go to the kind that most papers see in it. Only where two kinds
both stand on firm ground (each in at least 5 papers, the bigger in under two thirds of them) are they taken for two things of one
name, as a model and a data set both called Alpaca are. An abbreviation of two to four capitals is shared by many things, so its kinds
stay apart unless four papers in five agree (`EM`: exact match, expectation maximization). Invariant: every term is in exactly one node.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.kinds import KINDS
from kg.link.forest import NodeId
from kg.link.keys import key, unbracketed
from kg.link.plural import singular
from kg.models import Term

BALANCED_SHARE = 2 / 3
BALANCED_PAPERS = 5
SHORT_SHARE = 0.8
_SHORT = re.compile(r"[A-Z]{2,4}s?")
_ORDER = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(slots=True)
class Node:
    """One key in one kind, its terms, and the share of the key's papers behind the kind."""

    id: NodeId
    terms: list[Term] = field(default_factory=list)
    share: float = 1.0
    _forms: Counter[str] | None = None

    @property
    def papers(self) -> int:
        """Papers that hold the node's terms (a paper that holds two of them counts twice)."""
        return sum(term.papers for term in self.terms)

    @property
    def forms(self) -> Counter[str]:
        """How often each spelling of the node's own key is printed, singular where a plural is sure; counted once, on first demand."""
        if self._forms is None:
            self._forms = _forms(self)
        return self._forms


def winning(papers: Mapping[str, int]) -> tuple[str, float]:
    """The kind of most papers, the kinds' own order deciding between equals, and its share."""
    best = min(papers, key=lambda kind: (-papers[kind], _ORDER.get(kind, len(_ORDER)), kind))
    return best, papers[best] / max(1, sum(papers.values()))


def _stands(papers: Mapping[str, int], kind: str, best: str, share: float, *, short: bool) -> bool:
    if short and share < SHORT_SHARE:
        return True
    return papers[kind] >= BALANCED_PAPERS and papers[best] >= BALANCED_PAPERS and share < BALANCED_SHARE


def nodes(terms: Iterable[tuple[str, Term]], told: Mapping[str, str]) -> dict[NodeId, Node]:
    """The nodes of keyed terms; `told` gives the kind of a key where the user decided it."""
    by_key: dict[str, list[Term]] = {}
    for name_key, term in terms:
        by_key.setdefault(name_key, []).append(term)
    found: dict[NodeId, Node] = {}
    for name_key, group in by_key.items():
        if len(group) == 1:  # the common case
            kind = told.get(name_key, group[0].kind)
            found[kind, name_key] = Node((kind, name_key), group)
            continue
        papers: Counter[str] = Counter()
        for term in group:
            papers[term.kind] += term.papers
        best, share = winning(papers)
        short = all(_SHORT.fullmatch(term.name) for term in group)
        for term in group:
            kind = told.get(name_key) or (term.kind if _stands(papers, term.kind, best, share, short=short) else best)
            node = found.setdefault((kind, name_key), Node((kind, name_key), share=1.0 if name_key in told else share))
            node.terms.append(term)
    return found


def _forms(node: Node) -> Counter[str]:
    """The names of the terms, by papers, stand in where no surface has the key (a name put together by the extractor)."""
    plain = node.id[1].partition("\n")[0]
    counted: Counter[str] = Counter()
    for term in node.terms:
        for surface, count in term.surfaces.items():
            if key(surface) == plain:
                counted[unbracketed(surface)] += count
    for term in node.terms:
        if key(term.name) == plain and (name := unbracketed(term.name)) not in counted:
            counted[name] = 0
    if not counted.total():
        for term in node.terms:
            if key(term.name) == plain:
                counted[unbracketed(term.name)] += max(1, term.papers)
    merged: Counter[str] = Counter()
    for form, count in counted.items():
        merged[_singular(form, node.id[0], counted)] += count
    return merged


def _singular(form: str, kind: str, attested: Mapping[str, int]) -> str:
    """The form with its last word in the singular, where that is no proper name's own `s`: `Natural Questions` and `Transformers`
    (alone) stay, unless the text has the singular too; a word after `of` stays (`mixture of experts`)."""
    before, space, last = form.rpartition(" ")
    stem, hyphen, tail = last.rpartition("-")
    one = before + space + stem + hyphen + singular(tail)
    if one == form or (kind == "DATASET" and not form.islower() and not tail[-2:-1].isupper()):
        return form
    if one in attested:
        return one
    words = before.replace("-", " ").split() + [word for word in stem.split("-") if word]
    if words and words[-1].lower() in ("of", "in", "by", "for", "&", "and"):
        return form
    plain = form.islower() or tail[-2:-1].isupper() or tail[-2:-1].isdigit()
    if plain or one.lower() in attested or form.lower() in attested:
        return one
    return one if words else form


def display(counted: Mapping[str, int]) -> str:
    """The form printed most often; of equals the one with fewer capitals, then the first in the alphabet. A form of several words that
    only begins with a capital is taken for the start of a sentence where the text has it in small letters too."""
    if len(counted) == 1:
        return next(iter(counted))
    pooled: Counter[str] = Counter()
    for form, count in counted.items():
        small = form[0].lower() + form[1:]
        pooled[small if small in counted and " " in form and small.islower() else form] += count
    return min(pooled, key=lambda form: (-pooled[form], sum(char.isupper() for char in form), form))
