"""BibTeX entries one after the other out of a stream, their values worked out: strings joined, braces that enclose taken off.

Invariant: an entry is cut out of the stream where the next line that opens one begins, so that a broken entry costs no other.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.models import Reject
from kg.protocols import Input
from kg.sources.bibtex_mending import mended
from kg.sources.fields import MONTHS
from kg.sources.lines import LONGEST_RECORD, Line, numbered

if TYPE_CHECKING:  # the library takes long to import
    from bibtexparser.library import Library
    from bibtexparser.model import Entry

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # it logs each broken entry, which is a reject here

OPENS = re.compile(r"^[ \t]*@[ \t]*([A-Za-z]+)[ \t]*[{(]")
_BARE = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*$")
_FIELD = re.compile(r"\n[ \t]*+(?:,[ \t]*+)?([A-Za-z][\w-]*)[ \t]*+=[ \t]*+(?=[{\"\w])")
_INLINE = re.compile(r",\s*([A-Za-z][\w-]*)[ \t]*=[ \t]*(?=[{\"\w])")  # of an entry on one line
_PART = re.compile(r'\s*(?:#\s*)?(?P<text>[^\s#"{}]+)')
_SIGNS = re.compile(r'(?<!\\)[{}]|"')
MOST_STRINGS = 100_000


@dataclass(frozen=True, slots=True)
class Found:
    """An entry: where it begins, its type and key, its fields by lower-case name. `cut` names the field in which it breaks off."""

    line: int
    type: str
    key: str
    values: dict[str, str]
    cut: str | None = None


@dataclass(slots=True)
class _Chunk:
    line: int
    lines: list[str] = field(default_factory=list)
    size: int = 0


def entries(given: Input) -> Iterator[Found | Reject]:
    """Each entry in order; comments, preambles and what stands between entries are passed over, `@string` is kept for those below."""
    strings = {month: month for month in MONTHS}
    for chunk in _chunks(given):
        if isinstance(chunk, Reject):
            yield chunk
        else:
            yield from _parsed(chunk, given.name, strings)


def _chunks(given: Input) -> Iterator[_Chunk | Reject]:
    chunk: _Chunk | None = None
    for item in _joined(numbered(given)):
        if isinstance(item, Reject):
            yield item
            continue
        number, line = item
        if OPENS.match(line):
            if chunk:
                yield chunk
            chunk = _Chunk(number)
        if chunk:
            chunk.lines.append(line)
            chunk.size += len(line) + 1
            if chunk.size > LONGEST_RECORD:
                yield Reject(
                    file=given.name, line=chunk.line, reason=f"an entry of more than {LONGEST_RECORD:,} characters: a closing brace may be missing"
                )
                chunk = None
    if chunk:
        yield chunk


def _joined(lines: Iterable[Line | Reject]) -> Iterator[Line | Reject]:
    """The lines; a type that stands alone has the line with its brace behind it."""
    bare: Line | None = None
    for item in lines:
        if bare and not isinstance(item, Reject) and item[1].lstrip()[:1] in ("{", "("):
            yield bare[0], f"{bare[1]}{item[1].lstrip()}"
            bare = None
            continue
        if bare:
            yield bare
        bare = item if not isinstance(item, Reject) and "@" in item[1] and _BARE.match(item[1]) else None
        if not bare:
            yield item
    if bare:
        yield bare


def _parsed(chunk: _Chunk, file: str, strings: dict[str, str]) -> Iterator[Found | Reject]:
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry

    match = OPENS.match(chunk.lines[0])
    if match and match[1].lower() in ("comment", "preamble") and sum(map(len, map(OPENS.findall, chunk.lines))) < 2:
        return
    text = mended("\n".join(chunk.lines))
    library = _split(text)
    for string in library.strings:
        if len(strings) < MOST_STRINGS:
            strings[string.key.lower()] = evaluated(string.value, strings)
    for block in library.blocks:
        line = chunk.line + (block.start_line or 0)
        entry = block.ignore_error_block if isinstance(block, DuplicateFieldKeyBlock | DuplicateBlockKeyBlock) else block
        if isinstance(entry, DuplicateFieldKeyBlock):
            entry = entry.ignore_error_block
        if isinstance(entry, Entry):
            yield _found(entry, line, strings)
        elif block in library.failed_blocks:
            later = any(isinstance(other, Entry) and (other.start_line or 0) > (block.start_line or 0) for other in library.blocks)
            raw = (block.raw or "") if later else "\n".join(text.split("\n")[block.start_line or 0 :])
            yield from _rescued(raw, line, file, strings)


def _split(text: str) -> Library:
    from bibtexparser.splitter import Splitter

    return Splitter(text).split()


def _found(entry: Entry, line: int, strings: dict[str, str], cut: str | None = None) -> Found:
    values: dict[str, str] = {}
    for item in entry.fields:
        values.setdefault(item.key.lower(), evaluated(str(item.value), strings))
    return Found(line, entry.entry_type.lower(), entry.key.strip(), values, cut)


def _rescued(raw: str, line: int, file: str, strings: dict[str, str]) -> Iterator[Found | Reject]:
    """What stood before the break, where that has a title; and the reject. An abstract that breaks off is kept, marked with `…`."""
    match = OPENS.match(raw)
    name = raw.partition(",")[0].strip()[:60] if match else raw.strip()[:40]
    if closed := _closed(raw, line, strings):
        yield closed
        yield Reject(file=file, line=line, reason=f"`{' '.join(name.split())}` is not closed: add its last brace; all that it says is kept")
        return
    last = list(_FIELD.finditer(raw)) or list(_INLINE.finditer(raw))
    reason = f"`{' '.join(name.split())}` is broken: its braces or quotation marks don't match"
    if last:
        library = _split(raw[: last[-1].start()].rstrip().rstrip(",") + "\n" + ("}" if "{" in raw[: match.end() if match else 1] else ")"))
        kept = [_found(entry, line, strings, last[-1][1].lower()) for entry in library.entries]
        if kept and kept[0].values.get("title"):
            cut = kept[0].cut or ""
            if cut == "abstract":
                tail = raw[last[-1].end() :].strip().removeprefix("{").removeprefix('"')
                short = tail.count("{") + 1 > tail.count("}")
                tail = tail.partition("}\n}")[0]
                kept[0].values["abstract"] = tail.rstrip(' \n\t,}"') + (" …" if short else "")
            yield kept[0]
            yield Reject(file=file, line=line, reason=f"{reason} in `{cut}`: close it; what stood before is kept")
            return
    yield Reject(file=file, line=line, reason=f"{reason}: close it")


def _closed(raw: str, line: int, strings: dict[str, str]) -> Found | None:
    """The entry where nothing but its last brace lacks."""
    whole = _split(raw.rstrip().rstrip(",") + "\n}")
    if whole.failed_blocks or len(whole.entries) != 1:
        return None
    found = _found(whole.entries[0], line, strings)
    swallowed = any(_FIELD.search(value) or _INLINE.search(value) for value in found.values.values())
    return found if found.values.get("title") and not swallowed else None


def evaluated(value: str, strings: dict[str, str]) -> str:
    """The value of an expression: `{…}` and `"…"` without what encloses them, names of strings replaced, parts joined at `#`."""
    value, parts, at = value.strip(), [], 0
    inner = value[1:-1]
    if value[:1] == "{" and value[-1:] == "}" and "{" not in inner and "}" not in inner and inner[-1:] != "\\":
        return inner.strip()  # most often so
    while at < len(value):
        if value[at].isspace() or value[at] == "#":
            at += 1
        elif value[at] in '{"':
            end = _closing(value, at)
            parts.append(value[at + 1 : end])
            at = end + 1
            if (rest := value[at:].strip()) and not rest.startswith(("#", "}")):  # a brace too many inside: the rest is text too
                parts.append(value[at:].rstrip("} \n"))
                break
        elif match := _PART.match(value, at):
            parts.append(strings.get(match["text"].lower(), match["text"]))
            at = match.end()
        else:
            at += 1
    return "".join(parts).strip()


def _closing(value: str, at: int) -> int:
    """Where what opens at `at` closes; the end where it doesn't."""
    depth, quoted = 0, value[at] == '"'
    for match in _SIGNS.finditer(value, at + quoted):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0 and match[0] == ('"' if quoted else "}"):
            return match.start()
    return len(value)
