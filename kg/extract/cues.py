"""The words that tell what a paper does with a concept, as a table.

`words` are matched in order, in any case; `a|b` are alternatives, a word in brackets may be missing. `reach` is how many
tokens may stand between the cue and the concept; `through` says whether a preposition or a
relative pronoun may stand there. Invariant: data only; every role is one of `kg.kinds.ROLES`.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.extract.wordlist import words


class Cue(NamedTuple):
    """A cue: its words, the role it gives, to concepts on which side (`right` or `left`) and of which kinds, and how far."""

    words: str
    role: str
    side: str
    kinds: str
    reach: int
    through: bool = False


_PROPOSE = (
    "propose|present|introduce|develop|design|devise|construct|create|build|release|describe|contribute|derive|unveil|formulate|offer|establish"
)
_PROPOSED = "proposed|presented|introduced|developed|designed|novel|new"
_BEAT = (
    "outperform|outperforms|outperformed|outperforming|surpass|surpasses|surpassing|surpassed|beat|beats|beating|exceed|exceeds|exceeding|outpacing"
)

CUES: tuple[Cue, ...] = (
    Cue(f"we [also] [then|further|thus|therefore|first|finally] {_PROPOSE}", "PROPOSES", "right", "METHOD DATASET METRIC", 9),
    Cue("paper|work|article|study|thesis|report|research proposes|presents|introduces|develops|describes|contributes|proposed|presented",
        "PROPOSES", "right", "METHOD DATASET METRIC", 8),
    Cue("proposing|presenting|introducing", "PROPOSES", "right", "METHOD DATASET METRIC", 6),
    Cue("called|named|dubbed|termed|coined|namely|titled", "PROPOSES", "right", "METHOD DATASET METRIC", 3),
    Cue("which|that we call|name|term|dub|refer", "PROPOSES", "right", "METHOD DATASET METRIC", 4),
    Cue("we call|name|term|dub", "PROPOSES", "right", "METHOD DATASET METRIC", 4),
    Cue("referred to as", "PROPOSES", "right", "METHOD DATASET METRIC", 3),
    Cue("our [proposed] [new|novel]", "PROPOSES", "right", "METHOD DATASET METRIC", 1),
    Cue(f"the|a|an {_PROPOSED} [new|novel]", "PROPOSES", "right", "METHOD DATASET METRIC", 4),
    Cue("is|are proposed|introduced|presented", "PROPOSES", "left", "METHOD DATASET METRIC", 3),
    Cue(_BEAT, "COMPARES_WITH", "right", "METHOD", 14, True),
    Cue("compared|comparison|relative|superior|comparable|inferior|contrast|competitive to|with", "COMPARES_WITH", "right", "METHOD", 10, True),
    Cue("than", "COMPARES_WITH", "right", "METHOD", 8, True),
    Cue("improvement|improvements|improves|improve|improving|gain|gains|advantage|advantages|superiority over|against|upon",
        "COMPARES_WITH", "right", "METHOD", 10, True),
    Cue("baselines|baseline|competitors|alternatives|rivals|methods|approaches such|like [as]"
        "|including", "COMPARES_WITH", "right", "METHOD", 10, True),
    Cue("baseline|baselines", "COMPARES_WITH", "left", "METHOD", 2),
    Cue("[pre] [-] trained|pretrained|pretraining on|over|with", "USES", "right", "DATASET", 8, True),
    Cue("fine|instruction - tuned|tuning on", "USES", "right", "DATASET", 8, True),
    Cue("built|constructed|collected|derived|sourced|crawled|extracted|sampled|drawn|created|curated|images"
        "|articles|data|based [on|upon] from|on|upon|using",
        "USES", "right", "DATASET", 6, True),
)  # fmt: skip

# What says that a sentence speaks of the paper's own work. Before the first such sentence all is background.
OWN = "we|our|us|ours"
OWN_PHRASES: tuple[str, ...] = (
    OWN, "this|the|present paper|work|article|study|thesis|report|survey|research", "in this", "is|are proposed|introduced|presented", "here ,",
    "novel|new method|approach|framework|model|algorithm|dataset|benchmark|architecture",
)  # fmt: skip
STOPPERS = words("for to by using that which with on via from through in of where while and into")
