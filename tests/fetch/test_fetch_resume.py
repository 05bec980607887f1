"""A fetch that was stopped anywhere and run again gives the bytes of one that was not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import ConfigError, KgError
from kg.fetch.output import Output, State
from kg.fetch.service import Query
from tests.fetch.conftest import Rig
from tests.fetch.loopback import App, Reply, arxiv, openalex, semantic_scholar, serving

Make = Callable[..., Rig]
CASES: dict[str, tuple[str, App, Query]] = {
    "openalex": ("openalex", openalex(330), Query("lagoon")),
    "openalex, limited": ("openalex", openalex(330), Query("lagoon", limit=250)),
    "openalex ids": ("openalex", openalex(330), Query(ids=tuple(f"openalex:W{number}" for number in range(980, 1130)))),
    "arxiv": ("arxiv", arxiv(650), Query("tides")),
    "semanticscholar": ("semanticscholar", semantic_scholar(180), Query("reef")),
    "semanticscholar, references": ("semanticscholar", semantic_scholar(260, page=150), Query("reef", references=True)),
}


@pytest.mark.parametrize("case", CASES)
def test_stopped_at_any_request_it_goes_on_to_equal_bytes(rig: Make, case: str) -> None:
    service, app, query = CASES[case]
    whole = rig("whole")
    with serving(app) as server:
        expected = whole.run(server.url, service, query)
    requests = len(server.seen)
    assert requests >= 3
    for stop in range(requests):
        one = rig(f"stopped at {stop}")
        with serving(app) as server:
            server.troubles[stop] = lambda reply: Reply(b"{}", 410)
            with pytest.raises(KgError, match="410 Gone"):
                one.run(server.url, service, query)
            if stop:  # as when it was killed while it wrote: a part of the next page stands behind what the state promises
                with (one.folder / ".out.part").open("ab") as part:
                    part.write(b'{"id": "half a rec')
            report = one.run(server.url, service, query)
        assert len(server.seen) <= requests + 1, "what was fetched is not fetched again"
        assert one.bytes() == whole.bytes() and one.left() == ["out"]
        assert (report.records, report.total, report.missing) == (expected.records, expected.total, expected.missing)
        assert (report.resumed == 0) >= (stop == 0)


def _stopped(one: Rig, query: Query) -> None:
    with serving(openalex(330)) as server:
        server.troubles[2] = lambda reply: Reply(b"{}", 410)
        with pytest.raises(KgError):
            one.run(server.url, "openalex", query)
    assert one.left() == [".out.part", ".out.state.json"]


def test_a_finished_fetch_says_so_and_refresh_fetches_anew(rig: Make) -> None:
    one = rig()
    with serving(openalex(5)) as server:
        one.run(server.url, "openalex", Query("lagoon"))
        with pytest.raises(ConfigError, match=r"out is there already, so its fetch is finished: .* --refresh"):
            one.run(server.url, "openalex", Query("lagoon"))
        asked = len(server.seen)
        assert asked == 2 and one.bytes().count(b"\n") == 5
    with serving(openalex(7)) as server:
        assert one.run(server.url, "openalex", Query("lagoon"), refresh=True).records == 7
    assert one.bytes().count(b"\n") == 7


def test_a_refresh_that_fails_leaves_the_old_file(rig: Make) -> None:
    one = rig()
    with serving(openalex(5)) as server:
        one.run(server.url, "openalex", Query("lagoon"))
        old = one.bytes()
        server.troubles[2] = lambda reply: Reply(b"{}", 410)
        with pytest.raises(KgError, match="410"):
            one.run(server.url, "openalex", Query("lagoon"), refresh=True)
    assert one.bytes() == old and one.left() == ["out"]


def test_a_refresh_that_was_stopped_goes_on_without_the_option(rig: Make) -> None:
    one = rig()
    (one.folder / "out").write_bytes(b"old\n")
    with serving(openalex(330)) as server:
        server.troubles[2] = lambda reply: Reply(b"{}", 410)
        with pytest.raises(KgError):
            one.run(server.url, "openalex", Query("lagoon"), refresh=True)
        assert one.bytes() == b"old\n"
        assert one.run(server.url, "openalex", Query("lagoon")).resumed == 200
    assert one.bytes().count(b"\n") == 330


@pytest.mark.parametrize("other", [Query("reef"), Query("lagoon", limit=300), Query("lagoon", since=2000), Query(ids=("openalex:W1001",))])
def test_another_query_does_not_go_on_with_it(rig: Make, other: Query) -> None:
    one = rig()
    _stopped(one, Query("lagoon"))
    with serving(openalex(330)) as server:
        with pytest.raises(ConfigError, match="a fetch of another query stands unfinished there"):
            one.run(server.url, "openalex", other)
        assert server.seen == []
        one.run(server.url, "openalex", other, refresh=True)
    assert one.left() == ["out"]


def _shorten(folder: Path) -> None:
    (folder / ".out.part").write_bytes(b"")


def _edit(folder: Path) -> None:
    data = (folder / ".out.part").read_bytes()
    (folder / ".out.part").write_bytes(b"{}\n" + data)


def _spoil(text: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / ".out.state.json").write_text(text, encoding="utf-8")

    return spoil


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (_shorten, "shorter than its state says"),
        (_edit, "changed since it was written"),
        (_spoil(""), "not what a fetch left there"),
        (_spoil('{"digest": 1'), "not what a fetch left there"),
        (_spoil('{"digest": "x", "position": 3, "size": 0}'), "not what a fetch left there"),
        (_spoil("[]"), "not what a fetch left there"),
    ],
)
def test_what_cannot_be_gone_on_with_says_so(rig: Make, damage: Callable[[Path], None], line: str) -> None:
    one = rig()
    _stopped(one, Query("lagoon"))
    damage(one.folder)
    with serving(openalex(330)) as server:
        with pytest.raises(KgError, match=f"{line}.*use --refresh"):
            one.run(server.url, "openalex", Query("lagoon"))
        assert one.run(server.url, "openalex", Query("lagoon"), refresh=True).records == 330


def test_two_fetches_do_not_write_one_file(rig: Make) -> None:
    one = rig()
    with Output(one.folder / "out", State("x", {}, 0), header=b""), serving(openalex(5)) as server:
        with pytest.raises(ConfigError, match="another fetch is writing it"):
            one.run(server.url, "openalex", Query("lagoon"), refresh=True)
        assert server.seen == []


def test_killed_between_the_file_and_its_state_it_is_finished(rig: Make) -> None:
    one = rig()
    with serving(openalex(5)) as server:
        one.run(server.url, "openalex", Query("lagoon"))
        (one.folder / ".out.state.json").write_text(json.dumps({"digest": "x", "position": None, "size": 9, "records": 5}), encoding="utf-8")
        with pytest.raises(ConfigError, match="its fetch is finished"):
            one.run(server.url, "openalex", Query("lagoon"))
    assert one.left() == ["out"]


def test_a_file_without_a_place_is_refused(rig: Make) -> None:
    one = rig()
    (one.folder / "taken").mkdir()
    with serving(openalex(5)) as server:
        with pytest.raises(ConfigError, match="a folder: name a file in it"):
            one.run(server.url, "openalex", Query("lagoon"), name="taken")
        with pytest.raises(ConfigError, match="its folder is not there: make it"):
            one.run(server.url, "openalex", Query("lagoon"), name="nowhere/out")
        with pytest.raises(KgError, match="cannot be written"):
            one.run(server.url, "openalex", Query("lagoon"), name="n" * 300)
