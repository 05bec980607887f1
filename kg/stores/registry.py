"""Which stores there are: every module of `kg.stores` that holds a `STORE`.

Invariant: a new store is one new file; the contract test and whoever lists stores find it here.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from kg.protocols import Store


@dataclass(frozen=True, slots=True)
class StoreKind:
    """A store that can be opened. `server` says that `open` needs one running, told where by the environment; else it
    opens empty."""

    name: str
    title: str
    server: bool
    open: Callable[[], Store]


def stores() -> dict[str, StoreKind]:
    """Every store by name."""
    import kg.stores

    modules = (importlib.import_module(f"kg.stores.{info.name}") for info in pkgutil.iter_modules(kg.stores.__path__))
    kinds = (getattr(module, "STORE", None) for module in modules)
    return {kind.name: kind for kind in kinds if isinstance(kind, StoreKind)}
