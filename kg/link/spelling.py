"""British and American spellings of one word, brought to the American one.

A small table, not a dictionary: the words that names of methods, tasks and measures are made of. Invariant: idempotent; a word
without a known variant is left alone (`supervised` is no `-ize` word).
"""

from __future__ import annotations

import re
from functools import lru_cache

_IZE = (
    "character categor contextual custom decentral digital discret equal factor final formal general global harmon initial item linear local "
    "marginal maxim memor minim modular neutral normal optim organ parallel parameter penal personal polar priorit quant random "
    "real recogn regular reorgan serial special stabil standard summar symbol synchron token util vector visual"
)
_IZED = re.compile(rf"^((?:\w*?)(?:{'|'.join(sorted(set(_IZE.split())))}))is(e|es|ed|er|ers|ing|able)$")
_IZATION = re.compile(r"^(\w{3,})isation(s?)$")
_NOT_IZATION = frozenset(("improv",))

_PARTS = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"^(\w*)(behavi|col|neighb|fav|lab|hon|flav|rum|tum|hum|vap|harb|arm|end)our(?=$|s$|ed$|ing$|al$|hood|able|less|ist)", r"\1\2or"),
        (r"^(\w*model|\w*label|signal|travel|channel|cancel|level|tunnel)l(?=ing$|ed$|er$|ers$|ings$)", r"\1"),
        (r"^(\w*)(cent|met|fib|lit|theat)re(?=$|s$)", r"\1\2er"),
        (r"^(\w*)(anal|paral|catal)ys(?=e$|ed$|er$|ers$|ing$)", r"\1\2yz"),
        (r"^(\w*)parametri[sz](?=e|ation|ing)", r"\1parameteriz"),
        (r"^(\w*)ae(?=diatric|sthe|mia|matolog)", r"\1e"),
    )
)

_WORDS = {
    "catalogue": "catalog", "catalogues": "catalogs", "dialog": "dialogue", "dialogs": "dialogues", "artefact": "artifact",
    "artefacts": "artifacts", "programme": "program", "programmes": "programs", "defence": "defense", "defences": "defenses",
    "offence": "offense", "licence": "license", "grey": "gray", "greyscale": "grayscale", "ageing": "aging", "judgement": "judgment",
    "judgements": "judgments", "adaption": "adaptation", "enquiry": "inquiry", "learnt": "learned", "sceptic": "skeptic",
    "aluminium": "aluminum", "sulphur": "sulfur", "likelyhood": "likelihood", "acknowledgement": "acknowledgment",
    "flop": "flops",  # the measure has its name in the plural
}  # fmt: skip


@lru_cache(maxsize=65536)
def american(word: str) -> str:
    """The American spelling of a folded word: `summarisation` gives `summarization`, `modelling` `modeling`, `behaviour` `behavior`."""
    if word in _WORDS:
        return _WORDS[word]
    ization = _IZATION.match(word)
    if ization and ization[1] not in _NOT_IZATION:
        word = f"{ization[1]}ization{ization[2]}"
    ized = _IZED.match(word)
    if ized:
        word = f"{ized[1]}iz{ized[2]}"
    for british, form in _PARTS:
        word = british.sub(form, word)
    return word
