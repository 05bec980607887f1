"""How texts are shared out between workers."""

from __future__ import annotations

import pytest

from kg.engines.pool import LEAST, MOST, chunk_size


@pytest.mark.parametrize(("count", "workers", "size"), [(1, 2, LEAST), (163, 2, LEAST), (1000, 2, 31), (1000, 4, 15), (100_000, 2, MOST)])
def test_many_texts_are_shared_in_larger_parts_but_every_worker_gets_several(count: int, workers: int, size: int) -> None:
    assert chunk_size(count, workers) == size
