"""Drives a reader over bytes and holds what comes out against what every reader promises."""

from __future__ import annotations

import io
from itertools import islice

from kg.errors import InputError
from kg.models import Paper, Reject
from kg.protocols import ReadOptions, Source
from kg.sources.inputs import OpenInput

MOST = 20_000  # items that are looked at


def opened(data: bytes) -> OpenInput:
    """The bytes as an input called `bytes`."""
    return OpenInput("bytes", lambda: io.BytesIO(data))


def drive(data: bytes, source: Source) -> list[Paper | Reject] | InputError:
    """What the reader makes of the bytes, whether it would have claimed them or not. Anything but records, rejects and one InputError
    with a single short line goes through as the exception that it is; so does what cannot be written as JSON."""
    given = opened(data)
    assert 0 <= source.sniff(given) <= 1
    try:
        items = list(islice(source.read(given, ReadOptions()), MOST))
    except InputError as error:
        _is_one_line(str(error))
        return error
    for item in items:
        assert isinstance(item, Paper | Reject)
        item.model_dump_json().encode()
        if isinstance(item, Reject):
            _is_one_line(item.reason)
    return items


def _is_one_line(text: str) -> None:
    assert text.strip()
    assert "\n" not in text
    assert len(text) < 1000
