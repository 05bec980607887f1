"""What a network does to a fetch: the records come out all the same, or one line says what is wrong and what to do."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.errors import KgError
from kg.fetch.service import Query
from kg.fetch.session import Patience
from tests.fetch.conftest import Rig
from tests.fetch.loopback import App, Reply, Trouble, arxiv, openalex, semantic_scholar, serving

Make = Callable[..., Rig]
SERVICES: dict[str, App] = {"openalex": openalex(230), "arxiv": arxiv(450), "semanticscholar": semantic_scholar(120)}
QUERY = Query("lagoon")


def _fail(status: int, headers: dict[str, str] | None = None, body: bytes = b'{"error": "not now"}') -> Trouble:
    return lambda reply: Reply(body, status, headers=headers or {})


PASSING: dict[str, Trouble] = {
    "429": _fail(429),
    "500": _fail(500, body=b"<html>trouble</html>"),
    "503": _fail(503, {"Retry-After": "7"}),
    "cut at once": lambda reply: replace(reply, cut=0),
    "cut in the middle": lambda reply: replace(reply, cut=len(reply.body) // 2),
    "half of it, announced as whole": lambda reply: replace(reply, body=reply.body[: len(reply.body) // 2]),
    "empty body": lambda reply: replace(reply, body=b""),
    "a web page": lambda reply: Reply(b"<html><body>please log in</body></html>", kind="text/html"),
    "a web page under a false name": lambda reply: replace(reply, body=b"<html><body>please log in</body></html>"),
    "another JSON": lambda reply: replace(reply, body=b'{"status": "fine"}'),
    "bad gzip": lambda reply: replace(reply, headers={"Content-Encoding": "gzip"}),
    "no text": lambda reply: replace(reply, body=b"\xff\xfe\x00"),
    "deep": lambda reply: replace(reply, body=b"[" * 100_000),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What each service's fetch gives when nothing goes wrong."""
    found = {}
    for name, app in SERVICES.items():
        one = Rig(tmp_path_factory.mktemp(name))
        with serving(app) as server:
            one.run(server.url, name, QUERY)
        found[name] = one.bytes()
    return found


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("trouble", PASSING)
def test_a_fault_that_passes_changes_no_byte(rig: Make, whole: dict[str, bytes], service: str, trouble: str) -> None:
    one = rig()
    with serving(SERVICES[service]) as server:
        server.troubles |= {0: PASSING[trouble], 2: PASSING[trouble], 3: PASSING[trouble]}
        one.run(server.url, service, QUERY)
    assert one.bytes() == whole[service] and one.left() == ["out"]
    assert len(one.said) == len(one.slept) == 3
    assert all("\n" not in line and "try 2 of 8" in line for line in one.said[:2]) and "try 3 of 8" in one.said[2]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("trouble", PASSING)
def test_a_fault_that_stays_ends_in_one_line_after_eight_tries(rig: Make, service: str, trouble: str) -> None:
    one = rig()
    with serving(SERVICES[service]) as server:
        server.troubles |= dict.fromkeys(range(20), PASSING[trouble])
        with pytest.raises(KgError) as caught:
            one.run(server.url, service, QUERY)
    assert len(server.seen) == 8 and one.left() == []
    assert "8 times in a row: " in str(caught.value) and "run the same command again" in str(caught.value)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 400


def test_an_empty_page_of_arxiv_before_the_end_is_asked_for_again(rig: Make, whole: dict[str, bytes]) -> None:
    one = rig()
    with serving(SERVICES["arxiv"]) as server:
        server.troubles[1] = lambda reply: replace(reply, body=reply.body.split(b"<entry>")[0] + b"</feed>")
        one.run(server.url, "arxiv", QUERY)
    assert one.bytes() == whole["arxiv"] and "an empty page where papers 201 to 450 were expected" in one.said[0]


def test_retry_after_is_kept_in_seconds_and_as_a_date(rig: Make) -> None:
    one = rig()
    with serving(openalex(5)) as server:
        server.troubles |= {
            0: _fail(429, {"Retry-After": "40"}),
            1: _fail(429, {"Retry-After": "Tue, 14 Nov 2023 22:14:20 GMT"}),  # 60 s after the test's clock
            2: _fail(429, {"Retry-After": "Tue, 14 Nov 2023 22:00:00 GMT"}),
            3: _fail(403, {"Retry-After": "0"}),
            4: _fail(429, {"Retry-After": "soon"}),
        }
        one.run(server.url, "openalex", QUERY)
    assert one.slept[:4] == [40.5, 60.5, 0.0, 0.0]  # the first two with half a second of jitter
    assert 8 <= one.slept[4] <= 16


def test_too_many_requests_without_a_key_name_the_key(rig: Make) -> None:
    one = rig()
    with serving(semantic_scholar(5)) as server:
        server.troubles |= dict.fromkeys(range(20), _fail(429))
        with pytest.raises(KgError, match="429 Too Many Requests, 8 times in a row: set S2_API_KEY, for a key raises the limits, wait a little"):
            one.run(server.url, "semanticscholar", QUERY)


