"""`kg fetch` as a user runs it: killed and run again, its output built at once, its failures one line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.pipeline.fetching import known_id
from tests.fetch.loopback import App, Reply, arxiv, openalex, semantic_scholar, serving

ROOT = Path(__file__).parent.parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]
CASES: dict[str, tuple[App, str]] = {
    "openalex": (openalex(330), "KG_OPENALEX_URL"),
    "arxiv": (arxiv(650), "KG_ARXIV_URL"),
    "semanticscholar": (semantic_scholar(180), "KG_S2_URL"),
}


def _env(variable: str, url: str) -> dict[str, str]:
    return {variable: url, "NO_PROXY": "127.0.0.1"}


@pytest.mark.parametrize("service", CASES)
def test_killed_in_the_middle_it_goes_on_to_equal_bytes(kg: Run, tmp_path: Path, service: str) -> None:
    app, variable = CASES[service]
    command = ("fetch", service, "lagoon tides", "-o")
    with serving(app) as server:
        assert kg(*command, "whole", env=_env(variable, server.url)).returncode == 0
    reached = threading.Event()
    with serving(app) as server:

        def hold(reply: Reply) -> Reply:
            reached.set()
            return replace(reply, wait=threading.Event())

        server.troubles[2] = hold
        started = [sys.executable, "-m", "kg", *command, "killed"]
        env = {**os.environ, **_env(variable, server.url), "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(started, cwd=tmp_path, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            assert reached.wait(60)
            process.send_signal(signal.SIGKILL)
            assert process.wait(60) == -signal.SIGKILL
        assert not (tmp_path / "killed").exists()
        done = kg(*command, "killed", env=_env(variable, server.url))
        asked = len(server.seen)
    assert done.returncode == 0 and "from an earlier run) are in killed; next: kg build killed" in done.stdout
    assert (tmp_path / "killed").read_bytes() == (tmp_path / "whole").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["killed", "whole"]
    assert [seen.params for seen in server.seen][2] == [seen.params for seen in server.seen][3] and asked >= 5


@pytest.mark.parametrize("service", CASES)
def test_what_was_fetched_is_built_at_once(kg: Run, tmp_path: Path, service: str) -> None:
    app, variable = CASES[service]
    with serving(app) as server:
        done = kg("fetch", service, "lagoon", "--limit", "6", "--json", "-o", "found", env=_env(variable, server.url))
    report = json.loads(done.stdout)
    assert (report["records"], report["resumed"], report["missing"]) == (6, 0, [])
    built = kg("build", "found", "--json", "-g", "graph")
    counts = json.loads(built.stdout)
    assert (counts["records"], counts["rejected"], counts["papers"]) == (6, 0, 6), built.stderr


def test_ids_come_from_arguments_files_and_stdin(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "ids.txt").write_text("\ufeff# my list\nhttps://doi.org/10.5555/kg.3  # a remark\n\nopenalex:w1001\n", encoding="utf-8")
    with serving(openalex(9)) as server:
        done = kg(
            "fetch", "openalex", "W1000", "@ids.txt", "-", "-o", "out.jsonl", stdin="W1001\nW1002\nW77\n", env=_env("KG_OPENALEX_URL", server.url)
        )
    assert done.returncode == 0, done.stderr
    found = {json.loads(line)["id"].rsplit("/", 1)[-1] for line in (tmp_path / "out.jsonl").read_text().splitlines()}
    assert found == {"W1000", "W1001", "W1002", "W1003"}
    assert "4 of 5 records are in out.jsonl; next: kg build out.jsonl" in done.stdout
    assert done.stderr == "kg: 1 id is not known there: openalex:W77\n"


def test_waits_are_told_and_a_second_run_says_that_it_is_finished(kg: Run) -> None:
    with serving(openalex(9)) as server:
        server.troubles[0] = lambda reply: Reply(b"{}", 429, headers={"Retry-After": "0"})
        first = kg("fetch", "openalex", "lagoon", "-o", "out", env=_env("KG_OPENALEX_URL", server.url))
        second = kg("fetch", "openalex", "lagoon", "-o", "out", env=_env("KG_OPENALEX_URL", server.url))
        third = kg("fetch", "openalex", "lagoon", "-o", "out", "--refresh", env=_env("KG_OPENALEX_URL", server.url))
    assert first.stderr == "kg: OpenAlex: answered 429 Too Many Requests; try 2 of 8 in 0 s\n"
    assert (second.returncode, second.stdout) == (1, "") and second.stderr.startswith("kg: out is there already, so its fetch is finished")
    assert third.returncode == 0
    assert server.seen[0].headers["user-agent"].startswith("kg/") and server.seen[0].params["search"] == "lagoon"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("openalex", "W1", "lagoons"), "'lagoons' is no id that is known here"),
        (("openalex", "https://example.org/paper"), "is no id that is known here"),
        (("openalex", "@none.txt"), "none.txt: cannot be read (No such file or directory): name a file with one id a line"),
        (("openalex", "@bad.txt"), "bad.txt:2: 'lagoon' is no id: write one a line"),
        (("openalex", "@empty.txt"), "empty.txt: no ids in it"),
        (("openalex", "@latin.txt"), "latin.txt: no text in UTF-8"),
        (("openalex", "-"), "-: no ids in it"),
        (("openalex", "W1", "--since", "2020"), "--since belongs to a query"),
        (("openalex", "   "), "nothing to fetch"),
        (("arxiv", "lagoon", "--references"), "gives no references"),
        (("openalex", "lagoon", "-o", "-"), "name one with -o FILE"),
        (("openalex", "lagoon", "-o", "none/out"), "its folder is not there: make it"),
    ],
)
def test_a_mistake_is_one_line_with_the_remedy(kg: Run, tmp_path: Path, arguments: tuple[str, ...], line: str) -> None:
    (tmp_path / "bad.txt").write_text("W1\nlagoon\n")
    (tmp_path / "empty.txt").write_text("# nothing\n\n")
    (tmp_path / "latin.txt").write_bytes(b"W1\n\xe9\n")
    done = kg("fetch", "-o", "out", *arguments, env=_env("KG_OPENALEX_URL", "http://127.0.0.1:9"))
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith("kg: ") and line in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_without_httpx_it_names_the_extra(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "httpx.py").write_text("raise ImportError('not here')\n")
    done = kg("fetch", "openalex", "lagoon", "-o", "out", env={"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])})
    assert done.returncode == 1 and done.stderr == 'kg: fetching needs the extra "fetch": pip install "kg[fetch]"\n'


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("W2741809807", "openalex:W2741809807"),
        ("https://api.openalex.org/works/w12", "openalex:W12"),
        ("openalex:W12", "openalex:W12"),
        ("arXiv:2404.08796v2", "arxiv:2404.08796"),
        ("https://arxiv.org/abs/math.AG/0601001", "arxiv:math/0601001"),
        ("https://doi.org/10.48550/arXiv.2404.08796", "arxiv:2404.08796"),
        ("doi:10.1000/ABC", "doi:10.1000/abc"),
        ("CorpusId: 123", "s2:123"),
        ("S2:123", "s2:123"),
        ("A" * 40, "s2:" + "a" * 40),
        ("https://www.semanticscholar.org/paper/Some-Title/" + "0" * 40, "s2:" + "0" * 40),
        ("acl:P18-1001", "acl:P18-1001"),
        ("PMID: 31452104", "pmid:31452104"),
        ("https://pubmed.ncbi.nlm.nih.gov/31452104/", "pmid:31452104"),
        ("lagoon", None),
        ("2019", None),
        ("dblp:conf/x/Y", None),
        ("", None),
    ],
)
def test_ids_in_any_spelling(text: str, known: str | None) -> None:
    assert known_id(text) == known
