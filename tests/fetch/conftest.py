"""What the tests of fetching share: a clock that never sleeps, and an access to a server on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kg.fetch.access import Access
from kg.fetch.run import FetchReport, Means, fetch, service_of
from kg.fetch.service import Query
from kg.fetch.session import Patience
from kg.fetch.waiting import Clock


@dataclass
class Rig:
    """Runs fetches against a server and keeps what they slept, said and told."""

    folder: Path
    slept: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    told: list[tuple[str, int, int | None]] = field(default_factory=list)
    interval: float = 0.0
    patience: Patience = field(default_factory=Patience)
    headers: dict[str, str] = field(default_factory=dict)
    secret: str = ""
    tick: float = 0.0  # seconds that pass at each look at the clock
    time: float = 1_000.0

    def now(self) -> float:
        self.time += self.tick
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def run(self, url: str, service: str, query: Query, *, name: str = "out", refresh: bool = False) -> FetchReport:
        clock = Clock(self.now, lambda: 1_700_000_000.0, self.sleep, lambda: 0.5)
        reach = Access(url, self.interval, self.headers, self.secret)
        means = Means(reach, lambda *progress: self.told.append(progress), self.said.append, clock, self.patience)
        return fetch(service_of(service), query, self.folder / name, means=means, refresh=refresh)

    def bytes(self, name: str = "out") -> bytes:
        return (self.folder / name).read_bytes()

    def left(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Rig]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    def make(name: str = "rig") -> Rig:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        return Rig(folder)

    return make
