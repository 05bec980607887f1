"""OpenAlex works: an API page, one work, JSON Lines, or a part of the snapshot.

Invariant: an abstract is put together from its inverted index in the order of the positions, gaps left out; no index, however large
its numbers, takes more space than its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.models import Author, Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import prose
from kg.sources.json_fields import author, authors, count, iso, line, linked, member, objects, paper, string, strings, words, year
from kg.sources.json_stream import Element, papers, share

_KEYS = {
    "abstract_inverted_index", "referenced_works", "authorships", "primary_location", "host_venue", "open_access", "cited_by_count",
    "display_name", "publication_year", "concepts", "topics", "related_works", "publication_date", "counts_by_year", "biblio",
}  # fmt: skip
_WORK = re.compile(r"^(?:https?://(?:www\.|api\.)?openalex\.org/(?:works/)?)?(W\d+)$", re.I)
_WORKS = "https://openalex.org/W"  # with which nearly all begin
_PMID = re.compile(r"^(?:https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/|pmid:)?(\d{1,9})/?$", re.I)
_NO_WORK = re.compile(r'\s*\{\s*"meta"\s*:\s*\{[^{}]{0,999}\}\s*,\s*"results"\s*:\s*\[\s*\]')
_GROUPS = re.compile(_NO_WORK.pattern + r'\s*,\s*"group_by"\s*:\s*\[\s*\{')
DELETED = "openalex:W4285719527"  # where every work that was deleted leads: no work itself, though hundreds of thousands cite it
_OAI = re.compile(r"^(?:pmh:)?oai:arxiv\.org:", re.I)


def sniff(given: Input) -> float:
    """High where the records have works' ids (`W…`) or at least two keys of OpenAlex alone; and for its answer without any work."""
    return 0.6 if _NO_WORK.match(given.head) else share(given.head, _likeness)


def _likeness(record: dict[str, Any]) -> float:
    if _WORK.match(string(record.get("id"))) and ("openalex.org" in string(record["id"]) or _KEYS & record.keys()):
        return 0.98
    return 0.95 if "abstract_inverted_index" in record else 0.7 if len(_KEYS & record.keys()) >= 3 else 0.0


def work(text: Any) -> str:
    """`openalex:W…` for a work's id in any spelling; empty for anything else."""
    if type(text) is str and text.startswith(_WORKS) and text.isascii() and text[len(_WORKS) :].isdigit():
        return f"openalex:W{text[len(_WORKS) :]}"
    match = _WORK.match(string(text))
    return f"openalex:{match[1].upper()}" if match else ""


def uninverted(index: Any) -> str:
    """The text whose words stand at the positions that `index` gives."""
    if not isinstance(index, dict):
        return ""
    if isinstance(index.get("InvertedIndex"), dict):  # as Microsoft Academic Graph had it
        index = index["InvertedIndex"]
    words: dict[int, str] = {}
    total = 0
    for key, found in index.items():
        if isinstance(found, list) and isinstance(key, str):
            word = key.strip() if key.isascii() else string(key)
            for at in found:
                if type(at) is int and 0 <= at < 2**53:  # JSON's true and false are no positions
                    words[at] = word
                    total += 1
    if total == len(words):
        return " ".join(map(words.__getitem__, sorted(words)))
    return _crowded(index)


