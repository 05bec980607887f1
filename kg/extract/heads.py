"""Head words that tell a phrase's kind: what `... network` or `... detection` or `... benchmark` is.

Data first: a new head is one word in a table. Invariant: a head belongs to one kind.
"""

from __future__ import annotations

from kg.extract.inflect import singular
from kg.extract.wordlist import words

HEADS: dict[str, str] = {
    "METHOD": "network model learning transformer autoencoder encoder decoder attention optimization optimisation tuning pretraining finetuning "
    "distillation pruning quantization regularization normalization sampling search decoding descent forest regression augmentation prompting "
    "adapter loss ensemble diffusion convolution pooling masking approximation initialization smoothing tokenizer retriever reranker simulator "
    "sgd optimizer merging training agent graph policy policies embedding programming machine",
    "DATASET": "dataset benchmark corpus corpora treebank suite challenge database collection leaderboard testbed",
    "TASK": "detection segmentation classification recognition generation translation answering summarization captioning retrieval "
    "recommendation parsing extraction estimation prediction tracking completion reconstruction localization forecasting navigation "
    "manipulation grounding verification identification labeling labelling tagging disambiguation linking matching clustering synthesis "
    "restoration denoising deblurring dehazing inpainting colorization editing unlearning debiasing transcription comprehension "
    "simplification correction paraphrasing registration locomotion discovery reasoning understanding planning",
    "METRIC": "accuracy score rate error perplexity distance",
}  # fmt: skip
KIND_OF_HEAD: dict[str, str] = {head: kind for kind, heads in HEADS.items() for head in heads.split()}
# Heads that many plain phrases end in too (right in fewer than 40 cases of 100 on gold train): they make a name only behind one
# of these words, most of which stand before them in names there, the rest from knowledge of the field.
NEEDS: dict[str, frozenset[str]] = {
    "model": words("language generative diffusion foundation autoregressive multimodal world mixture graphical linear space causal reward "
                       "surrogate dynamics variable topic vision embedding reasoning distributional statistical sequence action"),
    "learning": words("reinforcement contrastive representation transfer supervised imitation shot continual task active robot online "
                          "curriculum incremental prompt unsupervised metric weights pairwise meta ensemble federated embedding preference "
                          "manifold kernel dictionary transductive adversarial bayesian policy"),
    "training": words("adversarial supervised end pre post contrastive joint mixed curriculum"),
    "agent": words("llm language gui web embodied autonomous"),
    "graph": words("knowledge scene relation entailment computation causal"),
    "policy": words("diffusion visuomotor level robot transformer"),
    "embedding": words("word sentence contextual graph positional position kg text document node entity"),
    "accuracy": words("classification prediction top test recognition"),
    "score": words("f1 bleu rouge meteor cider dice brier"),
    "rate": words("success error convergence positive negative hit win"),
    "error": words("squared absolute calibration generalization test"),
    "distance": words("wasserstein chamfer hausdorff edit inception"),
    "machine": words("vector boltzmann factorization"),
}  # fmt: skip
LONE_HEADS: frozenset[str] = frozenset()  # heads that name a concept with no word before them; the lexicon lists those that do


def kind_of_phrase(phrase: str) -> str | None:
    """The kind that the phrase's last word says, None where it says nothing."""
    words = phrase.replace("-", " ").split()
    if not words:
        return None
    last = words[-1].lower()
    return KIND_OF_HEAD.get(last) or KIND_OF_HEAD.get(singular(last))
