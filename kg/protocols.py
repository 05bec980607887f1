"""What each replaceable part must offer. A part is a module with functions; the records here say which function does what.

Invariant: the pipeline knows parts only through these types, so a new source, store or export is one new file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from kg.models import Extraction, Linking, Paper, Reject, Star, Table, Vocabulary


class Input(Protocol):
    """One input as sources see it: already decompressed, decoded on request."""

    @property
    def name(self) -> str: ...  # as the user gave it, for messages and places

    @property
    def head(self) -> str: ...  # the first 64 KiB as text, for sniffing

    def text(self) -> IO[str]: ...  # a fresh text stream: universal newlines, BOM gone, encoding found

    def binary(self) -> IO[bytes]: ...  # a fresh byte stream


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user says about inputs that the inputs don't: the year of a page whose date has none."""

    page_year: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """An input format. `sniff` gives 0 (not mine) to 1 (certain) from the content; `read` streams records and rejects."""

    name: str
    title: str
    sniff: Callable[[Input], float]
    read: Callable[[Input, ReadOptions], Iterator[Paper | Reject]]


class Extractor(Protocol):
    """Finds concepts, roles and results. Equal `fingerprint` and text give an equal extraction. What it is less sure of than `least` is
    left out of graphs and listings unless the user says where to draw the line."""

    @property
    def fingerprint(self) -> str: ...

    @property
    def least(self) -> float: ...

    def extract(self, texts: Iterable[str]) -> Iterator[Extraction]: ...  # one for each text, in order


class Linker(Protocol):
    """Settles which names mean the same; a pure function of the vocabulary and the user's decisions."""

    def __call__(self, vocabulary: Vocabulary) -> Linking: ...


class Store(Protocol):
    """A graph store that can be brought to a state and asked in Cypher."""

    def prepare(self) -> None: ...  # constraints and indexes; harmless when they stand already

    def replace(self, stars: Sequence[Star]) -> None: ...  # write these stars as given: node, labels, properties, edges

    def remove(self, ids: Sequence[str]) -> None: ...  # delete these nodes with their edges

    def query(self, cypher: str, parameters: dict[str, Any]) -> Table: ...

    def ids(self) -> frozenset[str]: ...  # of the nodes that kg wrote

    def counts(self) -> dict[str, int]: ...  # nodes a label and edges a type, as stored

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How much a picture shows and what it is called; formats that keep everything ignore both."""

    limit: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """An output format, picked by the extension of the file to write. Equal stars give equal bytes."""

    name: str
    title: str
    extensions: tuple[str, ...]
    write: Callable[[Iterable[Star], Path, ExportOptions], dict[str, int]]  # returns counts of what was written
