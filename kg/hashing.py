"""Content digests: equal content gives equal digests on every machine and in every Python.

Invariant: a digest depends on values alone, never on dict order, object identity or the hash seed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import orjson


def digest(*parts: str) -> str:
    """40 hex digits over the parts in order; parts cannot run into each other."""
    state = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spaces: the one spelling of a value."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def digest_bytes(chunks: Iterable[bytes]) -> str:
    """40 hex digits over a stream of bytes, whatever its chunking."""
    state = hashlib.blake2b(digest_size=20)
    for chunk in chunks:
        state.update(chunk)
    return state.hexdigest()
