"""Semantic Scholar: answers of the Graph API and the lines of the bulk data sets `papers`, `abstracts`, `citations`.

A paper has two ids there, `s2:<corpus id>` and `s2:<hash>`; every record gives all it holds, so that they meet by identity. Papers listed
as citing another one come out as records of their own that hold that one citation. Invariant: a citation is given only where both ends
are known; the lists of /citations and /references name one end, so they give papers alone unless the answer names the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.models import Paper, Place, Reference, Reject
from kg.protocols import Input, ReadOptions, Source
from kg.sources.fields import prose
from kg.sources.json_fields import author, authors, count, ids, iso, line, member, objects, paper, reference, references, string, strings, words, year
from kg.sources.json_stream import Element, papers, share

_KEYS = {
    "paperId", "corpusId", "corpusid", "externalIds", "externalids", "citedPaper", "citingPaper", "citingcorpusid", "citedcorpusid",
    "s2FieldsOfStudy", "s2fieldsofstudy", "s2PdfUrl", "inCitations", "outCitations", "influentialCitationCount", "snippet",
    "citingPaperInfo", "citedPaperInfo",
}  # fmt: skip
_HASH = re.compile(r"^[0-9a-f]{40}$")
_PREFIXES = {"arxiv": "arxiv:", "doi": "doi:", "acl": "acl:", "pubmed": "pmid:", "dblp": "dblp:", "corpusid": "s2:", "pubmedcentral": "pmc:PMC"}


def sniff(given: Input) -> float:
    """High where the records have keys that only Semantic Scholar writes; and for its short answer that something was not found."""
    if re.match(r'^\s*\{\s*"(?:error|message|code)"\s*:\s*"[^"]*"\s*(?:,\s*"(?:code|message|error)"\s*:\s*"[^"]*"\s*)?\}\s*$', given.head):
        return 0.6
    return share(given.head, _likeness)


def _likeness(record: dict[str, Any]) -> float:
    if "corpusid" in record and ("content" in record or "body" in record):
        return 0.0  # a text of S2ORC
    return 0.98 if _KEYS & record.keys() or _is_author(record) else 0.0


def _is_author(record: dict[str, Any]) -> bool:
    return "authorId" in record and ("papers" in record or "hIndex" in record or "name" in record)


def read(given: Input, options: ReadOptions) -> Iterator[Paper | Reject]:
    """A paper for each record, and for each paper within it that cites it or comes with an abstract; a reject for answers that are errors
    and for records that hold nothing but an id."""
    yield from papers(given, _record)


def _record(record: dict[str, Any], element: Element, place: Place) -> Iterator[Paper]:
    if (about := {"citingPaperInfo", "citedPaperInfo"} & record.keys()) and not objects(record.get("data")):
        side = "references" if "citingPaperInfo" in about else "citations"
        raise ValueError(f"an answer without the list of {side} (its publisher may have them elided): take them from another source")
    if "model" in record and ("text" in record or "vector" in record):
        raise ValueError("what a model made of a paper (data sets tldrs and embeddings), not the paper: take the data sets papers and abstracts")
    if not (_KEYS & record.keys()):
        yield from _other(record, element, place)
    elif "citingcorpusid" in record or "citedcorpusid" in record:
        yield _citation(record, place)
    elif isinstance(cited := record.get("citedPaper"), dict):
        yield from _listed(cited, record.get("citingPaper") or element.around.get("citingPaperInfo"), place)
    elif isinstance(citing := record.get("citingPaper"), dict):
        other = _cited(element.around.get("citedPaperInfo"))
        yield _paper(citing, place, [other] if other else [])
    elif isinstance(snippet := record.get("snippet"), dict) and isinstance(record.get("paper"), dict):
        del snippet  # a passage, not the abstract
        yield _paper(record["paper"], place)
    else:
        yield from _whole(record, place)


def _other(record: dict[str, Any], element: Element, place: Place) -> Iterator[Paper]:
    if _is_author(record):
        listed = objects(record.get("papers"))
        if not listed:
            raise ValueError("an author without papers: ask for the field papers, or for /author/…/papers")
        for item in listed:
            yield from _record(item, element, place)
        return
    problem = next((text for key in ("error", "message") if (text := string(record.get(key)))), "")
    if problem:
        raise ValueError(f"the answer is an error ({problem[:80]}): ask for a paper that exists, and again later where it was refused")
    raise ValueError("no paper of Semantic Scholar: neither paperId nor corpusid")


def _citation(record: dict[str, Any], place: Place) -> Paper:
    citing, cited = string(record.get("citingcorpusid")), string(record.get("citedcorpusid"))
    if not (citing and cited):
        raise ValueError(f"a citation whose {'cited' if citing else 'citing'} work is not known: nothing to join; leave it out")
    return paper(place, [f"s2:{citing}"], references=(Reference(id=f"s2:{cited}"),))


def _listed(cited: dict[str, Any], citing: Any, place: Place) -> Iterator[Paper]:
    """A line of /references: the cited paper, and the citation where the citing one is named."""
    known = list(_names(citing)) if isinstance(citing, dict) else []
    other = _cited(cited)
    if other and any(ids(known)):
        yield paper(place, known, title=line(citing.get("title")), references=(other,))
    yield _paper(cited, place)


def _whole(record: dict[str, Any], place: Place) -> Iterator[Paper]:
    cited = objects(record.get("references"))
    listed = [_cited(item) for item in cited] + [reference([f"s2:{name}"]) for name in strings(record.get("outCitations"))]
    main = _paper(record, place, [item for item in listed if item])
    yield main
    yield from (_paper(item, place) for item in cited if string(item.get("abstract")))
    this = reference(main.ids)
    for item in objects(record.get("citations")):
        if string(item.get("title")) or any(ids(_names(item))):
            yield _paper(item, place, [this] if this else [])


def _cited(item: Any) -> Reference | None:
    if not isinstance(item, dict):
        return None
    names = list(_names(item))
    best = sorted(ids(names), key=lambda name: not name.startswith(("arxiv:", "doi:")))
    return reference(best, title=item.get("title"), published=item.get("year"))


def _paper(record: dict[str, Any], place: Place, cited: list[Reference] | None = None) -> Paper:
    published = iso(record.get("publicationDate")) or iso(record.get("publicationdate"))
    venue = member(record, "publicationVenue", "name") or record.get("venue") or member(record, "journal", "name") or record.get("journalName")
    counted = next((number for key in ("citationCount", "citationcount") if (number := count(record.get(key))) is not None), None)
    return paper(
        place,
        _names(record),
        title=line(record.get("title")) or "",
        abstract=prose(string(record.get("abstract")) or string(record.get("paperAbstract"))),
        authors=authors(_authors(record.get("authors"))),
        year=year(record.get("year")),
        date=published,
        venue=line(venue),
        url=_url(record),
        keywords=_fields(record),
        references=references(cited or []),
        citation_count=counted if counted is not None else len(strings(record.get("inCitations"))) or None,
        licence=string(member(record, "openAccessPdf", "license")) or string(member(record, "openaccessinfo", "license")) or None,
    )


def _names(record: dict[str, Any]) -> Iterator[str]:
    """Every id of the record, corpus id first."""
    listed = next((value for key in ("externalIds", "externalids") if isinstance(value := record.get(key), dict)), None)
    listed = listed or member(record, "openaccessinfo", "externalids") or {}
    named = {string(key).lower(): string(value) for key, value in listed.items()}
    corpus = string(record.get("corpusId")) or string(record.get("corpusid")) or named.get("corpusid", "")
    yield f"s2:{corpus}" if corpus.isdigit() else ""
    hashed = string(record.get("paperId")) or string(record.get("id"))
    yield f"s2:{hashed}" if _HASH.match(hashed) else ""
    yield from (f"{_PREFIXES[key]}{value.removeprefix('PMC')}" for key, value in named.items() if key in _PREFIXES and value)
    yield f"doi:{string(record['doi'])}" if string(record.get("doi")) else ""
    yield f"arxiv:{string(record['arxivId'])}" if string(record.get("arxivId")) else ""


def _authors(value: Any) -> Iterator[Any]:
    for item in value if isinstance(value, list) else []:
        if isinstance(item, dict):
            known = string(item.get("authorId")) or next(iter(strings(item.get("ids"))), "")
            orcid = string(member(item, "externalIds", "ORCID"))
            yield author(string(item.get("name")), orcid) if orcid else author(string(item.get("name")), known, prefix="s2")
        else:
            yield author(string(item))


def _fields(record: dict[str, Any]) -> tuple[str, ...]:
    found = objects(record.get("s2FieldsOfStudy")) + objects(record.get("s2fieldsofstudy"))
    return words([string(item.get("category")) for item in found] or strings(record.get("fieldsOfStudy")))


def _url(record: dict[str, Any]) -> str | None:
    return string(record.get("url")) or string(member(record, "openAccessPdf", "url")) or string(record.get("s2Url")) or None


SOURCE = Source("semantic-scholar", "Semantic Scholar (answers of the Graph API; papers, abstracts and citations of the data sets)", sniff, read)
