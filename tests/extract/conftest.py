"""One lexicon extractor for all tests of this part: it is built once, it holds no state between texts."""

from __future__ import annotations

import pytest

from kg.extract import load
from kg.extract.pipeline import PipelineExtractor
from kg.models import Extraction


@pytest.fixture(scope="session")
def extractor() -> PipelineExtractor:
    made = load("lexicon")
    assert isinstance(made, PipelineExtractor)
    return made


@pytest.fixture(scope="session")
def read(extractor: PipelineExtractor):
    """What the extractor sees in one text."""

    def one(text: str) -> Extraction:
        (seen,) = extractor.extract([text])
        return seen

    return one


@pytest.fixture(scope="session")
def doc(extractor: PipelineExtractor):
    """The processed spaCy Doc of one text."""
    return extractor.nlp
