"""Elements of XML data one after the other, as they come, in documents one after the other.

Invariant: nothing outside the data is ever fetched, no entity is ever expanded, and at most one record, of at most `LONGEST`
characters, is in memory. Data that breaks off gives every record before the break.
"""

from __future__ import annotations

import codecs
import html
import io
import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import IO

from lxml import etree

from kg.errors import InputError
from kg.models import Reject
from kg.protocols import Input
from kg.sources.lines import LONGEST

Element = etree._Element
Found = tuple[int, Element]  # 1-based line at which the element begins, the element

STEP = 1 << 15
CLOSING = 1 << 8  # characters from the end tag of a document's root to the next root
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^<>\[\"']|\"[^\"]*\"|'[^']*')*(?:\[.*?\]\s*)?>)", re.S | re.I)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_OPENED = re.compile(r"<([A-Za-z_][\w.:-]*)")
_ENTITY = re.compile(r"<!ENTITY\s+(%\s+)?([\w.-]++)(?![^>]*\bNDATA\b)", re.I)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)[\"']", re.I)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.I)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]\w{1,31};")  # known from HTML, but unknown to XML without a DTD
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = bytes({*range(32)} - {9, 10, 13})


def root_of(head: str) -> str | None:
    """The local name of the root element of the XML that begins with `head`; None where no element is seen."""
    found = _ROOT.match(head, _behind_prolog(head))
    return found[1] if found else None


def _behind_prolog(head: str) -> int:
    """Where what may stand before the root ends: declarations, comments, white space."""
    at = 0
    while match := _PROLOG.match(head, at):
        at = match.end()
    return at


def elements(given: Input, tags: Collection[str]) -> Iterator[Found | Reject]:
    """Each element with one of the local names `tags` when it ends; it is emptied when the next one is asked for. A break after at
    least one of them is one Reject; before, it is an InputError, and so are entities of the document's own."""
    prolog = given.head[: found.start() if (found := re.search(r"<[A-Za-z_]", given.head)) else None]
    if declared := _ENTITY.search(prolog):
        reason = f"it declares an entity of its own (`{declared[2]}`), and such are never expanded: write the characters in its place"
        raise InputError(reason, file=given.name, line=given.head.count("\n", 0, declared.start()) + 1)
    begun = False
    feed = _Feed(given)
    while feed.more():
        try:
            for line, element in _parsed(feed, tags):
                begun = True
                feed.taken = 0
                yield line, element
                _forget(element)
        except (etree.XMLSyntaxError, _TooLong, ValueError) as error:
            line, reason = _broken(error, feed, given)
            if not begun:
                raise InputError(reason, file=given.name, line=line) from None
            yield Reject(file=given.name, line=line, reason=f"{reason}; what stood before is kept")
            if not feed.skip():
                return
    if not begun:
        raise InputError("no records in this XML: check that it is the answer that you meant to save", file=given.name)


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of these local names, in order, whatever their namespace."""
    return element.iterchildren(*map(_anywhere, names))


@cache
def _anywhere(name: str) -> str:
    return f"{{*}}{name}"


def below(element: Element, *path: str) -> Iterator[Element]:
    """The elements that are reached by that path of local names."""
    first, *rest = path
    for child in children(element, first):
        if rest:
            yield from below(child, *rest)
        else:
            yield child


def grouped(element: Element) -> dict[str, list[Element]]:
    """The children by their local names: one pass, where many names are asked for."""
    found: dict[str, list[Element]] = {}
    for child in element:
        if isinstance(tag := child.tag, str):
            found.setdefault(tag.rpartition("}")[2], []).append(child)
    return found


def local(element: Element) -> str:
    """The name of the element without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def entity_text(element: Element) -> str:
    """What an entity that was left as it stood means: `&alpha;` is known from HTML, others keep their spelling."""
    return html.unescape(element.text or "") if isinstance(element, etree._Entity) else ""


class _TooLong(Exception):
    pass


