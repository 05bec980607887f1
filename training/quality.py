"""Quick figures on held-out papers while training, with gold mentions for the roles: not the figures that count.

Invariant: nothing here touches the dev set.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from batch import batches, collate
from data import Example
from losses import concept_scores, role_scores
from model import Reader

from kg.extract.neural.decode import best_path, spans_of


@torch.no_grad()
def quick(net: Reader, papers: Sequence[Example]) -> dict[str, float]:
    """Strict mention F1, role accuracy on gold concepts, F1 of number tags; per cent."""
    net.eval()
    hit = found = gold = right = roles = num_hit = num_found = num_gold = 0
    steps = net.crf.transitions().numpy()
    for chosen in batches(papers, 8, 0):
        batch = collate(chosen)
        vectors = net.words(batch)
        emissions = net.mention(vectors).numpy()
        for row, e in enumerate(chosen):
            seen = set(spans_of(best_path(emissions[row, : len(e.spans)], steps)))
            want = {(m.start, m.end, m.kind) for m in e.mentions}
            hit, found, gold = hit + len(seen & want), found + len(seen), gold + len(want)
        scores = concept_scores(role_scores(net, vectors, batch.mentions), batch.mentions)
        right += int((scores.argmax(1) == batch.mentions.role).sum())
        roles += len(scores)
        guess = net.result(vectors).argmax(2) * batch.result_mask
        num_hit += int(((guess == batch.result_tags) & (guess > 0)).sum())
        num_found, num_gold = num_found + int((guess > 0).sum()), num_gold + int((batch.result_tags > 0).sum())
    f1 = lambda a, b, c: round(200 * a / max(1, b + c), 2)  # noqa: E731
    return {"mention": f1(hit, found, gold), "role": round(100 * right / max(1, roles), 2), "number_tags": f1(num_hit, num_found, num_gold)}
