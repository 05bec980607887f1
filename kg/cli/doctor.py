"""`kg doctor`."""

from __future__ import annotations

import click

from kg.cli.common import graph_option, json_option, print_json
from kg.errors import KgError


@click.command("doctor")
@graph_option
@json_option
def command(graph: str | None, as_json: bool) -> None:
    """Check that everything kg needs is there and works: packages, extractor, graph, disk, Neo4j."""
    from kg.pipeline.checking import check

    findings = check(graph=graph)
    if as_json:
        print_json([{"what": finding.what, "ok": finding.ok, "says": finding.says} for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{'ok  ' if finding.ok else 'FAIL'} {finding.what}: {finding.says}")
    if failed := sum(not finding.ok for finding in findings):
        raise KgError(f"{failed} of {len(findings)} checks failed")
