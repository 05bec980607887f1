"""A server on this machine that answers as the three services do, with made-up papers, and fails when it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

MOST = 300  # requests that one server answers
JSON, ATOM = "application/json; charset=utf-8", "application/atom+xml; charset=utf-8"


@dataclass(frozen=True)
class Seen:
    """A request as it came."""

    method: str
    path: str
    params: dict[str, str]
    headers: dict[str, str]
    body: Any = None


@dataclass(frozen=True)
class Reply:
    """An answer. `cut` closes the connection after so many bytes of a body that was announced whole, `wait` holds it back until the
    event is set, `drip` sends the body in pieces of so many bytes."""

    body: bytes = b""
    status: int = 200
    kind: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    wait: threading.Event | None = None
    drip: int | None = None


App = Callable[[Seen], Reply]
Trouble = Callable[[Reply], Reply]


class Server:
    """The running server: its address, what it saw, and the troubles by the number of the request (from 0) that meets them."""

    def __init__(self, app: App) -> None:
        self.app, self.seen, self.troubles = app, list[Seen](), dict[int, Trouble]()
        self.closing = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = False
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def reply(self, seen: Seen) -> Reply:
        number = len(self.seen)
        self.seen.append(seen)
        if number >= MOST:
            return Reply(b'{"error": "too many requests in one test"}', 410)
        return self.troubles.get(number, lambda reply: reply)(self.app(seen))


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            params = {key: values[-1] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            reply = server.reply(Seen(self.command, unquote(parts.path), params, {key.lower(): value for key, value in self.headers.items()}, body))
            while reply.wait and not (reply.wait.wait(0.01) or server.closing.is_set()):
                pass
            try:
                self._send(reply)
            except OSError:  # the client went, which is what some tests are about
                self.close_connection = True

        do_POST = do_GET

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for key, value in {"Content-Type": reply.kind, "Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(key, value)
            self.send_header("Connection", "close")
            self.end_headers()
            body = reply.body if reply.cut is None else reply.body[: reply.cut]
            step = reply.drip or max(1, len(body))
            for at in range(0, len(body), step):
                self.wfile.write(body[at : at + step])
                self.wfile.flush()

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    return Handler


@contextmanager
def serving(app: App) -> Iterator[Server]:
    with Server(app) as server:
        yield server


def _json(value: Any) -> Reply:
    return Reply(json.dumps(value).encode())


def work(number: int) -> dict[str, Any]:
    words = f"Paper {number} names the Quokka model and measures it on the Lagoon corpus .".split()
    return {
        "id": f"https://openalex.org/W{1000 + number}",
        "doi": f"https://doi.org/10.5555/kg.{number}",
        "display_name": f"A made-up study of lagoons, part {number}",
        "publication_year": 2000 + number % 20,
        "authorships": [{"author": {"display_name": "Ada Example"}}],
        "abstract_inverted_index": {word: [at for at, other in enumerate(words) if other == word] for word in words},
        "referenced_works": [f"https://openalex.org/W{1000 + number - 1}"] if number else [],
        "cited_by_count": number,
    }


def openalex(count: int) -> App:
    works = [work(number) for number in range(count)]

    def answer(seen: Seen) -> Reply:
        if seen.path.startswith("/works/"):
            wanted = seen.path.removeprefix("/works/").removeprefix("doi:")
            found = [one for one in works if one["id"].endswith("/" + wanted) or one["doi"].endswith("/" + wanted)]
            return _json(found[0]) if found else Reply(b'{"error": "not found"}', 404)
        if "cursor" not in seen.params:
            asked = seen.params["filter"].partition(":")[2].split("|")
            found = [one for one in works if any(one["id"].endswith("/" + name) or one["doi"].endswith("org/" + name) for name in asked)]
            return _json({"meta": {"count": len(found)}, "results": found})
        size, cursor = int(seen.params["per_page"]), seen.params["cursor"]
        at = 0 if cursor == "*" else int(cursor.removeprefix("c"))
        following = f"c{at + size}" if at < count else None
        return _json({"meta": {"count": count, "next_cursor": following}, "results": works[at : at + size]})

    return answer


def entry(number: int) -> str:
    return (
        f"<entry><id>http://arxiv.org/abs/{2001 + number // 1000}.{10000 + number}v2</id><title>Lagoons &amp; tides,\n  part {number}</title>"
        f"<summary>  Paper {number} proposes the Quokka model for λ &lt; 2.\n</summary><published>2020-01-02T03:04:05Z</published>"
        f'<author><name>Ada Example</name></author><arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">4 pages</arxiv:comment>'
        f'<category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/></entry>'
    )


def feed(entries: list[str], total: int) -> bytes:
    inside = "\n".join(entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>made up</title>'
        f'<opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{total}</opensearch:totalResults>\n{inside}\n</feed>'
    ).encode()


def arxiv(count: int) -> App:
    entries = [entry(number) for number in range(count)]

    def answer(seen: Seen) -> Reply:
        if "id_list" in seen.params:
            asked = seen.params["id_list"].split(",")
            found = [one for one in entries if any(f"/abs/{name}v" in one for name in asked)]
            return Reply(feed(found, len(found)), kind=ATOM)
        if seen.params["search_query"] == "bad(":
            wrong = f"<entry><id>http://arxiv.org/api/errors#1</id><title>Error</title><summary>{escape('brackets do not fit')}</summary></entry>"
            return Reply(feed([wrong], 1), 400, ATOM)
        start, size = int(seen.params["start"]), int(seen.params["max_results"])
        return Reply(feed(entries[start : start + size], count), kind=ATOM)

    return answer


def paper(number: int, fields: str) -> dict[str, Any]:
    whole = {
        "paperId": f"{number:040x}",
        "corpusId": 5000 + number,
        "externalIds": {"DOI": f"10.5555/s2.{number}", "CorpusId": 5000 + number},
        "title": f"Invented results on reefs, part {number}",
        "abstract": f"We describe reef {number} with the Wombat parser.",
        "year": 2015,
        "authors": [{"authorId": "1", "name": "Ada Example"}],
    }
    if "references." in fields:
        whole["references"] = [{"paperId": f"{number + 1:040x}", "title": f"Invented results on reefs, part {number + 1}", "year": 2014}]
    return {key: value for key, value in whole.items() if key in fields.split(",") or key == "references"}


def semantic_scholar(count: int, page: int = 50) -> App:
    def found(name: str, fields: str) -> dict[str, Any] | None:
        numbers = {f"{number:040x}": number for number in range(count)} | {f"DOI:10.5555/s2.{number}": number for number in range(count)}
        return paper(numbers[name], fields) if name in numbers else None

    def answer(seen: Seen) -> Reply:
        fields = seen.params["fields"]
        if seen.path == "/paper/batch":
            papers = [found(name, fields) for name in seen.body["ids"]]
            return _json(papers) if any(papers) else Reply(b'{"error": "No valid paper ids given"}', 400)
        if seen.path == "/paper/search/bulk":
            at = int(seen.params.get("token", "t0").removeprefix("t"))
            token = f"t{at + page}" if at + page < count else None
            return _json({"total": count, "token": token, "data": [paper(number, fields) for number in range(at, min(count, at + page))]})
        at, size = int(seen.params["offset"]), int(seen.params["limit"])
        following = {"next": at + size} if at + size < count else {}
        return _json({"total": count, "offset": at, **following, "data": [paper(n, fields) for n in range(at, min(count, at + size))]})

    return answer
