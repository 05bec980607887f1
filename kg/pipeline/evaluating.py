"""`eval` and `annotate`: extractions beside what people say of the same texts.

Invariant: predictions are made on the exact text of the gold, by the road that `kg extract` takes, so that offsets and figures mean what they say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import ConfigError
from kg.evaluation import Annotation, Annotations, Report, Reported, RoleHeld, Span, read, report, write
from kg.evaluation.annotation import Key
from kg.evaluation.form_results import PARTS
from kg.evaluation.writing import claim
from kg.kinds import KINDS
from kg.models import Paper, Reject
from kg.pipeline.extracting import extract_papers, papers_in
from kg.pipeline.printed import PrintedExtraction


@dataclass(frozen=True, slots=True)
class Reader:
    """Which extractor reads, in how many processes, and what is left out as too unsure (None: by the extractor's own line; of a file,
    nothing)."""

    model: str | None = None
    workers: int | None = None
    min_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What `annotate` wrote: papers, and records that it left out as repeats of an id; `rejects` are records that could not be read."""

    papers: int
    repeats: int
    rejects: tuple[Reject, ...]


def evaluate(
    gold: str | Path,
    *,
    predictions: str | Path | None = None,
    against: str | Path | None = None,
    reader: Reader | None = None,
    kinds: Iterable[str] = (),
) -> Report:
    """The figures of a reading of `gold`'s papers: the extractor's own, `predictions` from a file, or another annotator's file
    (`against`), over these `kinds` only where some are named. Raises InputError where a file breaks its form or the texts differ."""
    if predictions is not None and against is not None:
        raise ConfigError("--predictions and --against both give what to measure: name one of them")
    wanted = frozenset(kinds) or frozenset(KINDS)
    true = read(gold, kinds=wanted)
    texts = {key: paper.text for key, paper in true.papers.items()}
    how = reader or Reader()
    other = predictions if predictions is not None else against
    if other is not None:
        seen = read(other, texts=texts, kinds=wanted)
        if not seen.papers.keys() & true.papers.keys():
            raise ConfigError(f"{other} and {gold} have no paper in common: the ids must be equal")
        papers = {key: paper.surer_than(how.min_confidence or 0.0) for key, paper in seen.papers.items()}
        # what only one annotator read says nothing of their agreement
        return report(true, replace(seen, papers=papers), common=against is not None)
    made = _read([Paper(id=key, abstract=text) for key, text in texts.items()], how)
    return report(true, Annotations({one.id: as_annotation(one).only(wanted) for one in made}))


def as_annotation(printed: PrintedExtraction) -> Annotation:
    """A printed extraction as an annotation, concepts by id."""
    return Annotation(
        printed.id,
        printed.text,
        tuple(Span(mention.start, mention.end, mention.kind, mention.concept, mention.confidence) for mention in printed.mentions),
        {(edge.concept, edge.kind): RoleHeld(edge.role, edge.confidence) for edge in printed.edges},
        tuple(Reported(**found.model_dump(include=set(PARTS)), confidence=found.confidence, start=found.start) for found in printed.results),
    )


def annotate(paths: Sequence[str], out: Path, *, reader: Reader | None = None, page_year: int | None = None, overwrite: bool = False) -> Written:
    """Writes what is seen in the papers of `paths` to `out`, as a file to correct by hand and to score against. Raises InputError
    where `out` is there already and `overwrite` is not set, before anything is read."""
    claim(out, overwrite=overwrite)
    items = list(papers_in(paths, page_year))
    rejects = tuple(item for item in items if isinstance(item, Reject))
    papers: dict[str, Paper] = {}
    for item in items:
        if isinstance(item, Paper):
            papers.setdefault(item.id, item)
    made = list(_read(list(papers.values()), reader or Reader()))
    names = {(edge.concept, edge.kind): edge.name for one in made for edge in one.edges}
    count = write(_named((as_annotation(one) for one in made), names), out, overwrite=overwrite)
    return Written(count, len(items) - len(rejects) - count, rejects)


def _read(papers: Sequence[Paper], how: Reader) -> Iterator[PrintedExtraction]:
    return extract_papers(papers, model=how.model, workers=how.workers, min_confidence=how.min_confidence)


def _named(annotations: Iterable[Annotation], names: Mapping[Key, str]) -> Iterator[Annotation]:
    """The annotations with concepts by name instead of id; names that only case or kind parts keep the id behind them."""
    common = Counter(name.casefold() for name in names.values())
    shown = {key: name if common[name.casefold()] == 1 else f"{name} ({key[0]})" for key, name in names.items()}
    for one in annotations:
        spans = tuple(replace(span, concept=shown[span.key]) for span in one.spans)
        yield replace(one, spans=spans, roles={(shown[key], key[1]): held for key, held in one.roles.items()})
