"""Entries with a slip that leaves no doubt: no key, no comma between two fields, two commas, remarks.

Invariant: only what stands outside of every value is changed, line breaks stay where they are, and an entry without a slip is as it was.
"""

from __future__ import annotations

import re

_NAME = r"[A-Za-z][\w-]*[ \t]*="
_KEYLESS = re.compile(rf"(@[ \t]*(?!(?:string|comment|preamble)\b)[A-Za-z]\w*[ \t]*[{{(])(?=\s*{_NAME}\s*[{{\"\w])", re.I)
_FIELD = re.compile(rf"\n[ \t]*{_NAME}")
_TWICE = re.compile(r",\s*,|[,\n][ \t]*%")
_OUTSIDE = re.compile(rf"[{{}}\"]|,(?=\s*,)|%[^\n]*|(?<=[^\s,#=])(?=\s*\n[ \t]*{_NAME})|\n[ \t]*@[A-Za-z]\w*[ \t]*[{{(]")
_INSIDE = re.compile(r"(?<!\\)[{}\"]|\n[ \t]*@[A-Za-z]\w*[ \t]*[{(]")
_OPENED = re.compile(r"\s*@[ \t]*[A-Za-z]\w*[ \t]*[{(]")


def mended(text: str) -> str:
    """The text of entries with its slips made good."""
    text = _KEYLESS.sub(r"\1,", text)
    return _recommaed(_recommaed(text)) if _slipped(text) else text  # a remark may part a field from the next


def _slipped(text: str) -> bool:
    """Whether it may be: no comma before a line that begins a field, two in a row, a remark."""
    for match in _FIELD.finditer(text):
        at = match.start() - 1
        while at > 0 and text[at].isspace():
            at -= 1
        if text[at] not in ",#=":
            return True
    return bool(_TWICE.search(text))


def _recommaed(text: str) -> str:
    """Commas put between the fields of the entry where they lack, and taken out where they are doubled; so are remarks behind `%`."""
    opened = _OPENED.match(text)
    if not opened:
        return text
    depth, quoted, parts, kept, at = 0, False, [], opened.end(), opened.end()
    while match := (_INSIDE if depth or quoted else _OUTSIDE).search(text, at):
        sign, at = match[0], max(match.end(), at + 1) if match[0] else match.end()
        if sign == "{":
            depth += 1
        elif sign == "}":
            if not depth:
                break  # the entry ends here
            depth -= 1
        elif sign == '"':
            quoted = quoted != (not depth)
        elif sign.startswith("\n"):
            break  # another one begins
        else:
            parts.append(text[kept : match.start()] + ("" if sign else ","))
            kept = match.end()
            at += not sign
    return text[: opened.end()] + "".join(parts) + text[kept:]
