"""The list form of mentions, which a person writes: exact text, kind, concept, and nothing to count.

`["BERT", "METHOD", "BERT"]` means every `BERT` that stands as a word of its own and not inside a longer listed mention;
`["BERT", "METHOD", "BERT", [1, 3]]` only the first and third such word; `[[17, 21]]` in the place of the numbers gives offsets, for
what is no word of its own. Invariant: `spans_of(list_of(spans))` are the spans again, where these do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.evaluation.annotation import Span

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of the list; `numbers` (1-based) and `offsets` say which occurrences, both None for all."""

    form: str
    kind: str
    concept: str
    numbers: tuple[int, ...] | None = None
    offsets: tuple[Place, ...] = ()

    @property
    def everywhere(self) -> bool:
        return self.numbers is None and not self.offsets

    def as_json(self) -> list[object]:
        """The entry as it is written."""
        which: list[object] = [*(self.numbers or ()), *map(list, self.offsets)]
        return [self.form, self.kind, self.concept] + ([] if self.everywhere else [which])


def words(form: str, text: str) -> list[Place]:
    """Where `form` stands in `text` as words of its own, left to right, none overlapping."""
    found, start = [], text.find(form)
    while start >= 0:
        end = start + len(form)
        whole = not (_joined(text, start) and form[0].isalnum()) and not (_joined(text, end) and form[-1].isalnum())
        if whole:
            found.append((start, end))
        start = text.find(form, end if whole else start + 1)
    return found


def _joined(text: str, at: int) -> bool:
    """Whether a word goes on across the boundary before `at`, on the side that is not the form's own."""
    return 0 < at < len(text) and _wordly(text[at - 1]) and _wordly(text[at])


def _wordly(char: str) -> bool:
    return char.isalnum() or char == "_"


def spans_of(entries: Sequence[Listed], text: str) -> tuple[list[Span], list[Listed]]:
    """The spans that the entries mean, by place, and the entries that mean none since each of their places is inside a longer
    mention. Offsets win over words, longer forms over shorter ones."""
    taken: list[Place] = []
    spans: list[Span] = []
    empty = []
    for entry in sorted(entries, key=lambda entry: (not entry.offsets, -len(entry.form))):
        free = [place for place in _places(entry, text) if not any(_overlap(place, other) for other in taken)]
        taken += free
        spans += [Span(start, end, entry.kind, entry.concept) for start, end in free]
        if not free:
            empty.append(entry)
    return sorted(spans, key=lambda span: span.start), empty


def _places(entry: Listed, text: str) -> list[Place]:
    if entry.everywhere:
        return words(entry.form, text)
    numbered = [place for number, place in enumerate(words(entry.form, text), start=1) if number in (entry.numbers or ())]
    return [*entry.offsets, *numbered]


def _overlap(one: Place, other: Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def list_of(spans: Iterable[Span], text: str) -> list[Listed]:
    """The shortest list that means these spans, by first place in the text."""
    grouped: dict[tuple[str, str, str], list[Place]] = {}
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        grouped.setdefault((text[span.start : span.end], span.kind, span.concept), []).append((span.start, span.end))
    shared = {form for form, _, _ in grouped if sum(other == form for other, _, _ in grouped) > 1}
    odd = [place for (form, _, _), places in grouped.items() for place in places if place not in set(words(form, text))]
    longest_first = sorted(grouped, key=lambda key: -len(key[0]))
    taken, made = list(odd), {}
    for key in longest_first:
        form, kind, concept = key
        found, wanted = words(form, text), [place for place in grouped[key] if place not in odd]
        free = [place for place in found if not any(_overlap(place, other) for other in taken)]
        plain = free == wanted and form not in shared and len(wanted) == len(grouped[key])
        numbers = None if plain else tuple(number for number, place in enumerate(found, start=1) if place in wanted)
        made[key] = Listed(form, kind, concept, numbers, tuple(place for place in grouped[key] if place in odd))
        taken += wanted
    return [made[key] for key in grouped]
