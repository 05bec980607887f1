"""Strings as the field writes them, and the folds under which two spellings are the same.

Invariant: `clean` is idempotent and keeps everything a reader sees; the folds are for comparing only and are never shown.
"""

from __future__ import annotations

import re
import unicodedata

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_NOT_WORD = re.compile(r"[^\w+#*@%/^]+|_+")
_LONG = 64  # characters from which on deleting bytes is the faster look at every character
_PRINTED = bytes(range(32, 127))
_LINES = _PRINTED + b"\n"
HALVES = re.compile("[\ud800-\udfff]")  # of surrogate pairs: no encoding can write one
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u00ad\ud800-\udfff]")

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "ϵ": "epsilon", "ϕ": "phi",
}  # fmt: skip
_FOLDED = re.compile(f"[\u0300-\u036f{''.join(GREEK)}]")  # accents, left out, and Greek letters


def settled(text: str) -> bool:
    """Whether `text` is one line with single spaces on which `clean` changes nothing: asked first, because nearly every text is so,
    and the answer costs a tenth of the work that it saves."""
    if len(text) >= _LONG and text.isascii():
        return "  " not in text and not text.encode().translate(None, _PRINTED)
    return text.isprintable() and "  " not in text and (text.isascii() or unicodedata.is_normalized("NFC", text))


def quiet(text: str) -> bool:
    """Whether `clean` changes nothing in `text`, as far as that can be told fast."""
    if len(text) >= _LONG and text.isascii():
        return not text.encode().translate(None, _LINES)
    return _quiet(text) or ("\n" in text and _quiet(text.replace("\n", "|")))


def _quiet(text: str) -> bool:
    return text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text))


def clean(text: str) -> str:
    """`text` in NFC, lines ended by one newline, without control characters, byte-order marks, invisible breaks or halves of surrogate pairs."""
    if quiet(text):
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", text)


def squeeze(text: str) -> str:
    """`text` cleaned, on one line, single spaces, trimmed."""
    if len(text) >= _LONG:
        return text.strip() if settled(text) else " ".join(clean(text).split())
    if text.isprintable() and "  " not in text and (text.isascii() or unicodedata.is_normalized("NFC", text)):  # settled, without a call
        return text.strip()
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """A key for comparing names: compatibility form, case folded, Greek spelled out, accents and punctuation dropped,
    words parted by one space. `β-VAE` and `beta VAE` fold alike; `C` and `C++` do not."""
    text = unicodedata.normalize("NFKD", text).casefold()
    if not text.isascii():
        text = _FOLDED.sub(lambda match: GREEK.get(match[0], ""), text)
    text = unicodedata.normalize("NFC", text)  # kana and Hangul are whole again: their marks tell words apart
    return " ".join(_NOT_WORD.sub(" ", text).split())


def slug(text: str) -> str:
    """`text` as an id part: ASCII letters, digits and single hyphens; signs that tell names apart are spelled out."""
    for sign, word in (("+", " plus "), ("#", " sharp "), ("*", " star "), ("@", " at "), ("%", " percent "), ("^", " hat ")):
        text = text.replace(sign, word)
    ascii_text = fold(text).encode("ascii", "ignore").decode()
    return _NOT_SLUG.sub("-", ascii_text).strip("-")
