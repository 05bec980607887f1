"""The key under which spellings of one name meet.

A key drops case, accents, hyphens and spaces, number (`models`, `model`) and British spelling; it keeps the order of the words, every
digit and every sign that tells names apart, so `image-to-text` is not `text-to-image`, `CIFAR-10` not `CIFAR-100`, `C` not `C++` and
`GPT-3.5` not `GPT-35`. Invariant: a key is a function of the name alone, never of the vocabulary around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kg.link.plural import singular
from kg.link.spelling import american
from kg.text import fold, squeeze

_POSSESSIVE = re.compile(r"(?<=\w)['’`]s\b")
_SCRIPT = re.compile(r"[_^]\{?(\w{1,2})\}?(?!\w)")
_BRACKET = re.compile(r"\s*\(([^()\s]{2,12})\)")
_BROKEN = re.compile(r"(?<=[a-z])-\s+(?!(?:and|or|to|nor|und)\b)(?=[a-z])|\[(?=\w\])|(?<=\[\w)\]")
_SPLIT = re.compile(r"[^\w+#*@%^]+|_+")


@lru_cache(maxsize=1 << 18)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in their own case: hyphens, slashes and punctuation part them, and an abbreviation in brackets that
    repeats the words before it is left out (`click-through rate (CTR) prediction`)."""
    text = unbracketed(name)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if "- " in text or "[" in text:
        text = _BROKEN.sub("", text)  # a word broken at a line's end, or a letter put in brackets by a quotation
    if "'" in text or "’" in text or "`" in text:
        text = _POSSESSIVE.sub("", text)
    if "_" in text or "^" in text:
        text = _SCRIPT.sub(r"\1", text)
    return tuple(part for part in _SPLIT.split(text) if part)


def one_line(name: str) -> str:
    """`squeeze`, faster for plain ASCII, where there is nothing to normalize."""
    return " ".join(name.split()) if name.isascii() and name.isprintable() else squeeze(name)


def unbracketed(name: str) -> str:
    """The name on one line, without an abbreviation in brackets that repeats the words before it."""
    text = one_line(name)
    if "(" not in text:
        return text
    return _BRACKET.sub(lambda found: "" if _repeats(found[1], text[: found.start()], text[found.end() :]) else found[0], text)


def _repeats(short: str, before: str, after: str) -> bool:
    """Does `short` abbreviate the words before it? Its letters, last to first, stand in them in order and the first begins a word
    (Schwartz and Hearst 2003); with more of the name behind the bracket, a shared first letter is enough (`(seq2seq)`)."""
    letters = [char for char in short.casefold() if char.isalnum()]
    before = before.casefold()
    starts = {part[0] for part in _SPLIT.split(before) if part}
    if not letters or letters[0].isdigit() or letters[0] not in starts:
        return False
    if after.strip():
        return True
    place = len(before)
    for letter in reversed(letters[1:]):
        place = before.rfind(letter, 0, place)
    return place > 0 and sum(char.isupper() for char in short) >= 2


@lru_cache(maxsize=1 << 18)
def key(name: str) -> str:
    """The key of a name: empty for no name at all; a name of punctuation alone is its own key."""
    return _join(token for word in words(name) for token in _tokens(word)) or one_line(name)


@lru_cache(maxsize=1 << 18)
def readable(name: str) -> str:
    """The folded words of a name in American spelling, its number kept, parted by one space: what an id is made of."""
    return " ".join(token for word in words(name) for token in _spelled(word)) or one_line(name)


@lru_cache(maxsize=1 << 16)
def _tokens(word: str) -> tuple[str, ...]:
    return _spelled(singular(word))


@lru_cache(maxsize=1 << 16)
def _spelled(word: str) -> tuple[str, ...]:
    return tuple(american(token) for token in fold(word).split())


def _join(tokens: Iterable[str]) -> str:
    """The tokens in one piece, digits that would run together parted by a dot."""
    joined = ""
    for token in tokens:
        joined += f".{token}" if joined and joined[-1].isdigit() and token[0].isdigit() else token
    return joined
