"""Which records are one work: each record is given keys, and records that share a key, directly or through others, are one.

A key is a pure function of one record, so folding needs no comparison of pairs and no order. The keys, strongest first:
an identifier of a registry; the abstract's letters; title and beginning of the abstract; title and first author; title, number
of authors and year (of that year or the next: a preprint and its publication); the title with less beside it, the more it says.
Invariant: a title that many works bear (`Introduction`, `Report of the …`, a survey of a field) is never a key by itself.
"""

from __future__ import annotations

import re

from kg.hashing import digest
from kg.models import Paper
from kg.sources.identifiers import identifier
from kg.sources.merging import merge
from kg.text import fold

__all__ = ["keys", "merge"]

LEAST_ABSTRACT = 20  # words: a shorter abstract may be a notice that many records share
BEGINNING = 15  # words of the abstract that confirm an equal title

_COMMAND = re.compile(r"\\(?:url|href|emph|text\w*|math\w+|footnote\w*)\b")
_NOT_LETTER = re.compile(r"[\W_]+")
_GENERIC = re.compile(
    r"^(?:(?:the )?(?:guest )?(?:introduction|preface|foreword|editorial|index|abstracts?|contents|conclusions?|discussion|keynote|invited talk|"
    r"panel|tutorial|workshop|welcome|message|untitled|no title|erratum|errata|corrigendum|corrections?|retraction|reply|response|comments?|"
    r"commentary|book reviews?|news|obituary|program(?:me)?|posters?|demos?|acknowledge?ments?|"
    r"front matter|back matter|references|appendix|supplement\w*|notes?|letters?))\b(?: \w+){0,3}$"
)
_SERIES = re.compile(
    r"^(?:(?:a |the )?(?:(?:final|annual|technical|first|second|third|\d+\w*) )*(?:reports? (?:of|on|from)|proceedings|overview of|findings of|"
    r"results of|summary of|introduction to|preface to|editorial|guest editor|errat|corrigend|correction|repl(?:y|ies) to|response to|"
    r"comments? on|special issue|in this issue|issue|volume|lecture notes|minutes of|book review|retraction)|annual )"
)
_SURVEY = re.compile(r"\b(?:survey|review|overview|tutorial|primer|perspectives?|challenges and opportunities|state of the art)\b")


def keys(paper: Paper) -> tuple[str, ...]:
    """The identity keys of a record, sorted. A record with no identifier, a short abstract and a generic title has none."""
    found = {known for known in map(identifier, _named(paper)) if known}
    abstract = letters(paper.abstract)
    words = paper.abstract.split()
    if len(words) >= LEAST_ABSTRACT:
        found.add(f"abstract:{digest(abstract)}")
    found.update(f"title:{digest(*parts)}" for parts in _title_keys(paper, words))
    return tuple(sorted(found))


def letters(text: str) -> str:
    """The letters and digits of `text`, folded: what stays the same when markup, hyphens, spaces and dashes are set differently."""
    plain = _COMMAND.sub(" ", text)
    return _NOT_LETTER.sub("", plain.lower() if plain.isascii() else fold(plain))  # of ASCII, folding keeps all letters


def _folded(text: str) -> str:
    return fold(_COMMAND.sub(" ", text))


def _named(paper: Paper) -> list[str]:
    given = [paper.id, *paper.ids, f"arxiv:{paper.arxiv_id}" if paper.arxiv_id else "", f"doi:{paper.doi}" if paper.doi else ""]
    return [name for name in given if ":" in name]


def _title_keys(paper: Paper, words: list[str]) -> list[tuple[str, ...]]:
    folded = _folded(paper.title)
    title = _NOT_LETTER.sub("", folded)
    length = len(folded.split())
    if len(title) < 8 or _GENERIC.match(folded):
        return []
    found: list[tuple[str, ...]] = []
    series, survey = bool(_SERIES.match(folded)), bool(_SURVEY.search(folded))
    years = [str(paper.year), str(paper.year + 1)] if paper.year else []
    count = str(paper.author_count or len(paper.authors) or "")
    author = _surname(paper.authors[0].name) if paper.authors else ""
    if series:
        return [("series", title, author, str(paper.year))] if author and paper.year else []
    if len(words) >= BEGINNING:
        found.append(("begins", title, letters(" ".join(words[:BEGINNING]))))
    if author:
        found.append(("author", title, author))
    if count:
        found += [("count", title, count, year) for year in years]
    if survey:
        return found
    if length >= 4 and count:
        found.append(("count", title, count))
    if length >= 5 and len(title) >= 25:
        found += [("year", title, year) for year in years]
    if length >= 8 and len(title) >= 50:
        found.append(("alone", title))
    if not (author or count or years):
        found.append(("bare", title))
    return found


def _surname(name: str) -> str:
    family = name.partition(",")[0] if "," in name else (name.split() or [""])[-1]
    return _NOT_LETTER.sub("", _folded(family))
