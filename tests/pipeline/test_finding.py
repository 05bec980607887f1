"""Which node a name means: never a guess where several fit, but the pair that an edge joins."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.pipeline import BuildOptions, build, explain, neighbourhood
from tests.factories import write_jsonl

PAPERS = [
    {"title": "FooNet: a network for parsing", "abstract": "We propose FooNet. On SQuAD its F1 is 71.2, more than that of BERT."},
    {
        "title": "A second look at the network FooNet: parsing again",
        "abstract": "We propose BarNet. On SQuAD its F1 is 72.9, more than that of FooNet.",
    },
    {"title": "Parsing a third time", "abstract": "We propose BazNet. On GLUE its accuracy is 80.1."},
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finding")
    build([str(write_jsonl(folder / "in.jsonl", PAPERS))], graph=folder / "g", options=BuildOptions(model="lexicon"))
    return folder / "g"


def test_what_stands_before_a_colon_is_a_title_of_its_own(graph: Path) -> None:
    assert explain("foonet", "SQuAD", graph=graph)["title"] == PAPERS[0]["title"]


def test_a_name_of_several_papers_means_the_one_that_is_joined(graph: Path) -> None:
    assert explain("parsing", "GLUE", graph=graph)["title"] == PAPERS[2]["title"]
    with pytest.raises(ConfigError, match="2 edges join 'parsing' and 'SQuAD': give the ids"):
        explain("parsing", "SQuAD", graph=graph)
    with pytest.raises(ConfigError, match=r"no paper called 'network' speaks of a concept called 'GLUE'; these were looked at: .*FooNet"):
        explain("network", "GLUE", graph=graph)


def test_an_unknown_name_is_answered_with_the_nearest(graph: Path) -> None:
    with pytest.raises(ConfigError, match="no node is called 'SQuDA': did you mean 'SQuAD'"):
        neighbourhood("SQuDA", graph=graph)
    with pytest.raises(ConfigError, match="`kg stats` lists"):
        neighbourhood("zzzzzz", graph=graph)
