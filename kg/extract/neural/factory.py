"""`kg_reader`, the trained reader as a spaCy component: concept spans, their names, one role a concept, and results.

Importing this module (spaCy does so through the package's `spacy_factories` entry point) registers the factory. It reads
`doc._.kg_abbreviations` and the Doc's sentences, and works both out where nothing has. Invariant: the weights are opened when the
first text is read and not pickled: a worker process opens its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import places
from kg.extract.abbreviate import mark_abbreviations, singular_pair
from kg.extract.naming import named
from kg.extract.neural import encoder, merge, reader
from kg.extract.neural.aliases import hints
from kg.extract.sentences import sentences

CHUNK = 128  # Docs read together: more only fill the memory, and empty the small caches between the components

_BRACKET = re.compile(r"[()\[\]]")

places.register()


class NeuralReader:
    """The component. State: the folder of the model, and the opened model once it has read something."""

    def __init__(self, folder: Path, threads: int) -> None:
        self.folder, self.threads = folder, threads

    @cached_property
    def _opened(self) -> tuple[encoder.Encoder, reader.Model, merge.Merger]:
        return encoder.load(self.folder, threads=self.threads), reader.load(self.folder), merge.load(self.folder)

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder, "threads": self.threads}

    def __call__(self, doc: Doc) -> Doc:
        """Read one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = CHUNK) -> Iterator[Doc]:
        """Read Docs in chunks; order is kept."""
        docs = iter(stream)
        while chunk := list(islice(docs, min(CHUNK, batch_size))):
            encode, model, merger = self._opened
            encoded = encode.encode([places.text_of(doc) for doc in chunk])
            for doc, one, seen in zip(chunk, encoded, reader.mentions(model, encoded), strict=True):
                yield _read(doc, one, seen, model, merger)

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Nothing to save: the weights are package data."""

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> NeuralReader:
        """Nothing to load, see `to_disk`."""
        return self


def _read(doc: Doc, encoded: encoder.Encoded, seen: list[reader.Seen], model: reader.Model, merger: merge.Merger) -> Doc:
    found = [places.Found(m.start, bracketed(encoded.text, m.start, m.end), m.kind, m.confidence, reader.BY) for m in seen]
    items, stretches = _named(doc, found, model.terms.short_forms), sentences(encoded.text)
    joined = merge.merged(merger, encoded.text, stretches, [((m.start, m.end), (m.kind, m.concept)) for m in items])
    items = [m._replace(concept=joined.get((m.kind, m.concept), m.concept)) for m in items]
    places.set_found(doc, items)
    placed = reader.place(encoded, [reader.Named(m.start, m.end, m.kind, m.concept, m.confidence) for m in items], stretches)
    doc._.kg_uses = reader.uses(model, encoded, placed)
    doc._.kg_results = reader.results(model, encoded, placed)
    return doc


def bracketed(text: str, start: int, end: int) -> int:
    """Where a mention ends whose brackets all close: `end`, or before the first bracket without its other half (`Text-to-Image (T2I`)."""
    if not _BRACKET.search(text, start, end):
        return end
    opened: list[int] = []
    for place in range(start, end):
        if text[place] in "([":
            opened.append(place)
        elif text[place] in ")]" and not opened:
            opened.append(place)
            break
        elif text[place] in ")]":
            opened.pop()
    kept = text[start : opened[0]].rstrip() if opened else ""
    return start + len(kept) if kept else end


def grouped(doc: Doc, found: list[places.Found], short_forms: Mapping[str, str]) -> Doc:
    """The Doc with `found` as its concept spans, each named after all that is the same but for case, number, hyphens or abbreviation;
    `short_forms` are those known from elsewhere."""
    places.set_found(doc, _named(doc, found, short_forms))
    return doc


def _named(doc: Doc, found: Sequence[places.Found], short_forms: Mapping[str, str]) -> list[places.Found]:
    """`found` as `grouped` leaves it on the Doc."""
    if not doc._.kg_abbreviations:
        mark_abbreviations(doc)
    text = places.text_of(doc)
    defined = [(short, long) for short, long, *_ in doc._.kg_abbreviations]
    fuller = hints([(text[m.start : m.end], m.kind) for m in found], dict(singular_pair(*pair) for pair in defined), short_forms)
    hinted = [m._replace(name=hint) for m, hint in zip(found, fuller, strict=True)]
    return named(text, places.snapped(doc, hinted), defined)


@Language.factory("kg_reader", default_config={"model": None, "threads": 1}, assigns=["doc.spans", "doc.ents", "doc._.kg_uses", "doc._.kg_results"])
def kg_reader(nlp: Language, name: str, model: str | None, threads: int) -> NeuralReader:
    """The reader over the model in folder `model` (None is the shipped one), on `threads` threads."""
    from kg.extract.neural.recipe import FOLDER

    return NeuralReader(Path(model) if model else FOLDER, threads)
