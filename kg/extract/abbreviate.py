"""Abbreviations that a text itself defines: Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions
in biomedical text", Pacific Symposium on Biocomputing 8, 2003.

Both orders of the paper: `long form (SHORT)` and `SHORT (long form)`, in round or square brackets. Beyond the paper: a plural
short form (`LLMs`) is matched without its `s`, a note behind a comma or semicolon (`(RAG; see ...)`) is cut off, and a long form
stays within its sentence and its side of a dash or colon. Invariant: both ranges of a pair are exact substrings and don't overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.inflect import singular, singular_phrase
from kg.extract.places import text_of
from kg.extract.sentences import sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

SHORT_LEAST, SHORT_MOST, SHORT_WORDS = 2, 10, 2  # the paper's bounds: characters and words of a short form

_INNER = re.compile(r"\(([^()\[\]]+)\)|\[([^()\[\]]+)\]")
_NOTE = re.compile(r"\s*[,;:]\s")
_QUOTES = "\"'“”‘’`*$\\ \t\n"
_WORD_BEFORE = re.compile(r"[^\s()\[\]]+$")
_BREAK = re.compile(r"\s(?:--?-?|[–—])\s|—|--|[;:]\s")  # `across modalities -- vision (ViT)`
_PLURAL = re.compile(r"^[\w\-/&]*[A-Z0-9]s$")


class Abbreviation(NamedTuple):
    """A short and a long form as printed, and their character ranges (end exclusive)."""

    short: str
    long: str
    short_span: tuple[int, int]
    long_span: tuple[int, int]


def abbreviations(text: str) -> tuple[Abbreviation, ...]:
    """The definitions in `text` in order of place; a short form is defined once, where it comes first."""
    found: dict[str, Abbreviation] = {}
    for start, end in sentences(text):
        for pair in _in_sentence(text, start, end):
            found.setdefault(pair.short, pair)
    return tuple(found.values())


def singular_pair(short: str, long: str) -> tuple[str, str]:
    """The pair in singular: (`LLMs`, `large language models`) is (`LLM`, `large language model`)."""
    return (short[:-1] if _PLURAL.match(short) else short, singular_phrase(long))


def long_form(short: str, window: str) -> int | None:
    """Where in `window` (the words before the short form) the long form begins, else None. The paper's algorithm: match the
    short form's letters from right to left, its first letter at the beginning of a word."""
    place = len(window) - 1
    for index in range(len(short) - 1, -1, -1):
        letter = short[index].lower()
        if not letter.isalnum():
            continue
        while place >= 0 and (window[place].lower() != letter or (index == 0 and place > 0 and window[place - 1].isalnum())):
            place -= 1
        if place < 0:
            return None
        place -= 1
    begin = place + 1
    while begin > 0 and not window[begin - 1].isspace() and window[begin - 1] not in "([{\"'“‘/":
        begin -= 1  # `multi-head (MH)`: back to the beginning of the hyphenated word
    return begin if _sane(short, window[begin:].strip()) else None


def mark_abbreviations(doc: Doc) -> Doc:
    """Fill `doc._.kg_abbreviations`: one [short, long, short start, short end, long start, long end] a definition."""
    doc._.kg_abbreviations = [[a.short, a.long, *a.short_span, *a.long_span] for a in abbreviations(text_of(doc))]
    return doc


def _in_sentence(text: str, start: int, end: int) -> Iterator[Abbreviation]:
    for match in _INNER.finditer(text, start, end):
        group = 1 if match[1] is not None else 2
        low, high = _trim(text, match.start(group), match.end(group))
        note = _NOTE.search(text, low, high)
        cut = _trim(text, low, note.start())[1] if note else high
        if _is_short(text[low:cut]):
            pair = _long_before(text, (low, cut), start, match.start())
            if pair:
                yield pair
                continue
        pair = _short_before(text, (low, high), start, match.start())
        if pair:
            yield pair


def _long_before(text: str, place: tuple[int, int], start: int, bracket: int) -> Abbreviation | None:
    """`long form (SHORT)`: the window is min(|A| + 5, 2|A|) words, as in the paper."""
    short = text[slice(*place)]
    core = short[:-1] if _PLURAL.match(short) else short
    words = list(re.finditer(r"\S+", text[start:bracket]))[-min(len(core) + 5, 2 * len(core)) :]
    if not words:
        return None
    low = start + words[0].start()
    begin = long_form(core, text[low:bracket])
    if begin is None:
        return None
    span = _trim(text, low + begin, bracket)
    return Abbreviation(short, text[slice(*span)], place, span)


def _short_before(text: str, place: tuple[int, int], start: int, bracket: int) -> Abbreviation | None:
    """`SHORT (long form)`: the word before the bracket is the short form, and the long form fills the bracket."""
    before = _WORD_BEFORE.search(text[start:bracket].rstrip())
    if not before:
        return None
    span = _trim(text, start + before.start(), start + before.end())
    short, long = text[slice(*span)], text[slice(*place)]
    core = short[:-1] if _PLURAL.match(short) else short
    if not _is_short(short) or sum(map(str.isupper, short)) < 2 or len(long.split()) > min(len(core) + 5, 2 * len(core)):
        return None
    return Abbreviation(short, long, span, place) if long_form(core, long) == 0 else None


def _is_short(text: str) -> bool:
    """The paper's conditions on a short form, and a capital letter, without which `(see below)` would do."""
    return (
        SHORT_LEAST <= len(text) <= SHORT_MOST
        and len(text.split()) <= SHORT_WORDS
        and text[0].isalnum()
        and any(map(str.isupper, text))
        and not text.islower()
    )


def _sane(short: str, long: str) -> bool:
    """Whether a long form can be one: longer than the short form, not holding it, of at most min(|A| + 5, 2|A|) words, and in one piece."""
    if _BREAK.search(long):
        return False
    words = [singular(word).lower() for word in re.findall(r"\w+", long)]
    return len(long) > len(short) and short.lower() not in words and len(words) <= min(len(short) + 5, 2 * len(short)) + 1


def _trim(text: str, low: int, high: int) -> tuple[int, int]:
    """The range without quotes and white space at its ends."""
    while low < high and text[low] in _QUOTES:
        low += 1
    while high > low and text[high - 1] in _QUOTES:
        high -= 1
    return low, high
