"""The text within an XML element: inline tags vanish, blocks become lines, formulas become text.

Invariant: every character that a reader of the rendered element sees is kept, once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from lxml import etree

from kg.sources.markup import plain
from kg.sources.xml_stream import Element, children, entity_text, local
from kg.text import squeeze

_BLOCKS = frozenset({"p", "sec", "list", "list-item", "def-item", "disp-formula", "disp-quote", "break", "br", "div", "li", "AbstractText"})
_FORMULAS = frozenset({"inline-formula", "disp-formula"})
_SPECIAL = frozenset({"tex-math", "sup", "msup"})  # whose text is not shown as it stands
_POWER = re.compile(r"[-−–+]?\d|[a-zA-Z]$|[-−–+]$")
_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.S)


def text_of(element: Element, *, skip: Collection[str] = ()) -> str:
    """The text of the element: a paragraph for each block in it (an empty line between them), without the elements called `skip`."""
    if not len(element) and (name := local(element)) not in _SPECIAL:  # most often so, and much faster
        return squeeze(element.text or "") if name and name not in skip else ""
    parts: list[str] = []
    _collect(element, frozenset(skip), parts)
    lines = (squeeze(line) for line in "".join(parts).split("\f"))
    return "\n\n".join(line for line in lines if line)


def line_of(element: Element | None, *, skip: Collection[str] = ()) -> str:
    """As `text_of`, on one line; empty for no element."""
    if element is None:
        return ""
    if not len(element) and local(element) != "tex-math":
        return squeeze(element.text or "")
    return squeeze(text_of(element, skip=skip))


def first_line(element: Element, *names: str) -> str:
    """The text of the first child that is called by the first of `names` that has text; empty where there is none."""
    for name in names:
        for child in children(element, name):
            if text := line_of(child):
                return text
    return ""


def first_of(found: Mapping[str, list[Element]], *names: str) -> str:
    """As `first_line`, for children that `grouped` found."""
    return next((text for name in names for child in found.get(name, ()) if (text := line_of(child))), "")


def lines_by_name(element: Element, *, skip: Collection[str] = ()) -> dict[str, str]:
    """For each local name of a child the text of the first such child with text: one pass, where several are asked for."""
    found: dict[str, str] = {}
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and (name := tag.rpartition("}")[2]) not in found and name not in skip and (text := line_of(child)):
            found[name] = text
    return found


def _collect(element: Element, skip: frozenset[str], parts: list[str]) -> None:
    name = local(element)
    if isinstance(element, etree._Entity):
        parts.append(entity_text(element))
    elif name == "tex-math":
        parts.append("" if name in skip else _formula("".join(element.itertext())))
    elif name == "alternatives" and any(True for _ in children(element, "math")):
        for math in children(element, "math"):
            _inner(math, skip, parts)
    elif name in _FORMULAS and name not in skip and _twice(element):
        _inner(element, skip | {"tex-math"}, parts)
    elif name == "msup" and len(element) == 2:
        _collect(element[0], skip, parts)
        parts.append("^")
        _collect(element[1], skip, parts)
    elif name and name not in skip:
        if name == "sup" and _POWER.match("".join(element.itertext())):
            parts.append("^" if "".join(parts[-3:])[-1:].strip() else "")  # what stands first is raised on nothing: a note, an isotope
        _inner(element, skip, parts)


def _twice(formula: Element) -> bool:
    """Whether the formula stands there as LaTeX and, beside it or in alternatives beside it, as MathML."""
    found = {local(child) for child in formula} | {local(child) for both in children(formula, "alternatives") for child in both}
    return "math" in found and any(True for _ in children(formula, "tex-math"))


def _inner(element: Element, skip: frozenset[str], parts: list[str]) -> None:
    block = local(element) in _BLOCKS
    parts.append("\f" * block + (element.text or ""))
    for child in element:
        _collect(child, skip, parts)
        parts.append(child.tail or "")
    parts.append("\f" * block)


def _formula(tex: str) -> str:
    """A LaTeX formula as text; publishers wrap it in a whole document."""
    match = _DOCUMENT.search(tex)
    tex = (match[1] if match else tex).strip()
    return plain(tex if tex.startswith(("$", "\\(", "\\[")) else f"${tex}$")
