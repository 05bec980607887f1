"""unarXive: full texts of arXiv with linked bibliographies, one paper a line.

Only metadata, abstract and bibliography are kept; the body is read over. Invariant: every entry of the bibliography is a reference, by
the best of its ids, else by the string that was printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.models import Paper, Place, Reference, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.arxiv_snapshot import metadata
from kg.sources.fields import ids_within
from kg.sources.json_fields import line, member, objects, reference, references, string
from kg.sources.json_stream import Element, papers, share
from kg.sources.openalex import work

_KEYS = {"_source_hash", "_source_name", "_pdf_hash", "body_text", "bib_entries", "ref_entries", "discipline"}


def sniff(given: Input) -> float:
    """High where the records have a paper id, metadata and keys of unarXive."""
    return share(given.head, lambda record: 0.97 if "paper_id" in record and len(_KEYS & record.keys()) >= 2 else 0.0)


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each line, its bibliography as references; a reject for a line without arXiv id or without title and abstract."""
    yield from papers(given, _paper)


def _paper(record: dict[str, Any], element: Element, place: Place) -> Iterator[Paper]:
    meta = dict(record["metadata"]) if isinstance(record.get("metadata"), dict) else {}
    meta.setdefault("id", record.get("paper_id"))
    if not string(meta.get("abstract")):
        parsed = record.get("abstract")
        meta["abstract"] = "\n\n".join(string(part.get("text")) for part in objects(parsed)) or string(parsed)
    entries = record.get("bib_entries")
    listed = list(entries.values()) if isinstance(entries, dict) else entries
    cited = references(_reference(entry) for entry in objects(listed))
    result = metadata(meta, place, references=cited)
    discipline = line(record.get("discipline"))
    yield result.model_copy(update={"keywords": (*result.keywords, discipline)}) if discipline else result


def _reference(entry: dict[str, Any]) -> Reference | None:
    listed = entry.get("ids")
    given = [f"{prefix}{text}" for key, prefix in (("arxiv_id", "arxiv:"), ("doi", "doi:")) if (text := string(member(listed, key)))]
    given += [f"arxiv:{string(item.get('id'))}" for item in objects(entry.get("contained_arXiv_ids"))]
    given += [string(item.get("url")) for item in objects(entry.get("contained_links"))]
    raw = string(entry.get("bib_entry_raw")) or string(entry.get("raw_text"))
    given += ids_within(raw)
    given.append(work(member(listed, "open_alex_id")))
    given.append(f"pmid:{text}" if (text := string(member(listed, "pubmed_id")).rstrip("/").rsplit("/", 1)[-1]) else "")
    return reference(given, raw=raw)


SOURCE = Source("unarxive", "unarXive full texts (JSON Lines)", sniff, read)
