"""Addresses, mail and keys come from the environment, and a key is seen by the service alone."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from kg.errors import ConfigError, KgError
from kg.fetch.access import access
from kg.fetch.run import service_of
from kg.fetch.service import Query
from tests.fetch.conftest import Rig
from tests.fetch.loopback import App, Reply, openalex, semantic_scholar, serving

NAMES = ("KG_OPENALEX_URL", "KG_ARXIV_URL", "KG_S2_URL", "KG_MAILTO", "OPENALEX_API_KEY", "S2_API_KEY")
SECRET = "sesame-4711-open"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_without_settings_it_is_the_service_itself_at_its_pace() -> None:
    assert [
        (access(service_of(name), version="9").base.split("/")[2], access(service_of(name), version="9").interval) for name in ("arxiv", "openalex")
    ] == [
        ("export.arxiv.org", 3.0),
        ("api.openalex.org", 0.1),
    ]
    assert access(service_of("semanticscholar"), version="9").headers == {"User-Agent": "kg/9"}


def test_settings_make_the_client_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_MAILTO", "ann@example.org")
    monkeypatch.setenv("S2_API_KEY", f" {SECRET}\n")
    monkeypatch.setenv("OPENALEX_API_KEY", SECRET)
    polite = {"User-Agent": "kg/9 (mailto:ann@example.org)", "From": "ann@example.org"}
    scholar, alex = access(service_of("semanticscholar"), version="9"), access(service_of("openalex"), version="9")
    assert scholar.headers == {**polite, "x-api-key": SECRET}
    assert alex.headers == {**polite, "Authorization": f"Bearer {SECRET}"}
    assert access(service_of("arxiv"), version="9").headers == polite
    assert SECRET not in repr(scholar) + repr(alex)


@pytest.mark.parametrize(
    ("address", "interval"),
    [("http://127.0.0.1:8080/", 0.0), ("http://localhost:1/x", 0.0), ("http://[::1]:9", 0.0), ("https://mirror.example.org/api/", 3.0)],
)
def test_a_server_on_this_machine_is_asked_without_a_pause(monkeypatch: pytest.MonkeyPatch, address: str, interval: float) -> None:
    monkeypatch.setenv("KG_ARXIV_URL", address)
    found = access(service_of("arxiv"), version="9")
    assert (found.base, found.interval) == (address.rstrip("/"), interval)


@pytest.mark.parametrize(
    "address", ["example.org", "ftp://example.org", "http://", "http://a:b@example.org", "http://h:99999", "http://[::", "https://x/?q=1"]
)
def test_an_address_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("KG_ARXIV_URL", address)
    with pytest.raises(ConfigError, match="KG_ARXIV_URL is no address of a server"):
        access(service_of("arxiv"), version="9")


@pytest.mark.parametrize("mail", ["ann", "ann@example.org\r\nX-Evil: 1", "änn@example.org", "ann@example.org (me)"])
def test_a_mail_address_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch, mail: str) -> None:
    monkeypatch.setenv("KG_MAILTO", mail)
    with pytest.raises(ConfigError, match="KG_MAILTO is no mail address"):
        access(service_of("openalex"), version="9")


@pytest.mark.parametrize("key", [f"{SECRET}\nX: 1", f"{SECRET} x", f"{SECRET}é"])
def test_a_key_of_another_form_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("S2_API_KEY", key)
    with pytest.raises(ConfigError, match="S2_API_KEY holds characters") as caught:
        access(service_of("semanticscholar"), version="9")
    assert SECRET not in str(caught.value)


def test_a_key_does_not_travel_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("S2_API_KEY", SECRET)
    monkeypatch.setenv("KG_S2_URL", "http://mirror.example.org")
    with pytest.raises(ConfigError, match="would travel in the clear") as caught:
        access(service_of("semanticscholar"), version="9")
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(("app", "variable"), [(openalex(330), "OPENALEX_API_KEY"), (semantic_scholar(130), "S2_API_KEY")])
def test_a_key_is_in_a_header_and_nowhere_else(
    rig: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, app: App, variable: str
) -> None:
    service = "openalex" if variable == "OPENALEX_API_KEY" else "semanticscholar"
    caplog.set_level(logging.DEBUG)
    one = rig()
    monkeypatch.setenv(variable, SECRET)
    found = access(service_of(service), version="9")
    one.headers, one.secret = found.headers, found.secret
    echo = f'{{"error": "the key {SECRET} is not good"}}'.encode()
    with serving(app) as server:
        server.troubles |= {1: lambda reply: Reply(echo, 429), 2: lambda reply: Reply(echo, 401)}
        with pytest.raises(KgError, match=f"the key … is not good.*: check {variable}") as caught:
            one.run(server.url, service, Query("lagoon"))
        kept = "".join(path.read_text() for path in one.folder.iterdir())
        one.run(server.url, service, Query("lagoon"))
    assert all(SECRET in " ".join(seen.headers.values()) for seen in server.seen)
    assert not any(SECRET in str((seen.path, seen.params, seen.body)) for seen in server.seen)
    said = [str(caught.value), kept, one.bytes().decode(), *one.said, *(record.getMessage() for record in caplog.records)]
    assert len(caplog.records) > 3 and not any(SECRET in text for text in said)