def test_back_off_doubles_up_to_a_minute(rig: Make) -> None:
    one = rig()
    one.patience = Patience(tries=9)
    with serving(openalex(5)) as server:
        server.troubles |= dict.fromkeys(range(8), _fail(500))
        one.run(server.url, "openalex", QUERY)
    assert one.slept == [0.75, 1.5, 3.0, 6.0, 12.0, 24.0, 45.0, 45.0]


def test_a_wait_of_hours_is_left_to_the_user_and_nothing_is_lost(rig: Make, whole: dict[str, bytes]) -> None:
    one = rig()
    with serving(SERVICES["openalex"]) as server:
        server.troubles[1] = _fail(429, {"Retry-After": "20000"})
        with pytest.raises(KgError, match="asked to be left alone for 6 h: run the same command again, it goes on where it stopped, after that"):
            one.run(server.url, "openalex", QUERY)
        assert one.slept == [] and one.left() == [".out.part", ".out.state.json"]
        assert one.run(server.url, "openalex", QUERY).resumed == 100
    assert one.bytes() == whole["openalex"]


@pytest.mark.parametrize(
    ("status", "body", "line"),
    [
        (404, b"", "OpenAlex answered 404 Not Found: check KG_OPENALEX_URL"),
        (401, b'{"error": "bad key"}', "OpenAlex answered 401 Unauthorized (bad key): it may want a key: set OPENALEX_API_KEY"),
        (400, b'{"error": "Invalid", "message": "Unknown\\nfield: x."}', "OpenAlex answered 400 Bad Request (Unknown field: x): check the query"),
        (418, b"\x00\x01", "OpenAlex answered 418 I'm a Teapot: check the query"),
        (299, b"{}", "OpenAlex answered 299: check the query"),
    ],
)
def test_what_no_other_try_would_mend_is_asked_once(rig: Make, status: int, body: bytes, line: str) -> None:
    one = rig()
    with serving(openalex(5)) as server:
        server.troubles[0] = _fail(status, body=body)
        with pytest.raises(KgError) as caught:
            one.run(server.url, "openalex", QUERY)
    assert str(caught.value).startswith(line) and len(server.seen) == 1 and one.left() == []


def test_no_server_is_one_line(rig: Make) -> None:
    one = rig()
    with serving(openalex(1)) as server:
        gone = server.url
    with pytest.raises(KgError, match=r"OpenAlex: the connection failed \(ConnectError: .*refused\), 3 times in a row: check the connection"):
        one.run(gone, "openalex", QUERY)


def test_a_silent_server_and_a_slow_one_are_not_waited_for(rig: Make, whole: dict[str, bytes]) -> None:
    one, never = rig(), threading.Event()
    one.patience = Patience(silence=0.05)
    with serving(SERVICES["openalex"]) as server:
        server.troubles[1] = lambda reply: replace(reply, wait=never)
        one.run(server.url, "openalex", QUERY)
    assert "no answer in time" in one.said[0] and one.bytes() == whole["openalex"]
    slow = rig("slow")
    slow.tick, slow.patience = 10.0, Patience(whole=3.0, tries=2)
    with serving(SERVICES["openalex"]) as server:
        server.troubles |= dict.fromkeys(range(2), lambda reply: replace(reply, drip=4096))
        with pytest.raises(KgError, match="an answer that was not whole after 3 s, 2 times in a row"):
            slow.run(server.url, "openalex", QUERY)


def test_an_answer_without_end_is_not_kept_in_memory(rig: Make) -> None:
    one = rig()
    one.patience = Patience(size=1 << 20)
    bomb = gzip.compress(b" " * (64 << 20))
    with serving(openalex(5)) as server:
        server.troubles[0] = lambda reply: Reply(bomb, headers={"Content-Encoding": "gzip"})
        with pytest.raises(KgError, match="an answer over 1 MiB: ask for less"):
            one.run(server.url, "openalex", QUERY)


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE feed [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>", "<!DOCTYPE feed SYSTEM 'file:///etc/hostname'>"]
)
def test_a_feed_with_entities_is_refused(rig: Make, start: str) -> None:
    one = rig()
    one.patience = Patience(tries=1)
    with serving(arxiv(2)) as server:
        server.troubles[0] = lambda reply: replace(reply, body=reply.body.replace(b"<feed", start.encode() + b"<feed"))
        with pytest.raises(KgError, match="no Atom feed"):
            one.run(server.url, "arxiv", QUERY)


def test_a_redirect_is_followed_on_the_same_server_only(rig: Make) -> None:
    one = rig()
    one.headers, one.secret = {"Authorization": "Bearer hush-hush-1"}, "hush-hush-1"
    query = Query(ids=("openalex:W1",))
    with serving(openalex(5)) as server, serving(openalex(5)) as other:
        server.troubles[0] = _fail(301, {"Location": "/works/W1003"})
        assert one.run(server.url, "openalex", query).records == 1
        server.troubles[2] = _fail(302, {"Location": f"{other.url}/works/W1003"})
        with pytest.raises(KgError, match=r"redirected to another server \(127\.0\.0\.1\)"):
            one.run(server.url, "openalex", query, name="second")
        server.troubles |= dict.fromkeys(range(3, 20), _fail(302, {"Location": "/works/W1"}))
        with pytest.raises(KgError, match="redirected in a circle"):
            one.run(server.url, "openalex", query, name="third")
    assert other.seen == [] and len(server.seen) == 8
