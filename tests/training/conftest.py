"""The scripts of `training/` that need no PyTorch, which is not installed here."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


def script(name: str) -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "training" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def odd() -> ModuleType:
    return script("odd")


@pytest.fixture(scope="session")
def standoff() -> ModuleType:
    return script("standoff")
