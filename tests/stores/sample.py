"""A small graph made by hand, on which the answers of the shipped queries can be checked by eye."""

from __future__ import annotations

from kg.models import Edge, Node, Star, Value


def paper(name: str, year: int | None, title: str, *edges: Edge, **measures: Value) -> Star:
    properties: dict[str, Value] = {"title": title, "stub": False, **({"year": year} if year else {}), **measures}
    return Star(Node(f"arxiv:{name}", ("Paper",), properties), tuple(sorted(edges, key=lambda edge: (edge.type, edge.target))))


def role(name: str, label: str, concept: str) -> Edge:
    kind = label.lower()
    said = {"sentence": f"{name} {concept}.", "confidence": 0.5, "mentions": 1, "start": 0, "end": 4, "by": "test"}
    return Edge(name, f"{kind}:{concept}", label, said)


def concept(label: str, name: str, *edges: Edge, **properties: Value) -> Star:
    node = Node(f"{label.lower()}:{name}", ("Concept", label), {"name": name, "kind": label.upper(), **properties})
    return Star(node, edges)


QA, MT = role("ADDRESSES", "Task", "question answering"), role("ADDRESSES", "Task", "machine translation")
BERT = "bidirectional encoder"


def together(label: str, name: str, papers: int, npmi: float) -> Edge:
    return Edge("CO_OCCURS", f"{label.lower()}:{name}", label, {"papers": papers, "npmi": npmi})


STARS = (
    paper("1", 2018, "One", QA, role("PROPOSES", "Method", BERT), role("EVALUATES_ON", "Dataset", "SQuAD"), role("COMPARES_WITH", "Method", "LSTM"),
          Edge("HAS_KEYWORD", "keyword:pretraining", "Keyword", {"by": "record"}), Edge("CITES", "arxiv:0", "Paper", {"source": "record"}),
          Edge("REPORTS", "result:a", "Result"), Edge("REPORTS", "result:b", "Result"), pagerank=0.4, inCorpusCitations=2),
    paper("2", 2020, "Two", QA, role("PROPOSES", "Method", "tiny"), role("USES", "Method", BERT), role("EVALUATES_ON", "Dataset", "SQuAD"),
          role("USES", "Dataset", "GLUE"), Edge("HAS_KEYWORD", "keyword:pretraining", "Keyword", {"by": "text"}),
          Edge("CITES", "arxiv:0", "Paper"), Edge("CITES", "arxiv:1", "Paper"), Edge("BUILDS_ON", "arxiv:1", "Paper", {"via": [f"method:{BERT}"]}),
          pagerank=0.2, inCorpusCitations=1),
    paper("3", 2021, "Three", MT, role("USES", "Method", BERT), role("COMPARES_WITH", "Method", "LSTM"), role("COMPARES_WITH", "Method", "tiny"),
          Edge("HAS_KEYWORD", "keyword:attention", "Keyword"), Edge("CITES", "arxiv:1", "Paper"),
          Edge("BUILDS_ON", "arxiv:2", "Paper", {"via": ["method:tiny"]})),
    paper("4", None, "Vier – ohne Jahr", MT, role("COMPARES_WITH", "Method", BERT), role("MENTIONS", "Dataset", "SQuAD"),
          Edge("CITES", "arxiv:2", "Paper", {"source": "title-match", "score": 0.95})),
    Star(Node("arxiv:0", ("Paper",), {"title": "Zero", "year": 2010, "stub": True})),
    concept("Method", BERT, together("Dataset", "SQuAD", 3, 0.4), together("Method", "tiny", 2, 0.7), aliases=["BERT"], firstYear=2018,
            introducedBy="arxiv:1"),
    concept("Method", "tiny", firstYear=2020, introducedBy="arxiv:2"), concept("Method", "LSTM"),
    concept("Dataset", "SQuAD"), concept("Dataset", "GLUE"),
    concept("Task", "question answering", aliases=["QA"]), concept("Task", "machine translation"),
    concept("Metric", "F1"),
    Star(Node("keyword:pretraining", ("Keyword",), {"name": "pretraining"})), Star(Node("keyword:attention", ("Keyword",), {"name": "attention"})),
    Star(Node("result:a", ("Result",), {"value": "88.5", "number": 88.5, "kind": "absolute", "sentence": "F1 is 88.5."}),
         (Edge("BY", f"method:{BERT}", "Method"), Edge("IN", "metric:F1", "Metric"), Edge("ON", "dataset:SQuAD", "Dataset"))),
    Star(Node("result:b", ("Result",), {"value": "91", "number": 91.0, "unit": "%", "metric": "EM", "kind": "absolute", "sentence": "EM is 91%."}),
         (Edge("ON", "dataset:SQuAD", "Dataset"),)),
)  # fmt: skip

