"""`kg stats`."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import click

from kg.cli.common import graph_option, json_option, print_json, print_table


@click.command("stats")
@graph_option
@click.option("--coverage", "view", flag_value="coverage", help="What each input gave: records, abstracts, references, rejects and why.")
@click.option("--conflicts", "view", flag_value="conflicts", help="Where records of one paper disagree, and which value won.")
@click.option("--citations", "view", flag_value="citations", help="Where references lead, and the papers cited most, central, cited together.")
@click.option("--main-path", "view", flag_value="main-path", help="The chain of papers through which most lines of citation run.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Rows of a table in --conflicts and --citations.")
@json_option
def command(graph: str | None, view: str | None, limit: int, as_json: bool) -> None:
    """Count the graph's nodes and edges, and name its most frequent concepts; or look closer with one of the other views."""
    from kg import pipeline

    views: dict[str | None, tuple[Callable[[], Any], Callable[[Any, int], None]]] = {
        None: (lambda: pipeline.statistics(graph=graph), _counts),
        "coverage": (lambda: pipeline.coverage(graph=graph), _coverage),
        "conflicts": (lambda: pipeline.conflicts(graph=graph), _conflicts),
        "citations": (lambda: pipeline.citations(graph=graph, limit=limit), _citations),
        "main-path": (lambda: pipeline.main_path(graph=graph), _main_path),
    }
    ask, tell = views[view]
    found = ask()
    if as_json:
        print_json(found)
    else:
        tell(found, limit)


def _counts(found: dict[str, Any], _: int) -> None:
    print_table(("nodes", "count"), found["nodes"].items())
    print_table(("edges", "count"), found["edges"].items())
    print_table(("papers with", "count"), found["papers"].items())
    print_table(("references", "count"), found["references"].items())
    for label, concepts in found["frequent"].items():
        print_table((label, "papers"), ((concept["name"], concept["papers"]) for concept in concepts))


def _coverage(found: dict[str, Any], _: int) -> None:
    columns = ("input", "reader", "records", "papers", "abstract", "year", "with refs", "resolved", "matched", "stub", "unmatched", "rejected")
    rows = [(_short(row["input"]), row["reader"], *_covered(row)) for row in found["inputs"]]
    print_table(columns, [*rows, (f"{found['total']['inputs']} inputs", "", *_covered(found["total"]))])
    reasons = [(_short(row["input"]), count, reason) for row in found["inputs"] for reason, count in row["reasons"].items()]
    if reasons:
        print_table(("input", "rejected", "reason"), reasons)


def _covered(row: dict[str, Any]) -> tuple[int, ...]:
    led = row["references"]
    held = (row["records"], row["papers"], row["with_abstract"], row["with_year"], row["with_references"])
    return (*held, led["resolved"], led["matched"], led["stub"], led["unmatched"], row["rejected"])


def _short(path: str) -> str:
    """The path as seen from here, where that is shorter."""
    return min(path, os.path.relpath(path), key=len) if path.startswith("/") else path


def _conflicts(found: dict[str, Any], limit: int) -> None:
    click.echo(f"{found['papers']} papers have several records; fields in which these disagree:")
    print_table(("field", "papers"), found["conflicts"].items())
    shown = found["found"][:limit]
    for item in shown:
        click.echo(f"\n{item['paper']}  {item['title']}")
        click.echo(f"  {item['field']}: kept {_cut(item['kept'])} ({item['rule']})")
        for value in item["values"]:
            click.echo(f"    {_cut(value['value'])}  ← {', '.join(map(_short, value['places']))}")
    if len(found["found"]) > len(shown):
        click.echo(f"\n{len(shown)} of {len(found['found'])}: --limit shows more")


def _cut(text: str, most: int = 100) -> str:
    return repr(text if len(text) <= most else f"{text[:most]}…")


def _citations(found: dict[str, Any], _: int) -> None:
    print_table(("references", "count"), found["references"].items())
    for title, measure, name in (("cited most", "cited", "inCorpusCitations"), ("most central", "pagerank", "pagerank")):
        rows = ((row[name], row["year"], row["title"] or row["paper"], row["paper"], "stub" if row["stub"] else "") for row in found[measure])
        print_table((title, "year", "title", "paper", ""), rows)
    for title, pairs in (("cited together", "co_cited"), ("cite the same", "coupled")):
        print_table((title, "a", "b"), ((row["papers"], _name(row["a"]), _name(row["b"])) for row in found[pairs]))


def _name(paper: dict[str, Any]) -> str:
    return str(paper["title"] or paper["paper"])


def _main_path(found: list[dict[str, Any]], _: int) -> None:
    if not found:
        click.echo("no paper of this graph cites another")
        return
    print_table(("year", "title", "paper", "weight"), ((row["year"], row["title"], row["paper"], row["weight"]) for row in found))