class _Feed:
    """The data as UTF-8, cut into documents at each XML declaration, and where a root that ended begins again. `line` is the line at
    which the document began."""

    def __init__(self, given: Input) -> None:
        self._stream: IO[str] = _decoded(given)
        self._text = self._stream.read(STEP)
        self._lines, self._first, self._ended = 0, True, False
        root = _OPENED.search(given.head, _behind_prolog(given.head))
        self._close = f"</{root[1]}" if root else "<?xml "
        self._again = re.compile(rf"{re.escape(self._close)}\s*>(?=\s*<(?:{re.escape(root[1]) if root else ''}[\s/>]|!DOCTYPE))")
        self.taken, self.line = 0, 1

    def more(self) -> bool:
        """Whether another document begins; its white space before is passed over."""
        while not self._text.strip() and (new := self._stream.read(STEP)):
            self._lines += self._text.count("\n")
            self._text = new
        kept = self._text.lstrip()
        self._lines += self._text.count("\n", 0, len(self._text) - len(kept))
        self._text, self.line, self._first, self._ended, self.taken = kept, self._lines + 1, True, False, 0
        return bool(kept)

    def read(self, size: int = -1) -> bytes:
        """The next bytes of this document; none at its end. `size` is ignored: a step at a time."""
        if self._ended:
            return b""
        while len(self._text) < STEP and (new := self._stream.read(STEP)):
            self._text += new
        cut = self._cut()
        part, self._text, self._first = self._text[:cut], self._text[cut:], False
        self._lines += part.count("\n")
        self.taken += len(part)
        if self.taken > LONGEST:
            raise _TooLong
        return _legal(part)

    def _cut(self) -> int:
        """How much of the text that is there belongs to this document for certain."""
        text = self._text
        declared = text.find("<?xml ", 1 if self._first else 0)
        if self._close in text and (match := self._again.search(text, 0, declared if declared >= 0 else len(text))):
            self._ended = True
            return match.end()
        if declared >= 0 or len(text) < STEP:
            return declared if declared >= 0 else len(text)
        closing = text.rfind(self._close, len(text) - CLOSING)  # what follows it decides, and has not come yet
        return closing if closing > 0 else max(len(text) - max(len(self._close), 8), 1)

    def skip(self) -> bool:
        """Passes over the rest of a broken document; whether another one may follow."""
        while True:
            self.taken = 0
            if not self.read():
                return bool(self._text)


def _legal(part: str) -> bytes:
    """The part as XML allows it: looked at as bytes first, because nearly every part is legal as it stands."""
    try:
        data = part.encode()
    except UnicodeEncodeError:
        part = _SURROGATE.sub("\ufffd", part)
        data = part.encode()
    if len(data.translate(None, _CONTROL)) != len(data) or "&#" in part or "\ufffe" in part or "\uffff" in part:
        part = _ILLEGAL.sub(" ", part)
        data = part.encode()
    return _NAMED.sub(lambda name: html.unescape(name[0]), part).encode() if "&" in part else data


def _decoded(given: Input) -> IO[str]:
    """The text by the encoding that the data declares, where it has no byte-order mark and says another than UTF-8."""
    declared = _DECLARED.match(given.head)
    try:
        name = codecs.lookup(declared[1]).name if declared else "utf-8"
        wide = name.startswith(("utf", "ucs")) or not getattr(codecs.lookup(name), "_is_text_encoding", True)
    except LookupError:
        wide = True
    return given.text() if wide else io.TextIOWrapper(given.binary(), encoding=name, errors="replace")


def _parsed(feed: _Feed, tags: Collection[str]) -> Iterator[Found]:
    started = feed.line
    wanted = [f"{{*}}{tag}" for tag in tags]
    events = etree.iterparse(
        feed, events=("end",), tag=wanted, encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    for _, element in events:
        yield started + (element.sourceline or 1) - 1, element


def _forget(element: Element) -> None:
    """Empties the element and drops what stands before it on every level."""
    element.clear()
    here: Element | None = element
    while here is not None:
        parent = here.getparent()
        while parent is not None and (before := here.getprevious()) is not None:
            parent.remove(before)
        here = parent


def _broken(error: Exception, feed: _Feed, given: Input) -> tuple[int, str]:
    fault: str | None = getattr(given, "fault", None)
    line = feed.line
    if isinstance(error, _TooLong):
        return line, f"no record ends within {LONGEST:,} characters: split the file"
    if isinstance(error, etree.XMLSyntaxError):
        line += max(error.position[0] or 1, 1) - 1
        if fault:
            return line, fault
    message = re.sub(r",? \(?line \d+.*$", "", " ".join(str(error).split()))
    message = re.sub(r",? (?:use|try) XML_.*$", "", message)
    if "Excessive depth" in message:
        message = "its elements are nested too deeply"
    elif "amplification" in message or "entity reference loop" in message:
        message = "its entities would expand without bound"
    elif "too long" in message:
        return line, "a text in this XML is longer than any record's: split the file, or save it again"
    cut = " (it is cut short)" if "Premature end" in message or "end of document" in message else ""
    return line, f"the XML breaks here{cut}: {message}: fetch or save the file again"
