"""The part of a JSON text that is in memory, and the values that are taken from its front.

Invariant: at most `LONGEST` characters of one value are held, and no fault of the text raises anything but RecordError.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import IO, Any

from kg.errors import RecordError
from kg.sources.lines import LONGEST

PARSER = json.JSONDecoder(strict=False)

_CHUNK = 1 << 18
_SPACE = re.compile(r"[\s\x1e]*")


@dataclass(slots=True)
class Window:
    """The part of the stream in memory; `at` is where reading goes on, `line` its line, `open` the objects that are still read."""

    stream: IO[str]
    text: str = ""
    at: int = 0
    line: int = 1
    passed: int = 0  # characters before `text`
    ended: bool = False
    open: list[dict[str, Any]] = field(default_factory=list)
    listing: bool = False

    @property
    def position(self) -> int:
        return self.passed + self.at

    def grow(self) -> None:
        """Drops what was read and takes as much again as is left, so that a long value is read in linear time."""
        new = self.stream.read(max(_CHUNK, len(self.text) - self.at))
        self.passed += self.at
        self.text, self.at, self.ended = self.text[self.at :] + new, 0, not new

    def move(self, at: int) -> None:
        self.line += self.text.count("\n", self.at, at)
        self.at = at

    def char(self) -> str:
        """The next character that is no space, not taken yet; empty at the end."""
        while True:
            match = _SPACE.match(self.text, self.at)
            self.move(match.end() if match else self.at)
            if self.at < len(self.text) or self.ended:
                return self.text[self.at : self.at + 1]
            self.grow()

    def take(self) -> None:
        self.move(self.at + 1)

    def value(self) -> Any:
        """The next value whole. Raises RecordError where there is none, or one that is too long or too deep."""
        self.char()
        while True:
            try:
                value, end = PARSER.raw_decode(self.text, self.at)
            except RecursionError:
                raise self.error("nested too deeply: a record of this format is nearly flat") from None
            except json.JSONDecodeError as error:
                if self.ended or _hopeless(error, len(self.text)):
                    raise self.error(_broken(error, len(self.text), ended=self.ended)) from None
            except ValueError:  # an integer of thousands of digits
                raise self.error("a number is too long to be read: correct it") from None
            else:
                if self.ended or end < len(self.text) or self.text[end - 1] in '}]"':
                    self.move(end)
                    return value
            if len(self.text) - self.at > LONGEST:
                raise self.error(f"a value of more than {LONGEST:,} characters: split the file into one record a line")
            self.grow()

    def error(self, reason: str) -> RecordError:
        return RecordError(f"{reason}; what stood before is kept", file="", line=self.line)


def _hopeless(error: json.JSONDecodeError, length: int) -> bool:
    """Whether more text could not mend it: the fault stands well before the end."""
    return error.pos < length - 32 and not error.msg.startswith("Unterminated")


def _broken(error: json.JSONDecodeError, length: int, *, ended: bool) -> str:
    if ended and (error.msg.startswith("Unterminated") or error.pos >= length - 1):
        return "the JSON is cut short in the value that begins here: fetch the file again"
    return f"the JSON breaks in the value that begins here ({error.msg}): correct it"
