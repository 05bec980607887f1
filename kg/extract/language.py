"""Is a text in another language than English? A light answer from scripts and the commonest little words.

Invariant: `None` means English or too little to tell; a code is given only where the evidence is clear. Formulas, markup and foreign
names in an English text are no evidence: letters of another script must be a fifth of all letters; words that speak for another language
(its little words, words with its own letters) an eighth of all words, fewer where hardly any is English, and always twice the English ones.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import chain

_WORD = re.compile(r"[^\W\d_]+")
_MARKUP = re.compile(r"\\[a-zA-Z]+|\$[^$]{0,200}\$|&#?\w+;|https?://\S+|\b(?:\w\.){2,}")  # `i.i.d.` is no Danish
_SCRIPTS = (  # code, letters of its script; runs of three for Greek, whose single letters are mathematics
    ("ja", re.compile("[\u3040-\u30ff]+")),
    ("ko", re.compile("[\uac00-\ud7af]+")),
    ("zh", re.compile("[\u4e00-\u9fff]+")),
    ("ru", re.compile("[\u0400-\u04ff]+")),
    ("ar", re.compile("[\u0620-\u064a\u066e-\u06d3]+")),
    ("he", re.compile("[\u05d0-\u05ea]+")),
    ("hi", re.compile("[\u0900-\u097f]+")),
    ("bn", re.compile("[\u0980-\u09ff]+")),
    ("ta", re.compile("[\u0b80-\u0bff]+")),
    ("te", re.compile("[\u0c00-\u0c7f]+")),
    ("th", re.compile("[\u0e00-\u0e7f]+")),
    ("ka", re.compile("[\u10a0-\u10ff]+")),
    ("hy", re.compile("[\u0531-\u0587]+")),
    ("el", re.compile("[\u0370-\u03ff]{3,}")),
)
_TELLING = {  # letters that only one of the languages of a script has
    "ru": (("uk", re.compile("[іїєґ]")), ("sr", re.compile("[ђјљњћџ]")), ("bg", re.compile(r"ъ[бвгджзклмнпрстхцчшщ]|\b(?:е|са|във|със|който)\b"))),
    "ar": (("ur", re.compile("[ٹڈڑےں]")), ("fa", re.compile("[پچژگی]"))),
}
_LITTLE = {
    "en": "the of and to in is we for that with on are by this as from be which our an it can at or these has have not a its such their",
    "de": "der die das und ist von zu den mit für auf ein eine nicht wird werden dem des im sich auch als wir durch bei einer einem einen aus sind",
    "fr": "le la les de des et est un une pour dans que qui sur par avec nous sont du au cette ces pas ou plus ce aux se ont ne leur",
    "es": "el la los las de y en que un una para con por se del es al como más su sobre este esta entre son lo nos sus han muy",
    "pt": "o a os as de e em que um uma para com por se do da dos das é ao como mais na no este esta são nas nos pelo pela",
    "it": "il la lo gli le di e in che un una per con si del della dei delle è al come più questo questa sono nel dal alla una degli",
    "nl": "de het een en van in is op te dat voor met zijn aan door wij worden wordt niet ook als bij deze naar dan er uit om",
    "pl": "i w na z do się nie że jest o to dla oraz przez po od jak ale są który która które przy tym może ich za",
    "tr": "ve bir bu ile için olarak daha da de olan en gibi çok ise veya üzerinde göre kadar sonra ancak her tarafından biz bizim olduğu",
    "sv": "och i att det som en är av för på med den till ett om har inte de vi kan från eller men så vid också genom",
    "da": "og i at det som en er af for på med den til et om har ikke de vi kan fra eller men så ved også gennem blev",
    "nb": "og i å det som en er av for på med den til et om har ikke de vi kan fra eller men så ved også gjennom ble",
    "fi": "ja on että se ei ovat tai kun myös mutta joka jotka tämä tässä sekä kuin oli ole voidaan niin mukaan sen avulla",
    "cs": "a v na se je z že do pro to s o které který která jsou jako nebo by ve při této tento mezi po k také být jeho",
    "hu": "a az és hogy egy nem is az ez meg van de mint csak volt vagy amely által ezt lehet azt melyet során között",
    "ro": "și în de la cu pe un o este pentru din care sunt se nu mai sau prin ale al ca fi această acest cele lui",
    "ca": "el la els les de i en que un una per amb es del és al com més dels aquest aquesta són o va ser seva dades hem",
    "id": "yang dan di ini itu dengan untuk dari pada dalam tidak adalah ke oleh sebagai atau juga dapat akan telah kami lebih bahwa",
    "vi": "và của là có được cho các một trong với không này những đã để từ khi trên đến như về tôi chúng theo bằng",
}
_LETTERS = {  # that English lacks
    "de": "äöüß", "fr": "éèêëàâçîïôûùœ", "es": "ñáéíóú", "pt": "ãõçáéíóúâêô", "it": "àèéìòù", "pl": "ąćęłńóśźż", "tr": "ğışçöü", "sv": "åäö",
    "da": "æøå", "nb": "æøå", "fi": "äö", "cs": "áčďéěíňóřšťúůýž", "hu": "áéíóöőúüű", "ro": "ăâîșțşţ", "ca": "àèéíïòóúüç",
    "vi": "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹáàéèíìóòúùýãõ",
}  # fmt: skip
_LEAST = 6  # fewer words than this tell nothing
_SHARE = 0.2  # of the letters, for another script
_WORD_SHARE = 0.125  # of the words, for another language
_FOREIGN, _FOREIGN_SHARE = 0.05, 0.08  # where fewer words than the first are English, the second is enough


def _codes() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for code, little in _LITTLE.items():
        for word in dict.fromkeys(little.split()):
            known[word] = (*known.get(word, ()), code)
    return known


_CODES = _codes()
_LETTER_SETS = {code: frozenset(letters) for code, letters in _LETTERS.items()}


@lru_cache(maxsize=256)  # the reader and the record of what it read both ask
def language(text: str) -> str | None:
    """ISO 639-1 code of the text's language where it is clearly not English, else None."""
    return _by_script(text) or _by_words(_MARKUP.sub(" ", text))


