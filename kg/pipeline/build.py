"""`build`: read, fold, extract, link, assemble; each step commits, so a build that was killed goes on when run again.

Invariant: the graph after a build depends on the ledger's records, the extractor and the decisions alone; so building A and then
A and B gives the graph of building A and B at once, and dropping an input leaves no trace of it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.config import OWN_LINE, graph_dir
from kg.errors import ConfigError
from kg.ledger import Ledger, derived, facts, folding
from kg.ledger.connection import FILE
from kg.pipeline.assembling import assemble
from kg.pipeline.extracting import extract_missing
from kg.pipeline.linking import link_vocabulary
from kg.pipeline.progress import Progress, silent
from kg.pipeline.reading import forget_others, read_inputs, write_rejects
from kg.protocols import Extractor, ReadOptions
from kg.sources.inputs import expand


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build. `model` names the extractor, uses below `min_confidence` stay out of the graph, without `match_titles` references
    lead to papers by identifiers alone: these three belong to the graph, and None keeps what the last build was given (at first the
    default extractor, the extractor's own line, to which `kg.config.OWN_LINE` goes back, and yes). `workers` None works in this process,
    0 chooses by the work there is (see `kg.engines.run`); `replace` makes the given paths the whole corpus."""

    model: str | None = None
    page_year: int | None = None
    replace: bool = False
    dry_run: bool = False
    strict: bool = False
    workers: int | None = None
    min_confidence: float | None = None
    match_titles: bool | None = None


@dataclass(slots=True)
class BuildReport:
    """What a build did: `records` read from the inputs, `rejected`, `folded` into another record's paper, `papers` now in the graph
    (stubs apart) and how they changed, texts `extracted`, `concepts` by kind, `edges` by type, decisions that name nothing in the
    corpus (`unused_decisions`), `min_confidence` below which uses were left out, `seconds` by stage."""

    records: int = 0
    rejected: int = 0
    folded: int = 0
    papers: int = 0
    added: int = 0
    changed: int = 0
    dropped: int = 0
    extracted: int = 0
    concepts: dict[str, int] = field(default_factory=dict)
    edges: dict[str, int] = field(default_factory=dict)
    unused_decisions: list[str] = field(default_factory=list)
    min_confidence: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The report as plain JSON values."""
        return asdict(self)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Adds the block's wall-clock seconds to `stage`."""
        start = time.perf_counter()
        yield
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + time.perf_counter() - start, 3)


def build(paths: Sequence[str], *, graph: str | Path | None = None, options: BuildOptions | None = None, progress: Progress = silent) -> BuildReport:
    """Adds the papers at `paths` (files, folders, `-` for stdin) to the graph in its folder and brings the graph up to date.
    With no paths, what was read before is extracted, linked and assembled again. Raises a KgError; what had been done until then is kept."""
    options = options or BuildOptions()
    folder = Path(graph) if graph else graph_dir()
    report = BuildReport()
    if not paths and not (folder / FILE).is_file():
        raise ConfigError(f"{folder}: no graph here, and no PATHS to make one from: name the inputs, or the graph's folder with -g")
    _look_first(paths, folder)
    if options.dry_run:
        return _rehearse(paths, folder, options, progress)
    with Ledger.open(folder, write=True) as ledger:
        options = _kept(ledger, options)
        _gather(ledger, paths, options, report, progress)
        write_rejects(ledger)
        with report.timed("extract"):
            extractor, report.extracted = extract_missing(ledger, model=options.model, workers=options.workers, progress=progress)
        with ledger.transaction() as db:
            with report.timed("link"):
                linking, report.unused_decisions = link_vocabulary(db, extractor.fingerprint, folder)
                derived.put_links(db, linking)
            with report.timed("assemble"):
                report.min_confidence = extractor.least if options.min_confidence is None else options.min_confidence
                match = options.match_titles is not False
                stars = assemble(db, extractor.fingerprint, linking, min_confidence=report.min_confidence, match_titles=match)
                derived.put_stars(db, _counted(stars, report, progress))
            _mark(db, extractor, options, report.min_confidence)
    return report


