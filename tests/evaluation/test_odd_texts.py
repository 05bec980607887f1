"""`kg extract` on texts that are not as abstracts should be: each says what it finds, with offsets that hold, and nothing is cut off.

The same assertions hold for every extractor; texts are in our own words.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from kg.kinds import KINDS, ROLES
from tests.conftest import ROOT
from tests.evaluation.not_papers import NOT_PAPERS
from tests.factories import write_jsonl

PLAIN = (
    "We propose GateNet, a graph neural network for node classification. It combines contrastive learning with a small gate. "
    "On the Cora dataset, GateNet reaches 84.3% accuracy and outperforms GCN by 2.1 points."
)
FILLER = " The study goes on with a plain remark on how the work was planned, checked and written down by the group over several months."
TEXTS = {
    "plain": PLAIN,
    "latex": (
        r"We propose \textbf{GateNet}, a graph neural network for node classification at a cost of $\mathcal{O}(n \log n)$. It minimises "
        r"$L(\theta)=\sum_i \|x_i\|^2$ and uses \emph{contrastive learning}~\cite{who20}. On \textsc{Cora} it reaches $84.3\%$ accuracy, above GCN."
    ),
    "html": (
        "We propose GateNet &amp; train it with contrastive learning for node classification. <p>On Cora its accuracy is 84.3&#37; &mdash; "
        "above <i>GCN</i>, with p&lt;0.05.</p>"
    ),
    "unicode": (
        "We propose GateNet for node classification: ∀x∈ℝⁿ, ‖∇f(x)‖₂ ≤ ε. It uses a β‑VAE and contrastive learning, and on Cora it reaches "
        "84.3 % accuracy in O(n log n) → faster than GCN 🚀."
    ),
    "capitals": PLAIN.upper(),
    "no-ends": PLAIN.replace(". ", " ").removesuffix("."),
    "twenty": "GateNet improves node classification on Cora with contrastive learning and graph neural networks, and needs fewer labels than GCN.",
    "long": PLAIN + FILLER * 86 + " At the very end we evaluate on ImageNet with knowledge distillation and reach 76.4% top-1 accuracy.",
    "german": (
        "Wir stellen GateNet vor, ein neuronales Netz für Graphen. Es verbindet kontrastives Lernen mit einem kleinen Gatter und erreicht auf "
        "Cora eine Genauigkeit von 84,3 %. Im Vergleich zu BERT ist das Verfahren schneller und braucht weniger Speicher."
    ),
    "chinese": "我们提出了一种新的图神经网络方法,用于节点分类任务。在 Cora 数据集上,该方法的准确率达到 84.3%,优于 BERT。",
    "chinese-unspaced": "本文提出GateNet,并在Cora和ImageNet上与BERT进行比较,结果表明该方法的准确率更高。",
    "recipe": (
        "Wash the lentils and leave them in cold water for an hour. Chop two onions, fry them gently in olive oil until golden, then add garlic, "
        "cumin and a spoon of tomato paste. Pour in the stock, add the lentils and simmer for 25 minutes. Serve with bread and lemon."
    ),
    "letter": "Dear Anna, thank you for the flowers. We were away for 3 weeks and found 12 letters at the door. Come and see us soon. Yours, Tom",
    "signs": "?!?! ... --- (((( )))) 12 34 56 %%% $$$ [] {} <> \\ /",
    "one-word": "GateNet",
}
TITLES = {"capitals": "GATENET: GATED GRAPH LEARNING", "recipe": "Lentil soup for four", "letter": "A letter", "signs": "", "one-word": ""}
Extraction = dict[str, Any]


@pytest.fixture(scope="module", params=["neural", "fast", "lexicon"])
def model(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory, model: str) -> dict[str, Extraction]:
    folder = tmp_path_factory.mktemp("odd")
    records = [{"id": name, "title": TITLES.get(name, "GateNet: gated graph learning"), "abstract": text} for name, text in TEXTS.items()]
    records += [{"id": name, "abstract": text} for name, text in NOT_PAPERS.items()]
    path = write_jsonl(folder / "odd.jsonl", records)
    done = subprocess.run(
        [sys.executable, "-m", "kg", "extract", str(path), "--model", model],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    told = f"kg: 3 of {len(records)} texts are not in English (zh 2, de 1): in these only names and known terms are found\n"
    assert (done.returncode, done.stderr) == (0, told)
    return {one["id"]: one for one in map(json.loads, done.stdout.splitlines())}


def forms(one: Extraction) -> set[str]:
    return {one["text"][mention["start"] : mention["end"]].casefold() for mention in one["mentions"]}


def roles(one: Extraction) -> dict[str, str]:
    return {edge["name"].casefold(): edge["role"] for edge in one["edges"]}


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_comes_out_whole_and_every_offset_holds(extracted: dict[str, Extraction], name: str) -> None:
    one = extracted[name]
    text = one["text"]
    assert text == "\n".join(filter(None, (TITLES.get(name, "GateNet: gated graph learning"), TEXTS[name])))
    concepts = {edge["concept"] for edge in one["edges"]}
    ends = 0
    for mention in one["mentions"]:
        form = text[mention["start"] : mention["end"]]
        assert form
        assert form == form.strip()
        assert mention["start"] >= ends, "mentions overlap"
        ends = mention["end"]
        assert mention["kind"] in KINDS
        assert mention["concept"] in concepts
        assert 0 <= mention["confidence"] <= 1
    for edge in one["edges"]:
        assert edge["kind"] in ROLES[edge["role"]].kinds
        start, end = edge["sentence"]
        assert text[start:end].strip()
    for result in one["results"]:
        assert text[result["start"] : result["end"]] == result["value"]


@pytest.mark.parametrize("name", ["plain", "latex", "html", "unicode", "no-ends", "twenty", "long"])
def test_what_is_plain_in_the_text_is_found(extracted: dict[str, Extraction], name: str) -> None:
    assert forms(extracted[name]) >= {"gatenet", "node classification", "contrastive learning", "cora", "gcn"}
    assert roles(extracted[name])["contrastive learning"] == "USES"
    assert extracted[name]["language"] is None


@pytest.mark.parametrize("name", ["plain", "latex", "html", "unicode", "no-ends", "long", "capitals"])
def test_the_reported_number_is_found(extracted: dict[str, Extraction], name: str) -> None:
    assert ("accuracy", "84.3") in {((result["metric"] or "").casefold(), result["value"]) for result in extracted[name]["results"]}


@pytest.mark.parametrize("name", ["latex", "html", "unicode"])
def test_markup_and_signs_are_no_concepts(extracted: dict[str, Extraction], name: str) -> None:
    assert not {form for form in forms(extracted[name]) if any(sign in form for sign in "\\${}&;<>∀ℝ‖≤🚀~")}


def test_a_text_of_capitals_is_no_list_of_names(extracted: dict[str, Extraction]) -> None:
    """Capitals tell names from words no longer: the known terms are still found, and no ordinary word is taken for a name."""
    assert forms(extracted["capitals"]) >= {"node classification", "contrastive learning", "gcn", "accuracy"}
    words = {"we", "propose", "it", "combines", "with", "a", "small", "on", "the", "dataset", "reaches", "and", "outperforms", "by", "points"}
    assert not words & forms(extracted["capitals"])


def test_nothing_of_a_long_text_is_cut_off(extracted: dict[str, Extraction]) -> None:
    one = extracted["long"]
    assert len(one["text"].split()) > 2000
    tail = len(one["text"]) - 150
    late = {one["text"][m["start"] : m["end"]] for m in one["mentions"] if m["start"] > tail}
    assert late >= {"ImageNet", "knowledge distillation", "top-1 accuracy"}
    assert "76.4" in {result["value"] for result in one["results"]}
    assert roles(one)["imagenet"] == "EVALUATES_ON"


@pytest.mark.parametrize(("name", "language"), [("german", "de"), ("chinese", "zh"), ("chinese-unspaced", "zh")])
def test_another_language_is_told_and_what_is_there_is_found(extracted: dict[str, Extraction], name: str, language: str) -> None:
    assert extracted[name]["language"] == language
    assert forms(extracted[name]) >= {"cora", "bert"}


def test_a_decimal_comma_is_read_as_one_number(extracted: dict[str, Extraction], model: str) -> None:
    if model == "neural":  # the lexicon's patterns read English numbers alone
        assert [(result["value"], result["number"]) for result in extracted["german"]["results"]] == [("84,3", 84.3)]


def test_a_chance_and_the_number_of_a_sign_are_no_results(extracted: dict[str, Extraction], model: str) -> None:
    values = [(result["value"], result["unit"]) for result in extracted["html"]["results"]]
    if model == "neural":
        assert values == [("84.3", "%")]


@pytest.mark.parametrize("name", NOT_PAPERS)
def test_no_text_of_daily_life_is_a_paper(extracted: dict[str, Extraction], model: str, name: str) -> None:
    most = 0 if model == "neural" else 2  # a list of names finds `pruning` among roses
    assert len(extracted[name]["mentions"]) <= most
    assert len(extracted[name]["edges"]) <= most
    assert extracted[name]["results"] == [] or model == "lexicon"


@pytest.mark.parametrize("name", ["recipe", "letter", "signs"])
def test_what_is_no_paper_gives_nothing(extracted: dict[str, Extraction], name: str) -> None:
    assert extracted[name]["mentions"] == []
    assert extracted[name]["edges"] == []
    assert extracted[name]["results"] == []
