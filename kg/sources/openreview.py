"""OpenReview notes (both versions of its API) and lists of a conference's papers in the manner of papercopilot.

Invariant: only submissions become papers; reviews, comments and decisions of the same forum are rejects that say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from kg.models import Author, Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import prose
from kg.sources.json_fields import author, authors, count, line, paper, string, strings, words, year
from kg.sources.json_stream import Element, papers, share

_NOTE = {"forum", "invitation", "invitations", "signatures", "cdate", "tcdate", "readers"}
_LISTED = {
    "track", "site", "status", "primary_area", "rating", "rating_avg", "openreview", "author_site", "aff", "proceeding", "bibtex", "authorids",
    "tldr", "confidence", "oa", "gs_citation", "arxiv", "author_num", "aff_unique_norm", "wc_review", "replies_avg", "project",
}  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_LINK = re.compile(r"openreview\.net/(?:forum|pdf)\?id=([\w-]+)")


def sniff(given: Input) -> float:
    """High for notes with a content, and for papers with several of the keys that conference lists have."""
    return share(given.head, _likeness)


def _likeness(record: dict[str, Any]) -> float:
    if isinstance(record.get("content"), dict) and (_NOTE & record.keys() or "id" in record):
        return 0.97
    return 0.95 if "title" in record and "authors" not in record and "author" in record and _LISTED & record.keys() else (
        0.95 if "title" in record and len(_LISTED & record.keys()) >= 3 else 0.0
    )  # fmt: skip


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each submission; a reject for each other note, and for a submission without title and abstract."""
    yield from papers(given, _made)


def _made(record: dict[str, Any], element: Element, place: Place) -> Iterator[Paper]:
    yield _note(record, place) if isinstance(record.get("content"), dict) else _listed(record, place)


def _note(record: dict[str, Any], place: Place) -> Paper:
    content = {key: item["value"] if isinstance(item, dict) and "value" in item else item for key, item in record["content"].items()}
    forum, known = string(record.get("forum")), string(record.get("id"))
    if (record.get("replyto") and string(record["replyto"]) != known) or (forum and known and forum != known):
        kind = next(iter(strings(record.get("invitation")) + strings(record.get("invitations"))), "a reply").rsplit("/", 1)[-1]
        raise ValueError(f"no submission but a note on one ({kind[:60]}): leave it out")
    date = _day(record)
    venue = line(content.get("venue")) or line(content.get("venueid")) or _conference(record)
    match = _YEAR.search(venue or "")
    return paper(
        place,
        [f"openreview:{forum or known}" if forum or known else "", *_elsewhere(content)],
        title=line(content.get("title")) or "",
        abstract=prose(string(content.get("abstract"))),
        authors=authors(_people(content.get("authors"), content.get("authorids"))),
        year=int(match[0]) if match else None,
        date=date if not match or (date or "").startswith(match[0]) else None,
        venue=venue,
        url=f"https://openreview.net/forum?id={forum or known}" if forum or known else None,
        comment=line(content.get("TL;DR")) or line(content.get("TLDR")) or line(content.get("one-sentence_summary")),
        keywords=words(content.get("keywords")),
        licence=string(record.get("license")) or None,
    )


def _listed(record: dict[str, Any], place: Place) -> Paper:
    known = next((match[1] for key in ("openreview", "site", "forum", "url", "pdf") if (match := _LINK.search(string(record.get(key))))), "")
    given = string(record.get("id"))
    proceeding = string(record.get("proceeding"))
    venue = line(record.get("venue")) or line(record.get("conference")) or line("" if "://" in proceeding else proceeding)
    is_id = bool(re.fullmatch(r"[\w-]{9,12}", given)) and not given.isdigit()
    return paper(
        place,
        [f"openreview:{known or given}" if known or is_id else "", *_elsewhere(record)],
        title=line(record.get("title")) or "",
        abstract=prose(string(record.get("abstract"))),
        authors=authors(_people(record.get("author") or record.get("authors"), record.get("authorids"))),
        organisations=tuple(dict.fromkeys(name for text in re.split("[;+]", string(record.get("aff"))) if (name := line(text)))),
        year=year(record.get("year")),
        venue=venue,
        url=next((text for key in ("site", "openreview", "oa", "url", "pdf") if (text := string(record.get(key))).startswith("http")), None),
        comment=line(record.get("tldr")),
        keywords=words(record.get("keywords")),
        citation_count=count(record.get("gs_citation")),
    )  # fmt: skip


def _elsewhere(content: dict[str, Any]) -> Iterator[str]:
    for key in ("arxiv", "arxiv_id", "doi", "html", "pdf"):
        text = string(content.get(key))
        yield text.removesuffix(".pdf") if "arxiv" in (key, *text.lower().split("."), text.lower()[:40]) or "10." in text or key == "arxiv_id" else ""


def _people(names: Any, profiles: Any) -> Iterator[Author | None]:
    """Authors of a list of names, a list of objects, or one string with semicolons (else commas); profiles by position."""
    if isinstance(names, str):
        names = names.split(";" if ";" in names else ",")
    if isinstance(profiles, str):
        profiles = profiles.split(";")
    known = [string(item) for item in profiles] if isinstance(profiles, list) else []
    listed = names if isinstance(names, list) else []
    for at, item in enumerate(listed):
        if isinstance(item, dict):
            shown = string(item.get("fullname")) or string(item.get("name"))
            profile = string(item.get("username"))
        else:
            shown, profile = string(item), known[at] if len(known) == len(listed) else ""
        yield author(shown, profile if profile.startswith("~") else "", prefix="openreview")


def _day(record: dict[str, Any]) -> str | None:
    for key in ("pdate", "odate", "cdate", "tcdate"):
        if moment := count(record.get(key)):
            try:
                return datetime.fromtimestamp(moment / 1000, UTC).date().isoformat()
            except (ValueError, OverflowError, OSError):
                continue
    return None


def _conference(record: dict[str, Any]) -> str | None:
    """`ICLR.cc/2020/Conference/-/Blind_Submission` as `ICLR 2020`."""
    invited = next(iter(strings(record.get("invitation")) + strings(record.get("invitations"))), "")
    match = re.match(r"([\w-]+)\.\w+(?:/[A-Za-z_]+)*/(\d{4})/", invited)
    return f"{match[1]} {match[2]}" if match else None


SOURCE = Source("openreview", "OpenReview notes and lists of a conference's papers (JSON)", sniff, read)
