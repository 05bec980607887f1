"""The extract stage: texts that no extraction is kept for are read, in batches that are committed one by one.

Invariant: a text is read once by an extractor of one fingerprint, however often builds run or are killed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from kg.assembly import LinkIndex
from kg.engines import run
from kg.ledger import Ledger, facts
from kg.models import Linking, Paper, Reject
from kg.pipeline.linking import vocabulary_of
from kg.pipeline.printed import PrintedExtraction, printed
from kg.pipeline.progress import Progress
from kg.pipeline.reading import items_of
from kg.protocols import Extractor, ReadOptions

BATCH = 128  # extractions in one commit: what a kill can cost


def extract_missing(ledger: Ledger, *, model: str | None, workers: int | None, progress: Progress) -> tuple[Extractor, int]:
    """Extracts every text of the corpus that has no extraction yet; returns the extractor and how many were read."""
    from kg.extract import DEFAULT_MODEL, load

    name = model or DEFAULT_MODEL
    extractor = load(name)
    todo = facts.unread_texts(ledger.db, extractor.fingerprint)
    if not todo:
        return extractor, 0  # the pipeline is not even loaded
    progress("extract", 0, len(todo))
    texts = (facts.text(ledger.db, text_hash) for text_hash in todo)
    found = zip(todo, run(extractor, texts, model=name, count=len(todo), workers=workers), strict=True)
    done = 0
    while batch := list(islice(found, BATCH)):
        with ledger.transaction() as db:
            facts.put_extractions(db, extractor.fingerprint, batch)
        done += len(batch)
        progress("extract", done, len(todo))
    return extractor, len(todo)


def extract(
    paths: Sequence[str], *, model: str | None = None, page_year: int | None = None, workers: int | None = None, min_confidence: float | None = None
) -> Iterator[PrintedExtraction | Reject]:
    """What is seen in each paper of `paths`, in the form of `schemas/extraction.json`, concepts linked over these papers alone;
    a Reject for a bad record. What is less certain than `min_confidence` is left out; None draws the model's own line, which is for uses.
    Nothing is stored."""
    items = list(papers_in(paths, page_year))
    yield from (item for item in items if isinstance(item, Reject))
    papers = [item for item in items if isinstance(item, Paper)]
    yield from extract_papers(papers, model=model, workers=workers, min_confidence=min_confidence)


def extract_papers(
    papers: Sequence[Paper], *, model: str | None = None, workers: int | None = None, min_confidence: float | None = None
) -> Iterator[PrintedExtraction]:
    """What is seen in each paper, concepts linked over these papers alone; `min_confidence` as for `extract`."""
    from kg.extract import DEFAULT_MODEL, load
    from kg.link import link

    name = model or DEFAULT_MODEL
    texts, extractor = [paper.text for paper in papers], load(name)
    least = extractor.least if min_confidence is None else min_confidence
    found = list(run(extractor, texts, model=name, count=len(texts), workers=workers))
    linking: Linking = link(vocabulary_of(zip(texts, found, strict=True)))
    index = LinkIndex(linking)
    for paper, extraction in zip(papers, found, strict=True):
        yield printed(paper, extraction, index, min_confidence=least, result_confidence=min_confidence or 0.0)


def papers_in(paths: Sequence[str], page_year: int | None) -> Iterator[Paper | Reject]:
    """The records of the inputs at `paths`, each paper with an id: its own, else the one that the graph would give it. Files in a
    folder that cannot be read are rejects."""
    from kg.sources.identity import merge
    from kg.sources.inputs import expand

    options = ReadOptions(page_year=page_year)
    for item in (item for named in expand(paths) for item in items_of(named, options)):
        yield item if isinstance(item, Reject) or item.id else item.model_copy(update={"id": merge([item]).id})
