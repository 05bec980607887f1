"""Who is who: the node of an author.

Names are joined on evidence alone. An id of a registry is evidence, and so is a name printed alike as a whole; initials that would fit are
none, so `J. Smith` and `John Smith` are two nodes until one id says otherwise. Invariant: the id of an author's node never equals another node's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.assembly.identifiers import identifier
from kg.models import Author

_ORCID = re.compile(r"(?<!\d)(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])(?![\dX])", re.I)


def author_id(author: Author) -> str:
    """The node id: by ORCID in any spelling, else by another registry's id, else by the whole name."""
    if not author.id:
        return identifier("author", author.name)
    if match := _ORCID.search(author.id if "orcid" in author.id.lower() or ":" not in author.id else ""):
        return f"orcid:{'-'.join(match.groups()).upper()}"
    return f"author:{author.id}"  # a registry may number its papers and its people alike


def fullest(names: Mapping[str, int]) -> str:
    """The spelling of a name that says most: given names written out rather than initials, then more letters, then the more frequent."""
    return min(names, key=lambda name: (_initials_alone(name), -sum(map(str.isalpha, name)), -names[name], name))


def _initials_alone(name: str) -> bool:
    given = re.findall(r"[^\W\d_]+", name)[:-1]
    return all(len(word) == 1 for word in given)
