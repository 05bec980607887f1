"""Linking: methods, scores, guards, kinds, ids and names."""

from __future__ import annotations

import pytest

from kg.link import Decisions, link
from kg.models import Linking, Vocabulary
from tests.link.vocabularies import concept_of, link_of, term, vocabulary


def same(linking: Linking, one: str, other: str, kind: str = "METHOD") -> bool:
    return link_of(linking, one, kind).concept == link_of(linking, other, kind).concept


@pytest.mark.parametrize(
    ("name", "shown", "method"),
    [
        ("BERT", "BERT", "exact"),
        ("Bert", "BERT", "case"),
        ("Llama2", "Llama 2", "hyphen"),
        ("language models", "language model", "plural"),
        ("β-VAE", "beta-VAE", "unicode"),
        ("topic modelling", "topic modeling", "spelling"),
    ],
)
def test_every_link_says_how(name: str, shown: str, method: str) -> None:
    terms = [term(shown, 9)] + ([term(name, 1)] if name != shown else [])
    found = link_of(link(vocabulary(*terms)), name)
    assert found.method == method
    assert 0.9 < found.score <= 1.0
    assert found.why


def test_an_id_is_kind_and_slug_of_the_key_whatever_is_most_frequent() -> None:
    one = link(vocabulary(term("Large Language Models", 9), term("large language model", 2)))
    other = link(vocabulary(term("Large Language Models", 2), term("large-language model", 9)))
    assert [concept.id for concept in one.concepts] == ["method:large-language-model"] == [concept.id for concept in other.concepts]


def test_a_word_break_that_is_debris_does_not_move_an_id() -> None:
    found = link(vocabulary(term("perception", 30, "TASK"), term("p-erception", 1, "TASK")))
    assert [concept.id for concept in found.concepts] == ["task:perception"]


def test_names_are_singular_and_proper_names_as_spelled_most_often() -> None:
    found = link(vocabulary(term("large language models", 9), term("BERT4Rec", 3), term("Bert4rec", 1), term("mixture of experts", 2)))
    assert concept_of(found, "large language models").name == "large language model"
    assert concept_of(found, "Bert4rec").name == "BERT4Rec"
    assert concept_of(found, "mixture of experts").name == "mixture of experts"


def test_the_start_of_a_sentence_is_no_proper_name() -> None:
    found = link(vocabulary(term("Math word problem solving", 5, "TASK"), term("math word problem solving", 2, "TASK"), term("Whisper", 3)))
    assert [concept.name for concept in found.concepts] == ["Whisper", "math word problem solving"]


def test_a_data_set_keeps_its_own_plural() -> None:
    found = link(vocabulary(term("Natural Questions", 4, "DATASET")))
    assert found.concepts[0].name == "Natural Questions"
    misspelled = link(vocabulary(term("Natural Questions", 4, "DATASET"), term("Natural Question", 1, "DATASET")))
    assert [(concept.id, concept.name) for concept in misspelled.concepts] == [("dataset:natural-questions", "Natural Questions")]


def test_aliases_are_the_other_surfaces_most_frequent_first() -> None:
    llm = {"large language models": 5, "LLMs": 9, "large language model": 1}
    found = link(Vocabulary(terms=(term("large language models", 6).model_copy(update={"surfaces": llm}),)))
    assert found.concepts[0].aliases == ("LLMs", "large language models")


def test_an_abbreviation_means_its_long_form() -> None:
    found = link(vocabulary(term("LLMs", 4), term("large language models", 8), LLM={"Large Language Model": 7, "large language models": 4}))
    assert same(found, "LLMs", "large language models")
    decided = link_of(found, "LLMs")
    assert decided.method == "abbreviation"
    assert decided.score == pytest.approx(11 / 12, abs=0.05)
    assert "11 of the 11 papers" in decided.why


def test_an_abbreviation_inside_a_name_is_written_out() -> None:
    names = (term("LLM inference", 2, "TASK"), term("large language model inference", 2, "TASK"))
    assert same(link(vocabulary(*names, LLM={"large language model": 9})), "LLM inference", "large language model inference", "TASK")


def test_an_ambiguous_abbreviation_stays_alone() -> None:
    names = (term("SAM", 9), term("Segment Anything Model", 4), term("sharpness-aware minimization", 4))
    found = link(vocabulary(*names, SAM={"Segment Anything Model": 3, "sharpness-aware minimization": 3}))
    assert len(found.concepts) == 3


