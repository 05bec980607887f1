"""`kg build`."""

from __future__ import annotations

from typing import Any

import click

from kg.cli.common import Line, graph_option, json_option, model_option, page_year_option, print_json, progress, workers_option

LEAST = "Leave out what is less certain; 0 shows all, `auto` is the extractor's own line  [default: as in the last build; at first auto]"


@click.command("build")
@click.argument("paths", nargs=-1, type=click.Path())
@graph_option
@click.option("--replace", is_flag=True, help="PATHS are the whole corpus: what came from elsewhere is dropped.")
@click.option("--dry-run", is_flag=True, help="Say what would change and change nothing.")
@click.option(
    "--title-match/--no-title-match", "match_titles", default=None,
    help="Look up references without an id by title  [default: as in the last build; at first on]",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Stop at the first bad record instead of setting it aside.")
@model_option
@page_year_option
@workers_option
@click.option("--min-confidence", type=Line(), metavar="0..1|auto", help=LEAST)
@json_option
def command(paths: tuple[str, ...], graph: str | None, as_json: bool, **options: Any) -> None:
    """Add the papers at PATHS to the graph and bring it up to date.

    PATHS are files, folders (read in sorted order) or `-` for stdin, of any format that `kg formats` lists, gzip and zstd
    too. What was read before and did not change is not read again; a build that was interrupted goes on where it stopped.
    Bad records are set aside in DIR/rejects.jsonl with file, line and reason. With no PATHS the graph is made again from
    what was read, as after an edit of DIR/decisions.toml.
    """
    from kg.pipeline import BuildOptions, build

    with progress() as tell:
        report = build(paths, graph=graph, options=BuildOptions(**options), progress=tell)
    if as_json:
        print_json(report.as_json())
    else:
        _tell(report.as_json(), graph, dry_run=options["dry_run"])


def _tell(report: dict[str, Any], graph: str | None, *, dry_run: bool) -> None:
    from kg.config import graph_dir
    from kg.kinds import KINDS

    folder = graph_dir(graph)
    changes = f"{report['added']} added, {report['changed']} changed, {report['dropped']} dropped"
    if dry_run:
        click.echo(
            f"would read {report['records']} records ({report['rejected']} rejected, {report['folded']} folded): {report['papers']} papers, {changes}"
        )
        click.echo(f"would extract {report['extracted']} texts; nothing was changed")
        return
    click.echo(f"{report['records']} records read, {report['rejected']} rejected, {report['folded']} folded into another")
    click.echo(f"{report['papers']} papers ({changes}), {report['extracted']} texts extracted")
    click.echo(", ".join(f"{count} {KINDS[kind].plural}" for kind, count in report["concepts"].items()))
    click.echo(", ".join(f"{count} {name}" for name, count in report["edges"].items()) or "no edges")
    if report["min_confidence"]:
        click.echo(f"left out: what is less certain than {report['min_confidence']:g} (--min-confidence 0 takes it in)")
    click.echo(f"{sum(report['seconds'].values()):.1f} s; the graph is in {folder}")
    for unused in report["unused_decisions"]:
        click.echo(f"kg: decisions.toml: {unused} is a name that nothing in the graph goes by: is it misspelt?", err=True)
    if report["rejected"]:
        were = "bad record was" if report["rejected"] == 1 else "bad records were"
        click.echo(f"kg: {report['rejected']} {were} set aside: {folder / 'rejects.jsonl'} names each with its reason", err=True)
