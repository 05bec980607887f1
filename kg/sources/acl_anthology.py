"""ACL Anthology XML, one collection a file: today's form, and the old one with a `volume` as root.

Invariant: a paper's id is the Anthology's own (`acl:2022.acl-long.1`, `acl:L06-1060`); front matter is no paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.models import Author, Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import author, date_of, dated, paper
from kg.sources.identifiers import arxiv_id, doi
from kg.sources.markup import unlatexed
from kg.sources.xml_stream import Element, children, elements, local, root_of
from kg.sources.xml_text import first_line, lines_by_name, text_of

SITE = "https://aclanthology.org/"


@dataclass(slots=True)
class _Volume:
    """What a volume says about all of its papers."""

    venue: str = ""
    year: str = ""
    month: str = ""


def sniff(given: Input) -> float:
    """High for a collection or a volume that holds papers or front matter."""
    root, head = root_of(given.head), given.head
    if root == "collection" and "<volume" in head and any(mark in head for mark in ("<paper ", "<frontmatter", "<meta>")):
        return 0.95
    return 0.9 if root == "volume" and "<paper " in head and ("<booktitle" in head or "<author" in head) else 0.0


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each paper element, with venue and date of its volume."""
    volume, met = _Volume(), False
    for found in elements(given, ("meta", "paper")):
        met = met or isinstance(found, Reject) or local(found[1]) == "paper"
        if isinstance(found, Reject):
            yield found
        elif local(found[1]) == "meta":
            volume = _volume(found[1])
        elif not _is_front_matter(found[1]):
            yield _paper(found[1], volume, Place(file=given.name, line=found[0]))
    if not met:
        yield Reject(file=given.name, line=1, reason="a collection without papers: leave it out, or take it from the anthology again")


def _volume(meta: Element) -> _Volume:
    return _Volume(first_line(meta, "journal-title", "booktitle"), first_line(meta, "year"), first_line(meta, "month"))


def _is_front_matter(element: Element) -> bool:
    number = element.get("id", "")
    old = getattr(element.getparent(), "tag", "") == "volume" and root_id(element)[1] is None
    return old and number.isdigit() and (int(number) % 1000 == 0 or (len(number) == 4 and root_id(element)[0][:1] == "W" and int(number) % 100 == 0))


def root_id(element: Element) -> tuple[str, str | None]:
    """(collection, volume) that the element stands in; no volume in the old form, where the collection is all there is."""
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    if parent is None:
        return "", None
    return (above.get("id", ""), parent.get("id", "")) if above is not None else (parent.get("id", ""), None)


def anthology_id(collection: str, volume: str | None, number: str) -> str | None:
    """The id in the form of its time: `2022.acl-long.1`; before 2020 `P18-1001`, and `W05-0101` for workshops."""
    if volume is None:
        return f"{collection}-{number.zfill(4)}" if collection and number else None
    if not (collection and volume and number):
        return None
    if collection[0].isdigit():
        return f"{collection}-{volume}.{number}"
    if not (volume.isdigit() and number.isdigit()):
        return None
    if collection[0] == "W" or collection == "C69" or (collection == "D19" and int(volume) >= 5):
        return f"{collection}-{int(volume):02d}{int(number):02d}"
    return f"{collection}-{int(volume):d}{int(number):03d}"


def _paper(element: Element, volume: _Volume, place: Place) -> Paper | Reject:
    known = anthology_id(*root_id(element), element.get("id", ""))
    url = first_line(element, "url")
    if known is None and url and "/" not in url:
        known = url
    texts = {name: next((unlatexed(text_of(found)) for found in children(element, name)), "") for name in ("title", "abstract")}
    people = [(child, lines_by_name(child)) for child in children(element, "author")]
    fields: dict[str, object] = {
        "authors": tuple(found for child, lines in people if (found := _author(child, lines))),
        "organisations": tuple(dict.fromkeys(lines["affiliation"] for _, lines in people if "affiliation" in lines)),
        "venue": volume.venue or first_line(element, "journal-title", "booktitle", "journal"),
        "url": f"{SITE}{known}" if known else url if url.startswith("http") else None,
        "language": first_line(element, "language"),
        **dated(date_of(first_line(element, "year") or volume.year, first_line(element, "month") or volume.month)),
    }
    given = first_line(element, "doi")
    ids = [f"acl:{known}" if known else None, given if doi(given) or arxiv_id(given) else None]
    return paper(place, title=texts["title"], abstract=texts["abstract"], ids=ids, fields=fields)


def _author(element: Element, lines: dict[str, str]) -> Author | None:
    parts = [lines.get(name, "") for name in ("first", "last")]
    found = author(" ".join(parts) if any(parts) else text_of(element), orcid=element.get("orcid"))
    named = element.get("id")
    return found.model_copy(update={"id": f"acl:{named}"}) if found and named and not found.id else found


SOURCE = Source("acl-anthology", "ACL Anthology XML", sniff, read)
