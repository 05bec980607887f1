"""What the page knows: nodes, edges and the words around them, as plain JSON values.

Texts travel once, with their paper; an edge holds the ranges of its sentence and of its mention in that text. Invariant: ranges count UTF-16 units,
as the browser's strings do, whatever characters the text holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import accumulate
from typing import Any
from urllib.parse import quote, urlsplit

from kg.exports.appearance import title
from kg.kinds import NODES
from kg.models import Edge, Node, Star, Value

Get = Callable[[str], Star | None]
_SHOWN_ELSEWHERE = frozenset((
    "title", "abstract", "name", "aliases", "kind", "sources", "ids", "stub", "url", "doi", "arxivId", "papers", "pagerank", "community",
))  # fmt: skip


class Offsets:
    """Turns offsets in characters of a text into offsets in UTF-16 units."""

    def __init__(self, text: str) -> None:
        self._wide = None if text.isascii() else [0, *accumulate(2 if ord(char) > 0xFFFF else 1 for char in text)]
        self._length = len(text)

    def __call__(self, at: int) -> int:
        at = min(max(at, 0), self._length)
        return self._wide[at] if self._wide else at


def text_of(node: Node) -> str:
    """The paper's text that offsets count into: title, newline, abstract; or the one that is there."""
    head, body = str(node.properties.get("title", "")), str(node.properties.get("abstract", ""))
    return f"{head}\n{body}" if head and body else head or body


def node_data(star: Star, get: Get) -> dict[str, Any]:
    """All that the details panel says of a node itself."""
    node = star.node
    data: dict[str, Any] = {"key": node.id, "title": title(node), "facts": _facts(node), "links": _links(node.properties)}
    for name, key in (("aliases", "aliases"), ("papers", "papers"), ("year", "year"), ("firstYear", "firstYear"), ("introducedBy", "introducedBy")):
        if name in node.properties:
            data[key] = node.properties[name]
    if node.labels[0] == "Paper":
        data["text"] = text_of(node)
        data["abstractAt"] = Offsets(data["text"])(len(data["text"]) - len(str(node.properties.get("abstract", ""))))
        data["named"] = _named(star, get)
        data["stub"] = bool(node.properties.get("stub"))
    return data


def _facts(node: Node) -> list[list[str]]:
    names = NODES[node.labels[0]].properties if node.labels[0] in NODES else tuple(node.properties)
    shown = (name for name in names if name in node.properties and name not in _SHOWN_ELSEWHERE)
    return [[name, _printed(node.properties[name])] for name in shown]


def _printed(value: Value) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _links(properties: Mapping[str, Value]) -> list[list[str]]:
    """(words, address) of the places where the paper can be read; only web addresses, whatever the record says."""
    links = []
    url = str(properties.get("url", ""))
    if urlsplit(url).scheme in ("http", "https"):
        links.append(["paper page", url])
    if arxiv := properties.get("arxivId"):
        links.append([f"arXiv {arxiv}", f"https://arxiv.org/abs/{quote(str(arxiv))}"])
    if doi := properties.get("doi"):
        links.append([f"doi {doi}", f"https://doi.org/{quote(str(doi))}"])
    return links


def _named(star: Star, get: Get) -> dict[str, list[str]]:
    """Neighbours that are not drawn, in words, by label: authors in order, keywords, venue, reported results."""
    named: dict[str, list[tuple[int, str]]] = {}
    for at, edge in enumerate(star.edges):
        if edge.label in ("Author", "Keyword", "Venue", "Result"):
            other = get(edge.target)
            position = edge.properties.get("position", at)
            named.setdefault(edge.label, []).append((position if isinstance(position, int) else at, _said(other, edge, get)))
    return {label: [words for _, words in sorted(entries)] for label, entries in sorted(named.items())}


def _said(other: Star | None, edge: Edge, get: Get) -> str:
    if other is None:
        return edge.target
    if edge.label != "Result":
        return title(other.node)
    known = other.node.properties
    words = [f"{known.get('value', '')}{'' if known.get('unit') == '%' else ' '}{known.get('unit', '')}".strip(), str(known.get("metric", ""))]
    for type_, before in (("ON", "on"), ("BY", "by")):
        words += [f"{before} {title(target.node)}" for out in other.edges if out.type == type_ and (target := get(out.target))]
    words += [f"(baseline {known['baseline']})"] if "baseline" in known else []
    return " ".join(word for word in words if word)


def edge_data(edge: Edge, text: str, offsets: Offsets) -> dict[str, Any]:
    """What stands behind an edge: confidence, component, and `at`, the ranges [sentence start, end, mention start, end]
    in the paper's text; `sentence` in words where it is not in the text; `why` where that is what an edge has."""
    known = edge.properties
    data: dict[str, Any] = {name: known[name] for name in ("confidence", "by", "why", "papers", "npmi", "mentions") if name in known}
    sentence = known.get("sentence")
    if isinstance(sentence, str):
        start, end = known.get("start", 0), known.get("end", 0)
        at = _sentence_start(text, sentence, start if isinstance(start, int) else 0)
        if at < 0:
            data["sentence"] = sentence
        else:
            data["at"] = [offsets(int(value)) for value in (at, at + len(sentence), start, end)]  # type: ignore[arg-type]
    return data


def _sentence_start(text: str, sentence: str, mention: int) -> int:
    """Where the sentence stands: the copy that holds the mention, else the first; -1 where it does not stand in the text."""
    before = text.rfind(sentence, 0, mention + len(sentence))
    return before if before >= 0 and before <= mention < before + len(sentence) else text.find(sentence)


def totals(counts: Counter[str]) -> list[list[Any]]:
    """[plural words, number] of the nodes that are not drawn, most first."""
    return [[label.lower() + ("s" if number != 1 else ""), number] for label, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