def _by_script(text: str) -> str | None:
    if text.isascii():
        return None
    letters = sum(map(str.isalpha, text))
    found = {code: sum(map(len, script.findall(text))) for code, script in _SCRIPTS}
    if found["ja"] > 0.05 * letters:
        found["ja"] += found.pop("zh")  # kana tell Japanese from Chinese
    best = max(found, key=lambda code: found[code])
    if found[best] <= max(5, letters * _SHARE):
        return None
    lower = text.lower()
    shares = {code: len(telling.findall(lower)) for code, telling in _TELLING.get(best, ())}
    return next((code for code, count in shares.items() if count >= max(1, 0.01 * letters)), best)


def _by_words(text: str) -> str | None:
    words = _WORD.findall(text.casefold())
    if len(words) < _LEAST:
        return None
    counts = Counter(chain.from_iterable(map(_speaks_for, words)))
    english = counts.pop("en", 0)
    if not counts:
        return None
    best = max(counts, key=lambda code: counts[code])
    share = _FOREIGN_SHARE if english < _FOREIGN * len(words) else _WORD_SHARE
    clear = counts[best] >= max(3, share * len(words)) and counts[best] >= 2 * english
    return best if clear and len({word for word in words if best in _speaks_for(word)}) > 1 else None


@lru_cache(maxsize=1 << 16)
def _speaks_for(word: str) -> tuple[str, ...]:
    """The languages that the word is a little word of, else those whose own letters it is written with."""
    if word in _CODES:
        return _CODES[word]
    if word.isascii():
        return ()
    own = frozenset(char for char in word if not char.isascii())
    return tuple(code for code, letters in _LETTER_SETS.items() if own <= letters)
