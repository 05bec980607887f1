"""`kg export`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import graph_option, json_option, print_json


@click.command("export")
@click.argument("out", type=click.Path(path_type=Path))
@graph_option
@click.option("--limit", type=click.IntRange(min=1), help="Nodes that a page shows at most, the most connected first.")
@click.option("--title", help="The page's title.")
@json_option
def command(out: Path, graph: str | None, limit: int | None, title: str | None, as_json: bool) -> None:
    """Write the graph to OUT in the format of its extension.

    .html is one offline page to look at, .jsonl one node or edge a line (equal graphs give equal bytes), .graphml opens in
    Gephi. `kg formats` lists them all.
    """
    from kg.pipeline import export

    counts = export(out, graph=graph, limit=limit, title=title)
    if as_json:
        print_json({"out": str(out), **counts})
    else:
        click.echo(f"{out}: " + ", ".join(_of(counts, what) for what in counts if not what.startswith("of_")))


def _of(counts: dict[str, int], what: str) -> str:
    whole = counts.get(f"of_{what}")
    return f"{counts[what]:,} of {whole:,} {what}" if whole else f"{counts[what]:,} {what}"
