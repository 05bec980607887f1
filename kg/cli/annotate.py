"""`kg annotate`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.common import confidence_option, model_option, page_year_option, workers_option
from kg.errors import ConfigError, InputError


@click.command("annotate")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help=".json: one mention a line, for an editor; .jsonl: one paper a line."
)
@click.option("--check", is_flag=True, help="PATHS are annotated files: tell every breach of their form.")
@click.option("--overwrite", is_flag=True, help="Write FILE even if it is there already.")
@model_option
@page_year_option
@workers_option
@confidence_option
def command(paths: tuple[str, ...], out: Path | None, check: bool, overwrite: bool, **options: Any) -> None:
    """Write what is seen in the papers of PATHS to a file that a person can correct, for `kg eval` to score against.

    A mention is ["exact text", "KIND", "concept"] and means every place where that text stands as a word of its own and not inside
    a longer mention; a list of numbers behind it, as in [1, 3], picks some. Offsets are found again when the file is read, so add,
    delete and change lines as you like, then run `kg annotate --check FILE`. Each concept has one role under `roles`; `kg kinds`
    lists kinds and roles.
    """
    from kg.pipeline.evaluating import Reader, annotate

    if check:
        _check(paths)
        return
    if out is None:
        raise ConfigError("name the file to write with -o FILE, or say --check to check annotated files")
    how = Reader(options["model"], options["workers"], options["min_confidence"])
    written = annotate(paths, out, reader=how, page_year=options["page_year"], overwrite=overwrite)
    for item in written.rejects:
        click.echo(f"kg: {item.file}:{item.line or 1}: {item.reason}", err=True)
    repeats = f" ({written.repeats} repeats of a paper left out)" if written.repeats else ""
    click.echo(f"{out}: {written.papers} papers{repeats}; correct it, then `kg annotate --check {out}` and `kg eval {out}`")


def _check(paths: tuple[str, ...]) -> None:
    from kg.evaluation import check

    faults = 0
    for path in paths:
        kept, found = check(path)
        for item in found:
            click.echo(f"{item.file}:{item.line}: {item.reason}")
        papers = kept.papers.values()
        faults += len(found)
        if not found:
            mentions, results = sum(len(paper.spans) for paper in papers), sum(len(paper.results) for paper in papers)
            click.echo(f"{path}: {len(papers)} papers, {mentions} mentions, {results} results, no fault")
    if faults:
        raise InputError(f"{faults} fault{'s' * (faults > 1)}: correct them and check again", file=", ".join(paths))
