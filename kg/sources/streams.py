"""Bytes as they lie on disk to bytes as they were meant: gzip and zstd are undone while reading, by magic bytes.

Invariant: memory is bounded whatever the data expands to, and a stream that breaks off gives every byte before the break:
reading it never raises, and the break is kept as `fault` for whoever reads on to report.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from typing import IO

CHUNK = 1 << 16
ZSTD_CHUNK = 1 << 8  # zstd expands a byte at most 2**15 times, so one step makes 8 MiB at most
GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
ERRORS = "kg_cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_CP1252.get(byte, chr(byte)) for byte in bad), error.end


_CP1252 = {byte: bytes([byte]).decode("cp1252") for byte in range(128, 256) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
codecs.register_error(ERRORS, _as_cp1252)


class Unpacked(io.RawIOBase):
    """The unpacked bytes of `raw` as a raw stream. `fault` says, once the end was reached, why the data ended too early."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw, self._rest = raw, memoryview(b"")
        self.fault: str | None = None
        start = raw.read(4)
        raw.seek(0)
        unpack = _gzip if start.startswith(GZIP) else _zstd if start == ZSTD else _plain
        self._chunks = unpack(raw, self._break)

    def _break(self, reason: str) -> None:
        self.fault = reason

    def readable(self) -> bool:
        """Always: a stream for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The next bytes, at most the buffer's length; 0 at the end or the break."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

    def close(self) -> None:
        """Closes the packed stream too."""
        if not self.closed:
            self._raw.close()
        super().close()


def _plain(raw: IO[bytes], fault: Callable[[str], None]) -> Iterator[bytes]:
    try:
        while chunk := raw.read(CHUNK):
            yield chunk
    except OSError as error:
        fault(f"reading stops here ({error.strerror or error}): check the disk or the mount")


def _gzip(raw: IO[bytes], fault: Callable[[str], None]) -> Iterator[bytes]:
    try:
        with gzip.GzipFile(fileobj=raw) as packed:
            while chunk := packed.read1(CHUNK):
                yield chunk
    except (EOFError, OSError, zlib.error) as error:
        fault(f"the gzip data breaks off here ({error}): fetch the file again; what stood before is kept")


def _zstd(raw: IO[bytes], fault: Callable[[str], None]) -> Iterator[bytes]:
    import zstandard

    unpacker = zstandard.ZstdDecompressor()
    frame, begun = unpacker.decompressobj(), False
    try:
        while data := raw.read(ZSTD_CHUNK):
            while data:
                begun = True
                yield frame.decompress(data)
                data = b""
                if frame.eof:
                    data, frame, begun = frame.unused_data, unpacker.decompressobj(), False
    except (zstandard.ZstdError, OSError) as error:
        fault(f"the zstd data breaks off here ({error}): fetch the file again; what stood before is kept")
        return
    if begun:
        fault("the zstd data breaks off here (it ends within a frame): fetch the file again; what stood before is kept")


def encoding_of(start: bytes) -> tuple[str, str]:
    """(encoding, error handler) for data that begins with `start`: by byte-order mark, else UTF-8 in which each byte that is no
    part of valid UTF-8 is read as Windows-1252 (a superset of printable Latin-1), wherever in the data it stands."""
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32", "replace"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", "replace"
    return "utf-8-sig", ERRORS
