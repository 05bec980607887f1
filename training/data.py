"""Gold papers as training examples: words, pieces, tags, mentions, roles, reported numbers and what they link to.

Invariant: words and pieces come from the runtime's own functions; a gold value that cannot be placed in the text trains nothing.
"""

from __future__ import annotations

import bisect
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.extract.neural import words as W
from kg.extract.neural.decode import TAGS
from kg.extract.neural.numbers import RESULT_TAGS
from kg.extract.sentences import sentences
from kg.kinds import ROLES

ROLE_NAMES = tuple(ROLES)
OWN = "own/"  # begins the ids of the papers that we annotated
LINK_KINDS = ("METRIC", "DATASET", "METHOD")


@dataclass
class Mention:
    """Word range (end exclusive), kind, number of the paper's concept, number of its sentence."""

    start: int
    end: int
    kind: str
    concept: int
    sentence: int


@dataclass
class Number:
    """A reported value's word range; for each link kind the numbers of the right concepts ([] is none, None is unknown)."""

    start: int
    end: int
    links: dict[str, list[int] | None]


@dataclass
class Example:
    """One paper, ready to be batched. `first` is each word's first piece in `pieces`; `heavy` says which words the upper layers look at."""

    id: str
    text: str
    spans: list[W.Span]
    pieces: list[int]
    shapes: list[int]
    first: list[int]
    heavy: list[bool]
    sentences: list[W.Span]  # in words
    tags: list[int] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)  # by concept number
    kinds: list[str] = field(default_factory=list)  # by concept number
    result_tags: list[int] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)


def read(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def held_out(paper: str, *, share: float) -> bool:
    """Whether a paper belongs to the slice that sets temperatures and thresholds; by the digest of its id, so stable. Only gold ones do."""
    return not paper.startswith(("silver/", OWN)) and int(hashlib.sha256(paper.encode()).hexdigest()[:8], 16) / 16**8 < share


def word_sentences(text: str, spans: Sequence[W.Span]) -> list[W.Span]:
    """Sentences as word ranges; together they cover every word."""
    out, place = [], 0
    for _, end in sentences(text):
        start = place
        while place < len(spans) and spans[place][0] < end:
            place += 1
        if place > start:
            out.append((start, place))
    return out or [(0, len(spans))]


def example(record: dict[str, Any], pieced: W.Pieced, ids: dict[str, int]) -> Example:
    """A gold record as an example. Words beyond the first window are left out of training (one paper in 2,500)."""
    text = record["text"]
    spans = W.words(text)
    plain = [text[a:b] for a, b in spans]
    window = W.windows([pieced(word) for word in plain], W.shapes(text, spans), [W.heavy(word) for word in plain], ids)[0]
    spans = spans[: len(window.first)]
    pieces = (list(part) for part in (window.pieces, window.shapes, window.first, window.heavy))
    out = Example(record["id"], text, spans, *pieces, word_sentences(text, spans))
    _add_mentions(out, record)
    _add_results(out, record)
    return out


def _add_mentions(out: Example, record: dict[str, Any]) -> None:
    starts, ends = {a: i for i, (a, _) in enumerate(out.spans)}, {b: i for i, (_, b) in enumerate(out.spans)}
    concepts: dict[str, int] = {}
    tags = ["O"] * len(out.spans)
    for span in sorted(record["spans"], key=lambda s: s["start"]):
        if span["start"] not in starts or span["end"] not in ends:
            continue
        start, end, kind = starts[span["start"]], ends[span["end"]] + 1, span["label"]
        number = concepts.setdefault(span["concept"], len(concepts))
        sentence = next(i for i, (a, b) in enumerate(out.sentences) if a <= start < b)
        out.mentions.append(Mention(start, end, kind, number, sentence))
        tags[start:end] = [f"S-{kind}"] if end == start + 1 else [f"B-{kind}", *[f"I-{kind}"] * (end - start - 2), f"E-{kind}"]
    kind_of = {m.concept: m.kind for m in out.mentions}
    out.tags = [TAGS.index(tag) for tag in tags]
    out.roles = [ROLE_NAMES.index(record["roles"][name]) for name in concepts]
    out.kinds = [kind_of[number] for number in range(len(concepts))]
    out_names = list(concepts)
    record["_concepts"] = {name.casefold(): i for i, name in enumerate(out_names)}


def _places(out: Example, value: str) -> Iterator[tuple[int, int]]:
    """Word ranges that print the value as a number of its own; a unit that is stuck to it (`14x`) comes along."""
    starts, ends = [a for a, _ in out.spans], [b for _, b in out.spans]
    for match in re.finditer(rf"(?<![\w.])(?<!\d,){re.escape(value)}(?!\d|[.,]\d)", out.text):
        start, end = bisect.bisect_right(starts, match.start()) - 1, bisect.bisect_left(ends, match.end())
        if 0 <= start <= end < len(out.spans):
            yield start, end + 1


def _links(out: Example, result: dict[str, Any], concepts: dict[str, int]) -> dict[str, list[int] | None]:
    links: dict[str, list[int] | None] = {}
    for kind in LINK_KINDS:
        name = (result.get(kind.lower()) or "").casefold()
        near = [i for key, i in concepts.items() if out.kinds[i] == kind and name and (key in name or name in key)]
        exact = [concepts[name]] if name in concepts and out.kinds[concepts[name]] == kind else near[:1]
        links[kind] = exact if exact else ([] if not name else None)
    return links


def _add_results(out: Example, record: dict[str, Any]) -> None:
    tags = ["O"] * len(out.spans)
    inside = {place for m in out.mentions for place in range(m.start, m.end)}
    numbers: dict[tuple[int, int], Number] = {}
    for result in record["results"]:
        links = _links(out, result, record["_concepts"])
        wanted = [m for m in out.mentions if m.concept in [c for found in links.values() for c in found or []] and m.kind != "METHOD"]

        def cost(span: tuple[int, int], wanted: list[Mention] = wanted) -> tuple[bool, bool, int]:
            far = min((abs(m.start - span[0]) for m in wanted), default=0)
            return any(place in inside for place in range(*span)), span in numbers, far

        places = sorted(_places(out, result["value"]), key=cost)
        if not places:
            continue
        start, end = places[0]
        _mark(tags, start, end, "ABS" if result["kind"] == "absolute" else "DELTA")
        known = numbers.setdefault((start, end), Number(start, end, links))
        if known.links is not links:
            known.links = {k: None if known.links[k] is None or links[k] is None else [*known.links[k], *links[k]] for k in LINK_KINDS}
        if result.get("baseline"):
            around = [p for p in _places(out, result["baseline"]) if tags[p[0]] == "O"]
            for place in sorted(around, key=lambda p: abs(p[0] - start))[:1]:
                _mark(tags, *place, "BASE")
    out.result_tags = [RESULT_TAGS.index(tag) for tag in tags]
    out.numbers = list(numbers.values())


def _mark(tags: list[str], start: int, end: int, name: str) -> None:
    tags[start:end] = [f"B-{name}", *[f"I-{name}"] * (end - start - 1)]


def examples(path: Path, vocabulary: Sequence[str]) -> list[Example]:
    """Every record of a gold file as an example."""
    pieces = W.Pieces.of(vocabulary)
    pieced = W.memo(pieces)
    return [example(record, pieced, pieces.ids) for record in read(path)]
