"""`kg push`."""

from __future__ import annotations

import os
import sys

import click

from kg.cli.common import graph_option, json_option, print_json, progress


@click.command("push")
@graph_option
@click.option("--full", is_flag=True, help="Write everything again, whatever the database was given before.")
@json_option
def command(graph: str | None, full: bool, as_json: bool) -> None:
    """Bring a Neo4j database to the graph.

    The server is named by NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE (bolt://localhost:7687, neo4j, asked for,
    neo4j). Only what differs from the last push is written, what is gone is removed, and nothing that kg did not write is touched.
    One database holds one graph.
    """
    from kg.config import neo4j_settings
    from kg.pipeline import push

    secret = None
    if not os.environ.get("NEO4J_PASSWORD") and sys.stdin.isatty():
        secret = click.prompt("Neo4j password", hide_input=True, err=True)
    settings = neo4j_settings(password=secret)
    with progress() as tell:
        report = push(settings, graph=graph, full=full, progress=tell)
    if as_json:
        print_json(report.as_json())
    else:
        click.echo(f"{report.written} nodes written with their edges, {report.removed} removed: {settings.uri} is up to date")
