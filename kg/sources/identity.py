"""Which records are one work: each record is given keys, and records that share a key, directly or through others, are one.

A key is a pure function of one record, so folding needs no comparison of pairs and no order. Sure keys join all who have them: an
identifier of a registry; title and beginning of the abstract; title and first author. Weak ones join those whose authors don't contradict
each other (`kg.ledger.grouping` looks at all who have one): the abstract's letters; title, number of authors and year (of that year or
the next: a preprint and its publication); the title with less beside it, the more it says.
Invariant: a title that many works bear (`Introduction`, `Report of the …`, a survey of a field) is never a key by itself.
"""

from __future__ import annotations

import re

from kg.hashing import digest
from kg.models import Paper
from kg.sources.identifiers import identifier
from kg.sources.merging import merge
from kg.sources.people import initial, name_words, surname
from kg.text import fold

__all__ = ["WEAK", "keys", "merge"]

WEAK = "weak:"  # begins the weak keys: `weak:FAMILY|PART|NOTE;FIRST;OTHERS`, see `_weak`
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
    r"comments? on|special issue|in this issue|issue|volume|lecture notes|minutes of|book review|retraction|acknowledge?ments? (?:of|to)|"
    r"thanks? (?:you )?to|news (?:from|of)|messages? (?:from|to)|letters? (?:from|to)|notes? from|from the (?:editor|president|chair|desk)|"
    r"(?:president|chair|editor|director|secretary|treasurer)s?(?: in chief)?(?: s)? (?:message|report|letter|notes?|column|page|corner|choice)|"
    r"(?:guidelines|instructions|information) (?:for|to) (?:authors|contributors|reviewers)|list of|calendar of|call for|in memoriam|"
    r"(?:author|subject|keyword) index|(?:conference|meeting|workshop) report)|annual )"
)
_NOTICE = re.compile(
    r"^\W*(?:retracted|withdrawn)(?: (?:article|paper|chapter|publication))?\s*[:\])}\u2013-]+\s*", re.I
)  # before the paper's own title
_BOILERPLATE = re.compile(
    r"^(?:(?:this|the) (?:paper|article|submission|manuscript|work|preprint|version|chapter|publication)s? (?:(?:has|have) been|is|was|were)"
    r"(?: \w+)? (?:withdrawn|removed|retracted)|(?:an? |the |no )?(?:\w+ )?abstract (?:is|was) not (?:available|provided)|no abstract|"
    r"click (?:on|here)|in lieu of an abstract|this article has no abstract)\b"
)
_ACL = re.compile(r"^doi:10\.18653/v1/(?:([a-z]\d\d-\d{4})|(\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+))$")
MOST_AUTHORS = 12  # of a list, to compare it with another
_SURVEY = re.compile(r"\b(?:survey|review|overview|tutorial|primer|perspectives?|challenges and opportunities|state of the art)\b")


def keys(paper: Paper) -> tuple[str, ...]:
    """The identity keys of a record, sorted. A record with no identifier, a short abstract and a generic title has none."""
    found = {known for known in map(identifier, _named(paper)) if known}
    found.update(f"acl:{match[1].upper() if match[1] else match[2]}" for name in tuple(found) if (match := _ACL.match(name)))
    people = _people(paper)
    words = paper.abstract.split()
    if len(words) >= LEAST_ABSTRACT and not _BOILERPLATE.match(fold(" ".join(words[:12]))):
        note = f"{digest(letters(paper.title))[:8]} {paper.arxiv_id or ''}".rstrip()
        found.add(f"{WEAK}{digest('abstract', letters(paper.abstract))}||{note};{people}")
    found.update(_title_keys(paper, words, people))
    return tuple(sorted(found))


def letters(text: str) -> str:
    """The letters and digits of `text`, folded: what stays the same when markup, hyphens, spaces and dashes are set differently."""
    plain = _COMMAND.sub(" ", text)
    return _NOT_LETTER.sub("", plain.lower() if plain.isascii() else fold(plain))  # of ASCII, folding keeps all letters


def _folded(text: str) -> str:
    return fold(_COMMAND.sub(" ", _NOTICE.sub("", text)).replace("&", " and "))


def _named(paper: Paper) -> list[str]:
    given = [paper.id, *paper.ids, f"arxiv:{paper.arxiv_id}" if paper.arxiv_id else "", f"doi:{paper.doi}" if paper.doi else ""]
    return [name for name in given if ":" in name]


def _title_keys(paper: Paper, words: list[str], people: str) -> set[str]:
    folded = _folded(paper.title)
    title = _NOT_LETTER.sub("", folded)
    length = len(folded.split())
    if len(title) < 8 or _GENERIC.match(folded):
        return set()
    author = surname(paper.authors[0].name) if paper.authors else ""
    if _SERIES.match(folded):
        return {f"title:{digest('series', title, author, str(paper.year))}"} if author and paper.year else set()
    sure: list[tuple[str, ...]] = []
    if len(words) >= BEGINNING:
        sure.append(("begins", title, letters(" ".join(words[:BEGINNING]))))
    if author:
        sure.append(("author", title, author, "" if length >= 4 else initial(paper.authors[0].name)))
    weak = _weak(paper, folded, len(title))
    if not (author or paper.author_count or paper.year or paper.ids):
        sure.append(("bare", title))
    family = f"{WEAK}{digest('title', title)}|"
    return {f"title:{digest(*parts)}" for parts in sure} | {f"{family}{part}|{paper.year or ''};{people}" for part in weak}


def _weak(paper: Paper, folded: str, letters_of: int) -> set[str]:
    """What stands beside an equal title: records of one family (one title) that share a part are one work, unless their authors differ."""
    length = len(folded.split())
    years = [str(paper.year), str(paper.year + 1)] if paper.year else []
    count = str(paper.author_count or len(paper.authors) or "")
    found = {f"{count} in {year}" for year in years if count}
    if _SURVEY.search(folded):
        return found
    if length >= 4 and count:
        found.add(f"{count} of any year")
    if length >= 5 and letters_of >= 25:
        found.update(f"in {year}" for year in years)
    if length >= 8 and letters_of >= 50:
        found.add("alone")
    return found


def _people(paper: Paper) -> str:
    """`FIRST;OTHERS`: the words of the first author's name and of the others' names, by which lists of authors are compared."""
    names = [name_words(author.name) for author in paper.authors[:MOST_AUTHORS]]
    first = names[0] if names else []
    return f"{' '.join(first)};{' '.join(sorted({word for name in names[1:] for word in name}))}" if first else ";"
