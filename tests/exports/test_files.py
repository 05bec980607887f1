"""Files are replaced whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.exports.files import replacing
from kg.exports.registry import exports
from kg.models import Star
from kg.protocols import Export, ExportOptions
from tests.exports.graph_factory import literature

FORMATS = pytest.mark.parametrize("export", exports(), ids=lambda export: export.name)


def broken(stars: list[Star], error: Exception) -> Iterator[Star]:
    yield stars[0]
    raise error


@FORMATS
def test_a_missing_folder_is_one_clear_line(export: Export, tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"absent does not exist") as error:
        export.write(literature(3, 20), tmp_path / "absent" / f"x{export.extensions[0]}", ExportOptions())
    assert "\n" not in str(error.value)


@FORMATS
def test_a_failure_leaves_the_old_file_and_nothing_else(export: Export, tmp_path: Path) -> None:
    path = tmp_path / f"x{export.extensions[0]}"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(KgError, match=r"No space left on device; nothing was changed"):
        export.write(broken(literature(3, 20), OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))), path, ExportOptions())
    with pytest.raises(KgError, match="of the caller"):
        export.write(broken(literature(3, 20), KgError("of the caller")), path, ExportOptions())
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@FORMATS
def test_equal_stars_in_any_order_give_equal_bytes(export: Export, tmp_path: Path) -> None:
    one, other = tmp_path / f"a{export.extensions[0]}", tmp_path / f"b{export.extensions[0]}"
    stars = literature(40, 120)
    assert export.write(iter(stars), one, ExportOptions()) == export.write(reversed(stars), other, ExportOptions())
    assert one.read_bytes() == other.read_bytes()


@FORMATS
def test_an_empty_graph_is_a_file_too(export: Export, tmp_path: Path) -> None:
    path = tmp_path / f"x{export.extensions[0]}"
    counts = export.write([], path, ExportOptions())
    assert path.exists()
    assert set(counts.values()) == {0}


def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="is a folder"), replacing(tmp_path):
        raise AssertionError("never entered")


def test_a_link_keeps_pointing_at_its_file(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with replacing(link) as out:
        out.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
