"""Writes what is generated: `schemas/*.json`, `cypher/constraints.cypher` and `docs/reference/*.md`.

`python docs/generate.py [ROOT]` writes under ROOT (the repository by default); a test writes to a scratch folder and compares,
so a stale file fails. Invariant: the output is a function of the code alone.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from kg import kinds, models
from kg.cli import cli
from kg.pipeline.printed import PrintedExtraction
from kg.stores.constraints import constraints

LIBRARY = ("kg.pipeline", "kg.models", "kg.errors", "kg.text", "kg.kinds", "kg.protocols", "kg.analysis", "kg.link", "kg.extract")


def schemas() -> Iterator[tuple[str, str]]:
    """The JSON schemas of what users write and read."""
    for name, model in (("paper", models.Paper), ("extraction", PrintedExtraction), ("reject", models.Reject)):
        yield f"schemas/{name}.json", json.dumps(model.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def graph_page() -> str:
    """The graph model as a page."""
    lines = ["# The graph", "", "Generated from `kg/kinds.py`.", "", "## Kinds of concept", "", "| kind | label | is |", "|---|---|---|"]
    lines += [f"| {kind.name} | `:{kind.label}` | {kind.meaning} |" for kind in kinds.KINDS.values()]
    lines += ["", "## Roles", "", "Each concept of a paper has one role, the strongest that its text supports, in this order.", ""]
    lines += ["| role | kinds | the paper |", "|---|---|---|"]
    lines += [f"| `{role.name}` | {', '.join(role.kinds)} | {role.meaning} |" for role in kinds.ROLES.values()]
    lines += ["", "## Nodes", "", "Every node has `id`, which is unique.", "", "| label | is | properties |", "|---|---|---|"]
    lines += [f"| `:{node.name}` | {node.meaning} | {', '.join(node.properties)} |" for node in kinds.NODES.values()]
    lines += ["", "## Edges", "", "| edge | from | to | means | properties |", "|---|---|---|---|---|"]
    lines += [f"| `{edge.name}` | {edge.source} | {edge.target} | {edge.meaning} | {', '.join(edge.properties)} |" for edge in kinds.EDGES.values()]
    return "\n".join(lines) + "\n"


def command_page() -> str:
    """The help of every command as a page."""
    lines = ["# The command line", "", "Generated from the commands' own help."]
    for name in (None, *sorted(cli.commands)):
        command: click.Command = cli.commands[name] if name else cli
        title = f"kg {name}" if name else "kg"
        parent = click.Context(cli, info_name="kg") if name else None
        context = click.Context(command, info_name=name or "kg", parent=parent, max_content_width=100, terminal_width=100)
        lines += ["", f"## `{title}`", "", "```text", command.get_help(context), "```"]
    return "\n".join(lines) + "\n"


def library_page() -> str:
    """The public functions and records of the library as a page."""
    lines = ["# The library", "", "Generated from the docstrings. `import kg` gives `kg.build(...)` and `kg.graph(dir)`."]
    for path in LIBRARY:
        module = __import__(path, fromlist=["_"])
        lines += ["", f"## `{path}`", "", inspect.getdoc(module) or ""]
        names = getattr(module, "__all__", None) or [name for name, value in vars(module).items() if getattr(value, "__module__", "") == path]
        for name in sorted(name for name in names if not name.startswith("_")):
            lines += list(_entry(name, getattr(module, name)))
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _entry(name: str, value: object) -> Iterator[str]:
    if inspect.isclass(value):
        yield from ("", f"### class `{name}`", "", inspect.getdoc(value) or "")
    elif callable(value):
        signature = re.sub(r"<function (\w+) at 0x[0-9a-f]+>", r"\1", str(inspect.signature(value)))  # an address differs in every process
        yield from ("", f"### `{name}{signature}`", "", inspect.getdoc(value) or "")


def pages() -> Iterator[tuple[str, str]]:
    """Every generated file: path under the root, and text."""
    yield from schemas()
    yield "cypher/constraints.cypher", constraints()
    yield "docs/reference/graph.md", graph_page()
    yield "docs/reference/commands.md", command_page()
    yield "docs/reference/library.md", library_page()


def main() -> None:
    """Writes the pages that differ."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent
    for path, text in pages():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {path}")


if __name__ == "__main__":
    main()
