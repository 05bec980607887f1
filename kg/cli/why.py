"""`kg why`."""

from __future__ import annotations

import click

from kg.cli.common import graph_option, json_option, print_json


@click.command("why")
@click.argument("paper")
@click.argument("concept")
@graph_option
@json_option
def command(paper: str, concept: str, graph: str | None, as_json: bool) -> None:
    """Show why PAPER is joined to CONCEPT: the sentence, the mentions, the component and the link decision.

    Both are ids, names, aliases or titles; part of a title will do where it fits one paper.
    """
    from kg.pipeline import explain

    found = explain(paper, concept, graph=graph)
    if as_json:
        print_json(found)
        return
    click.echo(f"{found['title'] or found['paper']}  [{found['paper']}, {', '.join(found['places'])}]")
    click.echo(f"  {found['role']} {found['name']}  [{found['concept']}], confidence {found['confidence']}, by {found['by']}")
    click.echo(f"  sentence: {' '.join(found['sentence'].split())}")
    for mention in found["mentions"]:
        click.echo(f"  mention: {mention['text']!r} at {mention['start']}-{mention['end']}, confidence {mention['confidence']}, by {mention['by']}")
    for short, long in found["abbreviations"]:
        click.echo(f"  the paper defines {short} as {long}")
    for link in found["links"]:
        click.echo(f"  link: {link['name']!r} by {link['method']}, score {link['score']}{': ' + link['why'] if link['why'] else ''}")