_QA, _MT, _PRE = "question answering", "machine translation", "pretraining"

# query -> (parameters other than the defaults, the rows worked out by hand from the stars above)
ANSWERS: dict[str, tuple[dict[str, object], list[tuple[object, ...]]]] = {
    "bridges-between-tasks": ({}, [(BERT, "METHOD", 2, 2), ("LSTM", "METHOD", 1, 1), ("tiny", "METHOD", 1, 1)]),
    "central-papers": ({}, [("arxiv:1", "One", 2018, 0.4, 2), ("arxiv:2", "Two", 2020, 0.2, 1)]),
    "cites-without-using": ({}, [("arxiv:4", "Vier – ohne Jahr", None, "arxiv:2", "Two", ["tiny"])]),
    "co-cited-with": ({"paper": "arxiv:1"}, [("arxiv:0", "Zero", 2010, 1)]),
    "compared-with": ({"method": "bert"}, [("LSTM", 1)]),
    "concepts-of-a-paper": (
        {"paper": "arxiv:1"},
        [
            ("ADDRESSES", "TASK", _QA, 0.5, f"ADDRESSES {_QA}."),
            ("COMPARES_WITH", "METHOD", "LSTM", 0.5, "COMPARES_WITH LSTM."),
            ("EVALUATES_ON", "DATASET", "SQuAD", 0.5, "EVALUATES_ON SQuAD."),
            ("PROPOSES", "METHOD", BERT, 0.5, f"PROPOSES {BERT}."),
        ],
    ),
    "coupled-with": ({"paper": "arxiv:2"}, [("arxiv:1", "One", 2018, 1), ("arxiv:3", "Three", 2021, 1)]),
    "datasets-of-a-task": ({"task": "qa"}, [("SQuAD", 2, 2018, 2020), ("GLUE", 1, 2020, 2020)]),
    "introduced-in": ({}, [("METHOD", BERT, "arxiv:1", "One")]),
    "keywords": ({}, [(_PRE, 2, _QA), ("attention", 1, None)]),
    "line-of-descent": (
        {},
        [("arxiv:3", "Three", 2021, "arxiv:2", "Two", 2020, ["tiny"]), ("arxiv:2", "Two", 2020, "arxiv:1", "One", 2018, [BERT])],
    ),
    "methods-proposed-per-year": ({}, [(2018, 1, [BERT]), (2020, 1, ["tiny"])]),
    "most-cited": ({}, [("arxiv:0", "Zero", 2010, True, 2), ("arxiv:1", "One", 2018, False, 2), ("arxiv:2", "Two", 2020, False, 1)]),
    "papers-on-both": ({}, [("arxiv:2", "Two", 2020, "USES", "ADDRESSES"), ("arxiv:1", "One", 2018, "PROPOSES", "ADDRESSES")]),
    "papers-that-build-on": (
        {},
        [
            ("arxiv:3", "Three", 2021, "USES", f"USES {BERT}."),
            ("arxiv:2", "Two", 2020, "USES", f"USES {BERT}."),
            ("arxiv:4", "Vier – ohne Jahr", None, "COMPARES_WITH", f"COMPARES_WITH {BERT}."),
        ],
    ),
    "results-on-a-dataset": (
        {"dataset": "squad"},
        [("EM", "91", "%", "absolute", None, "One", 2018, "EM is 91%."), ("F1", "88.5", None, "absolute", BERT, "One", 2018, "F1 is 88.5.")],
    ),
    "rising-methods": ({}, [("tiny", 0, 2, 2), (BERT, 1, 2, 1)]),
    "seen-together": ({}, [("tiny", "METHOD", 2, 0.7), ("SQuAD", "DATASET", 3, 0.4)]),
    "uses-without-citing": ({}, [("arxiv:4", "Vier – ohne Jahr", None, "COMPARES_WITH", BERT, "arxiv:1", 2, f"COMPARES_WITH {BERT}.")]),
}
