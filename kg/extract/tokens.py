"""A tokenizer that cuts at every sign, so that any name a paper prints begins and ends at a token's edge.

spaCy's English rules keep `ImageNet-1K`, `pass@1` or `14x` in pieces that no span fits. Here every character that is neither a
letter nor a digit is its own token, `'s` stays whole, and a number is cut from the unit that follows it. Nothing is normalised.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer
    from spacy.vocab import Vocab

_SIGN = r"[^\w\s]|_"
_WIDE = "\u2e80-\u9fff\uac00-\ud7af"  # scripts without spaces: a Latin name among them is cut out
_PREFIX = re.compile(rf"^(?:{_SIGN})")
_SUFFIX = re.compile(rf"(?:['’]s|{_SIGN})$")
_INFIX = re.compile(rf"['’]s(?!\w)|{_SIGN}|(?<=\d)(?=[x×](?!\w))|(?<=[{_WIDE}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{_WIDE}])")


def tokenizer(vocab: Vocab) -> Tokenizer:
    """The tokenizer over `vocab`; it is spaCy's own class, so it is saved and loaded with a pipeline."""
    from spacy.tokenizer import Tokenizer

    return Tokenizer(vocab, rules={}, prefix_search=_PREFIX.search, suffix_search=_SUFFIX.search, infix_finditer=_INFIX.finditer)
