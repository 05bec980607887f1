"""The extractor as others use it: order, offsets, odd texts, fingerprint, and the same parts in plain spaCy."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from kg.errors import ConfigError
from kg.extract import DEFAULT_MODEL, MODELS, load, pipeline
from kg.extract.pipeline import PipelineExtractor
from kg.extract.seam import extraction_of
from kg.models import Extraction

TEXT = (
    "ZapNet: faster mushroom detection\nMushroom detection is hard. We propose ZapNet, a vision transformer (ViT) with LoRA. "
    "On ImageNet-1K it outperforms ResNet-50 by 3.2% in accuracy. ViTs suffer from hallucination."
)
ODD = {
    "empty": "", "one character": "a", "spaces": " \n\t ", "only signs": "$$$ %% ((((", "a word": "BERT",
    "long": "We train BERT on SQuAD with dropout. " * 400, "a long token": "a" * 20_000,
    "capitals": "WE TRAIN BERT FOR OBJECT DETECTION ON IMAGENET AND GAIN 3% ACCURACY.",
    "latex": r"We gain $21\%$ on \textsc{ImageNet} with $\mathcal{O}(n)$ self-attention \cite{x}.",
    "entities": "Fast &amp; light object detection &#x2013; with YOLO &lt;b&gt;now&lt;/b&gt;",
    "mathematics": "Let 𝒪(n²) ≤ ∇f, β-VAE on CIFAR‑10 ∎", "no ends": "we train bert for machine translation and that is all",
    "controls": "\x00\x01 BERT \ufeff and \u200b SQuAD", "surrogate": "\ud800 BERT", "dotted": "İİ BERT (Basic Elk Rain Test) İ",
    "chinese": "我们用BERT模型在MS COCO数据集上做目标检测。", "arabic": "نموذج BERT للترجمة",
}  # fmt: skip


def check(text: str, seen: Extraction) -> None:
    """The invariants of an extraction."""
    last = 0
    for mention in seen.mentions:
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end] != ""
        assert mention.name
        last = mention.end
    concepts = {(m.kind, m.name) for m in seen.mentions}
    assert sorted((use.kind, use.name) for use in seen.uses) == sorted(concepts)
    assert len({m.name for m in seen.mentions}) == len(concepts)
    for result in seen.results:
        assert text[result.start : result.end] == result.value
    for use in seen.uses:
        assert 0 <= use.sentence[0] < use.sentence[1] <= len(text)


def test_a_whole_text(read) -> None:
    seen = read(TEXT)
    check(TEXT, seen)
    assert {use.name: use.role for use in seen.uses} == {
        "ZapNet": "PROPOSES", "mushroom detection": "ADDRESSES", "vision transformer": "USES", "low-rank adaptation": "USES",
        "ImageNet": "EVALUATES_ON", "ResNet-50": "COMPARES_WITH", "accuracy": "MEASURES",
    }  # fmt: skip
    assert seen.keywords == ("hallucination",)
    assert seen.abbreviations == (("ViT", "vision transformer"),)
    assert [(r.value, r.metric, r.method, r.dataset) for r in seen.results] == [("3.2", "accuracy", "ZapNet", "ImageNet")]
    assert seen.language is None


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts(read, text: str) -> None:
    check(text, read(text))


def test_names_are_found_in_odd_texts(read) -> None:
    for label in ("capitals", "controls", "surrogate", "a word", "chinese", "arabic", "long"):
        assert "BERT" in {m.name for m in read(ODD[label]).mentions}, label
    assert read(ODD["chinese"]).language == "zh"
    assert read(ODD["arabic"]).language == "ar"


def test_a_text_that_is_no_paper_is_empty(read) -> None:
    seen = read("Dear neighbour, your parcel with the two chairs came last week. Please ring the bell, and bring some milk.")
    assert seen == Extraction()


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from([*"aBs 1.%-(),:\n'é中$\\", " BERT ", " accuracy ", " 3.5% ", "We propose "]), max_size=40))
def test_any_text_keeps_the_invariants(extractor: PipelineExtractor, pieces: list[str]) -> None:
    text = "".join(pieces)
    (seen,) = extractor.extract([text])
    check(text, seen)


def test_one_extraction_a_text_in_order(extractor: PipelineExtractor) -> None:
    texts = ["We use BERT.", "", "We use dropout.", "We use BERT."]
    seen = list(extractor.extract(iter(texts)))
    assert [[m.name for m in one.mentions] for one in seen] == [["BERT"], [], ["dropout"], ["BERT"]]
    assert seen[0] == seen[3]


def test_unknown_model() -> None:
    with pytest.raises(ConfigError, match=r"choose one of .*lexicon"):
        load("no-such-model")


def test_the_default_model_is_listed() -> None:
    assert DEFAULT_MODEL in MODELS


def test_fingerprint_is_stable_and_sees_every_change(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    one = load("lexicon")
    assert isinstance(one, PipelineExtractor)
    assert one.fingerprint == load("lexicon").fingerprint
    prints = {one.fingerprint}
    changed = replace(one.recipe, components={**one.recipe.components, "kg_lexicon": {"shapes": False}})
    prints.add(PipelineExtractor("lexicon", changed).fingerprint)
    file = tmp_path / "method.txt"
    file.write_text("Zebulon\n", encoding="utf-8")
    prints.add(PipelineExtractor("lexicon", replace(one.recipe, files=(file,))).fingerprint)
    prints.add(PipelineExtractor("other", one.recipe).fingerprint)
    monkeypatch.setattr(pipeline, "CODE_VERSION", "another")
    prints.add(PipelineExtractor("lexicon", one.recipe).fingerprint)
    assert len(prints) == 5


def test_import_and_load_are_cheap() -> None:
    code = "import sys, kg.extract as e; e.load('lexicon').fingerprint; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_each_factory_works_alone_in_plain_spacy() -> None:
    import kg.extract.components  # noqa: F401  what the package's entry points do

    nlp = spacy.blank("en")
    nlp.add_pipe("kg_lexicon")
    doc = nlp("We train BERT and LLMs on ImageNet-1K for object detection.")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("BERT", "METHOD"), ("LLMs", "METHOD"), ("ImageNet-1K", "DATASET"), ("object detection", "TASK"),
    ]  # fmt: skip
    for name in ("kg_abbreviations", "kg_keywords", "kg_names", "kg_results", "kg_roles", "kg_sentences"):
        alone = spacy.blank("en")
        alone.add_pipe(name)
        assert extraction_of(alone(TEXT)).mentions == ()


def test_a_doc_without_components_gives_an_empty_extraction() -> None:
    assert extraction_of(spacy.blank("en")("We train BERT.")) == Extraction()


def test_a_saved_pipeline_reads_the_same(extractor: PipelineExtractor, tmp_path: Path) -> None:
    extractor.nlp.to_disk(tmp_path / "saved")
    assert extraction_of(spacy.load(tmp_path / "saved")(TEXT)) == extraction_of(extractor.nlp(TEXT))


def test_a_doc_survives_serialisation(extractor: PipelineExtractor) -> None:
    doc = extractor.nlp(TEXT)
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(data).get_docs(extractor.nlp.vocab)
    assert extraction_of(again) == extraction_of(doc)
