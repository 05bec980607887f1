"""The ledger keeps facts, diffs stars and follows what each store was given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.ledger import Ledger, derived, facts
from kg.models import Concept, Edge, Extraction, Link, Linking, Mention, Node, Paper, Place, Reject, Star


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path, write=True) as opened:
        yield opened


def star(key: str, **properties: str) -> Star:
    return Star(Node(key, ("Keyword",), dict(properties)), (Edge("IS_A", "b", "Concept", {"why": "x"}),))


def link(name: str, concept: str) -> Link:
    return Link(kind="TASK", name=name, concept=concept, method="exact", score=1)


def test_stars_are_diffed_and_digested(ledger: Ledger) -> None:
    with ledger.transaction() as db:
        assert derived.put_stars(db, [star("a"), star("b")]) == derived.Change(2, 0, 0)
        first = derived.meta(db, "graph")
        assert derived.put_stars(db, [star("b"), star("a")]) == derived.Change(0, 0, 0)
        assert derived.meta(db, "graph") == first
        assert derived.put_stars(db, [star("a", name="A")]) == derived.Change(0, 1, 1)
        assert derived.meta(db, "graph") != first
        assert list(derived.stars(db)) == [star("a", name="A")]
        assert derived.star(db, "b") is None


def test_a_store_is_due_what_differs_from_what_it_was_given(ledger: Ledger) -> None:
    with ledger.transaction() as db:
        derived.put_stars(db, [star("a"), star("b")])
        assert derived.due(db, "s") == ["a", "b"]
        derived.given(db, "s", ["a", "b"])
        assert (derived.due(db, "s"), derived.due(db, "other")) == ([], ["a", "b"])
        derived.put_stars(db, [star("a", name="A"), star("c")])
        assert (derived.due(db, "s"), derived.overdue(db, "s"), derived.given_count(db, "s")) == (["a", "c"], ["b"], 2)
        derived.taken(db, "s", ["b"])
        assert derived.overdue(db, "s") == []
        derived.giving(db, "s", ["c"])
        assert (derived.due(db, "s"), derived.given_count(db, "s")) == (["a", "c"], 1)
        derived.put_stars(db, [star("a", name="A")])
        assert derived.overdue(db, "s") == ["c"]  # it may have got there before the push died
        derived.forget_store(db, "s")
        assert derived.given_count(db, "s") == 0


def test_an_old_concept_id_redirects_to_where_its_names_went(ledger: Ledger) -> None:
    def linking(*pairs: tuple[str, str]) -> Linking:
        concepts = tuple(Concept(id=key, kind="TASK", name=key) for key in sorted({key for _, key in pairs}))
        return Linking(links=tuple(link(name, key) for name, key in pairs), concepts=concepts)

    with ledger.transaction() as db:
        derived.put_links(db, linking(("qa", "task:qa"), ("question answering", "task:question-answering")))
        derived.put_links(db, linking(("qa", "task:question-answering"), ("question answering", "task:question-answering")))
        assert derived.redirected(db, "task:qa") == "task:question-answering"
        assert derived.redirected(db, "task:never-was") == "task:never-was"
        derived.put_links(db, linking(("qa", "task:qa"), ("question answering", "task:question-answering")))
        assert derived.redirected(db, "task:qa") == "task:qa"


def test_extractions_are_kept_by_text_and_fingerprint(ledger: Ledger) -> None:
    seen = Extraction(
        mentions=(Mention(start=0, end=2, kind="TASK", name="qa", confidence=0.5, by="test"),), abbreviations=(("QA", "question answering"),)
    )
    with ledger.transaction() as db:
        facts.put_extractions(db, "f1", [("h", seen)])
        facts.put_extractions(db, "f1", [("h", Extraction())])
        assert facts.extraction(db, "h", "f1") == seen
        assert facts.extraction(db, "h", "f2") == Extraction()


def test_an_input_is_replaced_as_a_whole(ledger: Ledger) -> None:
    paper = Paper(title="One", places=(Place(file="x", line=3),))
    with ledger.transaction() as db:
        assert facts.put_records(db, "x", [paper, Reject(file="x", line=9, reason="bad")], keys=lambda _: ["k"]) == (1, 1)
        assert facts.tally(db, "x") == (1, 1)
        assert facts.put_records(db, "x", [paper, paper], keys=lambda _: ["k"]) == (2, 0)
        assert list(facts.rejects(db)) == []
        facts.drop_input(db, "x")
        assert db.execute("SELECT count(*) FROM record_key").fetchone() == (0,)


def test_an_undone_transaction_leaves_nothing(ledger: Ledger) -> None:
    with ledger.transaction(keep=False) as db:
        derived.set_meta(db, "k", "v")
    assert derived.meta(ledger.db, "k") is None
    with pytest.raises(RuntimeError), ledger.transaction() as db:
        derived.set_meta(db, "k", "v")
        raise RuntimeError
    assert derived.meta(ledger.db, "k") is None


def test_one_writer_and_many_readers(ledger: Ledger) -> None:
    with pytest.raises(ConfigError, match="another kg command"):
        Ledger.open(ledger.folder, write=True)
    with pytest.raises(ConfigError, match="its first build did not end"):
        Ledger.open(ledger.folder)
    with ledger.transaction() as db:
        derived.put_stars(db, [star("a")])
    with Ledger.open(ledger.folder) as reader:
        before = derived.meta(reader.db, "graph")
        with ledger.transaction() as db:
            derived.put_stars(db, [star("b")])
        assert derived.meta(reader.db, "graph") == before  # a reader sees one state
        assert [found.node.id for found in derived.stars(reader.db)] == ["a"]
