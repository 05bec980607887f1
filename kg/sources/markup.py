"""Text out of LaTeX, HTML, JATS and MathML: what a reader would see on the page.

Only what is certainly markup is touched: tags of known elements, entities, maths between dollars that looks like maths, commands with
a backslash. `x < y`, `$5 to $10`, `95% of` stay as they are. LaTeX commands are read by pylatexenc.
Invariant: `plain` never raises, and `plain(plain(text)) == plain(text)`.
"""

from __future__ import annotations

import html
import re

from kg.sources.latex import latex_text
from kg.text import clean, quiet, settled, squeeze

LONGEST = 1 << 17  # characters; a longer text is no title or abstract, and is left as it stands but for its spaces
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
_HIDDEN = re.compile(r"<!--|<!\[CDATA\[|\]\]>|<\?[a-z][^<>?]{0,999}\?>", re.I)
_COMMENT = 9999  # characters between the ends of a comment
_BLOCK = {
    "p", "sec", "div", "br", "ul", "ol", "li", "list", "list-item", "abstract", "section", "para", "simple-para", "tr", "hr", "blockquote",
    "break", "dd", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_CELL = {"td", "th", "label"}
_HEADING = re.compile(rf"<(?:jats:)?title{_ATTRIBUTES}>([^<>]{{0,200}})</(?:jats:)?title\s*>(?:\s*<(?:jats:)?p>)?", re.I)
_SCRIPT = re.compile(rf"<(?P<name>(?:jats:)?(?:sub|sup|inf)){_ATTRIBUTES}>(?P<text>[^<>]{{0,80}})</(?P=name)\s*>", re.I)
_LEAF = rf"<(?:mml:|m:)?m[ions]\w*{_ATTRIBUTES}>\s*([^<>]*?)\s*</[\w:]+>"
_POWER = re.compile(rf"<(?P<name>(?:mml:|m:)?m(?P<kind>sup|sub)){_ATTRIBUTES}>\s*{_LEAF}\s*{_LEAF}\s*</(?P=name)>", re.I)
_INNER = r"(?:[^<]|<(?!(?:mml:|m:|jats:)?(?:math|tex-math|annotation(?:-xml)?)\b)){0,20000}?"  # no second one opens: else time is squared
_MATHS = re.compile(rf"<(?P<name>(?:mml:|m:)?math)\b[^<>]{{0,999}}>(?P<inner>{_INNER})</(?P=name)\s*>", re.I)
_TEX = rf"(?P<tex><(?:jats:)?tex-math[^<>]{{0,999}}>{_INNER}</(?:jats:)?tex-math>)"
_MATHML = rf"<(?P<name>(?:mml:|m:)?math)\b{_INNER}</(?P=name)\s*>"
_BESIDE = r"\s*(?:</?(?:jats:)?alternatives>\s*)?"
_BOTH = re.compile(_TEX + _BESIDE + _MATHML, re.I)
_BOTH_TURNED = re.compile(_MATHML + _BESIDE + _TEX, re.I)
_NOTE = re.compile(rf"<(?P<name>(?:mml:|m:)?annotation(?:-xml)?)\b[^<>]{{0,999}}>{_INNER}</(?P=name)\s*>", re.I)
_AMPERSANDS = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);?(?=#?\w{1,31};|amp))+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_HARMLESS = bytes(char for char in (10, *range(32, 127)) if chr(char) not in "\\$&<{`]")  # of which no markup is made, but for two dashes
_ORDINAL = re.compile(r"(?:st|nd|rd|th|TM|®|™|[a-zA-Z]{2,}.*)$")


def plain(text: str) -> str:
    """`text` as read: markup gone, entities decoded, accents and symbols as characters, subscripts on the line (`F1`, `CO2`), powers
    with `^`; words parted by single spaces, paragraphs by an empty line."""
    if (flat := bare(text)) is not None:
        return flat
    if not _marked(text) and quiet(text):
        return text.strip() if settled(text) else _spaced(text)
    if len(text) > LONGEST:
        return _spaced(clean(clean(text)))
    text = clean(text)
    for _ in range(ROUNDS):
        new = _once(text)
        if new == text or (not _marked(new) and quiet(new)):
            return new
        text = new
    return text


def unlatexed(text: str) -> str:
    """What was read from XML, whose markup and entities are gone already (a `<s>` that is left is text), with its LaTeX as characters."""
    return _spaced(clean(latex_text(text))) if _marked(text) else _spaced(clean(text))


def bare(text: str) -> str | None:
    """`plain` of a text of which it is certain at a glance that it is ASCII without markup, in single lines; None for any other. As most
    abstracts are so, this look must be fast: none is faster than deleting bytes."""
    if not text.isascii() or text.encode().translate(None, _HARMLESS) or "--" in text:
        return None
    flat = text.strip().replace("\n", " ")
    return flat if "  " not in flat else None


def shown(text: str) -> str:
    """`text` as read, on one line: `squeeze(plain(text))`, in one step where nothing has to be done, as in most names and titles."""
    if text.isascii() and text.isprintable() and "  " not in text and not _marked(text):
        return text.strip()
    return squeeze(plain(text))


def _marked(text: str) -> bool:
    """Whether any sign stands in `text` that markup is made with: without one, only spaces can change."""
    return "\\" in text or "$" in text or "&" in text or "<" in text or "{" in text or "--" in text or "``" in text or "]]>" in text


def _once(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), _AMPERSANDS.sub("&", text))
    if "<" in text or "]]>" in text:
        text = _untagged(text)
    if "\\" in text or "$" in text or "{" in text or "``" in text or "--" in text:
        text = latex_text(text)
    return _spaced(clean(text))


def _spaced(text: str) -> str:
    if "\n" not in text:
        return " ".join(text.split())
    return "\n\n".join(joined for part in _PARAGRAPHS.split(text) if (joined := " ".join(part.split())))


def _untagged(text: str) -> str:
    text = _uncommented(text)
    if "math" in text:
        text = _BOTH.sub(r"\g<tex>", _NOTE.sub("", text))
        text = _MATHS.sub(_formula, _BOTH_TURNED.sub(r"\g<tex>", text) if "tex-math" in text else text)
    text = _SCRIPT.sub(_script, _HEADING.sub(_heading, text))
    return _TAG.sub(_gap, text)


def _uncommented(text: str) -> str:
    """Comments and processing instructions out, what CDATA marks enclose left."""
    parts, at, begin, end = [], 0, 0, -1
    while match := _HIDDEN.search(text, begin):
        stop = match.end()
        if match[0] == "<!--":
            end = end if end >= stop else (found if (found := text.find("-->", stop)) >= 0 else len(text) + _COMMENT + 1)
            if end - stop > _COMMENT:
                begin = stop
                continue
            stop = end + 3
        parts.append(text[at : match.start()])
        at = begin = stop
    return "".join([*parts, text[at:]])


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
