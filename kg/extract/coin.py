"""What a coined name looks like, a shape that no ordinary word has, and where else in the text a name stands.

Invariant: characters only; what a name names is for `kg.extract.shapes` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# a capital inside, capitals in a row, a number on a capitalised word, or a metric's cut-off (`Recall@5`)
COINED = re.compile(r"[a-zα-ω0-9][A-Z]|[A-Z]{2}|^[A-Z][A-Za-z]*[-‐‑]?\d|@\d|@k")
_URL = re.compile(r"(?:(?:https?:)?//|www\.|\\url\{)\S+|\b[\w-]+\.(?:com|org|net|io|edu)\b\S*")


def occurrences(text: str, form: str, *, any_case: bool = False) -> Iterator[tuple[int, int]]:
    """Where `form` stands as a whole word (or its plural in `s` does)."""
    if any_case and len(text.lower()) == len(text):
        text, form = text.lower(), form.lower()
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        if text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum():
            end += 1
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if not (before.isalnum() or before in ("_", "-") or after.isalnum() or after == "_"):
            yield start, end
        start = text.find(form, start + 1)


def urls(text: str) -> list[tuple[int, int]]:
    """The ranges of addresses, in which nothing is a name."""
    return [match.span() for match in _URL.finditer(text)]
