"""Identifiers of registries in the one spelling that the graph uses: prefix, colon, value.

Invariant: two spellings of one identifier normalise to equal strings; what is no identifier of the registry gives None.
"""

from __future__ import annotations

import re

from kg.kinds import PAPER_IDS

PREFIXES = PAPER_IDS

_ARXIV = re.compile(
    r"^(?:https?://)?(?:(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/)?(?:arxiv\s*:\s*)?"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?(?:\s*\[[\w.-]+\])?$", re.I,
)  # fmt: skip
_DOI = re.compile(r"^(?:doi\s*:\s*)?(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/)?(?:doi\s*:\s*)?(?P<doi>10\.\d{4,9}/\S+)$", re.I)
_ARXIV_DOI = re.compile(r"^10\.48550/arxiv\.", re.I)
_OTHERS = frozenset(PREFIXES[2:])
_SUBJECT = re.compile(r"\.[a-z]{2}/")
_SETTLED = re.compile(  # ids that are in their one spelling, as most are
    r"arxiv:[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|doi:10\.(?!48550/)[0-9]{4,9}/[a-z0-9()<>:;./_-]*[a-z0-9]|(?:openalex:W|s2:|pmid:)[0-9]+"
)


def arxiv_id(text: str) -> str | None:
    """The arXiv id in `text` (bare, with `arXiv:`, a URL, a DOI of arXiv), without version: `2404.08796`, `hep-th/9901001`."""
    text = text.strip()
    if "10." in text and (doi_match := _DOI.match(text)):
        text = _ARXIV_DOI.sub("", doi_match["doi"]) if _ARXIV_DOI.match(doi_match["doi"]) else ""
    match = _ARXIV.match(text)
    if not match:
        return None
    value = _SUBJECT.sub("/", match["id"].lower())
    return value if "/" in value or 1 <= int(value[2:4]) <= 12 else None


def doi(text: str) -> str | None:
    """The DOI in `text` (bare, with `doi:`, a URL), lower-cased; None also for a DOI of arXiv, which stands for an arXiv id."""
    match = _DOI.match(text.strip()) if "10." in text else None
    value = match["doi"].rstrip(".,;").lower() if match else ""
    return value if value and not _ARXIV_DOI.match(value) else None


def identifier(text: str) -> str | None:
    """`text` as an id of a known registry, else None: `arxiv:…` and `doi:…` from any spelling, others as prefixed."""
    text = text.strip()
    if _SETTLED.fullmatch(text):
        return text
    prefix, colon, value = text.partition(":")
    if colon and (prefix := prefix.lower()) in _OTHERS:  # no arXiv id and no DOI begins so
        return f"{prefix}:{value.strip()}" if value.strip() else None
    if "10." in text and (match := _DOI.match(text)) and not _ARXIV_DOI.match(match["doi"]):
        value = match["doi"].rstrip(".,;").lower()
        return None if _ARXIV_DOI.match(value) else f"doi:{value}"
    return f"arxiv:{found}" if (found := arxiv_id(text)) else None
