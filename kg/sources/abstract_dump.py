"""A dump of arXiv abstracts without titles: abstract, a comment where there is one, `arXiv:…`, `Created: …`.

The line of the id may go on with ` - doi: …` and with where the paper appeared (` - AAAI 2024`). Abstracts may be soft-wrapped or
have several paragraphs. Invariant: a record ends at its arXiv line (and the dated lines under it), so none can swallow the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from kg.models import Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.identifiers import arxiv_id, doi
from kg.sources.lines import Line, head_lines, numbered
from kg.text import clean

YEARS = range(1000, 3000)  # those that a paper can have
_ID = re.compile(r"^\s*arXiv:\s?(?P<id>\S+)(?P<rest>\s+-\s.*)?\s*$")
_DATED = re.compile(r"^\s*(?P<what>Created|Updated|Submitted|Published|Revised): (?P<date>\S+)\s*$")
_COMMENT = re.compile(
    r"\b(?:\d+ (?:pages?|pp|figures?|tables?)|pages|figures?|accepted|submitted|published|appear|preprint|under review|camera.ready|version|"
    r"technical report|thesis|workshop|conference|proceedings|journal|code|project page|website|supplement\w*|appendix|withdrawn|oral|poster|"
    r"spotlight|work in progress)\b", re.I,
)  # fmt: skip


@dataclass(slots=True)
class _Draft:
    """A record while its lines come in."""

    paragraphs: list[list[str]] = field(default_factory=list)
    start: int = 0
    gap: bool = True
    trailer: re.Match[str] | None = None
    created: str | None = None
    broken: bool = False


def sniff(given: Input) -> float:
    """Certain where an arXiv line has a `Created:` line under it."""
    lines = head_lines(given)
    pairs = sum(bool(_ID.match(line)) and bool(_DATED.match(below)) for line, below in pairwise(lines))
    opens_with_text = bool(re.match(r"\s*[^\s{\[<@%]", given.head))
    return 0.9 if pairs and opens_with_text else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each arXiv line; a reject for an arXiv line without abstract or with an id of no arXiv form, and for text after the last one."""
    draft = _Draft()
    for item in numbered(given):
        if isinstance(item, Reject):
            if draft.trailer:
                yield from _finished(draft, given.name)
            yield item
            draft = _Draft(broken=True)
            continue
        if draft.trailer and item[1].strip() and not _DATED.match(item[1]):
            yield from _finished(draft, given.name)
            draft = _Draft()
        _add(draft, item)
    yield from _finished(draft, given.name)


def _add(draft: _Draft, line: Line) -> None:
    number, text = line
    if not text.strip():
        draft.gap = True
    elif match := _ID.match(text):
        draft.trailer, draft.start = match, draft.start or number
    elif draft.trailer and (dated := _DATED.match(text)):
        if draft.created is None or dated["what"] == "Created":
            draft.created = dated["date"]
    else:
        draft.start = draft.start or number
        if draft.gap:
            draft.paragraphs.append([])
        draft.paragraphs[-1].append(clean(text).strip())
        draft.gap = False


def _finished(draft: _Draft, file: str) -> Iterator[Paper | Reject]:
    if draft.broken or not (draft.start or draft.trailer):
        return
    paragraphs = [" ".join(lines) for lines in draft.paragraphs]
    place = Place(file=file, line=draft.start)
    if draft.trailer is None:
        yield Reject(
            file=file, line=place.line, reason="text with no `arXiv:` line under it: the file seems cut short; add the line or take the text out"
        )
    elif not paragraphs:
        yield Reject(file=file, line=place.line, reason=f"no abstract above `{draft.trailer[0].strip()[:60]}`: add it or take the line out")
    elif (known := arxiv_id(draft.trailer["id"])) is None:
        yield Reject(file=file, line=place.line, reason=f"`{draft.trailer['id'][:40]}` is no arXiv id: write it as `arXiv:2401.01234`")
    else:
        yield _paper(draft, paragraphs, known, place)


def _paper(draft: _Draft, paragraphs: list[str], known: str, place: Place) -> Paper:
    comment = paragraphs.pop() if len(paragraphs) > 1 and _is_comment(paragraphs[-1], paragraphs[0]) else None
    parts = [part.strip() for part in re.split(r"\s+-\s+", draft.trailer["rest"] or "") if part.strip()] if draft.trailer else []
    dois = [found for part in parts if (found := doi(part))]
    venue = " - ".join(part for part in parts if not doi(part) and not part.lower().startswith("doi:")) or None
    created = _iso(draft.created)
    ids = [f"arxiv:{known}", *(f"doi:{found}" for found in dois)]
    return Paper(
        abstract="\n\n".join(paragraphs), comment=comment, arxiv_id=known, doi=dois[0] if dois else None, ids=tuple(ids), venue=venue,
        date=created, year=int(created[:4]) if created else None, url=f"https://arxiv.org/abs/{known}", places=(place,),
    )  # fmt: skip


def _is_comment(last: str, first: str) -> bool:
    """A last paragraph is a comment where it is short beside the abstract, or speaks of pages and acceptance."""
    return len(last) < 250 or (len(last) < max(len(first), 600) and len(_COMMENT.findall(last)) >= 2)


def _iso(text: str | None) -> str | None:
    try:
        found = date.fromisoformat((text or "")[:10])
        return found.isoformat() if found.year in YEARS else None
    except ValueError:
        return None


SOURCE = Source("abstract-dump", "a dump of arXiv abstracts (abstract, comment, arXiv:…, Created: …)", sniff, read)
