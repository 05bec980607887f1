"""`kg extract`."""

from __future__ import annotations

import click

from kg.cli.common import confidence_option, model_option, page_year_option, workers_option


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@model_option
@page_year_option
@workers_option
@confidence_option
def command(paths: tuple[str, ...], model: str | None, page_year: int | None, workers: int | None, min_confidence: float) -> None:
    """Print what is seen in each paper of PATHS, one JSON object a line.

    Mentions with character offsets, the role of each concept with its sentence, results and keywords, in the form of
    schemas/extraction.json. Nothing is stored; `-` is stdin.
    """
    from kg.models import Reject
    from kg.pipeline import extract

    for item in extract(paths, model=model, page_year=page_year, workers=workers, min_confidence=min_confidence):
        if isinstance(item, Reject):
            click.echo(f"kg: {item.file}:{item.line or 1}: {item.reason}", err=True)
        else:
            click.echo(item.model_dump_json())
