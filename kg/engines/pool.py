"""A process pool whose workers load the extractor once and send back records, never spaCy documents (those are slow to pickle).

Invariant: at most a few chunks are in flight, so memory does not grow with the number of texts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context

from kg.config import collect_seldom
from kg.errors import KgError
from kg.models import Extraction
from kg.protocols import Extractor

LEAST, MOST = 8, 64  # texts that one worker takes at a time
TURNS = 16  # of each worker, at least: so that none waits long for the last


@lru_cache(maxsize=1)
def _extractor(model: str) -> Extractor:
    from kg.extract import load

    return load(model)


def _work(model: str, texts: list[str]) -> list[bytes]:
    return [found.model_dump_json(exclude_defaults=True).encode() for found in _extractor(model).extract(texts)]


def chunk_size(count: int, workers: int) -> int:
    """How many of `count` texts a worker takes at a time: more are read a little quicker, fewer are shared more evenly."""
    return max(LEAST, min(MOST, count // (TURNS * workers)))


def run_pool(model: str, texts: Iterable[str], *, count: int, workers: int) -> Iterator[Extraction]:
    """One extraction for each of `count` texts, in order, made by `workers` processes. Raises KgError where a worker died."""
    source, size = iter(texts), chunk_size(count, workers)
    flying: deque[Future[list[bytes]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=collect_seldom) as pool:
        try:
            while chunk := list(islice(source, size)):
                flying.append(pool.submit(_work, model, chunk))
                if len(flying) > 2 * workers:
                    yield from map(Extraction.model_validate_json, flying.popleft().result())
            while flying:
                yield from map(Extraction.model_validate_json, flying.popleft().result())
        except BrokenProcessPool as error:
            raise KgError("a worker process died (out of memory?): run again with --workers 1, it goes on where it stopped") from error
        finally:
            for future in flying:
                future.cancel()
