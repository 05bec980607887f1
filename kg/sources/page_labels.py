"""The site's own words around a card: who submitted it, votes, links to code. They are no part of any paper.

Invariant: a label counts only where it is a line of its own (with its name or number behind it, or on the next line); prose is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.models import Reject
from kg.sources.lines import Line

LONGEST = 200  # characters of a line of labels
_NUMBER = re.compile(r"^(?:-|\d{1,3}(?:[.,]\d{1,3})?[km]?|\d+)$", re.I)
_PART = r"(?:(?:upvotes?|github)(?: (?:\d[\d.,]*k?|-))?|(?:view )?(?:arxiv|project|paper) page|view pdf)"
_HEADING = r"(?:daily|trending) papers|by ?ak and the research community"
_LABELS = re.compile(rf"^{_PART}(?: ?· ?{_PART})*$|^(?:{_HEADING})$", re.I)
_COUNTED = re.compile(r"^(?:upvotes?|github)$", re.I)
_SUBMITTED = re.compile(r"^submitted by(?: \S+)?$", re.I)


def unlabelled(lines: Iterable[Line | Reject]) -> Iterator[Line | Reject]:
    """The lines with an empty one in the place of each label, and of the name or number that belongs to it."""
    named = counted = False  # whether a name, or a number, is still to come
    for item in lines:
        if isinstance(item, Reject):
            yield item
            continue
        number, text = item[0], " ".join(item[1].split())
        if not text or len(text) > LONGEST:
            named = named and not text
            yield item
        elif _SUBMITTED.match(text):
            named, counted = text.lower() == "submitted by", True
            yield number, ""
        elif named and " " not in text:
            named = False
            yield number, ""
        elif counted and _NUMBER.match(text):
            counted = False
            yield number, ""
        elif _LABELS.match(text):
            named, counted = False, bool(_COUNTED.match(text))
            yield number, ""
        else:
            named = counted = False
            yield item
