"""Made-up literatures: stars as a build gives them, of any size, equal for equal arguments."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from kg.kinds import KINDS
from kg.models import Edge, Node, Star, Value

AREAS = {
    "graph learning": ("node classification", "link prediction", "message passing", "graph attention", "Citeseer"),
    "machine translation": ("low-resource translation", "speech translation", "back-translation", "subword segmentation", "WMT"),
    "image synthesis": ("text-to-image generation", "inpainting", "latent diffusion", "flow matching", "LAION"),
    "question answering": ("open-domain question answering", "multi-hop reasoning", "dense retrieval", "late interaction", "HotpotQA"),
    "reinforcement learning": ("continuous control", "offline policy learning", "actor-critic", "reward shaping", "MuJoCo"),
    "speech": ("speech recognition", "speaker verification", "connectionist alignment", "wave encoder", "LibriSpeech"),
    "language modelling": ("long-context modelling", "instruction following", "mixture of experts", "rotary encoding", "The Pile"),
    "molecular design": ("property prediction", "retrosynthesis", "equivariant network", "fragment decoder", "QM9"),
}
PREFIXES = (
    "sparse", "deep", "robust", "adaptive", "hierarchical", "causal", "contrastive", "recurrent", "federated", "bayesian", "streaming", "modular",
)  # fmt: skip
NOUNS = (
    "encoder", "adapter", "sampler", "planner", "tokenizer", "router", "verifier", "distillation", "pruning", "alignment", "memory", "ensemble",
)  # fmt: skip
METRICS = ("accuracy", "F1", "BLEU", "word error rate", "FID", "mean reciprocal rank", "perplexity", "AUROC", "regret", "throughput")
SENTENCES = {
    "PROPOSES": "We introduce {}, which needs no extra supervision.",
    "EVALUATES_ON": "On {} our numbers improve in every setting that we tried.",
    "ADDRESSES": "This work is about {} under a tight budget of labels.",
    "MEASURES": "Quality is reported as {} over five runs.",
    "COMPARES_WITH": "A tuned {} serves as the baseline throughout.",
    "USES": "The system is built on {} with frozen lower layers.",
    "MENTIONS": "Progress in {} has changed what readers expect of such studies.",
}


@dataclass
class Area:
    """The concepts of one field, popular ones first."""

    name: str
    pools: dict[str, list[str]] = field(default_factory=dict)


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def areas(concepts: int, rng: random.Random) -> list[Area]:
    """The fields, with about `concepts` names among them."""
    made = []
    for name, (task, task2, method, method2, dataset) in AREAS.items():
        area = Area(name, {"TASK": [name, task, task2], "METHOD": [method, method2], "DATASET": [dataset], "METRIC": rng.sample(METRICS, 3)})
        while sum(map(len, area.pools.values())) < concepts / len(AREAS):
            word = f"{rng.choice(PREFIXES)} {rng.choice(NOUNS)}"
            kind = rng.choices(["METHOD", "DATASET", "TASK"], [6, 3, 2])[0]
            number = sum(map(len, area.pools.values()))
            area.pools[kind].append(
                {"METHOD": f"{word} {number}", "DATASET": f"{word.title().replace(' ', '')}-{number}", "TASK": f"{word} for {name}"}[kind]
            )
        area.pools = {kind: list(dict.fromkeys(names)) for kind, names in area.pools.items()}
        made.append(area)
    return made


def _paper(number: int, area: Area, rng: random.Random, earlier: list[str]) -> Star:
    roles = [("PROPOSES", "METHOD", 1), ("ADDRESSES", "TASK", 2), ("USES", "METHOD", 3), ("COMPARES_WITH", "METHOD", 1),
             ("EVALUATES_ON", "DATASET", 2), ("MEASURES", "METRIC", 1), ("MENTIONS", "TASK", 1)]  # fmt: skip
    picked: dict[str, tuple[str, str]] = {}
    for role, kind, times in roles:
        for _ in range(rng.randint(0 if role in ("PROPOSES", "MENTIONS") else 1, times)):
            pool = area.pools[kind]
            at = rng.randrange(len(pool)) if role == "PROPOSES" else min(int(rng.paretovariate(0.8)) - 1, len(pool) - 1)
            picked.setdefault(pool[at], (role, kind))
    first = next(iter(picked))
    title = f"Notes on {first} for {area.name}, part {number}"
    text, edges = title + "\n", []
    for name, (role, kind) in picked.items():
        sentence = SENTENCES[role].format(name)
        start = len(text) + sentence.index(name)
        text += sentence + " "
        edges.append(Edge(role, f"{kind.lower()}:{slug(name)}", KINDS[kind].label, {
            "confidence": round(rng.uniform(0.6, 1), 3), "mentions": 1, "sentence": sentence, "start": start, "end": start + len(name),
            "by": "made-up",
        }))  # fmt: skip
    edges += [Edge("CITES", other, "Paper", {"source": "record"}) for other in sorted(set(rng.choices(earlier[-60:], k=min(3, len(earlier)))))]
    edges += [Edge("WRITTEN_BY", f"author:person-{rng.randrange(40)}", "Author", {"position": 1})]
    properties: dict[str, Value] = {
        "title": title, "abstract": text.split("\n", 1)[1].strip(), "year": 2016 + number % 9, "url": f"https://papers.example/{number}",
        "arxivId": f"2101.{number:05}", "citationCount": number, "stub": False,
    }  # fmt: skip
    return Star(Node(f"arxiv:2101.{number:05}", ("Paper",), properties), tuple(sorted(edges, key=lambda edge: (edge.type, edge.target))))


def literature(papers: int = 320, concepts: int = 600, *, seed: int = 5) -> list[Star]:
    """The stars of a made-up literature: papers, the concepts they hold, authors; CO_OCCURS for frequent pairs, IS_A within a field."""
    rng = random.Random(seed)
    fields = areas(concepts, rng)
    stars: dict[str, Star] = {}
    earlier: list[str] = []
    for number in range(papers):
        star = _paper(number, rng.choice(fields), rng, earlier)
        earlier.append(star.node.id)
        stars[star.node.id] = star
    names = {f"{kind.lower()}:{slug(name)}": (kind, name, area.name) for area in fields for kind, pool in area.pools.items() for name in pool}
    held, pairs = Counter[str](), defaultdict[str, Counter[str]](Counter)
    for star in stars.values():
        found = sorted(edge.target for edge in star.edges if edge.target in names)
        held.update(found)
        for at, one in enumerate(found):
            pairs[one].update(found[at + 1 :])
    for key, number in held.items():
        kind, name, field_name = names[key]
        edges = [
            Edge("CO_OCCURS", other, KINDS[names[other][0]].label, {"papers": n, "npmi": 0.4}) for other, n in sorted(pairs[key].items()) if n > 2
        ]
        parent = f"task:{slug(field_name)}"
        if kind == "TASK" and parent in held and parent != key:
            edges.append(Edge("IS_A", parent, "Task", {"why": f"{name} is a case of {field_name}"}))
        properties: dict[str, Value] = {"name": name, "kind": kind, "aliases": [name.upper()], "papers": number, "firstYear": 2016}
        stars[key] = Star(Node(key, ("Concept", KINDS[kind].label), properties), tuple(edges))
    for number in range(40):
        stars[f"author:person-{number}"] = Star(Node(f"author:person-{number}", ("Author",), {"name": f"Person Number {number}"}))
    return list(stars.values())


def paper(key: str, title: str, abstract: str, *edges: Edge, **more: Value) -> Star:
    """One paper star; `more` are further properties."""
    return Star(Node(key, ("Paper",), {"title": title, "abstract": abstract, **more}), edges)


def concept(kind: str, name: str, *edges: Edge, **more: Value) -> Star:
    """One concept star."""
    return Star(Node(f"{kind.lower()}:{slug(name)}", ("Concept", KINDS[kind].label), {"name": name, "kind": kind, "papers": 1, **more}), edges)


def role_edge(text: str, sentence: str, mention: str, *, kind: str, role: str) -> Edge:
    """A role edge to the concept named `mention`, whose sentence and mention stand in `text`."""
    start = text.index(sentence) + sentence.index(mention)
    properties: dict[str, Value] = {
        "confidence": 0.9,
        "mentions": 1,
        "sentence": sentence,
        "start": start,
        "end": start + len(mention),
        "by": "made-up",
    }
    return Edge(role, f"{kind.lower()}:{slug(mention)}", KINDS[kind].label, properties)
