"""S2ORC metadata: one paper a line, cited papers by their ids in the corpus. Also the older and newer spellings of its keys.

Invariant: the corpus's own ids are Semantic Scholar's corpus ids, so records and citations meet those of `semantic_scholar`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.models import Author, Paper, Place, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import prose
from kg.sources.json_fields import author, authors, line, linked, named, objects, paper, string, strings, words, year
from kg.sources.json_stream import Element, papers, share

_KEYS = {
    "outbound_citations", "inbound_citations", "has_outbound_citations", "has_inbound_citations", "mag_field_of_study", "has_pdf_parse", "s2_url",
    "s2_id", "grobid_parse", "has_grobid", "has_latex", "has_pdf_parsed_body_text",
}  # fmt: skip


def sniff(given: Input) -> float:
    """High where the records have a paper id and keys of S2ORC."""
    return share(
        given.head, lambda record: 0.97 if len(_KEYS & record.keys()) >= 2 or ("paper_id" in record and "outbound_citations" in record) else 0.0
    )


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each line with its outbound citations as references; a reject for a record with neither title nor abstract."""
    yield from papers(given, _paper)


def _paper(record: dict[str, Any], element: Element, place: Place) -> Iterator[Paper]:
    body = record.get("metadata") if isinstance(record.get("metadata"), dict) else record
    meta = {**record, **(body or {})}
    abstract = meta.get("abstract")
    if isinstance(abstract, list):  # the parses keep it as paragraphs
        abstract = "\n\n".join(string(part.get("text")) for part in objects(abstract))
    inbound = meta.get("inbound_citations")
    yield paper(
        place,
        _names(meta),
        title=line(meta.get("title")) or "",
        abstract=prose(string(abstract)),
        authors=authors(_author(item) for item in (meta["authors"] if isinstance(meta.get("authors"), list) else [])),
        year=year(meta.get("year")),
        venue=line(meta.get("venue")) or line(meta.get("journal")),
        url=string(meta.get("s2_url")) or None,
        keywords=words(strings(meta.get("mag_field_of_study"))),
        references=linked(f"s2:{name}" for name in strings(meta.get("outbound_citations"))),
        citation_count=len(inbound) if isinstance(inbound, list) and inbound else None,
    )


def _names(meta: dict[str, Any]) -> Iterator[str]:
    corpus = string(meta.get("paper_id")) or string(meta.get("s2_id")) or string(meta.get("corpusid"))
    yield f"s2:{corpus}" if corpus else ""
    for key, prefix in (("arxiv_id", "arxiv:"), ("doi", "doi:"), ("acl_id", "acl:"), ("pubmed_id", "pmid:"), ("pmc_id", "pmc:PMC")):
        yield f"{prefix}{text.removeprefix('PMC')}" if (text := string(meta.get(key))) else ""


def _author(item: Any) -> Author | None:
    if not isinstance(item, dict):
        return author(string(item))
    middle = " ".join(strings(listed)) if (listed := item.get("middle")) else ""
    parts = {"first": item.get("first"), "middle": middle, "last": item.get("last"), "suffix": item.get("suffix")}
    return author(named(parts, "first", "middle", "last", "suffix") or string(item.get("name")))


SOURCE = Source("s2orc", "S2ORC metadata (JSON Lines)", sniff, read)
