"""The encoder and the word heads as an ONNX graph, written node by node with onnxruntime's fused operators.

Forms of the matrices: `int8` (seven bits of it: AVX2's eight-bit products add in pairs and would overflow), `uint8` (full range,
a slower kernel on some machines), `stored` (int8 in the file, float at run time), `float`. Weights are scaled per output channel,
piece embeddings per row. The lower layers are worked out for every piece, the upper ones for the pieces in `chosen`; those in `rest` keep
what the lower ones gave them. Invariant: inputs are `pieces`, `shapes` [1, pieces], `chosen`, `rest`, and `order` [words], the words' numbers in
the two lists on end, all int64; the outputs are `vectors` [1, words, 384] and the scores of the heads that read every word, `mention` and
`result` [1, words, tags], these in float.
One text a call, without padding: a mask would only cost time.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import onnx
from model import HEADS, HIDDEN
from onnx import TensorProto, helper, numpy_helper

FORMS = ("int8", "uint8", "stored", "float")
WORD_HEADS = ("mention", "result")
MS = "com.microsoft"


@dataclass
class Graph:
    """Nodes and weights under construction."""

    form: str
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, name: str, value: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, inputs: list[str], out: str, *, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, [out], name=out, domain=domain, **attributes))
        return out

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """`x @ weight + bias`, `weight` [inputs, outputs]."""
        b = self.constant(f"{name}.b", bias.astype(np.float32))
        if self.form == "float":
            w = self.constant(f"{name}.w", weight.astype(np.float32))
            return self.add("Add", [self.add("MatMul", [x, w], f"{name}.mm"), b], name)
        least, most = (-127, 127) if self.form != "int8" else (-64, 63)
        scale = best_scale(weight, least, most)
        quantised = np.clip(np.round(weight / scale), least, most)
        s = self.constant(f"{name}.s", scale.astype(np.float32))
        if self.form == "stored":
            w = self.constant(f"{name}.q", quantised.astype(np.int8))
            full = self.add("Mul", [self.add("Cast", [w], f"{name}.f", to=TensorProto.FLOAT), s], f"{name}.w")
            return self.add("Add", [self.add("MatMul", [x, full], f"{name}.mm"), b], name)
        zero = 0
        if self.form == "uint8":
            quantised, zero = quantised + 128, 128
        kind = np.uint8 if self.form == "uint8" else np.int8
        w = self.constant(f"{name}.q", quantised.astype(kind))
        z = self.constant(f"{name}.z", np.full(scale.shape, zero, dtype=kind))
        return self.add("DynamicQuantizeMatMul", [x, w, s, z, b], name, domain=MS)


def best_scale(weight: np.ndarray, least: int, most: int) -> np.ndarray:
    """[outputs]: of ten scales for each output channel, from the one that holds its largest weight downwards, the one whose rounding and
    clipping lose least in squares."""
    full = np.maximum(np.abs(weight).max(axis=0), 1e-8) / most
    tried = np.stack([full * share for share in np.linspace(0.64, 1.0, 10)])
    lost = np.stack([((np.clip(np.round(weight / s), least, most) * s - weight) ** 2).sum(axis=0) for s in tried])
    best: np.ndarray = tried[lost.argmin(axis=0), np.arange(weight.shape[1])]
    return best


def build(weights: dict[str, np.ndarray], form: str) -> onnx.ModelProto:
    """The graph of the encoder and the word heads whose weights (PyTorch names, the encoder's without `encoder.`) are given."""
    g = Graph(form)
    x = _embeddings(g, weights)
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    full = int(weights["full"])
    for i in range(layers):
        if i == full:
            low = g.add("Gather", [x, "rest"], "low", axis=1)
        x = _layer(g, x, f"layers.{i}", weights, narrows=i == full)
    g.add("Gather", [g.add("Concat", [x, low], "both", axis=1), "order"], "vectors", axis=1)
    for name in WORD_HEADS:
        _head(g, name, weights)
    shapes = {"pieces": [1, "pieces_"], "shapes": [1, "pieces_"], "chosen": ["chosen_"], "rest": ["rest_"], "order": ["words_"]}
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name, shape in shapes.items()]
    sizes = {"vectors": HIDDEN} | {name: len(weights[f"{name}.3.bias"]) for name in WORD_HEADS}
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "words_", size]) for name, size in sizes.items()]
    graph = helper.make_graph(g.nodes, "encoder", inputs, outputs, g.weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MS, 1)], ir_version=9)


