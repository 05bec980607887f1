"""One offline page: the graph drawn by vis-network (as pyvis ships it), with search, filters and the sentence behind each edge.

Everything is in the one file, and its content security policy allows no connection and no script but its own. Texts of the records reach the page
as JSON in a block that is never run, and from there as text nodes. Invariant: the page makes no request, draws the same picture every time, and
whatever a record's text holds stays text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson

from kg.exports.files import replacing
from kg.exports.outline import Shelf, outline
from kg.exports.picture import picture
from kg.exports.selection import LIMIT
from kg.models import Star
from kg.protocols import Export, ExportOptions

TITLE = "Knowledge graph"
_SCRIPTS = ("model.js", "theme.js", "labels.js", "stage.js", "panel.js", "search.js", "filters.js", "main.js")
_LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
_OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "selectConnectedEdges": False, "hoverConnectedEdges": False},
    "nodes": {"borderWidth": 1, "chosen": False, "shapeProperties": {"interpolation": False}},
    "edges": {"smooth": False, "chosen": False, "selectionWidth": 0, "hoverWidth": 0, "arrowStrikethrough": False},
}


def write(stars: Iterable[Star], path: Path, options: ExportOptions) -> dict[str, int]:
    """Writes the page with at most `options.limit` nodes (400 where not given) to `path`. Gives the numbers of nodes and edges
    drawn and, as `of_nodes` and `of_edges`, of those that the graph holds. Raises KgError where the file cannot be written."""
    with replacing(path) as out:
        with closing(Shelf(path.parent)) as shelf:
            data = picture(outline(stars, shelf), shelf, max(1, options.limit or LIMIT))
        out.write(page(data, title=options.title or TITLE).encode("utf-8"))
    return {
        "nodes": len(data["nodes"]), "edges": len(data["edges"]), "of_nodes": data["totals"]["nodes"], "of_edges": data["totals"]["edges"],
    }  # fmt: skip


def page(data: dict[str, Any], *, title: str) -> str:
    """The page for a picture's data."""
    from jinja2 import Environment
    from pyvis.network import Network

    network = Network(directed=True)  # filled directly: its add_edge compares every new edge with all the others
    network.nodes, network.edges, network.options = data["nodes"], data["edges"], _OPTIONS
    nodes, edges, *_, settings = network.get_network_data()
    shelf = files("kg.exports") / "page"
    own = "".join((shelf / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    library = (files("pyvis") / _LIBRARY).read_text(encoding="utf-8")
    scripts = [_closed(library), _closed(f'(() => {{\n"use strict";\n{own}}})();\n')]
    style = (shelf / "page.css").read_text(encoding="utf-8")
    template = Environment(autoescape=True).from_string((shelf / "template.html").read_text(encoding="utf-8"))
    payload = data | {"nodes": nodes, "edges": edges, "options": orjson.loads(settings), "title": title}
    return template.render(title=title, style=style, scripts=scripts, data=inert(payload), policy=_policy(scripts, style))


def inert(value: object) -> str:
    """JSON that no HTML parser can take for markup, and no script for a line's end."""
    text = orjson.dumps(value).decode()
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _closed(script: str) -> str:
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _policy(scripts: list[str], style: str) -> str:
    """The content security policy: these scripts and this style by their digests, and nothing else at all."""
    allowed = " ".join(_digest(script) for script in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; img-src data:; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


EXPORT = Export("html", "offline page", (".html", ".htm"), write)
