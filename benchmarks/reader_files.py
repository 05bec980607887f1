"""Files of records in our own words, shaped as each format's real ones are: the same keys, lengths, depth and share of markup.

Invariant: a number and a format give the same bytes on every machine.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_TEXT = (
    "moss wall north shade water stone count model lamp ditch eel river measure method sample winter garden lichen roof slope light "
    "field note growth rate curve small large steady careful patient early late simple sparse dense mean error bound graph tree branch "
    "leaf root soil rain cloud wind season year week morning evening survey table ledger map path bridge tower bell clock wheel rope "
    "boat net shore tide sand salt"
)
_WORDS = _TEXT.split()
_GIVEN = ("Ada", "Bo", "Cleo", "Dov", "Elin", "Fenna", "Gus", "Hana", "Ivo", "Juna", "Kees", "Lotte", "Mats", "Nell", "Odo", "Zoë")
_SYLLABLES = ("mos", "stei", "oka", "lind", "du", "ha", "fer", "iver", "ko", "mül", "na", "or", "pel", "qui", "ra", "sen", "ta", "u", "van", "wy")
_VENUES = ("Journal of Wall Gardens", "Proceedings of the Meeting on Moss", "Annals of Ditches and Eels", "Transactions on Counting")
_FORMULAS = (r"$\alpha_1$", r"$O(n^2)$", r"$\beta$", r"$x \leq y$")


@dataclass(frozen=True, slots=True)
class Facts:
    """What every format says of one paper, in its own way."""

    number: int
    title: str
    sentences: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    year: int
    venue: str
    words: tuple[str, ...]
    cited: tuple[int, ...]

    @property
    def abstract(self) -> str:
        return " ".join(self.sentences)

    @property
    def doi(self) -> str:
        return f"10.5555/wall.{self.number}"

    @property
    def arxiv(self) -> str:
        return f"{self.year % 100:02d}{self.number % 12 + 1:02d}.{self.number % 100_000:05d}"

    @property
    def month(self) -> int:
        return self.number % 12 + 1


@lru_cache(maxsize=4096)
def facts(number: int) -> Facts:
    """The paper of that number: a title of 6 to 12 words, 4 to 9 sentences, 1 to 8 authors, up to 30 cited works; maths in one of six."""
    dice = random.Random(number)
    title = " ".join(dice.choices(_WORDS, k=dice.randrange(6, 13))).capitalize()
    sentences = [" ".join(dice.choices(_WORDS, k=dice.randrange(12, 28))).capitalize() + "." for _ in range(dice.randrange(4, 10))]
    if number % 6 == 0:
        sentences[0] = f"For {dice.choice(_FORMULAS)} we show that {sentences[0].lower()}"
    people = tuple((dice.choice(_GIVEN), "".join(dice.choices(_SYLLABLES, k=3)).capitalize()) for _ in range(dice.randrange(1, 9)))
    cited = tuple(dice.randrange(1_000_000) for _ in range(dice.randrange(30)))
    words = tuple(dict.fromkeys(dice.choices(_WORDS, k=4)))
    return Facts(number, title, tuple(sentences), people, 1990 + number % 35, dice.choice(_VENUES), words, cited)


def _arxiv_snapshot(it: Facts) -> dict[str, Any]:
    wrapped = "  " + "\n".join(it.sentences) + "\n"
    return {
        "id": it.arxiv, "submitter": " ".join(it.people[0]), "authors": ", ".join(map(" ".join, it.people)), "title": it.title,
        "comments": f"{len(it.sentences)} pages", "journal-ref": None, "doi": it.doi if it.number % 3 else None, "report-no": None,
        "categories": "cs.LG math.CO", "license": None, "abstract": wrapped,
        "versions": [{"version": "v1", "created": f"Sat, {it.number % 28 + 1} Mar {it.year} 03:16:14 GMT"}], "update_date": f"{it.year}-05-23",
        "authors_parsed": [[family, given, ""] for given, family in it.people],
    }  # fmt: skip


def _openalex(it: Facts) -> dict[str, Any]:
    index: dict[str, list[int]] = {}
    for place, word in enumerate(it.abstract.split()):
        index.setdefault(word, []).append(place)
    source = {"id": "https://openalex.org/S1", "display_name": it.venue, "issn": ["1234-5678"], "type": "journal", "is_oa": False}
    place = {"is_oa": False, "landing_page_url": f"https://doi.org/{it.doi}", "pdf_url": None, "source": source, "license": None, "version": None}
    house = {"id": "https://openalex.org/I7", "display_name": "University of the North Wall", "ror": None, "country_code": "NL", "lineage": []}
    return {
        "id": f"https://openalex.org/W{it.number}", "doi": f"https://doi.org/{it.doi}", "title": it.title, "display_name": it.title,
        "publication_year": it.year, "publication_date": f"{it.year}-05-19", "language": "en", "type": "article",
        "ids": {"openalex": f"https://openalex.org/W{it.number}", "doi": f"https://doi.org/{it.doi}", "mag": str(it.number)},
        "primary_location": place, "locations": [place], "best_oa_location": None, "open_access": {"is_oa": False, "oa_url": None},
        "authorships": [
            {"author_position": "middle", "institutions": [house], "raw_author_name": " ".join(name), "countries": ["NL"],
             "author": {"id": f"https://openalex.org/A{at}", "display_name": " ".join(name), "orcid": None}}
            for at, name in enumerate(it.people)
        ],
        "cited_by_count": it.number % 100, "keywords": [{"id": f"https://openalex.org/keywords/{word}", "display_name": word} for word in it.words],
        "topics": [{"id": "https://openalex.org/T1", "display_name": "Moss on walls", "score": 0.9}], "concepts": [], "mesh": [],
        "referenced_works": [f"https://openalex.org/W{number}" for number in it.cited], "related_works": [],
        "abstract_inverted_index": index, "counts_by_year": [{"year": 2020 + at, "cited_by_count": at} for at in range(5)],
    }  # fmt: skip


def _semantic_scholar(it: Facts) -> dict[str, Any]:
    return {
        "paperId": f"{it.number:040x}", "corpusId": it.number, "externalIds": {"DOI": it.doi, "CorpusId": it.number}, "title": it.title,
        "url": f"https://www.example.org/paper/{it.number:040x}", "abstract": it.abstract, "venue": it.venue, "year": it.year,
        "referenceCount": len(it.cited), "citationCount": it.number % 100, "publicationDate": f"{it.year}-05-19",
        "s2FieldsOfStudy": [{"category": word, "source": "s2-fos-model"} for word in it.words],
        "authors": [{"authorId": str(at), "name": " ".join(name)} for at, name in enumerate(it.people)],
    }  # fmt: skip


def _s2orc(it: Facts) -> dict[str, Any]:
    return {
        "paper_id": str(it.number), "title": it.title, "abstract": it.abstract, "year": it.year, "arxiv_id": None, "acl_id": None,
        "authors": [{"first": given, "middle": [], "last": family, "suffix": ""} for given, family in it.people], "pmc_id": None,
        "pubmed_id": None, "doi": it.doi, "venue": None, "journal": it.venue, "mag_id": str(it.number), "mag_field_of_study": ["Biology"],
        "outbound_citations": [str(number) for number in it.cited], "inbound_citations": [], "has_outbound_citations": bool(it.cited),
        "has_inbound_citations": False, "has_pdf_parse": False, "s2_url": f"https://api.example.org/CorpusID:{it.number}",
    }  # fmt: skip


def _crossref(it: Facts) -> dict[str, Any]:
    moment = {"date-parts": [[it.year, it.month, 3]], "date-time": f"{it.year}-05-03T06:41:59Z", "timestamp": 1764225719559}
    return {
        "indexed": moment, "reference-count": len(it.cited), "publisher": "Wall Press", "DOI": it.doi, "type": "journal-article",
        "license": [{"start": moment, "content-version": "vor", "delay-in-days": 0, "URL": "https://creativecommons.org/licenses/by/4.0/"}],
        "abstract": "".join(f"<jats:p>{escape(sentence)}</jats:p>" for sentence in it.sentences), "title": [it.title], "prefix": "10.5555",
        "author": [{"given": given, "family": family, "sequence": "additional", "affiliation": []} for given, family in it.people],
        "member": "1", "container-title": [it.venue], "issued": {"date-parts": [[it.year, it.month]]}, "language": "en", "score": 1,
        "URL": f"https://doi.org/{it.doi}", "is-referenced-by-count": it.number % 100, "subject": list(it.words), "deposited": moment,
        "reference": [
            {"key": f"ref{at}", "doi-asserted-by": "publisher", "DOI": f"10.5555/wall.{number}", "author": "Mossman", "year": "2001",
             "journal-title": "J. Wall Gard.", "article-title": "The eels of a ditch", "volume": "3"}
            for at, number in enumerate(it.cited)
        ],
    }  # fmt: skip


def _jsonl(it: Facts) -> dict[str, Any]:
    return {
        "id": f"arxiv:{it.arxiv}", "title": it.title, "abstract": it.abstract, "authors": [" ".join(name) for name in it.people],
        "year": it.year, "venue": it.venue, "keywords": list(it.words), "references": [{"id": f"doi:10.5555/wall.{n}"} for n in it.cited],
    }  # fmt: skip


def _csl(it: Facts) -> dict[str, Any]:
    return {
        "id": f"wall/{it.number}", "type": "article-journal", "title": it.title, "container-title": it.venue, "abstract": it.abstract,
        "author": [{"given": given, "family": family} for given, family in it.people], "issued": {"date-parts": [[it.year, it.month]]},
        "DOI": it.doi, "URL": f"https://doi.org/{it.doi}", "volume": "3", "page": "1-9", "ISSN": "1234-5678", "language": "en",
    }  # fmt: skip


def _openreview(it: Facts) -> dict[str, Any]:
    content = {
        "title": it.title, "abstract": it.abstract, "authors": [" ".join(name) for name in it.people], "keywords": list(it.words),
        "authorids": [f"~{given}_{family}1" for given, family in it.people], "venue": f"Walls {it.year}", "pdf": "/pdf/x.pdf",
    }  # fmt: skip
    return {
        "id": f"note{it.number:08d}", "forum": f"note{it.number:08d}", "cdate": 1_600_000_000_000, "signatures": ["Walls"], "readers": ["everyone"],
        "invitations": [f"Walls.cc/{it.year}/Conference/-/Submission"], "content": {key: {"value": value} for key, value in content.items()},
    }  # fmt: skip


def _unarxive(it: Facts) -> dict[str, Any]:
    body = [{"section": "Walls", "sec_number": "1", "text": sentence * 4, "content_type": "paragraph"} for sentence in it.sentences * 5]
    entries = {
        f"{number:032x}": {"bib_entry_raw": f"A. Mossman, The eels of a ditch, J. Wall Gard. 3 (2001) {number}.", "contained_arXiv_ids": [],
                           "contained_links": [], "discipline": "Biology", "ids": {"open_alex_id": f"https://openalex.org/W{number}", "doi": ""}}
        for number in it.cited
    }  # fmt: skip
    return {
        "paper_id": it.arxiv, "_pdf_hash": None, "_source_hash": "0", "_source_name": f"{it.arxiv}.gz", "metadata": _arxiv_snapshot(it),
        "discipline": "Biology", "abstract": {"text": it.abstract}, "body_text": body, "bib_entries": entries, "ref_entries": {},
    }  # fmt: skip


def _acl(it: Facts) -> str:
    people = "".join(f"<author><first>{given}</first><last>{family}</last></author>\n" for given, family in it.people)
    first, _, rest = it.title.partition(" ")
    return (
        f'<paper id="{it.number + 1}">\n<title><fixed-case>{first}</fixed-case> {rest}</title>\n{people}<pages>1-9</pages>\n'
        f'<abstract>{escape(it.abstract)}</abstract>\n<url hash="0">2022.wall-long.{it.number + 1}</url>\n<bibkey>wall-{it.number}</bibkey>\n'
        f'<doi>{it.doi}</doi>\n<video href="x.mp4"/>\n</paper>\n'
    )


def _atom(it: Facts) -> str:
    people = "".join(f"<author><name>{given} {family}</name></author>\n" for given, family in it.people)
    return (
        f"<entry><id>http://arxiv.org/abs/{it.arxiv}v1</id>\n<title>{it.title}</title>\n<updated>{it.year}-02-24T15:05:19Z</updated>\n"
        f'<link href="https://arxiv.org/abs/{it.arxiv}v1" rel="alternate"/><link href="https://arxiv.org/pdf/{it.arxiv}v1" rel="related"/>\n'
        f'<summary>{escape(it.abstract)}</summary>\n<category term="cs.SE"/><category term="cs.LG"/>\n'
        f'<published>{it.year}-02-24T15:05:19Z</published>\n<arxiv:comment>9 pages</arxiv:comment><arxiv:primary_category term="cs.SE"/>\n'
        f"{people}</entry>\n"
    )


def _oai(it: Facts) -> str:
    people = "".join(f"<author><keyname>{family}</keyname><forenames>{given}</forenames></author>" for given, family in it.people)
    return (
        f"<record><header><identifier>oai:arXiv.org:{it.arxiv}</identifier><datestamp>{it.year}-05-23</datestamp><setSpec>cs</setSpec></header>\n"
        f'<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{it.arxiv}</id><created>{it.year}-03-31</created><authors>{people}</authors>\n'
        f"<title>{it.title}</title><categories>cs.LG math.CO</categories><comments>9 pages</comments><doi>{it.doi}</doi>\n"
        f"<license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license><abstract>  {escape(chr(10).join(it.sentences))}\n</abstract>"
        f"</arXiv></metadata></record>\n"
    )


def _pubmed(it: Facts) -> str:
    people = "".join(
        f'<Author ValidYN="Y"><LastName>{family}</LastName><ForeName>{given}</ForeName><Initials>{given[0]}</Initials><AffiliationInfo>'
        f"<Affiliation>Institute of Walls, Northtown</Affiliation></AffiliationInfo></Author>\n"
        for given, family in it.people
    )
    cited = "".join(
        f'<Reference><Citation>Mossman A. J Wall Gard. 2001;3:{number}</Citation><ArticleIdList><ArticleId IdType="pubmed">{number + 1}</ArticleId>'
        f"</ArticleIdList></Reference>\n"
        for number in it.cited
    )
    labels = ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS")
    parts = "".join(f'<AbstractText Label="{label}">{escape(text)}</AbstractText>\n' for label, text in zip(labels, it.sentences, strict=False))
    mesh = "".join(f'<MeshHeading><DescriptorName UI="D1" MajorTopicYN="N">{word}</DescriptorName></MeshHeading>\n' for word in it.words)
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{it.number + 1}</PMID><Article PubModel="Print"><Journal>'
        f'<ISSN IssnType="Print">1234-5678</ISSN><JournalIssue><Volume>3</Volume><PubDate><Year>{it.year}</Year><Month>Mar</Month></PubDate>'
        f"</JournalIssue><Title>{it.venue}</Title></Journal>\n<ArticleTitle>{it.title}.</ArticleTitle><Abstract>{parts}</Abstract>\n"
        f'<AuthorList CompleteYN="Y">{people}</AuthorList><Language>eng</Language></Article><MeshHeadingList>{mesh}</MeshHeadingList>'
        f'</MedlineCitation>\n<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{it.number + 1}</ArticleId><ArticleId IdType="doi">{it.doi}'
        f"</ArticleId></ArticleIdList><ReferenceList>{cited}</ReferenceList></PubmedData></PubmedArticle>\n"
    )


def _jats(it: Facts) -> str:
    people = "".join(
        f'<contrib contrib-type="author"><name><surname>{family}</surname><given-names>{given}</given-names></name>'
        f'<xref ref-type="aff" rid="aff1"><sup>1</sup></xref></contrib>'
        for given, family in it.people
    )
    cited = "".join(
        f'<ref id="b{at}"><label>{at}</label><element-citation publication-type="journal"><person-group person-group-type="author"><name>'
        f"<surname>Mossman</surname><given-names>A</given-names></name></person-group><article-title>The eels of ditch {number}</article-title>"
        f'<source>J Wall Gard</source><year>2001</year><volume>3</volume><fpage>9</fpage><pub-id pub-id-type="pmid">{number + 1}</pub-id>'
        f"</element-citation></ref>\n"
        for at, number in enumerate(it.cited)
    )
    body = "".join(f"<p>{escape(sentence)} <xref ref-type='bibr' rid='b1'>1</xref></p>\n" for sentence in it.sentences * 8)
    return (
        f'<article article-type="research-article"><front><journal-meta><journal-title>{it.venue}</journal-title></journal-meta><article-meta>'
        f'<article-id pub-id-type="pmid">{it.number + 1}</article-id><article-id pub-id-type="doi">{it.doi}</article-id><title-group>'
        f'<article-title>{it.title}</article-title></title-group><contrib-group>{people}</contrib-group><aff id="aff1"><label>1</label>'
        f"<addr-line>Institute of Walls, Northtown</addr-line></aff><pub-date pub-type='ppub'><month>3</month><year>{it.year}</year></pub-date>"
        f"<abstract><p>{escape(it.abstract)}</p></abstract></article-meta></front>\n<body><sec><title>Walls</title>{body}</sec></body>\n"
        f"<back><ref-list>{cited}</ref-list></back></article>\n"
    )


def _bibtex(it: Facts) -> str:
    people = " and ".join(f"{family}, {given}" for given, family in it.people)
    return (
        f"@InProceedings{{wall-{it.number},\n  title = \t {{{it.title}}},\n  author =       {{{people}}},\n  booktitle = \t {{{it.venue}}},\n"
        f"  pages = \t {{4848--4856}},\n  year = \t {{{it.year}}},\n  editor = \t {{Mossman, Ada and Hale, Bo}},\n  volume = \t {{80}},\n"
        f"  month = \t {{10--15 Jul}},\n  publisher =    {{Wall Press}},\n  url = \t {{https://www.example.org/{it.number}.html}},\n"
        f"  abstract = \t {{{it.abstract}}}\n}}\n\n"
    )


def _ris(it: Facts) -> str:
    people = "".join(f"AU  - {family}, {given}\n" for given, family in it.people)
    words = "".join(f"KW  - {word}\n" for word in it.words)
    return (
        f"TY  - JOUR\nTI  - {it.title}\n{people}T2  - {it.venue}\nAB  - {it.abstract}\nDA  - {it.year}/02/01/\nPY  - {it.year}\nDO  - {it.doi}\n"
        f"VL  - 3\nIS  - 2\nSP  - 125\nEP  - 133\nSN  - 12345678\nUR  - https://www.example.org/{it.number}\n{words}ER  - \n\n"
    )


def _wos(it: Facts) -> str:
    short = "\n   ".join(f"{family}, {given[0]}" for given, family in it.people)
    full = "\n   ".join(f"{family}, {given}" for given, family in it.people)
    cited = "\n   ".join(f"Mossman A, 2001, J WALL GARD, V3, P{number}, DOI 10.5555/wall.{number}" for number in it.cited or (1,))
    return (
        f"PT J\nAU {short}\nAF {full}\nTI {it.title}\nSO {it.venue.upper()}\nLA English\nDT Article\nDE {'; '.join(it.words)}\n"
        f"AB {it.abstract}\nC1 [Mossman, A] Inst Walls, Northtown.\nCR {cited}\nNR {len(it.cited)}\nTC 3\nZ9 3\nPY {it.year}\nVL 3\nBP 125\nEP 133\n"
        f"DI {it.doi}\nUT WOS:{it.number:015d}\nER\n\n"
    )


_HEADER = ("Authors", "Title", "Year", "Source title", "Volume", "Cited by", "DOI", "Link", "Abstract", "Author Keywords", "Language", "EID")


def _row(it: Facts) -> tuple[str | int, ...]:
    people = "; ".join(f"{family}, {given}" for given, family in it.people)
    words, link = "; ".join(it.words), f"https://www.example.org/{it.number}"
    return (people, it.title, it.year, it.venue, "3", it.number % 100, it.doi, link, it.abstract, words, "English", f"2-s2.0-{it.number}")


def _csv(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_HEADER)
        rows.writerows(_row(it) for it in _all(count))


def _parquet(path: Path, count: int) -> None:
    import pyarrow
    from pyarrow import parquet

    columns = zip(*(_row(it) for it in _all(count)), strict=True)
    parquet.write_table(pyarrow.table(dict(zip(_HEADER, map(list, columns), strict=True))), path)


def _excel(path: Path, count: int) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Papers")
    sheet.append(_HEADER)
    for it in _all(count):
        sheet.append(_row(it))
    book.save(path)


def _all(count: int) -> Iterator[Facts]:
    return map(facts, range(count))


Write = Callable[[Path, int], None]


def _lines(shape: Callable[[Facts], dict[str, Any]]) -> Write:
    def write(path: Path, count: int) -> None:
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(shape(it), ensure_ascii=False) + "\n" for it in _all(count))

    return write


def _array(path: Path, count: int) -> None:
    path.write_text(json.dumps([_csl(it) for it in _all(count)], ensure_ascii=False, indent=1), "utf-8")


def _between(before: str, shape: Callable[[Facts], str], after: str) -> Write:
    def write(path: Path, count: int) -> None:
        with path.open("w", encoding="utf-8") as file:
            file.write(before)
            file.writelines(map(shape, _all(count)))
            file.write(after)

    return write


_ACL = (
    '<?xml version=\'1.0\' encoding=\'UTF-8\'?>\n<collection id="2022.wall">\n<volume id="long" ingest-date="2022-05-15">\n<meta>'
    "<booktitle>Proceedings of the Meeting on Moss</booktitle><month>May</month><year>2022</year></meta>\n"
)
_ATOM = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">\n'
    "<id>http://arxiv.org/api/x</id>\n"
)
_OAI = '<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>\n'

FORMATS: dict[str, Write] = {
    "jsonl": _lines(_jsonl),
    "arxiv-snapshot": _lines(_arxiv_snapshot),
    "openalex": _lines(_openalex),
    "semantic-scholar": _lines(_semantic_scholar),
    "s2orc": _lines(_s2orc),
    "crossref": _lines(_crossref),
    "openreview": _lines(_openreview),
    "unarxive": _lines(_unarxive),
    "csl-json": _array,
    "acl-anthology": _between(_ACL, _acl, "</volume></collection>\n"),
    "arxiv-atom": _between(_ATOM, _atom, "</feed>\n"),
    "arxiv-oai": _between(_OAI, _oai, "</ListRecords></OAI-PMH>\n"),
    "pubmed": _between('<?xml version="1.0"?>\n<PubmedArticleSet>\n', _pubmed, "</PubmedArticleSet>\n"),
    "jats": _between('<?xml version="1.0"?>\n<pmc-articleset>\n', _jats, "</pmc-articleset>\n"),
    "bibtex": _between("", _bibtex, ""),
    "ris": _between("", _ris, ""),
    "web-of-science": _between("FN Clarivate Analytics Web of Science\nVR 1.0\n", _wos, "EF\n"),
    "csv-table": _csv,
    "parquet": _parquet,
    "excel": _excel,
}
"""For each format a function that writes a file of so many records."""