def _embeddings(g: Graph, weights: dict[str, np.ndarray]) -> str:
    table = weights["word.weight"]
    if g.form == "float":
        word = g.add("Gather", [g.constant("word", table), "pieces"], "word.rows")
    else:
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
        rows = g.add("Gather", [g.constant("word", np.round(table / scale).astype(np.int8)), "pieces"], "word.q")
        scales = g.add("Gather", [g.constant("word.s", scale.astype(np.float32)), "pieces"], "word.s.rows")
        word = g.add("Mul", [g.add("Cast", [rows], "word.f", to=TensorProto.FLOAT), scales], "word.rows")
    shape = g.add("Gather", [g.constant("shape", weights["shape.weight"]), "shapes"], "shape.rows")
    size = g.add("Slice", [g.add("Shape", ["pieces"], "size"), g.constant("one", np.array([1])), g.constant("two", np.array([2]))], "length")
    half = g.constant("position", weights["position.weight"].astype(np.float16))
    near = g.add("Slice", [half, g.constant("nought", np.array([0])), size, g.constant("axis", np.array([0]))], "position.near")
    position = g.add("Cast", [near], "position.f", to=TensorProto.FLOAT)
    total = g.add("Add", [g.add("Add", [word, shape], "sum"), position], "sum.all")
    gamma, beta = g.constant("norm.g", weights["norm.weight"]), g.constant("norm.b", weights["norm.bias"])
    return g.add("LayerNormalization", [total, gamma, beta], "embedded", epsilon=1e-12)


def _head(g: Graph, name: str, weights: dict[str, np.ndarray]) -> None:
    """A head of two layers over every word's vector; its scores are the output of its name."""
    x = "vectors"
    for part, result in (("0", f"{name}.inner"), ("3", name)):
        w, b = (g.constant(f"{name}.{part}.{end}", weights[f"{name}.{part}.{end}"].T) for end in ("weight", "bias"))
        x = g.add("Add", [g.add("MatMul", [x, w], f"{result}.mm"), b], f"{result}.sum" if part == "0" else result)
        if part == "0":
            x = g.add("Gelu", [x], result, domain=MS)


def _layer(g: Graph, x: str, name: str, weights: dict[str, np.ndarray], *, narrows: bool) -> str:
    def linear(inputs: str, part: str, result: str = "", rows: slice = slice(None)) -> str:
        weight, bias = weights[f"{name}.{part}.weight"][rows], weights[f"{name}.{part}.bias"][rows]
        return g.linear(inputs, f"{name}.{result or part}", weight.T, bias)

    def split(joined: str, parts: list[str]) -> None:
        sizes = g.constant(f"{name}.sizes", np.array([HIDDEN] * len(parts)))
        g.nodes.append(helper.make_node("Split", [joined, sizes], parts, name=f"{name}.split", axis=-1))

    def norm(one: str, two: str, part: str, result: str) -> str:
        scale = g.constant(f"{name}.{part}.g", weights[f"{name}.{part}.weight"])
        shift = g.constant(f"{name}.{part}.c", weights[f"{name}.{part}.bias"])
        return g.add("LayerNormalization", [g.add("Add", [one, two], f"{name}.{part}.sum"), scale, shift], result, epsilon=1e-12)

    q, k, v = (f"{name}.{part}" for part in "qkv")
    if narrows:
        split(linear(x, "qkv", "kv", slice(HIDDEN, None)), [k, v])
        x = g.add("Gather", [x, "chosen"], f"{name}.chosen", axis=1)
        q = linear(x, "qkv", "q", slice(HIDDEN))
    else:
        split(linear(x, "qkv"), [q, k, v])
    seen = g.add("MultiHeadAttention", [q, k, v], f"{name}.seen", domain=MS, num_heads=HEADS)
    middle = norm(linear(seen, "out"), x, "norm1", f"{name}.middle")
    inner = g.add("Gelu", [linear(middle, "up")], f"{name}.gelu", domain=MS)
    return norm(linear(inner, "down"), middle, "norm2", name)
