"""`kg query`."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import Any

import click

from kg.cli.common import graph_option, json_option, print_json, print_table
from kg.errors import ConfigError


@click.command("query")
@click.argument("cypher", required=False)
@click.option("-p", "--param", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter ($NAME); numbers and JSON are read as such.")
@graph_option
@json_option
def command(cypher: str | None, parameters: tuple[str, ...], graph: str | None, as_json: bool) -> None:
    """Ask the graph in Cypher, with no server.

    CYPHER is a query, the name of a shipped one, or `-` for stdin. With none, the shipped queries are listed.
    """
    from kg.pipeline import query
    from kg.stores.queries import shipped

    known = {item.name: item for item in shipped()}
    if cypher is None:
        print_table(("query", "question", "parameters"), ((item.name, item.question, _spelled(item.params)) for item in known.values()))
        return
    text = sys.stdin.read() if cypher == "-" else cypher
    asked = text if text in known else None
    given = dict(_parameter(parameter) for parameter in parameters)
    if text in known:
        if unknown := sorted(given.keys() - known[text].params.keys()):
            raise ConfigError(f"{text} has no parameter {', '.join(unknown)}: it takes {_spelled(known[text].params) or 'none'}")
        text, given = known[text].text, {**known[text].params, **given}
    elif " " not in text.strip():
        near = get_close_matches(text.strip(), known, n=1)
        meant = f"did you mean {near[0]}? " if near else ""
        raise ConfigError(f"no shipped query is called {text!r}: {meant}`kg query` lists them; or give a whole Cypher query")
    table = query(text, given, graph=graph)
    empty = not table.rows and (asked or not table.notices)  # else the notice says why
    for notice in (*table.notices, *(_why_none(given if asked else {}, graph) if empty else ())):
        click.echo(f"kg: {notice}", err=True)
    if as_json:
        print_json([dict(zip(table.columns, row, strict=True)) for row in table.rows])
    else:
        print_table(table.columns, table.rows)


def _why_none(names: dict[str, Any], graph: str | None) -> list[str]:
    """That there are no rows, and which of the texts given to a shipped query names nothing of the graph."""
    from kg.pipeline.finding import doubt

    doubts = [(name, doubt(value, graph=graph)) for name, value in names.items() if isinstance(value, str)]
    return ["no rows", *(f"-p {name}: {why}" for name, why in doubts if why)]


def _spelled(params: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in params.items())


def _parameter(text: str) -> tuple[str, Any]:
    import json

    name, sign, value = text.partition("=")
    if not sign or not name:
        raise ConfigError(f"-p {text}: a parameter is NAME=VALUE")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value
