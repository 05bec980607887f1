"""How long work tells of itself: a function that the caller gives, for the library never prints.

Invariant: a progress is told of a stage from its start to its end, and never changes what is done.
"""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]  # stage, done, of how many (None: not known)


def silent(stage: str, done: int, total: int | None) -> None:
    """A progress that says nothing."""