def _mark(db: sqlite3.Connection, extractor: Extractor, options: BuildOptions, least: float) -> None:
    """Remember what the graph was built with, and what of it was asked for."""
    asked = "" if options.min_confidence is None else str(options.min_confidence)
    match = "no" if options.match_titles is False else "yes"
    marks = {"fingerprint": extractor.fingerprint, "model": options.model or "", "match_titles": match}
    for key, value in {**marks, "min_confidence": str(least), "asked_confidence": asked}.items():
        derived.set_meta(db, key, value)


def _look_first(paths: Sequence[str], folder: Path) -> None:
    """Raises for a path that cannot be built from, before a new graph's folder is made."""
    if (folder / FILE).is_file():
        return
    for _ in expand(paths):
        pass
    if any(Path(path).is_dir() and Path(path).resolve() == folder.resolve() for path in paths):
        raise ConfigError(f"{folder}: this folder is an input, so the graph cannot be made in it: give the graph a folder of its own with -g")


def _kept(ledger: Ledger, options: BuildOptions) -> BuildOptions:
    """The options with what belongs to the graph filled in from its last build."""
    model, match = derived.meta(ledger.db, "model"), derived.meta(ledger.db, "match_titles")
    least = derived.meta(ledger.db, "asked_confidence")
    if least is None and float(drawn := derived.meta(ledger.db, "min_confidence") or "0") > 0:
        least = drawn  # a graph of before the models had a line of their own: one above 0 was asked for
    asked = options.min_confidence if options.min_confidence is not None else float(least) if least else None
    return replace(
        options,
        model=options.model or model or None,
        min_confidence=None if asked == OWN_LINE else asked,
        match_titles=options.match_titles if options.match_titles is not None else match != "no",
    )


def _rehearse(paths: Sequence[str], folder: Path, options: BuildOptions, progress: Progress) -> BuildReport:
    import tempfile

    report = BuildReport()
    with tempfile.TemporaryDirectory(prefix="kg-") as scratch:
        where = folder if (folder / FILE).is_file() else Path(scratch)
        with Ledger.open(where, write=True) as ledger, ledger.transaction(keep=False) as db:
            options = _kept(ledger, options)
            _gather(ledger, paths, options, report, progress)
            from kg.extract import load

            report.extracted = len(facts.unread_texts(db, load(options.model).fingerprint))
    return report


def _gather(ledger: Ledger, paths: Sequence[str], options: BuildOptions, report: BuildReport, progress: Progress) -> None:
    from kg.sources.identity import merge

    with report.timed("read"):
        read = ReadOptions(page_year=options.page_year)
        tally = read_inputs(ledger, paths, read, strict=options.strict, progress=progress)
        if options.replace:
            forget_others(ledger, tally.inputs)
    report.records, report.rejected = tally.records, tally.rejected
    with report.timed("fold"), ledger.transaction() as db:
        change, report.folded = folding.fold_records(db, merge, tally.inputs)
        report.added, report.changed, report.dropped = change.added, change.changed, change.dropped
        (report.papers,) = db.execute("SELECT count(*) FROM paper").fetchone()


def _counted(stars: Iterator[Any], report: BuildReport, progress: Progress) -> Iterator[Any]:
    from kg.kinds import KINDS

    report.concepts = dict.fromkeys(KINDS, 0)
    for done, star in enumerate(stars, start=1):
        if star.node.labels[0] == "Concept":
            report.concepts[star.node.properties["kind"]] += 1
        for edge in star.edges:
            report.edges[edge.type] = report.edges.get(edge.type, 0) + 1
        if done % 500 == 0:
            progress("assemble", done, None)
        yield star
    report.edges = dict(sorted(report.edges.items()))
