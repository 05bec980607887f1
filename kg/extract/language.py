"""Is a text in another language than English? A light answer from scripts and the commonest little words.

Invariant: `None` means English or too little to tell; a code is given only where the evidence is clear.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (  # order matters: kana tells Japanese from Chinese
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0430-\u044f\u0451]")),
    ("ar", re.compile("[\u0621-\u064a]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("hi", re.compile("[\u0904-\u0939]")),
    ("el", re.compile("[\u03ac-\u03ce]{3,}")),  # three in a row: single Greek letters are mathematics
)
_LITTLE = {
    "en": "the of and to in is we for that with on are by this as from be which our an it can at or these has have not",
    "de": "der die das und ist von zu den mit für auf ein eine nicht wird werden dem des im sich auch als wir durch bei einer",
    "fr": "le la les de des et est un une pour dans que qui sur par avec nous sont du au cette ces pas ou plus ce",
    "es": "el la los las de y en que un una para con por se del es al como más su sobre este esta entre son",
    "pt": "o a os as de e em que um uma para com por se do da dos das é ao como mais na no este esta são",
    "it": "il la lo gli le di e in che un una per con si del della dei delle è al come più questo questa sono nel",
    "nl": "de het een en van in is op te dat voor met zijn aan door wij worden wordt niet ook als bij deze",
}
_WORDS = {code: frozenset(words.split()) for code, words in _LITTLE.items()}
_LEAST = 8  # fewer words than this tell nothing


def language(text: str) -> str | None:
    """ISO 639-1 code of the text's language where it is clearly not English, else None."""
    letters = sum(map(str.isalpha, text))
    for code, script in _SCRIPTS:
        found = sum(len(run) for run in script.findall(text))
        if found > max(5, letters * 0.2):
            return code
    words = _WORD.findall(text.casefold())
    if len(words) < _LEAST:
        return None
    counts = {code: sum(word in little for word in words) for code, little in _WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    if best == "en" or counts[best] < max(3, 0.12 * len(words)) or counts[best] < 2 * counts["en"]:
        return None
    return best
