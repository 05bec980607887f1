"""Fuller forms of mentions, as hints to whoever groups them: `few-shot NER` is `few-shot named entity recognition`.

Short forms are those that the text defines, then those that the training papers define alike (`LLM`). Invariant: a hint is given only
where it differs from the mention, and what the text defines goes before what is known elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.extract.inflect import key, singular_phrase

_WORD = re.compile(
    r"(?<![\w/-])[A-Za-z][A-Za-z0-9]*(?![\w/-])"
)  # not the CNN of `Faster R-CNN` or `CNN/Daily Mail`, nor the BERT of `BERT-large`: those are names
_LONG_WORD = re.compile(r"[a-z]{4,}")
_INNER = re.compile(r"\s*\(([^()]*)\)")
_OPEN_HEADS = (" model", " mechanism", " system")  # in train, `X` and `X model` in one paper are nine times in ten one concept


def expanded(surface: str, short_forms: Mapping[str, str]) -> str:
    """`surface` with the short forms in it written out, and those in brackets behind their long form left out. In a name whose other words
    have capitals the long form gets them, too: `Frontier AI Model` is no `Frontier artificial intelligence Model`."""

    def known(word: str) -> str | None:
        return short_forms.get(word) or (short_forms.get(word[:-1]) if word.endswith("s") else None)

    def inner(match: re.Match[str]) -> str:
        return "" if match[1] in short_forms or match[1].rstrip("s") in short_forms else match[0]

    rest = _INNER.sub(inner, surface)
    others = [word for word in _WORD.findall(rest) if len(word) > 3 and not known(word)]
    titled = bool(others) and all(word[0].isupper() for word in others)

    def full(match: re.Match[str]) -> str:
        long = known(match[0])
        if long is None:
            return match[0]
        return _LONG_WORD.sub(lambda word: word[0].capitalize(), long) if titled and long.islower() else long

    return _WORD.sub(full, rest)


def hints(mentions: Sequence[tuple[str, str]], defined: Mapping[str, str], known: Mapping[str, str]) -> list[str]:
    """For each mention (surface, kind) a fuller form of it, empty where there is none. `defined` and `known` give long forms by
    short form, in the text and elsewhere."""
    short_forms = {**known, **defined}
    full = [singular_phrase(expanded(surface, short_forms)) for surface, _ in mentions]
    longer: dict[tuple[str, str], str] = {}
    for form, (_, kind) in zip(full, mentions, strict=True):
        for head in _OPEN_HEADS:
            if form.endswith(head):
                longer.setdefault((key(form.removesuffix(head)), kind), form)
    out = []
    for form, (surface, kind) in zip(full, mentions, strict=True):
        fullest = longer.get((key(form), kind), form)
        out.append(fullest if key(fullest) != key(surface) else "")
    return out
