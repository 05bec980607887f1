"""Words and word pieces of a text: what the encoder is fed, with the way back to character offsets.

Invariant: a word is a stretch of letters and digits or one other sign, so words never overlap, every gold span begins and ends
at a word's border, and no text is dropped: windows cover every word, however long the text is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, compress, count
from operator import not_

from kg.extract import wordlist

Span = tuple[int, int]

_WIDE = "\u2e80-\u9fff\uac00-\ud7af"  # scripts without spaces: each sign is a word, so that a Latin name among them is one
_WORD = re.compile(rf"[^\W_{_WIDE}]+|[^\s]")

SHAPES = ("lower", "title", "upper", "mixed", "digit", "alnum", "sign", "other")
N_SHAPES = 2 * len(SHAPES)  # each with and without white space before the word
CLS, SEP, UNK, PAD = "[CLS]", "[SEP]", "[UNK]", "[PAD]"
LIGHT = wordlist.words("""
a an the this that these those its their our his her my your some any each every all both either neither no not only such same other another own
much several various or and but nor yet so if then than as of in on at by for with from to into onto over under between among across through
during before after about against within without toward towards upon via per like unlike including when where while whereas whether which who
whom whose what why how is are was were be been being am do does did done have has had having can could may might must shall should will would it
they we he she you i there here also too very just even still already often usually always never however thus hence therefore moreover furthermore
additionally finally et al because since although though unless until once further
""")  # a part of what the encoder learned: its upper layers leave these and all signs where the lower ones put them
MAX_PIECES = 510  # the encoder's positions less the two end marks
OVERLAP = 96  # pieces that neighbouring windows share, so that every word is read with context on both sides


def words(text: str) -> list[Span]:
    """Character ranges of the words, in order."""
    return [match.span() for match in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 16)
def _case(word: str) -> int:
    """Number of the word's shape, white space left out."""
    if word.isalpha():
        if word.islower():
            kind = 0
        elif word.isupper():
            kind = 2 if len(word) > 1 else 1
        elif word[:1].isupper() and word[1:].islower():
            kind = 1
        else:
            kind = 3 if word != word.lower() else 7
    elif word.isdigit():
        kind = 4
    else:
        kind = 5 if word.isalnum() else 6
    return kind


@lru_cache(maxsize=1 << 16)
def heavy(word: str) -> bool:
    """Whether the encoder's upper layers look at the word: neither a sign nor one of the `LIGHT` words."""
    return word[0].isalnum() and word.lower() not in LIGHT


def shapes(text: str, spans: Sequence[Span]) -> list[int]:
    """Shape numbers of the words: how each is cased, and whether white space stands before it."""
    return [_case(text[a:b]) + (len(SHAPES) if a == 0 or text[a - 1].isspace() else 0) for a, b in spans]


@dataclass(frozen=True)
class Pieces:
    """A word-piece vocabulary: longest match first, lower case, accents dropped (as BERT's uncased vocabulary was made)."""

    ids: dict[str, int]

    @classmethod
    def of(cls, vocabulary: Sequence[str]) -> Pieces:
        """From the pieces in the order of their numbers."""
        return cls({piece: number for number, piece in enumerate(vocabulary)})

    def of_word(self, word: str) -> tuple[int, ...]:
        """Numbers of the word's pieces, at least one; the unknown piece where none fits."""
        folded = unicodedata.normalize("NFD", word.lower())
        folded = "".join(char for char in folded if unicodedata.category(char) != "Mn")
        out: list[int] = []
        start = 0
        while start < len(folded):
            end = min(len(folded), start + 24)
            while end > start and (("##" if start else "") + folded[start:end]) not in self.ids:
                end -= 1
            if end == start:
                return (self.ids[UNK],)
            out.append(self.ids[("##" if start else "") + folded[start:end]])
            start = end
        return tuple(out) if 0 < len(out) <= 16 else (self.ids[UNK],)


@dataclass(frozen=True)
class Window:
    """A run of words that fits the encoder. `first[i]` is where word `start + i`'s pieces begin in `pieces` (0 is the begin
    mark); `heavy[i]` says whether the upper layers look at it; words `keep[0]:keep[1]` (numbers in the whole text) are taken from
    this window and no other."""

    start: int
    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    first: tuple[int, ...]
    heavy: tuple[bool, ...]
    keep: Span

    def upper(self) -> tuple[list[int], list[int], list[int]]:
        """What the upper layers are given: the places in `pieces` that they work on (both end marks and the heavy words' first pieces),
        those of the other words, and for each word to keep its number in the two lists on end."""
        chosen = [0, *compress(self.first, self.heavy), len(self.pieces) - 1]
        rest = list(compress(self.first, map(not_, self.heavy)))
        weighs, others = count(1), count(len(chosen))
        order = [next(weighs) if heavy else next(others) for heavy in self.heavy]
        return chosen, rest, order[self.keep[0] - self.start : self.keep[1] - self.start]


def windows(pieces: Sequence[tuple[int, ...]], shape_ids: Sequence[int], weighs: Sequence[bool], ids: dict[str, int]) -> list[Window]:
    """Windows over all words; one where the text fits. Neighbours share `OVERLAP` pieces, half of which each keeps."""
    bounds = _bounds([len(p) for p in pieces])
    out = []
    for number, (start, end) in enumerate(bounds):
        inside = pieces[start:end]
        flat = (ids[CLS], *chain.from_iterable(inside), ids[SEP])
        shape_flat = (0, *(shape_id for piece, shape_id in zip(inside, shape_ids[start:end], strict=True) for _ in piece), 0)
        first = tuple(accumulate(map(len, inside[:-1]), initial=1)) if inside else ()
        left = 0 if number == 0 else (start + bounds[number - 1][1]) // 2
        right = end if number == len(bounds) - 1 else (bounds[number + 1][0] + end) // 2
        out.append(Window(start, flat, shape_flat, first, tuple(weighs[start:end]), (left, right)))
    return out


def _bounds(lengths: Sequence[int]) -> list[Span]:
    """Word ranges of at most `MAX_PIECES` pieces, each beginning `OVERLAP` pieces before the last one's end."""
    if sum(lengths) <= MAX_PIECES:
        return [(0, len(lengths))]
    bounds: list[Span] = []
    start = 0
    while True:
        end, total = start, 0
        while end < len(lengths) and total + lengths[end] <= MAX_PIECES:
            total += lengths[end]
            end += 1
        bounds.append((start, end))
        if end >= len(lengths):
            return bounds
        back = 0
        start = end
        while start > bounds[-1][0] + 1 and back + lengths[start - 1] <= OVERLAP:
            start -= 1
            back += lengths[start]


Pieced = Callable[[str], tuple[int, ...]]


def memo(pieces: Pieces, size: int = 65536) -> Pieced:
    """`pieces.of_word` with a memory of recent words, for reading many texts."""
    return lru_cache(maxsize=size)(pieces.of_word)
