"""Singular forms of English words as machine-learning papers write them.

Case tells most of it: in `LLMs` the small `s` is a plural, in `SQuAD`, `MS` or `GLUES` nothing is. Invariant: a word that no rule
is sure of stays as it is, and the singular of a singular is itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

_IRREGULAR = {
    "analyses": "analysis", "hypotheses": "hypothesis", "syntheses": "synthesis", "theses": "thesis", "diagnoses": "diagnosis", "axes": "axis",
    "bases": "base", "biases": "bias", "lenses": "lens", "viruses": "virus", "consensuses": "consensus", "corpuses": "corpus", "corpora": "corpus",
    "indices": "index", "matrices": "matrix", "vertices": "vertex", "appendices": "appendix", "criteria": "criterion", "phenomena": "phenomenon",
    "automata": "automaton", "formulae": "formula", "optima": "optimum", "minima": "minimum", "maxima": "maximum", "spectra": "spectrum",
    "caches": "cache", "movies": "movie", "cookies": "cookie", "calories": "calorie", "selfies": "selfie", "genies": "genie", "quizzes": "quiz",
    "schemas": "schema", "schemata": "schema", "personas": "persona", "cameras": "camera", "areas": "area", "ideas": "idea",
    "formulas": "formula", "lemmas": "lemma", "deltas": "delta", "llamas": "llama", "alpacas": "alpaca", "lambdas": "lambda", "quotas": "quota",
    "metrics": "metric", "topics": "topic", "heuristics": "heuristic", "characteristics": "characteristic", "clinics": "clinic",
    "critics": "critic", "logics": "logic", "ups": "up", "ads": "ad",
}  # fmt: skip

_SINGULAR = frozenset(
    (
        "series", "species", "news", "means", "kmeans", "lens", "always", "towards", "across", "versus", "perhaps", "physics", "bayes", "gibbs",
        "stokes", "hawkes", "jones", "james", "adams", "wells", "williams", "davis", "davies", "reuters", "keras", "pandas", "jenkins", "rogers",
        "mills", "paris", "texas", "wales", "chess", "chaos", "kudos", "pathos", "ethos", "cosmos", "asbestos", "gps", "https", "plus", "minus",
        "bus", "gas", "atlas", "canvas", "bias", "alias", "things", "cs", "ros", "dos", "yes", "his", "its", "us", "as", "is", "this", "was",
        "has", "does", "goes", "harris", "lewis", "collins", "hastings", "metropolis", "ours", "theirs", "diabetes", "rabies", "measles", "sos",
        "kinetics", "forensics", "flops",
    )
)  # fmt: skip

_PLURAL_ACRONYM = re.compile(r"^(?=(?:.*[A-Z]){2})(.*[A-Z0-9])s$")
_UPPER = re.compile(r"^[^a-z]*$")


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """The singular of one word in its own case; the word itself where it is none, or where no rule is sure.
    `LLMs` gives `LLM`, `Models` `Model`, `analyses` `analysis`; `bias`, `series`, `MS`, `k-means` and `ImageNet` stay."""
    if word.lower() in _SINGULAR:
        return word
    acronym = _PLURAL_ACRONYM.match(word)
    if acronym:
        return acronym[1]
    if _UPPER.match(word) and len(word) <= 5:
        return word
    lower = word.lower()
    if not lower.isascii():
        return word
    known = _IRREGULAR.get(lower)
    if known is not None:
        return _recase(known, word)
    cut, tail = _ending(lower)
    return word[:-cut] + tail if cut else word


def _recase(known: str, word: str) -> str:
    return known[0].upper() + known[1:] if word[0].isupper() else known


def _ending(lower: str) -> tuple[int, str]:
    """How many letters to cut, and what to put there."""
    if len(lower) < 4 or not lower.endswith("s") or not lower[-2].isalpha():
        return 0, ""
    if lower.endswith(("ss", "us", "is", "as", "ics")):
        return 0, ""
    if lower.endswith("ies"):
        return (3, "y") if len(lower) > 4 else (1, "")
    if lower.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return 2, ""
    return 1, ""
