"""`kg extract`."""

from __future__ import annotations

from collections import Counter

import click

from kg.cli.common import confidence_option, model_option, page_year_option, workers_option


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@model_option
@page_year_option
@workers_option
@confidence_option
def command(paths: tuple[str, ...], model: str | None, page_year: int | None, workers: int | None, min_confidence: float | None) -> None:
    """Print what is seen in each paper of PATHS, one JSON object a line.

    Mentions with character offsets, the role of each concept with its sentence, results and keywords, in the form of
    schemas/extraction.json. Nothing is stored; `-` is stdin. A text in another language than English has its code under `language`, and
    a text that is no paper gives nothing.
    """
    from kg.models import Reject
    from kg.pipeline import extract

    languages: Counter[str] = Counter()
    papers = 0
    for item in extract(paths, model=model, page_year=page_year, workers=workers, min_confidence=min_confidence):
        if isinstance(item, Reject):
            click.echo(f"kg: {item.file}:{item.line or 1}: {item.reason}", err=True)
        else:
            papers += 1
            languages.update([item.language] if item.language else [])
            click.echo(item.model_dump_json())
    if languages:
        codes = ", ".join(f"{code} {count}" for code, count in languages.most_common())
        click.echo(f"kg: {languages.total()} of {papers} texts are not in English ({codes}): in these only names and known terms are found", err=True)
