"""What each head is taught, in one sum.

Invariant: a concept's role is scored over all its mentions together (log-mean-exp of their scores), and roles that its kind
does not allow never compete.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from batch import ALLOWED, Batch, Mentions
from model import Reader, pooled
from torch import Tensor

from kg.extract.neural.decode import KINDS, NO

WEIGHTS = {"mention": 1.0, "role": 1.0, "result": 0.5, "link": 0.3, "taught": 0.5}


def role_scores(net: Reader, vectors: Tensor, m: Mentions) -> Tensor:
    """[mentions, roles]."""
    inputs = torch.cat([
        vectors[m.span.row, m.span.start], vectors[m.span.row, m.span.end - 1], pooled(vectors, m.span),
        pooled(vectors, m.sentence), pooled(vectors, m.title), pooled(vectors, m.document),
        F.one_hot(m.kind, len(KINDS)).float(), m.scalars,
    ], 1)  # fmt: skip
    return net.role(inputs)


def concept_scores(scores: Tensor, m: Mentions) -> Tensor:
    """[concepts, roles]: log-mean-exp over each concept's mentions, roles that the kind may not have at `NO`."""
    n = len(m.role)
    index = m.concept[:, None].expand_as(scores)
    top = torch.full((n, scores.shape[1]), NO).scatter_reduce(0, index, scores.detach(), "amax")
    sums = torch.zeros(n, scores.shape[1]).scatter_add(0, index, (scores - top[m.concept]).exp())
    counts = torch.bincount(m.concept, minlength=n).clamp(min=1)
    pooled_scores = sums.clamp(min=1e-12).log() - counts.log()[:, None] + top
    return pooled_scores.masked_fill(~ALLOWED[m.concept_kind], NO)


def link_loss(net: Reader, vectors: Tensor, batch: Batch) -> Tensor:
    """Mean over links of the negative log share that the right mentions (or no link) have."""
    losses = []
    for link in batch.links:
        number = vectors[link.row, link.number]
        sentence = vectors[link.row, link.sentence[0] : link.sentence[1]].mean(0)
        mention = pooled(vectors, link.spans)
        many = len(mention)
        inputs = torch.cat([number.expand(many, -1), sentence.expand(many, -1), mention, number * mention, link.scalars], 1)
        scores = net.link[link.kind](inputs).squeeze(1)
        none = net.no_link[link.kind](torch.cat([number, sentence])[None]).squeeze(1)
        total = torch.logsumexp(torch.cat([scores, none]), 0)
        right = torch.logsumexp(scores[link.right], 0) if link.right.any() else none[0]
        losses.append(total - right)
    return torch.stack(losses).mean() if losses else vectors.sum() * 0


def taught(scores: Tensor, wanted: Tensor) -> Tensor:
    """The sum over words of the divergence of the tag probabilities (of scores [words, tags]) from a teacher's."""
    return F.kl_div(scores.log_softmax(1), wanted.log_softmax(1), reduction="sum", log_target=True)


def losses(net: Reader, batch: Batch, wanted: dict[str, Tensor] | None = None) -> dict[str, Tensor]:
    """Each head's loss, unweighted; `mention` is per gold mention. `wanted` are a teacher's tag
    scores by head, where there is one."""
    vectors = net.words(batch)
    tags, numbers = net.mention(vectors), net.result(vectors)
    nll = net.crf(tags, batch.tags, batch.lengths)
    out = {"mention": nll.sum() / max(1, len(batch.mentions.concept))}
    roles = concept_scores(role_scores(net, vectors, batch.mentions), batch.mentions)
    out["role"] = F.cross_entropy(roles, batch.mentions.role, label_smoothing=0.0) if len(roles) else vectors.sum() * 0
    if batch.result_mask.any():
        tagged = F.cross_entropy(numbers[batch.result_mask], batch.result_tags[batch.result_mask], reduction="sum")
        out["result"] = tagged / max(8, int((batch.result_tags > 0).sum()))
    else:
        out["result"] = vectors.sum() * 0
    out["link"] = link_loss(net, vectors, batch)
    if wanted is not None:
        words = torch.arange(tags.shape[1])[None] < batch.lengths[:, None]
        both = taught(tags[words], wanted["mention"]) + taught(numbers[words], wanted["result"])
        out["taught"] = both / max(1, len(batch.mentions.concept))
    return out


def total(parts: dict[str, Tensor]) -> Tensor:
    """The weighted sum."""
    return torch.stack([WEIGHTS[name] * loss for name, loss in parts.items()]).sum()