def _crowded(index: dict[str, Any]) -> str:
    """The text of an index that gives one position to several words: they stand there in the order of their letters."""
    places: list[tuple[int, str]] = []
    for key, found in index.items():
        if isinstance(found, list) and isinstance(key, str):
            word = string(key)
            places += [(at, word) for at in found if type(at) is int and 0 <= at < 2**53]
    places.sort()
    return " ".join([word for _, word in places])


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each work; a reject for each answer that is an error, and for each work without title and abstract."""
    if _GROUPS.match(given.head):
        yield Reject(file=given.name, line=1, reason="groups with the numbers of their works, no works: ask without group_by")
        return
    yield from papers(given, _work)


def _work(record: dict[str, Any], element: Element, place: Place) -> Iterator[Paper]:
    if (problem := record.get("error")) and "id" not in record:
        reason = string(problem)
        raise ValueError(f"the answer is an error ({reason[:80]}): ask again")
    if work(record.get("id")) == DELETED:
        raise ValueError("the work that stands for all deleted ones: leave it out")
    kind = string(record.get("id")).rsplit("/", 1)[-1][:1].upper()
    if kind in set("ASITPFCK") and "display_name" in record and not _WORK.match(string(record.get("id"))) and "authorships" not in record:
        raise ValueError("an OpenAlex entity that is no work: take records of /works")
    source = member(record, "primary_location", "source", "display_name") or member(record, "host_venue", "display_name")
    published = iso(record.get("publication_date"))
    abstract = uninverted(record.get("abstract_inverted_index")) or string(record.get("abstract"))
    yield paper(
        place,
        _names(record),
        title=line(record.get("title")) or line(record.get("display_name")) or "",
        abstract=prose(abstract),
        authors=authors(_author(item) for item in objects(record.get("authorships"))),
        author_count=count(record.get("authors_count")),
        organisations=_organisations(record),
        year=year(record.get("publication_year")),
        date=published,
        venue=line(source) or line(member(record, "primary_location", "raw_source_name")),
        url=_url(record),
        keywords=words(_keywords(record)),
        references=linked(known for item in strings(record.get("referenced_works")) if (known := work(item)) != DELETED),
        citation_count=count(record.get("cited_by_count")),
        language=string(record.get("language")) or None,
        licence=_licence(record),
    )


def _names(record: dict[str, Any]) -> Iterator[str]:
    listed = record.get("ids") if isinstance(record.get("ids"), dict) else {}
    yield work(record.get("id")) or work(member(listed, "openalex"))
    for text in (record.get("doi"), member(listed, "doi")):
        yield string(text)
    for text in (member(listed, "pmid"), member(listed, "arxiv")):
        match = _PMID.match(string(text))
        yield f"pmid:{match[1]}" if match else string(text)
    if match := re.search(r"(?:PMC|/)(\d+)/?$", string(member(listed, "pmcid"))):
        yield f"pmc:PMC{match[1]}"
    for location in _locations(record):
        for key in ("landing_page_url", "pdf_url", "id", "url"):
            text = location.get(key)
            if isinstance(text, str) and "arxiv" in text.lower():
                yield _OAI.sub("arxiv:", text.strip()).removeprefix("doi:")


def _author(item: dict[str, Any]) -> Author | None:
    name = string(member(item, "author", "display_name")) or string(item.get("raw_author_name"))
    orcid = string(member(item, "author", "orcid"))
    registered = string(member(item, "author", "id")).rsplit("/", 1)[-1]
    return author(name, orcid) if orcid else author(name, registered, prefix="openalex")


def _organisations(record: dict[str, Any]) -> tuple[str, ...]:
    names = [line(place.get("display_name")) for item in objects(record.get("authorships")) for place in objects(item.get("institutions"))]
    return tuple(dict.fromkeys(name for name in names if name))


def _keywords(record: dict[str, Any]) -> list[str]:
    """Keywords and topics; the older concepts only where there are neither."""
    topics = objects(record.get("topics")) or objects(record.get("primary_topic"))
    listed = [*objects(record.get("keywords")), *topics] or objects(record.get("concepts"))
    return strings(record.get("keywords")) + [string(item.get("display_name")) or string(item.get("keyword")) for item in listed]


def _url(record: dict[str, Any]) -> str | None:
    return string(member(record, "primary_location", "landing_page_url")) or string(member(record, "open_access", "oa_url")) or None


def _licence(record: dict[str, Any]) -> str | None:
    return next((text for place in _locations(record) if (text := string(place.get("license")))), None)


def _locations(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Where the work is found, the main place first; hosts, as places were called until 2023, last."""
    keys = ("primary_location", "best_oa_location", "locations", "host_venue", "alternate_host_venues")
    return [place for key in keys for place in objects(record.get(key))]


SOURCE = Source("openalex", "OpenAlex works (API page, one work, JSON Lines, snapshot)", sniff, read)
