"""`kg stats`."""

from __future__ import annotations

import click

from kg.cli.common import graph_option, json_option, print_json, print_table


@click.command("stats")
@graph_option
@json_option
def command(graph: str | None, as_json: bool) -> None:
    """Count the graph's nodes and edges, and name its most frequent concepts."""
    from kg.pipeline import statistics

    found = statistics(graph=graph)
    if as_json:
        print_json(found)
        return
    print_table(("nodes", "count"), found["nodes"].items())
    print_table(("edges", "count"), found["edges"].items())
    print_table(("papers with", "count"), found["papers"].items())
    for label, concepts in found["frequent"].items():
        print_table((label, "papers"), ((concept["name"], concept["papers"]) for concept in concepts))
