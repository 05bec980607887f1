"""Laws of linking over made-up vocabularies: order, determinism, totality, unique ids, guards."""

from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.kinds import KINDS
from kg.link import Decisions, link
from kg.link.keys import key
from kg.models import Term, Vocabulary
from tests.link.vocabularies import link_of

WORDS = [
    "BERT",
    "bert",
    "model",
    "models",
    "Llama",
    "2",
    "3.5",
    "language",
    "LM",
    "LMs",
    "dialogue",
    "dialog",
    "β",
    "中",
    "C++",
    "task",
    "-",
    "fine-tuning",
    "RL",
]
names = st.one_of(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), st.text(min_size=1, max_size=12).filter(str.strip))
terms = st.lists(
    st.builds(
        Term,
        kind=st.sampled_from(list(KINDS)),
        name=names,
        papers=st.integers(1, 50),
        surfaces=st.dictionaries(names, st.integers(1, 9), max_size=3),
    ),
    max_size=12,
    unique_by=lambda term: (term.kind, term.name),
)
abbreviations = st.dictionaries(
    st.sampled_from(["LM", "RL", "BERT"]),
    st.dictionaries(st.sampled_from(["language model", "fine-tuning", "Llama 2"]), st.integers(1, 9), min_size=1),
)
vocabularies = st.builds(lambda found, short: Vocabulary(terms=tuple(found), abbreviations=short), terms, abbreviations)


@given(vocabularies, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_terms_means_nothing(vocabulary: Vocabulary, shuffler: random.Random) -> None:
    mixed = list(vocabulary.terms)
    shuffler.shuffle(mixed)
    turned = {short: dict(reversed(longs.items())) for short, longs in reversed(vocabulary.abbreviations.items())}
    mixed = [term.model_copy(update={"surfaces": dict(reversed(term.surfaces.items()))}) for term in mixed]
    assert link(Vocabulary(terms=tuple(mixed), abbreviations=turned)) == link(vocabulary)


@given(vocabularies)
@settings(max_examples=150, deadline=None)
def test_every_term_has_one_link_to_a_concept_of_its_id(vocabulary: Vocabulary) -> None:
    found = link(vocabulary)
    ids = [concept.id for concept in found.concepts]
    assert ids == sorted(set(ids))
    assert [(link.kind, link.name) for link in found.links] == sorted((term.kind, term.name) for term in vocabulary.terms)
    assert {link.concept for link in found.links} == set(ids)
    assert all(concept.id.startswith(KINDS[concept.kind].prefix + ":") for concept in found.concepts)


@given(vocabularies)
@settings(max_examples=100, deadline=None)
def test_equal_keys_of_one_kind_are_one_concept(vocabulary: Vocabulary) -> None:
    concept = {(link.kind, link.name): link.concept for link in link(vocabulary).links}
    for (kind, one), (other_kind, other) in combinations(concept, 2):
        if kind == other_kind and key(one) == key(other):
            assert concept[kind, one] == concept[kind, other]


@given(vocabularies, st.lists(names, min_size=2, max_size=3, unique=True))
@settings(max_examples=150, deadline=None)
def test_different_names_never_meet(vocabulary: Vocabulary, apart: list[str]) -> None:
    apart = list(dict.fromkeys(name.strip() for name in apart))
    if len(apart) < 2:
        return
    found = link(vocabulary, decisions=Decisions.model_validate({"different": [{"names": apart}]}))
    meant: dict[str, set[str]] = {}
    for one in found.links:
        if one.name in apart:
            meant.setdefault(one.name, set()).add(one.concept)
    for one_set, other_set in combinations(meant.values(), 2):
        assert one_set.isdisjoint(other_set)


def test_many_terms_make_as_many_links() -> None:
    count = 5000
    vocabulary = Vocabulary(terms=tuple(Term(kind="METHOD", name=f"net {number}x", papers=1, surfaces={}) for number in range(count)))
    found = link(vocabulary)
    assert len(found.concepts) == len(found.links) == count
    assert link_of(found, "net 17x").method == "exact"
