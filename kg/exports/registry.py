"""Which output formats there are: every module of this package that defines `EXPORT`.

Invariant: a new format is a new file here; nothing lists the formats by hand.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import kg.exports
from kg.errors import ConfigError
from kg.protocols import Export


def exports() -> tuple[Export, ...]:
    """The formats, by name."""
    modules = (importlib.import_module(f"kg.exports.{info.name}") for info in pkgutil.iter_modules(kg.exports.__path__))
    found = (getattr(module, "EXPORT", None) for module in modules)
    return tuple(sorted((export for export in found if isinstance(export, Export)), key=lambda export: export.name))


def choose(path: Path) -> Export:
    """The format that the file's extension asks for. Raises ConfigError, naming the known extensions, where none does."""
    known = exports()
    for export in known:
        if path.name.lower().endswith(export.extensions):
            return export
    names = ", ".join(f"{extension} ({export.title})" for export in known for extension in export.extensions[:1])
    raise ConfigError(f"{path}: no export format has this extension; known are {names}")
