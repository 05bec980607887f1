"""`kg formats`."""

from __future__ import annotations

import click

from kg.cli.common import json_option, print_json, print_table


@click.command("formats")
@json_option
def command(as_json: bool) -> None:
    """List the formats that are read and written, and the extractors."""
    from kg.exports.registry import exports
    from kg.extract import DEFAULT_MODEL, MODELS, recipe_of
    from kg.sources.registry import sources

    read = [{"name": source.name, "title": source.title} for source in sources()]
    written = [{"name": item.name, "title": item.title, "extensions": list(item.extensions)} for item in exports()]
    models = [{"name": name, "title": recipe_of(name).title, "default": name == DEFAULT_MODEL} for name in MODELS]
    if as_json:
        print_json({"read": read, "written": written, "models": models})
        return
    print_table(("read", "what"), ((entry["name"], entry["title"]) for entry in read))
    print_table(("written", "extension", "what"), ((entry["name"], entry["extensions"], entry["title"]) for entry in written))
    print_table(("model", "what", ""), ((entry["name"], entry["title"], "default" if entry["default"] else "") for entry in models))
