"""The embedded store's cache: used when it fits and is sound, rebuilt when not, never in the way."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.models import Star
from kg.stores.embedded import EmbeddedStore, open_embedded
from tests.stores.sample import STARS

_ASK = "MATCH (p:Paper)-[r:USES]->(m:Method) RETURN p.id AS p, m.name AS m, r.sentence AS s, labels(m) AS l ORDER BY p, m"


class Counted:
    """Stars that count how often they are asked for."""

    def __init__(self, stars: Iterable[Star] = STARS) -> None:
        self.stars, self.calls = tuple(stars), 0

    def __call__(self) -> Iterable[Star]:
        self.calls += 1
        return iter(self.stars)


def test_second_opening_reads_the_cache(tmp_path: Path) -> None:
    first, second = Counted(), Counted()
    built = open_embedded(tmp_path, digest="a", stars=first)
    loaded = open_embedded(tmp_path, digest="a", stars=second)
    assert first.calls > 0 and second.calls == 0
    assert len(built.query(_ASK, {}).rows) == 2
    assert loaded.query(_ASK, {}) == built.query(_ASK, {})
    assert loaded.counts() == built.counts()
    assert loaded.ids() == built.ids() == {star.node.id for star in STARS}


def test_another_digest_builds_anew_and_leaves_one_file(tmp_path: Path) -> None:
    open_embedded(tmp_path, digest="a", stars=Counted())
    other = open_embedded(tmp_path, digest="b", stars=Counted(STARS[-6:]))
    assert other.counts() == EmbeddedStore(lambda: STARS[-6:]).counts()
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"not a graph", None], ids=["empty", "text", "cut"])
def test_damaged_cache_is_rebuilt(tmp_path: Path, damage: bytes | None) -> None:
    sound = open_embedded(tmp_path, digest="a", stars=Counted()).query(_ASK, {})
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2] if damage is None else damage)
    source = Counted()
    assert open_embedded(tmp_path, digest="a", stars=source).query(_ASK, {}) == sound
    assert source.calls > 0
    after = Counted()
    open_embedded(tmp_path, digest="a", stars=after)
    assert after.calls == 0


def test_every_flipped_byte_is_noticed_or_harmless(tmp_path: Path) -> None:
    sound = open_embedded(tmp_path, digest="a", stars=Counted()).query(_ASK, {})
    (file,) = tmp_path.iterdir()
    content = file.read_bytes()
    for place in range(0, len(content), max(len(content) // 40, 1)):
        file.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        assert open_embedded(tmp_path, digest="a", stars=Counted()).query(_ASK, {}) == sound


def test_works_where_nothing_can_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way of a folder")
    store = open_embedded(blocked / "cache", digest="a", stars=Counted())
    assert len(store.query(_ASK, {}).rows) == 2
    assert blocked.read_text() == "in the way of a folder"


def test_change_after_loading_from_cache_keeps_the_rest(tmp_path: Path) -> None:
    open_embedded(tmp_path, digest="a", stars=Counted())
    store = open_embedded(tmp_path, digest="a", stars=Counted())
    before = store.counts()
    store.remove(["keyword:attention"])
    assert store.counts() == {**before, "Keyword": before["Keyword"] - 1, "HAS_KEYWORD": before["HAS_KEYWORD"] - 1}


def test_advice_on_a_query_is_kept_not_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    store = EmbeddedStore(lambda: STARS)
    assert store.query("MATCH (m:Metod) RETURN m", {}).rows == ()
    assert "Metod" in " ".join(store.notices)
    assert store.query("MATCH (m:Method) RETURN m.name AS n ORDER BY n", {}).rows[0] == ("LSTM",)
    assert store.notices == ()
    assert capfd.readouterr() == ("", "")
