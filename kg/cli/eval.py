"""`kg eval`."""

from __future__ import annotations

from typing import Any

import click

from kg.cli.common import confidence_option, json_option, model_option, print_json, print_table, workers_option
from kg.kinds import KINDS


@click.command("eval")
@click.argument("gold", type=click.Path())
@click.option("--predictions", metavar="FILE", type=click.Path(), help="Measure these extractions (`-` is stdin) instead of making some.")
@click.option("--against", metavar="FILE", type=click.Path(), help="Measure how far another annotator's file agrees with GOLD.")
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="List the N most frequent errors of each sort.")
@click.option("--kind", "kinds", type=click.Choice(list(KINDS)), multiple=True, help="Measure these kinds only (repeatable).")
@model_option
@workers_option
@confidence_option
@json_option
def command(gold: str, errors: int, as_json: bool, against: str | None, **options: Any) -> None:
    """Score an extractor on the papers of GOLD, which people annotated.

    GOLD has one JSON object a paper: as `kg annotate` writes it, or {"id", "text", "spans": [{"start", "end", "label", "concept"}],
    "roles": {concept: role}, "results": [...]}.

    \b
    mention   right ends and kind            overlap   any overlap and the right kind
    concept   shares an overlapping mention  edge      such a concept with the right role
    result    right value and metric         linking   B-cubed over the matched mentions

    Of --predictions and --against everything counts unless --min-confidence is given.
    """
    from kg.evaluation import tables
    from kg.pipeline.evaluating import Reader, evaluate

    how = Reader(options["model"], options["workers"], options["min_confidence"])
    report = evaluate(gold, predictions=options["predictions"], against=against, reader=how, kinds=options["kinds"])
    if as_json:
        print_json(report.as_json(errors=errors))
        return
    more = f"; {len(report.unknown)} more are not in it" if report.unknown else ""
    click.echo(f"{report.read} of {report.papers} papers of {gold} {'are in both files' if against else 'read'}{more}")
    for shown in tables(report, agreement=against is not None, errors=errors):
        click.echo(f"\n{shown.title}" if shown.title else "")
        print_table(shown.columns, shown.rows)
        if shown.note:
            click.echo(shown.note)
