"""Where the nodes of a picture stand: communities apart, nothing on top of anything.

Fruchterman and Reingold's (1991) forces on edges that are strong inside a community (Blondel et al. 2008) and weak between two; connected parts are
packed around the largest. Invariant: equal input gives equal integer coordinates; no two circles overlap by more than a rounding.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence

Point = tuple[float, float]
_SEED = 20240717
_SPACING = 44.0  # mean room a node has, in the page's units (a concept of middling size has a radius of about 8)
_ROUNDS, _SWEEPS = 10, 8  # pairs are looked up once a round and pushed apart in each of its sweeps
_GAP, _SLACK = 9.0, 14.0
_MANY = 600  # nodes from which forces are reckoned on a grid
_INSIDE, _BETWEEN = 3.0, 0.25


def place(sizes: Sequence[float], edges: Sequence[tuple[int, int, float]]) -> tuple[list[tuple[int, int]], list[int]]:
    """Coordinates and community of each node, given its radius and the weighted edges as (node, node, weight)."""
    import igraph

    if not sizes:
        return [], []
    graph = igraph.Graph(n=len(sizes), edges=[(source, target) for source, target, _ in edges])
    graph.es["weight"] = [weight for *_, weight in edges]
    graph = graph.simplify(combine_edges={"weight": "sum"})
    igraph.set_random_number_generator(random.Random(_SEED))
    try:
        communities = list(graph.community_multilevel(weights="weight").membership)
        points = _pack([_part(graph.induced_subgraph(part), [communities[at] for at in part]) for part in graph.connected_components()])
    finally:
        igraph.set_random_number_generator(random)
    order = [at for part in graph.connected_components() for at in part]
    placed: list[Point] = [(0.0, 0.0)] * len(sizes)
    for at, point in zip(order, points, strict=True):
        placed[at] = point
    return [(round(x), round(y)) for x, y in _apart(placed, sizes)], communities


def _part(graph: object, communities: list[int]) -> list[Point]:
    """One connected part around the origin, scaled so that each node has its room."""
    weights = [
        weight * (_INSIDE if communities[source] == communities[target] else _BETWEEN)
        for (source, target), weight in zip(graph.get_edgelist(), graph.es["weight"], strict=True)  # type: ignore[attr-defined]
    ]
    count = len(communities)
    layout = graph.layout_fruchterman_reingold(weights=weights, niter=1000 if count < _MANY else 500, grid=count >= _MANY)  # type: ignore[attr-defined]
    points = [(float(x), float(y)) for x, y in layout]
    middle = (sum(x for x, _ in points) / count, sum(y for _, y in points) / count)
    points = [(x - middle[0], y - middle[1]) for x, y in points]
    reach = sorted(math.hypot(x, y) for x, y in points)[int(0.88 * (count - 1))] or 1.0
    scale = _SPACING * math.sqrt(count / math.pi) / reach
    return [_drawn_in(x * scale, y * scale, _SPACING * math.sqrt(count / math.pi)) for x, y in points]


def _drawn_in(x: float, y: float, reach: float) -> Point:
    """Strays beyond `reach` come closer, in their order: a far leaf must not shrink the picture."""
    distance = math.hypot(x, y)
    if distance <= reach:
        return x, y
    factor = reach * (1 + 0.28 * math.log(distance / reach)) / distance
    return x * factor, y * factor


def _pack(parts: list[list[Point]]) -> list[Point]:
    """The parts side by side, the largest in the middle, each other at the first place on a spiral where it touches nothing."""
    taken: set[tuple[int, int]] = set()
    placed: dict[int, list[Point]] = {}
    for at in sorted(range(len(parts)), key=lambda part: (-len(parts[part]), part)):
        moved = ([(x + dx, y + dy) for x, y in parts[at]] for dx, dy in _spiral())
        placed[at] = next(points for points in moved if taken.isdisjoint(map(_cell, points)))
        taken |= {(column + i, row + j) for column, row in map(_cell, placed[at]) for i in (-1, 0, 1) for j in (-1, 0, 1)}
    return [point for at in range(len(parts)) for point in placed[at]]


def _cell(point: Point) -> tuple[int, int]:
    return math.floor(point[0] / _SPACING), math.floor(point[1] / _SPACING)


def _spiral() -> Iterator[Point]:
    yield 0.0, 0.0
    step = 0
    while True:
        step += 1
        angle, radius = math.sqrt(step) * 3.5, math.sqrt(step) * 20.0
        yield radius * math.cos(angle), radius * math.sin(angle)


def _apart(points: list[Point], sizes: Sequence[float]) -> list[Point]:
    """Moves overlapping circles apart, pair by pair, until none overlaps or the rounds are over."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    for _ in range(_ROUNDS):
        near = [pair for pair in _close_pairs(xs, ys, 2 * max(sizes) + _GAP) if _overlap(xs, ys, pair, sizes) > -_SLACK]
        moved = [_push(xs, ys, pair, sizes) for _ in range(_SWEEPS) for pair in near]
        if not any(moved):
            break
    return list(zip(xs, ys, strict=True))


def _overlap(xs: list[float], ys: list[float], pair: tuple[int, int], sizes: Sequence[float]) -> float:
    one, other = pair
    return sizes[one] + sizes[other] + _GAP - math.hypot(xs[other] - xs[one], ys[other] - ys[one])


def _push(xs: list[float], ys: list[float], pair: tuple[int, int], sizes: Sequence[float]) -> bool:
    overlap = _overlap(xs, ys, pair, sizes)
    if overlap <= 0:
        return False
    one, other = pair
    dx, dy = xs[other] - xs[one], ys[other] - ys[one]
    distance = math.hypot(dx, dy)
    if distance < 1e-6:  # on the very same spot: any direction, but always the same one
        dx, dy, distance = math.cos(one), math.sin(one), 1.0
    push = overlap / 2 / distance
    xs[one], ys[one], xs[other], ys[other] = xs[one] - dx * push, ys[one] - dy * push, xs[other] + dx * push, ys[other] + dy * push
    return True


def _close_pairs(xs: list[float], ys: list[float], cell: float) -> Iterator[tuple[int, int]]:
    grid: dict[tuple[int, int], list[int]] = {}
    for at, (x, y) in enumerate(zip(xs, ys, strict=True)):
        grid.setdefault((int(x // cell), int(y // cell)), []).append(at)
    for (column, row), here in grid.items():
        near = [at for i in (-1, 0, 1) for j in (-1, 0, 1) for at in grid.get((column + i, row + j), ())]
        yield from ((one, other) for one in here for other in near if one < other)
