"""The numbers that a text reports for its own work, by patterns over sentences.

A number counts where it has a unit of improvement or quality (`%`, `x`, `points`), or stands next to a metric; sizes of data,
settings and years don't. Invariant: `start` and `end` give the value as printed; `number` is its first number as a float.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kg.extract.places import CONCEPTS, text_of
from kg.extract.sentences import sentences, title_end

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

CONFIDENCE = 0.65  # precision of value and metric together on gold dev (benchmarks/extract_priors.py prints it)
BY = "kg_results"

_UNIT = (
    r"\s?\\?%(?:\s+points?)?|\s?percent(?:age\s+points?)?|\s?(?:\\times|\$\\times\$|×|times)(?!\w)|x(?!\w)|-?\s?fold(?!\w)"
    r"|\s?(?:absolute\s+|percentage\s+|BLEU\s+|F1\s+)?(?:points?|pts?|pp|p\.p\.)(?!\w)|\s?dB(?!\w)"
)
_NUMBER = re.compile(
    rf"(?<![\w.,/@^_\-–{{])(?P<value>\d+(?:,\d{{3}})*(?:\.\d+)?(?:\s?(?:-|–|—|to)\s?(?=\d)\d+(?:\.\d+)?)?)(?P<unit>{_UNIT})?(?![\w@]|[.,-]\d)"
)
_GAIN = re.compile(
    r"\b(?:improv\w+|increas\w+|reduc\w+|decreas\w+|gains?|boost\w*|outperform\w*|surpass\w*|exceed\w*|faster|slower|fewer|less|more|higher|lower"
    r"|better|larger|smaller|cut\w*|sav\w+|speed-?\s?ups?|accelerat\w+|over|relative|rises?|drops?|by|margin)\b",
    re.IGNORECASE,
)
_GAIN_AFTER = re.compile(
    r"\$?(?:\s[\w@-]+){0,3}?\s(?:improvements?|increases?|gains?|reductions?|decreases?|drops?|boosts?|faster|slower|fewer|less|more|higher|lower|better|savings?)\b"
)
_FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+|only\s+)?\$?$")
_TO = re.compile(r"^\s?\$?\s?(?:to|up\s+to|down\s+to)\s+(?:about\s+|around\s+|only\s+)?\$?$")
_VERSUS = re.compile(r"^[^.;]{0,40}?\b(?:vs\.?|versus|compared\s+(?:to|with)|against|\()\s[^.;]{0,40}?$")
_SETTING = re.compile(
    r"^\s?\$?\s?(?:of\s+(?:the\s+|all\s+|its\s+|our\s+|total\s+|original\s+)*"
    r"(?:data|training|train|labels?|labeled|labelled|parameters|samples?|examples?|tokens"
    r"|images?|annotat\w+|cases|papers|users|weights|memory|time|compute|annotations|instances|questions"
    r"|full)|(?:labeled|labelled|sparsity|confidence|masked|masking|dropout)\b)",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?:achiev\w+|obtain\w*|reach\w*|attain\w*|scor\w+|report\w*|yield\w*|improv\w+|outperform\w*"
    r"|surpass\w*|reduc\w+|increas\w+|gain\w*|boost\w*|with|by"
    r"|accura\w+|up\s+to|exceed\w*|deliver\w*|rises?|drops?|decreas\w+|fail\w*|only|sav\w+|speed\w*|faster"
    r"|accelerat\w+|higher|lower|than|respectively)\b",
    re.IGNORECASE,
)


def mark_results(doc: Doc) -> Doc:
    """Fill `doc._.kg_results`, in order of place."""
    text = text_of(doc)
    spans = list(doc.spans.get(CONCEPTS, ()))
    title = title_end(text)
    own = _own_method(doc)
    doc._.kg_results = [
        result
        for start, end in sentences(text)
        if start >= title and _REPORTS.search(text, start, end)
        for result in _in_sentence(text, (start, end), [s for s in spans if start <= s.start_char < end], own)
    ]
    return doc


def _own_method(doc: Doc) -> str | None:
    """The name of the method that the paper proposes, where roles are known: the one spoken of most."""
    names = Counter(span._.kg_name for span in doc.spans.get(CONCEPTS, ()))
    own = [use["name"] for use in doc._.kg_uses if use["kind"] == "METHOD" and use["role"] == "PROPOSES"]
    return max(own, key=lambda name: names[name], default=None)


def _in_sentence(text: str, place: tuple[int, int], spans: list[Span], own: str | None) -> Iterator[dict[str, Any]]:
    """The results of one sentence. Of `from A to B`, A is the baseline of B."""
    taken = [(s.start_char, s.end_char) for s in spans]
    numbers = [m for m in _NUMBER.finditer(text, *place) if not any(a <= m.start() < b for a, b in taken)]
    base: dict[int, str] = {}
    skip: set[int] = set()
    for first, second in pairwise(range(len(numbers))):
        between = text[numbers[first].end() : numbers[second].start()]
        if _FROM.search(text[place[0] : numbers[first].start()]) and _TO.match(between):
            base[second] = numbers[first]["value"]
            skip.add(first)
    for index, match in enumerate(numbers):
        metric = _metric(text, match, spans)
        unit = _unit(match["unit"])
        if index in skip or _SETTING.match(text[match.end() : match.end() + 60]) or not _counts(match, unit, metric):
            continue
        delta = index not in base and bool(unit in ("x", "points") or _gained(text, match, place[0]))
        yield {
            "value": re.sub(r"\s", " ", match["value"]), "metric": metric and (metric._.kg_name or metric.text), "number": _number(match["value"]),
            "unit": unit, "kind": "delta" if delta else "absolute", "baseline": base.get(index), "dataset": _nearest(match, spans, "DATASET"),
            "method": own, "start": match.start("value"), "end": match.end("value"), "sentence": list(place), "confidence": CONFIDENCE, "by": BY,
        }  # fmt: skip


def _gained(text: str, match: re.Match[str], start: int) -> bool:
    """Whether words of change stand before the number or, as in `2% average improvement`, right behind it."""
    return bool(_GAIN.search(text[max(start, match.start() - 45) : match.start()]) or _GAIN_AFTER.match(text, match.end()))


def _counts(match: re.Match[str], unit: str | None, metric: Span | None) -> bool:
    """Whether the number is a result: it has a unit, or it is a decimal next to a metric."""
    if unit:
        return True
    near = metric is not None and (0 <= metric.start_char - match.end() <= 2 or 0 <= match.start() - metric.end_char <= 12)
    return near and "." in match["value"]


def _metric(text: str, match: re.Match[str], spans: list[Span]) -> Span | None:
    """The metric the number is in: the next one behind it before another number, else the last before it."""
    metrics = [s for s in spans if s.label_ == "METRIC"]
    behind = [s for s in metrics if s.start_char >= match.end()]
    if behind and len(text[match.end() : behind[0].start_char].split()) <= 6 and not re.search(r"\d|[;,]", text[match.end() : behind[0].start_char]):
        return behind[0]
    before = [s for s in metrics if s.end_char <= match.start()]
    return before[-1] if before else (behind[0] if behind else None)


def _nearest(match: re.Match[str], spans: list[Span], kind: str) -> str | None:
    """The name of the nearest mention of `kind` in the sentence."""
    near = sorted((min(abs(s.start_char - match.end()), abs(match.start() - s.end_char)), s.start) for s in spans if s.label_ == kind)
    names = {s.start: s._.kg_name or s.text for s in spans}
    return names[near[0][1]] if near else None


def _unit(printed: str | None) -> str | None:
    """The unit in one spelling: `%`, `x`, `points`, `dB`; None where there is none."""
    low = (printed or "").lower()
    if not low:
        return None
    if "point" in low or "pt" in low or "pp" in low or "p.p" in low:
        return "points"
    if "%" in low or "percent" in low:
        return "%"
    return "dB" if "db" in low else "x"


def _number(value: str) -> float:
    """The (first) number of a printed value."""
    return float(re.match(r"[\d,.]*\d", value)[0].replace(",", ""))  # type: ignore[index]
