"""What the paper does with each concept: one role a concept, the strongest that a cue or a place in the text supports.

A title names the subject; a coined name that a title presents is the paper's own; a cue (`kg.extract.cues`) in a sentence gives a
role to the concepts on its side; what is named in background sentences only is mentioned; all else gets the commonest role of its
kind. Invariant: each concept with a mention has exactly one use, and its sentence holds one of its mentions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.extract.coin import COINED
from kg.extract.cues import CUES, OWN_PHRASES, STOPPERS, Cue
from kg.extract.names import is_common, is_known
from kg.extract.places import CONCEPTS, text_of
from kg.extract.sentences import mark_sentences, title_end
from kg.kinds import ROLES, role_for

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc, Span

DEFAULTS = {"METHOD": "USES", "TASK": "ADDRESSES", "METRIC": "MEASURES", "DATASET": "EVALUATES_ON"}
OWN_LABEL = "own"
OFTEN = 3  # mentions; coined names that are spoken of so often are the paper's own in 74 of 100 cases on gold dev

# Share of right roles among matched concepts on gold dev, to the nearest 0.05 (benchmarks/extract_priors.py prints it).
CONFIDENCE = {"cue": 0.6, "title": 0.95, "coined": 0.75, "background": 0.6, "default": 0.85}
_STRENGTH = {role: index for index, role in enumerate(ROLES)}


class Vote(NamedTuple):
    """A role that one mention supports, by what, and the sentence (characters) it stands in."""

    role: str
    by: str
    sentence: tuple[int, int]


def role_matcher(nlp: Language) -> PhraseMatcher:
    """A matcher for all cues; a label is the cue's index, or `own` for what marks the paper's own work."""
    from spacy.matcher import PhraseMatcher

    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for index, cue in enumerate(CUES):
        matcher.add(str(index), [nlp.make_doc(words) for words in spelled(cue.words)])
    matcher.add(OWN_LABEL, [nlp.make_doc(words) for pattern in OWN_PHRASES for words in spelled(pattern)])
    return matcher


def spelled(words: str) -> list[str]:
    """Every phrase that a cue's words stand for."""
    options = [[*word.strip("[]").split("|"), *([""] if word.startswith("[") else [])] for word in words.split()]
    return [" ".join(filter(None, choice)) for choice in product(*options)]


def mark_roles(doc: Doc, *, matcher: PhraseMatcher) -> Doc:
    """Fill `doc._.kg_uses`, one entry a concept, in order of first mention. Sets sentence starts where no component did."""
    if not doc.has_annotation("SENT_START"):
        mark_sentences(doc)
    votes: dict[tuple[str, str], list[Vote]] = {}
    for span, vote in _votes(doc, matcher):
        votes.setdefault((span.label_, span._.kg_name or span.text), []).append(vote)
    doc._.kg_uses = [_use(kind, name, found) for (kind, name), found in votes.items()]
    return doc


def _use(kind: str, name: str, votes: list[Vote]) -> dict[str, Any]:
    """The strongest vote; MENTIONS holds only where every vote says so."""
    best = min(votes, key=lambda vote: (_STRENGTH[vote.role], -CONFIDENCE[vote.by]))
    by = "kg_roles:" + best.by
    return {"name": name, "kind": kind, "role": best.role, "confidence": CONFIDENCE[best.by], "sentence": list(best.sentence), "by": by}


def _votes(doc: Doc, matcher: PhraseMatcher) -> Iterator[tuple[Span, Vote]]:
    """Each mention with the roles that it supports: at least one."""
    sents = list(doc.sents)
    text = text_of(doc)  # spaCy puts it together anew each time
    titled = title_end(text) > 0
    places = [_trimmed(sent) for sent in sents]
    number = {token.i: index for index, sent in enumerate(sents) for token in sent}
    cues: dict[int, list[tuple[Cue, int, int]]] = {}
    own: set[int] = set()
    for match, start, end in matcher(doc):
        label = doc.vocab.strings[match]
        if label == OWN_LABEL:
            own.add(number[start])
        else:
            cues.setdefault(number[start], []).append((CUES[int(label)], start, end))
    first_own = min((index for index in own if index or not titled), default=0)
    spans = list(doc.spans.get(CONCEPTS, ()))
    often = Counter(span._.kg_name for span in spans)
    firsts = _first_targets(doc, spans, cues, number)
    for span in spans:
        index = number[span.start]
        place = places[index]
        if titled and index == 0:
            yield span, _title_vote(text, span, place)
            continue
        roles = {cue.role for cue in firsts.get(span.start, ())}
        if not roles and _own_name(span, often):
            yield span, Vote("PROPOSES", "coined", place)
            continue
        for role in roles:
            yield span, Vote(role_for(role, span.label_), "cue", place)
        if not roles:
            background = index < first_own
            yield span, Vote("MENTIONS" if background else DEFAULTS[span.label_], "background" if background else "default", place)


def _own_name(span: Span, often: Counter[str]) -> bool:
    """Whether the mention is of a coined method that the lexicon doesn't know and that the text speaks of again and again."""
    return span.label_ == "METHOD" and often[span._.kg_name] >= OFTEN and bool(COINED.search(span.text)) and not is_known(span._.kg_name)


def _trimmed(sent: Span) -> tuple[int, int]:
    """A sentence's characters without the white space at its ends."""
    text = sent.text
    start = sent.start_char + len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _title_vote(text: str, span: Span, place: tuple[int, int]) -> Vote:
    """A title presents what stands before its colon, and speaks of the rest."""
    after = text[span.end_char : span.end_char + 2].lstrip()
    if span.start == 0 and after.startswith(":") and span.label_ != "TASK":
        return Vote("PROPOSES", "title", place)
    return Vote(DEFAULTS[span.label_], "title", place)


def _first_targets(doc: Doc, spans: list[Span], cues: dict[int, list[tuple[Cue, int, int]]], number: dict[int, int]) -> dict[int, list[Cue]]:
    """The cues that reach each mention, by the mention's first token. PROPOSES reaches the nearest mention only."""
    found: dict[int, list[Cue]] = {}
    for index, here in cues.items():
        inside = [span for span in spans if number[span.start] == index]
        for cue, start, end in here:
            targets = [span for span in inside if span.label_ in cue.kinds and _reaches(doc, cue, (start, end), span)]
            if cue.role == "PROPOSES":
                nearest = targets[:1] if cue.side == "right" else targets[-1:]
                targets = [span for span in nearest if not is_common(span.text)]
            for span in targets:
                found.setdefault(span.start, []).append(cue)
    return found


def _reaches(doc: Doc, cue: Cue, place: tuple[int, int], span: Span) -> bool:
    """Whether the mention stands on the cue's side, near enough, with nothing between that parts them."""
    between = doc[place[1] : span.start] if cue.side == "right" else doc[span.end : place[0]]
    beyond = span.start < place[1] if cue.side == "right" else span.end > place[0]
    if beyond or len(between) > cue.reach:
        return False
    return cue.through or not any(token.lower_ in STOPPERS for token in between)
