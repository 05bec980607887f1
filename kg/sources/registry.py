"""Which formats there are, and which one an input is in: decided by content alone.

Invariant: a format is one module in this package that defines `SOURCE`; nothing lists them.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import kg.sources
from kg.errors import InputError
from kg.protocols import Input, Source
from kg.sources.json_refusal import json_refusal

LEAST = 0.3  # a sniff below this is a guess, and a guess is not read
LISTED = "`kg formats` lists what is read"

_MAGIC = (
    (b"%PDF", "a PDF document"), (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"),
    (b"PK\x03\x04", "a zip or Office file"), (b"\xd0\xcf\x11\xe0", "an old Office file"), (b"SQLite format 3", "an SQLite database"),
    (b"BZh", "a bzip2 file"), (b"\xfd7zXZ", "an xz file"), (b"7z\xbc\xaf", "a 7-Zip file"), (b"PAR1", "a Parquet file"), (b"\x7fELF", "a program"),
)  # fmt: skip


@cache
def sources() -> tuple[Source, ...]:
    """Every format that can be read, sorted by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(kg.sources.__path__))
    modules = (importlib.import_module(f"kg.sources.{name}") for name in names)
    found = (getattr(module, "SOURCE", None) for module in modules)
    return tuple(sorted((source for source in found if isinstance(source, Source)), key=lambda source: source.name))


def choose(given: Input) -> Source:
    """The format whose sniff is surest (of equals the first by name). Raises InputError that says what the input seems to be where
    none fits; of JSON it tells the line that breaks, or the keys."""
    best = max(sources(), key=lambda source: (source.sniff(given), [-ord(char) for char in source.name]))
    if best.sniff(given) >= LEAST:
        return best
    if kind := binary_kind(given):
        raise InputError(f"{kind}, which is not read: save the records as text; {LISTED}", file=given.name)
    reason, line = json_refusal(given.head) or ("in no format that is known here", None)
    raise InputError(f"{reason}; {LISTED}", file=given.name, line=line)


def binary_kind(given: Input) -> str | None:
    """What a file that is not text seems to be; None for text."""
    with given.binary() as stream:
        start = stream.read(1 << 16)
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    control = sum(char < " " and char not in "\t\n\r\f\x1b" for char in given.head)
    if "\x00" in given.head or control > len(given.head) / 20:
        return "binary data (or UTF-16 without a byte-order mark)"
    return None
