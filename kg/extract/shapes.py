"""Concept mentions by productive shape: coined names (`Llama-2-7B`, `ToolBench`), names that a cue presents (`called Aioli`,
`X: a framework`), and noun phrases whose head tells their kind (`cross-lingual word alignment`).

Shapes propose, the lexicon knows: a shape's mention carries no canonical name. Invariant: a phrase holds no stop word and no
praise at its beginning, and never reaches over punctuation other than hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.coin import COINED, occurrences
from kg.extract.heads import KIND_OF_HEAD, NEEDS
from kg.extract.inflect import singular
from kg.extract.names import kind_of_name
from kg.extract.places import Found, text_of
from kg.extract.sentences import title_end
from kg.extract.stopwords import GENERIC, NOT_NAMES, STOP
from kg.extract.wordlist import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Strict precision of each shape and kind on gold dev, to the nearest 0.05 (benchmarks/extract_priors.py prints it).
CONFIDENCE = {
    ("coined", "METHOD"): 0.65, ("coined", "DATASET"): 0.65, ("coined", "METRIC"): 0.65, ("coined", "TASK"): 0.5,
    ("cued", "METHOD"): 0.6, ("cued", "DATASET"): 0.6, ("title", "METHOD"): 0.95, ("title", "DATASET"): 0.85,
    ("head", "METHOD"): 0.6, ("head", "TASK"): 0.55, ("head", "METRIC"): 0.25,
}  # fmt: skip
_NO_ADVERB = words("anomaly assembly family butterfly poly supply reply")
MODIFIERS = 4  # words before a head; longer phrases are seldom names

_NAME = re.compile(r"(?<![A-Za-z0-9_$\\/@.])[A-Za-zα-ωΑ-Ω][A-Za-zα-ωΑ-Ω0-9_]*(?:[-‐‑+@./*^][A-Za-z0-9]+)*(?:\+\+|\+(?!\w))?")
_TAIL = re.compile(
    r"[-‐‑](?:based|style|like|driven|trained|tuned|powered|generated|guided|aware|enhanced|augmented|inspired|enabled|level|only|free|free"
    r"|specific|related|oriented|assisted|derived|equipped|finetuned|adapted|type|compatible|native|to|and|or|[a-z]+ed|[a-z]+ing)$"
)
_DATA_NAME = re.compile(r"(?:Bench|bench|QA|VQA|Eval|Dataset|Corpus|Set|Net-1K|DB)(?:[-‐]?\w{1,5})?$")
_DATA_WORD = re.compile(r"\s+(?:data\s?sets?|benchmarks?|corpus|corpora|test\s?(?:set|suite)s?|leaderboards?|treebanks?)\b", re.IGNORECASE)
_DATA_LIST = re.compile(r"\b(?:datasets|benchmarks|corpora)(?::|,? (?:such as|including|namely|like)| ?\()[^.;:()]{0,80}$", re.IGNORECASE)
_METRIC_WORD = re.compile(r"\s+(?:scores?|metrics?|values?)\b")
_IS_DATA = r"(?:,| is| \([^)]*\),?)\s+(?:a|an|the)\s(?:[\w-]+\s){0,6}(?:data\s?set|benchmark|corpus|treebank|test suite)\b"
_VERB = re.compile(r"(?:[^r]ate|[il]ize|[il]ise|ify|duce|form|lish)$")
_TITLE_NAME = re.compile(r"^([A-Z0-9Ααβ-ω][\w@+*^./-]*(?: (?:[A-Z0-9][\w@+*./-]*|of|in|the)){0,3})\s?:\s")
_CUED = re.compile(
    r"""\b(?:called|named|dubbed|termed|coined|titled|namely)\s+["'“‘`]{0,2}(?P<name>[A-Z][a-z]{2,}\w*)(?!\s[A-Z])"""
    r"""|\b[Ww]e\s+(?:propose|present|introduce|release|develop)\s+["'“‘`]{0,2}(?P<own>[A-Z][a-z]{2,}\w*)["'”’]{0,2}\s?[,(:—]"""
)
_DATA_TITLE = re.compile(r"\b(?:data\s?set|benchmark|corpus|corpora|treebank|test suite|collection|database|resource|testbed)", re.IGNORECASE)


def shaped(doc: Doc) -> list[Found]:
    """The mentions that all shapes propose; overlaps are settled by whoever collects them."""
    text = text_of(doc)
    return [*_coined(text), *_titled(text), *_cued(text), *_headed(doc)]


def _coined(text: str) -> Iterator[Found]:
    """Names with an inner capital, capitals in a row, or a number on a capitalised word."""
    if text.upper() == text:  # in a text all in capitals, capitals tell nothing
        return
    title = title_end(text)
    shouted = title if text[:title].isupper() else 0
    for match in _NAME.finditer(text, shouted):
        surface = match[0].rstrip(".-/*^")
        while tail := _TAIL.search(surface):
            surface = surface[: tail.start()]
        if len(surface) < 2 or not COINED.search(surface) or surface in NOT_NAMES or singular(surface) in NOT_NAMES:
            continue
        end = match.start() + len(surface)
        kind = _kind_of_coined(text, surface, end)
        if kind:
            yield Found(match.start(), end, kind, CONFIDENCE["coined", kind], "coined")


