"""Formats are found by the extension of the file to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.exports.registry import choose, exports


def test_every_extension_leads_to_its_own_format() -> None:
    for export in exports():
        for extension in export.extensions:
            assert choose(Path(f"out/some.graph{extension}")) is export
            assert choose(Path(f"OUT{extension.upper()}")) is export


def test_the_three_formats_are_there() -> None:
    assert {"html", "jsonl", "graphml"} <= {export.name for export in exports()}


@pytest.mark.parametrize("name", ["graph.docx", "graph", "html"])
def test_an_unknown_extension_names_the_known_ones(name: str) -> None:
    with pytest.raises(ConfigError) as error:
        choose(Path(name))
    assert all(part in str(error.value) for part in (name, ".html", ".jsonl", ".graphml"))
