"""`kg fetch`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from kg.cli.common import json_option, print_json, progress
from kg.fetch import NAMES


@click.command("fetch")
@click.argument("service", type=click.Choice(NAMES))
@click.argument("what", nargs=-1, required=True, metavar="QUERY|IDS...")
@click.option("-o", "--out", required=True, metavar="FILE", type=click.Path(), help="Where the records go.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N records, the most relevant ones.")
@click.option("--since", type=click.IntRange(1500, 2999), metavar="YEAR", help="Papers from YEAR on.")
@click.option("--references", is_flag=True, help="What each paper cites too (semanticscholar; openalex always gives it).")
@click.option("--refresh", is_flag=True, help="Fetch anew what was fetched before.")
@json_option
def command(service: str, what: tuple[str, ...], out: str, as_json: bool, **options: Any) -> None:
    """Fetch records from OpenAlex, arXiv or Semantic Scholar, for `kg build` to read.

    QUERY is in the service's own syntax. IDS are DOIs, arXiv ids, W… of OpenAlex, s2:…, acl:…, pmid:…, or @FILE with one a
    line, or `-` for stdin. FILE gets the service's own records: JSON Lines, for arXiv an Atom feed. A fetch that was stopped
    goes on where it stopped when the same command runs again.

    \b
    KG_MAILTO            a mail address at which the service can reach you (asked for by OpenAlex)
    OPENALEX_API_KEY     a key raises the limits; keys are taken from the environment only
    S2_API_KEY           the same for Semantic Scholar
    KG_OPENALEX_URL, KG_ARXIV_URL, KG_S2_URL    other servers of the same APIs
    """
    from kg.pipeline.fetching import FetchOptions, Telling, fetch

    with progress() as tell:
        telling = Telling(tell, lambda line: click.echo(f"kg: {line}", err=True))
        report = fetch(service, what, out, options=FetchOptions(**options), tell=telling)
    if as_json:
        print_json(asdict(report))
    else:
        _tell(asdict(report))


def _tell(report: dict[str, Any]) -> None:
    of = f" of {report['total']}" if report["total"] is not None and report["total"] != report["records"] else ""
    gone_on = f" ({report['resumed']} from an earlier run)" if report["resumed"] else ""
    click.echo(f"{report['records']}{of} records{gone_on} are in {report['file']}; next: kg build {report['file']}")
    if missing := report["missing"]:
        more = f" and {len(missing) - 10} more" if len(missing) > 10 else ""
        click.echo(f"kg: {len(missing)} id{'s are' if len(missing) > 1 else ' is'} not known there: {', '.join(missing[:10])}{more}", err=True)