def _kind_of_coined(text: str, surface: str, end: int) -> str | None:
    """What a coined name names: by the word behind it, its own ending, or the known name it begins with."""
    if _DATA_WORD.match(text, end) or _DATA_LIST.search(text, max(0, end - len(surface) - 90), end - len(surface)):
        return "DATASET"
    if "@" in surface or _METRIC_WORD.match(text, end):
        return "METRIC"
    base = re.split(r"[-‐‑+@./*^]", surface, maxsplit=1)[0]
    known = kind_of_name(surface) or kind_of_name(base) or kind_of_name(base.rstrip("0123456789"))
    if known:
        return known
    if _DATA_NAME.search(surface):
        return "DATASET"
    if surface.isupper() and surface.isalpha() and len(surface) <= 3:
        return None  # too short to tell a name from a unit, a place or a degree
    return "METHOD"


def _titled(text: str) -> Iterator[Found]:
    """`X: ...` in a title."""
    title = text[: title_end(text)]
    match = _TITLE_NAME.match(title)
    if not match or (match[1].isupper() and title.isupper()):
        return
    name = match[1]
    if len(name.split()) > 1 and any(word.lower() in STOP or word.lower() in KIND_OF_HEAD for word in name.split()):
        return
    if name in NOT_NAMES or name.lower() in GENERIC or (len(name.split()) > 1 and not COINED.search(name)):
        return
    is_data = _DATA_NAME.search(name) or _DATA_TITLE.search(title, match.end()) or re.search(rf"{re.escape(name)}{_IS_DATA}", text)
    kind = "DATASET" if is_data else "METHOD"
    yield Found(0, match.end(1), kind, CONFIDENCE["title", kind], "title")
    for start, end in occurrences(text, name):
        if start:
            yield Found(start, end, kind, CONFIDENCE["title", kind], "title")


def _cued(text: str) -> Iterator[Found]:
    """Capitalised names behind `called` or `we propose`, there and wherever else they stand."""
    for match in _CUED.finditer(text):
        name = match["name"] or match["own"]
        if name in NOT_NAMES or name.lower() in GENERIC or name.lower() in KIND_OF_HEAD:
            continue
        kind = "DATASET" if _DATA_TITLE.search(text[max(0, match.start() - 60) : match.start()]) else "METHOD"
        for first, last in occurrences(text, name):
            yield Found(first, last, kind, CONFIDENCE["cued", kind], "cued")


def _headed(doc: Doc) -> Iterator[Found]:
    """Noun phrases that end in a head word, with up to `MODIFIERS` words before it."""
    for token in doc:
        low = token.lower_
        kind = _kind_of_head(low)
        if kind is None or (token.i + 1 < len(doc) and _continues(doc[token.i + 1])):
            continue
        start = _phrase_start(doc, token.i)
        if kind == "DATASET" or doc[start : token.i].text.rstrip() in ("", "-"):
            continue  # a data set is named by its name, not by its head; a bare head names nothing
        needs = NEEDS.get(low) or NEEDS.get(singular(low))
        if needs is not None and _word_before(doc, token.i) not in needs:
            continue
        yield Found(doc[start].idx, token.idx + len(token), kind, CONFIDENCE["head", kind], "head")


def _word_before(doc: Doc, index: int) -> str:
    """The word before a head, in singular and lower case, hyphens left out."""
    index -= 1
    while index >= 0 and doc[index].text in "-‐‑":
        index -= 1
    return singular(doc[index].lower_) if index >= 0 else ""


def _continues(token: Token) -> bool:
    """Whether the phrase goes on behind the head, so that the head is a modifier itself."""
    low = token.lower_
    return _kind_of_head(low) is not None or token.text in "-‐‑"


@cache
def _kind_of_head(low: str) -> str | None:
    return KIND_OF_HEAD.get(low) or KIND_OF_HEAD.get(singular(low))


def _phrase_start(doc: Doc, head: int) -> int:
    """The index of the phrase's first token."""
    start, count, index = head, 0, head - 1
    while index >= 0 and count < MODIFIERS:
        token = doc[index]
        joined = token.text in ("-", "‐")
        if joined:
            if index == 0 or doc[index - 1].whitespace_ or token.whitespace_:
                break
            index -= 1
            continue
        if not token.text[0].isalnum() or "\n" in doc[index].text_with_ws or (token.whitespace_ == "" and doc[index + 1].text not in "-‐‑"):
            break
        unit = _hyphenated(doc, index)
        if _stops([doc[i].lower_ for i in range(unit, index + 1)]) or doc[index + 1].is_sent_start:
            break
        start, count, index = unit, count + 1, unit - 1
    if start < head and start and doc[start - 1].lower_ == "to" and _VERB.search(doc[start].lower_):
        start += 1  # `to consolidate ...`: a verb, not a modifier
    if start < head and _hyphenated(doc, head) <= start:
        return head  # `pre-training`, `multi-agent`: one hyphenated word is no phrase
    return start


def _hyphenated(doc: Doc, index: int) -> int:
    """The first token of the hyphenated word that ends at `index`."""
    while index >= 2 and doc[index - 1].text in "-‐‑" and not doc[index - 1].whitespace_ and not doc[index - 2].whitespace_:
        index -= 2
    return index


def _stops(parts: list[str]) -> bool:
    """Whether a (hyphenated) word can be no part of a name."""
    last = parts[-1]
    if len(parts) > 1:
        return "".join(parts) in GENERIC
    return last in STOP or last in GENERIC or (last.endswith("ly") and last not in _NO_ADVERB) or last.isdigit()
