"""Short forms written out in longer names."""

from __future__ import annotations

import pytest

from kg.extract.neural.aliases import expanded, hints

SHORT = {"AI": "artificial intelligence", "NER": "named entity recognition", "GNN": "graph neural network", "BERT": "bidirectional Encoders"}


@pytest.mark.parametrize(
    ("surface", "full"),
    [
        ("few-shot NER", "few-shot named entity recognition"),
        ("GNNs", "graph neural network"),
        ("Frontier AI Model", "Frontier Artificial Intelligence Model"),
        ("AI Model", "Artificial Intelligence Model"),
        ("AI model", "artificial intelligence model"),
        ("Safe AI for the Web", "Safe Artificial Intelligence for the Web"),
        ("BERT Encoder", "bidirectional Encoders Encoder"),
        ("BERT-large", "BERT-large"),
        ("NER/AI Mail", "NER/AI Mail"),
        ("named entity recognition (NER)", "named entity recognition"),
    ],
)
def test_a_long_form_is_spelt_as_the_name_around_it(surface: str, full: str) -> None:
    assert expanded(surface, SHORT) == full


def test_a_hint_is_given_where_it_tells_more() -> None:
    found = hints([("NER", "TASK"), ("image search", "TASK")], {"NER": "named entity recognition"}, {})
    assert found == ["named entity recognition", ""]
