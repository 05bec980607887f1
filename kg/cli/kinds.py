"""`kg kinds`."""

from __future__ import annotations

import click

from kg.cli.common import json_option, print_json, print_table


@click.command("kinds")
@json_option
def command(as_json: bool) -> None:
    """List the graph's kinds of concept, roles, node labels and edge types with what they mean."""
    from dataclasses import asdict

    from kg.kinds import EDGES, KINDS, NODES, ROLES

    if as_json:
        tables = (("kinds", KINDS.values()), ("roles", ROLES.values()), ("nodes", NODES.values()), ("edges", EDGES.values()))
        print_json({name: [asdict(entry) for entry in entries] for name, entries in tables})
        return
    print_table(("kind", "label", "meaning"), ((kind.name, kind.label, kind.meaning) for kind in KINDS.values()))
    print_table(("role", "of", "the paper"), ((role.name, ", ".join(role.kinds), role.meaning) for role in ROLES.values()))
    print_table(("label", "properties", "meaning"), ((node.name, ", ".join(node.properties), node.meaning) for node in NODES.values()))
    print_table(("edge", "from", "to", "meaning"), ((edge.name, edge.source, edge.target, edge.meaning) for edge in EDGES.values()))