def test_one_odd_definition_does_not_glue_two_big_concepts() -> None:
    names = (term("ROUGE", 80), term("red orange unit of green exposure", 60))
    assert len(link(vocabulary(*names, ROUGE={"red orange unit of green exposure": 1})).concepts) == 2
    assert len(link(vocabulary(*names, ROUGE={"red orange unit of green exposure": 5})).concepts) == 1


def test_a_word_that_looks_like_an_abbreviation_is_none() -> None:
    names = (term("Adam", 30), term("adaptive moment estimation", 3))
    assert len(link(vocabulary(*names, ADAM={"adaptive moment estimation": 3})).concepts) == 2


def test_a_far_more_common_abbreviation_is_the_concepts_own_name() -> None:
    long = "Bidirectional Encoder Representations from Transformers"
    found = link(vocabulary(term("BERT", 90), term(long, 3), BERT={long: 5}))
    assert [(concept.id, concept.name) for concept in found.concepts] == [("method:bert", "BERT")]


def test_an_empty_head_goes_only_from_a_proper_name() -> None:
    names = ["BERT", "BERT model", "language", "language model", "Adam", "Adam optimizer", "GPT-4 models", "GPT-4"]
    found = link(vocabulary(*(term(name, 5) for name in names)))
    assert same(found, "BERT model", "BERT")
    assert same(found, "Adam optimizer", "Adam")
    assert same(found, "GPT-4 models", "GPT-4")
    assert not same(found, "language model", "language")
    assert link_of(found, "BERT model").method == "head"


def test_a_head_stays_where_the_bare_name_is_no_term_or_another_kind() -> None:
    found = link(vocabulary(term("TruthfulQA dataset", 2, "DATASET"), term("SQuAD dataset", 2, "DATASET"), term("SQuAD", 9, "METHOD")))
    assert len(found.concepts) == 3


def test_a_field_is_no_model_of_itself() -> None:
    names = (term("ML", 5), term("machine learning", 9), term("ML model", 2))
    assert not same(link(vocabulary(*names, ML={"machine learning": 5})), "ML model", "ML")


def test_the_majority_settles_the_kind() -> None:
    found = link(vocabulary(term("TruthfulQA", 9, "DATASET"), term("TruthfulQA", 1, "METRIC")))
    assert [concept.id for concept in found.concepts] == ["dataset:truthfulqa"]
    moved = link_of(found, "TruthfulQA", "METRIC")
    assert (moved.concept, moved.method, moved.score) == ("dataset:truthfulqa", "kind-majority", 0.9)


def test_balanced_kinds_are_two_things() -> None:
    found = link(vocabulary(term("Alpaca", 9, "DATASET"), term("Alpaca", 8, "METHOD")))
    assert [concept.id for concept in found.concepts] == ["dataset:alpaca", "method:alpaca"]


def test_equal_kinds_fall_to_the_kinds_own_order() -> None:
    found = link(vocabulary(term("reranking", 1, "TASK"), term("reranking", 1, "METHOD")))
    assert [concept.kind for concept in found.concepts] == ["METHOD"]


def test_a_short_abbreviation_keeps_its_kinds_apart() -> None:
    found = link(vocabulary(term("EM", 2, "METRIC"), term("EM", 3, "METHOD")))
    assert len(found.concepts) == 2


def test_names_that_slug_alike_do_not_collide() -> None:
    names = ["中文", "日本語", "C plus plus", "C++", "BERT", "中文 BERT"]
    found = link(vocabulary(*(term(name) for name in names)))
    assert len({concept.id for concept in found.concepts}) == len(names)
    assert concept_of(found, "C plus plus").id == "method:c-plus-plus"
    assert concept_of(found, "BERT").id == "method:bert"
    alone = link(vocabulary(term("中文 BERT")))
    assert alone.concepts[0].id == concept_of(found, "中文 BERT").id


def test_a_chain_never_gets_round_a_difference() -> None:
    names = (term("DPO", 3), term("direct preference optimization", 5), term("DPO algorithm", 2), term("dynamic policy optimum", 2))
    told = Decisions.model_validate({"different": [{"names": ["DPO algorithm", "direct preference optimization"]}]})
    found = link(vocabulary(*names, DPO={"direct preference optimization": 9}), decisions=told)
    assert not same(found, "DPO algorithm", "direct preference optimization")


def test_no_terms_no_concepts() -> None:
    assert link(Vocabulary()) == Linking()
