"""From joined nodes to concepts: ids, names, aliases, and the link of every term with its reasons.

An id is the kind's prefix and the slug of the root's key, spelled with the word breaks that some text shows (`large-language-model`):
it doesn't move when another spelling becomes the most frequent one. A break that hardly a tenth as many occurrences show as the usual
spelling is debris and not used. Invariant: two concepts never share an id; a slug that says less than its name carries a digest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from kg.hashing import digest
from kg.kinds import KINDS
from kg.link.forest import NodeId
from kg.link.keys import key, readable, unbracketed
from kg.text import slug

DEBRIS = 10
_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def stem(node: NodeId, counted: Mapping[str, int]) -> str:
    """The readable form of a key: of its forms the one with the most word breaks, then the shortest (the longest of data
    sets and of those with an `of`: `Natural Questions`, `mixture of experts`), then the first."""
    pooled: Counter[str] = Counter()
    for form, count in counted.items():
        pooled[readable(form)] += count
    if len(pooled) == 1:
        return next(iter(pooled))
    top = max(pooled.values())
    kept = [form for form, count in pooled.items() if count * DEBRIS > top]
    return min(kept, key=lambda form: (-form.count(" "), -len(form) if " of " in form or node[0] == "DATASET" else len(form), form))


def assign_ids(stems: Mapping[NodeId, str], kinds: Mapping[NodeId, str]) -> dict[NodeId, str]:
    """An id for each root. Where names slug alike, the one that its slug spells in full keeps the bare slug, if only one does; a name
    that loses letters to the slug (one in Chinese, say) always carries a digest, so its id never hangs on what else there is."""
    wanted: dict[str, list[NodeId]] = {}
    for root, spelled in stems.items():
        prefix = KINDS[kinds[root]].prefix
        wanted.setdefault(f"{prefix}:{_slug(spelled)}", []).append(root)
    ids: dict[NodeId, str] = {}
    for base, roots in wanted.items():
        full = [root for root in roots if _slug(stems[root]).replace("-", " ") == stems[root] and root[1] == key(stems[root])]
        keeps = min(full, key=lambda root: (root[0] != kinds[root], root), default=None)
        if keeps is None and len(roots) == 1 and not _loses(stems[roots[0]]):
            keeps = roots[0]
        for root in roots:
            ids[root] = base if root == keeps else f"{base}{'' if base.endswith(':') else '-'}x{digest(*root)[:10]}"
    return ids


def _slug(spelled: str) -> str:
    plain = spelled.replace(" ", "-")
    return plain if _PLAIN.fullmatch(plain) else slug(spelled)


def _loses(spelled: str) -> bool:
    return not spelled.isascii() or not _slug(spelled)


def spelling(name: str, shown: str) -> tuple[str, float]:
    """How a name differs from the form shown for its key, and how sure it is that the difference means nothing."""
    if name == shown:
        return "exact", 1.0
    if name.casefold() == shown.casefold():
        return "case", 0.99
    if unbracketed(name) != name:
        return "abbreviation", 0.97
    ours, theirs = readable(name), readable(shown)
    plain = name.isascii() and shown.isascii()
    if ours.replace(" ", "") == theirs.replace(" ", ""):
        if _bare(name) == _bare(shown):
            return "hyphen", 0.98
        return ("spelling" if plain else "unicode"), 0.97
    return "plural", 0.97


def _bare(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum() or char in "+#*@%^")


def aliases(counted: Iterable[tuple[str, int]], shown: str) -> tuple[str, ...]:
    """The surface forms other than the one shown, most frequent first."""
    pooled: Counter[str] = Counter()
    for form, count in counted:
        pooled[form] += count
    return tuple(sorted((form for form in pooled if form and form != shown), key=lambda form: (-pooled[form], form)))
