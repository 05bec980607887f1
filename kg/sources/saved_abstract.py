"""One saved abstract a text file: a title, perhaps the authors, and the abstract, as people paste it; or the abstract alone.

Invariant: a file is claimed only where it is short, plain, and reads like a paper's abstract from its first long paragraph on; it gives one paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources import abstract_lines, daily_papers
from kg.sources.cells import people
from kg.sources.identifiers import arxiv_id, doi
from kg.text import clean, squeeze

_OTHERS = (abstract_lines.sniff, daily_papers.sniff)  # which know more of the same look
LONGEST = 12_000  # characters of a file
LEAST_WORDS, LEAST_PARAGRAPH = 25, 12  # of an abstract, of each of its paragraphs
TITLE_WORDS = range(2, 41)

_HEADING = re.compile(r"^(?:abstract|summary)\s*(?:[:.\-–—]\s*|$)", re.IGNORECASE)
_ALONE = re.compile(r"^[^\S\n]*(abstract|summary)\s*[:.]?[^\S\n]*\n\s*", re.IGNORECASE | re.MULTILINE)  # the heading on a line of its own
_LETTER = re.compile(r"(?:dear|hi|hello|hey)\b", re.IGNORECASE)
_LABEL = re.compile(r"^title\s*:\s*", re.IGNORECASE)
_STRUCTURE = re.compile(r"^\s*(?:[{\[<#@%|>*;/]|[-+] |\d+[.)] |[A-Z][A-Z0-9] {1,2}-|\w+ ?= ?|\"[^\"]*\"[,;\t])|\t|^[^,;]{1,200}[,;](?!\d)\S")
_OWN = re.compile(r"\b(?:we|this (?:paper|work|study|article|thesis|survey))\b", re.IGNORECASE)
_CUE = re.compile(
    r"\b(?:propos|method|result|approach|experiment|model|algorithm|evaluat|survey|stud(?:y|ie)|dataset|present|introduc|show|demonstrat|train)", re.I
)
_NAME = re.compile(r"^(?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|der|den|la|le|di|al|bin)(?: (?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|der|den|la|le|di|al|bin)){1,4}$")
_LISTED = re.compile(r"\s*(?:,|;|&|\band\b)\s*")
_ADDRESS = re.compile(r"https?://\S+")
_ID = re.compile(r"(?:arXiv:\s?\S+|(?:https?://)?(?:arxiv\.org/abs/|(?:dx\.)?doi\.org/)\S+|doi:\s?\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class _Parts:
    title: str
    authors: str
    abstract: str
    ids: tuple[str, ...]


def _parts(text: str) -> _Parts | None:
    """What the text holds, or None where it is no saved abstract."""
    blocks = [
        [line.strip() for line in block.split("\n")] for block in re.split(r"\n\s*\n", _ALONE.sub(r"\n\n\1: ", clean(text[: LONGEST + 1])).strip())
    ]
    lines = [line for block in blocks for line in block]
    if len(text) > LONGEST or any(_STRUCTURE.search(line) for line in lines):
        return None
    ids = tuple(line for line in lines if _ID.fullmatch(line))
    blocks = [kept for block in blocks if (kept := [line for line in block if line and line not in ids and not _ADDRESS.fullmatch(line)])]
    title = _LABEL.sub("", blocks[0].pop(0)) if blocks and _is_title(blocks) else ""
    rest = [block for block in blocks if block]
    authors = rest[0].pop(0) if title and rest and _is_authors(rest[0][0]) else ""
    paragraphs = _from_heading([" ".join(block) for block in rest if block])
    abstract = "\n\n".join(paragraphs)
    cues = len(_CUE.findall(abstract))
    if len(abstract.split()) < LEAST_WORDS or not _OWN.search(abstract) or cues < (2 if title else 3) or len(paragraphs) > 6:
        return None
    if _LETTER.match(lines[0]) or any(len(paragraph.split()) < LEAST_PARAGRAPH for paragraph in paragraphs):
        return None
    return _Parts(squeeze(title), authors, abstract, ids)


def _from_heading(paragraphs: list[str]) -> list[str]:
    """The paragraphs from the one that is headed `Abstract` on, without the heading; all of them where none is."""
    at = next((place for place, paragraph in enumerate(paragraphs) if _HEADING.match(paragraph)), 0)
    return [text for paragraph in paragraphs[at:] if (text := _HEADING.sub("", paragraph))]


def _is_title(blocks: list[list[str]]) -> bool:
    first = blocks[0][0]
    return len(first.split()) in TITLE_WORDS and not first.endswith((".", ",", ";", ":")) and (len(blocks[0]) > 1 or len(blocks) > 1)


def _is_authors(line: str) -> bool:
    names = [name for name in _LISTED.split(line) if name]
    return bool(names) and all(_NAME.match(name) for name in names)


def sniff(given: Input) -> float:
    """Barely enough where the whole of a short file is a title and prose of a paper: every format with a sign of its own is surer."""
    if len(given.head) > LONGEST or not _parts(given.head) or any(other(given) for other in _OTHERS):
        return 0.0
    return 0.32


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """The paper; its line is the first."""
    with given.text() as stream:
        found = _parts(stream.read(LONGEST + 1))
    place = Place(file=given.name, line=1)
    if found is None:
        yield Reject(file=given.name, line=1, reason="no title and abstract: one saved abstract is a title, an empty line and the abstract")
        return
    arxiv = next((known for one in found.ids if (known := arxiv_id(one))), None)
    number = next((known for one in found.ids if (known := doi(one))), None)
    ids = (*((f"arxiv:{arxiv}",) if arxiv else ()), *((f"doi:{number}",) if number else ()))
    authors = people([found.authors]) if found.authors else ()
    yield Paper(title=found.title, abstract=found.abstract, authors=authors, arxiv_id=arxiv, doi=number, ids=ids, places=(place,))


SOURCE = Source("saved-abstract", "one saved abstract a text file: title, empty line, abstract", sniff, read)
