"""Text out of LaTeX, HTML, JATS and MathML: what a reader would see on the page.

Only what is certainly markup is touched: tags of known elements, entities, maths between dollars that looks like maths, commands with
a backslash. `x < y`, `$5 to $10`, `95% of` stay as they are. LaTeX commands are read by pylatexenc.
Invariant: `plain` never raises, and `plain(plain(text)) == plain(text)`.
"""

from __future__ import annotations

import html
import re

from kg.sources.latex import latex_text
from kg.text import clean

ROUNDS = 8  # markup inside markup (an escaped tag, say) comes to light one round after the other

_NAMES = (
    "p|title|sec|italic|bold|i|b|em|strong|sub|sup|br|div|span|h[1-6]|ul|ol|li|dl|dt|dd|list|list-item|a|font|tt|code|pre|u|small|big|center|"
    "blockquote|hr|img|table|thead|tbody|tr|td|th|xref|ext-link|uri|email|inline-formula|disp-formula|tex-math|alternatives|math|"
    "m[a-z]{1,10}|semantics|annotation|inline-graphic|graphic|named-content|styled-content|monospace|underline|overline|strike|sc|scp|inf|"
    "roman|abstract|label|break|body|section|article|cite|q|s|var|del|ins|formula|simple-para|para|sans-serif|disp-quote|fn|related-article|"
    "supplementary-material"
)
_PREFIX = r"(?:(?:jats|mml|xhtml|html|m|ce|sb|xlink):)"
_ATTRIBUTES = r"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]{0,999}\"|'[^'<>]{0,999}'|[^\s<>\"'=]{1,999}))*\s*"
_TAG = re.compile(rf"</?(?P<name>{_PREFIX}[\w-]{{1,40}}|(?:{_NAMES})(?![\w:-])){_ATTRIBUTES}/?>", re.I)
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->)){0,9999}-->|<!\[CDATA\[|\]\]>|<\?[a-z][^<>?]{0,999}\?>", re.I)
_BLOCK = {
    "p", "sec", "div", "br", "ul", "ol", "li", "list", "list-item", "abstract", "section", "para", "simple-para", "tr", "hr", "blockquote",
    "break", "dd", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_CELL = {"td", "th", "label"}
_HEADING = re.compile(rf"<(?:jats:)?title{_ATTRIBUTES}>([^<>]{{0,200}})</(?:jats:)?title\s*>(?:\s*<(?:jats:)?p>)?", re.I)
_SCRIPT = re.compile(rf"<(?P<name>(?:jats:)?(?:sub|sup|inf)){_ATTRIBUTES}>(?P<text>[^<>]{{0,80}})</(?P=name)\s*>", re.I)
_LEAF = rf"<(?:mml:|m:)?m[ions]\w*{_ATTRIBUTES}>\s*([^<>]*?)\s*</[\w:]+>"
_POWER = re.compile(rf"<(?P<name>(?:mml:|m:)?m(?P<kind>sup|sub)){_ATTRIBUTES}>\s*{_LEAF}\s*{_LEAF}\s*</(?P=name)>", re.I)
_MATHS = re.compile(r"<(?P<name>(?:mml:|m:)?math)\b[^<>]{0,999}>(?P<inner>.{0,20000}?)</(?P=name)\s*>", re.I | re.S)
_BOTH = re.compile(
    r"(<(?:jats:)?tex-math[^<>]{0,999}>.{0,20000}?</(?:jats:)?tex-math>)\s*<(?P<name>(?:mml:)?math)\b.{0,20000}?</(?P=name)>", re.I | re.S
)
_NOTE = re.compile(r"<(?P<name>(?:mml:|m:)?annotation(?:-xml)?)\b[^<>]{0,999}>.{0,20000}?</(?P=name)\s*>", re.I | re.S)
_AMPERSANDS = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);?(?=#?\w{1,31};|amp))+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|TM|®|™|[a-zA-Z]{2,}.*)$")


def plain(text: str) -> str:
    """`text` as read: markup gone, entities decoded, accents and symbols as characters, subscripts on the line (`F1`, `CO2`), powers
    with `^`; words parted by single spaces, paragraphs by an empty line."""
    text = clean(text)
    for _ in range(ROUNDS):
        new = _once(text)
        if new == text:
            break
        text = new
    return text


def _once(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), _AMPERSANDS.sub("&", text))
    if "<" in text or "]]>" in text:
        text = _untagged(text)
    if any(sign in text for sign in ("\\", "$", "{", "``", "--")):
        text = latex_text(text)
    return _spaced(clean(text))


def _spaced(text: str) -> str:
    return "\n\n".join(joined for part in _PARAGRAPHS.split(text) if (joined := " ".join(part.split())))


def _untagged(text: str) -> str:
    text = _COMMENT.sub("", text)
    if "math" in text:
        text = _MATHS.sub(_formula, _BOTH.sub(r"\1", _NOTE.sub("", text)))
    text = _SCRIPT.sub(_script, _HEADING.sub(_heading, text))
    return _TAG.sub(_gap, text)


def _gap(match: re.Match[str]) -> str:
    name = match["name"].lower().rpartition(":")[2]
    return "\n\n" if name in _BLOCK else " " if name in _CELL else ""


def _heading(match: re.Match[str]) -> str:
    title = " ".join(match[1].split())
    if not title or title.lower().strip(".: ") in ("abstract", "summary"):
        return "\n\n"
    return f"\n\n{title} " if title[-1] in ".:?!" else f"\n\n{title}: "


def _script(match: re.Match[str]) -> str:
    text = match["text"].strip()
    raised = match["name"].lower().endswith("sup")
    return f"^{text}" if raised and text and not _ORDINAL.match(text) else text


def _formula(match: re.Match[str]) -> str:
    inner = _POWER.sub(lambda found: found[3] + ("^" if found["kind"].lower() == "sup" else "") + found[4], match["inner"])
    return "".join(part.strip() if part.strip() else "" for part in re.split(r"<[^<>]*>", inner))
