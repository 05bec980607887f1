"""`kg show`."""

from __future__ import annotations

import click

from kg.cli.common import graph_option, json_option, print_json, print_table


@click.command("show")
@click.argument("name")
@graph_option
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Edges shown in each direction.")
@json_option
def command(name: str, graph: str | None, limit: int, as_json: bool) -> None:
    """Show one node, by id, name, alias or title, with its edges."""
    from kg.pipeline import neighbourhood

    found = neighbourhood(name, graph=graph, limit=limit)
    if as_json:
        print_json(found)
        return
    click.echo(f"{found['id']}  [{', '.join(found['labels'])}]")
    for key, value in found["properties"].items():
        click.echo(f"  {key}: {', '.join(map(str, value)) if isinstance(value, list) else value}")
    for way, end in (("out", "to"), ("in", "from")):
        if edges := found[way]:
            print_table(("", "edge", end, "name"), (("→" if way == "out" else "←", edge["type"], edge[end], edge["name"]) for edge in edges))
            if found["totals"][way] > len(edges):
                click.echo(f"  {len(edges)} of {found['totals'][way]}: --limit shows more")
