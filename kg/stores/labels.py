"""Labels and types that may stand in a statement, and how rows are cut into batches.

Invariant: the only words that ever become part of Cypher text come from `kg.kinds`; everything else travels as a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from kg.errors import StoreError
from kg.kinds import EDGES, KINDS, NODES
from kg.models import Edge, Node

T = TypeVar("T")

KIND_LABELS = tuple(kind.label for kind in KINDS.values())
KEY_LABELS = tuple(NODES)  # each node carries exactly one of these: its key is unique under it


def key_label(label: str) -> str:
    """The label under which the key of a node labelled `label` is unique: itself, or `Concept` for a concept's kind."""
    if label in NODES:
        return label
    if label in KIND_LABELS:
        return "Concept"
    raise StoreError(f'unknown label "{label}": labels are declared in kg.kinds')


def node_labels(node: Node) -> tuple[str, ...]:
    """The labels of `node`, checked: the key's label first, then at most the label of its kind."""
    if not node.labels:
        raise StoreError(f'node "{node.id}" has no label')
    first, *rest = node.labels
    if first not in NODES:
        raise StoreError(f'node "{node.id}": the first label must be one of {", ".join(KEY_LABELS)}, not "{first}"')
    for label in rest:
        if key_label(label) != first or label in NODES:
            raise StoreError(f'node "{node.id}": the label "{label}" does not go with "{first}"')
    return node.labels


def edge_type(edge: Edge) -> str:
    """The type of `edge`, checked."""
    if edge.type not in EDGES:
        raise StoreError(f'unknown edge type "{edge.type}": edge types are declared in kg.kinds')
    return edge.type


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """`items` in lists of `size`, the last one shorter."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
