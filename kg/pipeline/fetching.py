"""`fetch`: what a user names, a query or ids in any spelling, from an argument, a file or stdin, becomes one query to one service.

Invariant: words are ids only where all of them are; a list of ids that holds something else is refused with its place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import __version__
from kg.errors import ConfigError, InputError
from kg.fetch.access import access
from kg.fetch.run import FetchReport, Means, service_of
from kg.fetch.run import fetch as fetch_query
from kg.fetch.service import Query
from kg.pipeline.progress import Progress, silent
from kg.sources.identifiers import identifier
from kg.sources.openalex import work

_S2 = re.compile(r"^(?:s2:|corpusid:\s*|https?://(?:www\.)?semanticscholar\.org/paper/(?:[^/]+/)?)?(?P<id>[0-9a-f]{40})$", re.I)
_CORPUS = re.compile(r"^(?:corpusid|s2)\s*:\s*(\d+)$", re.I)
_PMID = re.compile(r"^(?:pmid\s*:\s*|https?://pubmed\.ncbi\.nlm\.nih\.gov/)(\d{1,9})/?$", re.I)
_REMARK = re.compile(r"(?:^|\s)#.*")  # a `#` within a DOI is the DOI's
_FORMS = "W…, 2404.08796, 10.1000/xyz, s2:…, acl:… or pmid:…"


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How much to fetch: at most `limit` records, papers from the year `since` on, `references` too where that costs more requests;
    `refresh` fetches anew what was fetched before."""

    limit: int | None = None
    since: int | None = None
    references: bool = False
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told: of the `progress`, and in a `notice` of one line what is waited for."""

    progress: Progress = silent
    notice: Callable[[str], None] = lambda line: None


def fetch(service: str, what: Sequence[str], out: str, *, options: FetchOptions | None = None, tell: Telling | None = None) -> FetchReport:
    """Writes to the file `out` what `service` (`openalex`, `arxiv`, `semanticscholar`) has on `what`: words of a query, or ids, `@FILE`
    with an id a line, `-` for ids on stdin. A fetch that was stopped goes on when called again. Raises ConfigError, InputError
    for a list of ids that is none, MissingExtra without httpx, KgError where the service fails."""
    options = options or FetchOptions()
    if out in ("", "-"):
        raise ConfigError("a fetch needs a file to go on with when it is stopped: name one with -o FILE")
    text, ids = _meant(what)
    if ids and options.since:
        raise ConfigError("--since belongs to a query: ids name their papers already")
    query = Query(text=text, ids=ids, limit=options.limit, since=options.since, references=options.references)
    tell, asked = tell or Telling(), service_of(service)
    means = Means(access(asked, version=__version__), tell.progress, tell.notice)
    return fetch_query(asked, query, Path(out), refresh=options.refresh, means=means)


def known_id(text: str) -> str | None:
    """`text` as an id in kg's spelling, None where it is none."""
    text = text.strip()
    if found := work(text.removeprefix("openalex:")):
        return found
    if match := _S2.match(text):
        return f"s2:{match['id'].lower()}"
    if match := _CORPUS.match(text):
        return f"s2:{match[1]}"
    if match := _PMID.match(text):
        return f"pmid:{match[1]}"
    other = identifier(text)
    return other if other and other.partition(":")[0] in ("doi", "arxiv", "acl") else None


def _meant(what: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The query, or the ids."""
    lists = [word for word in what if word == "-" or word.startswith("@")]
    found = {word: known_id(word) for word in what if word not in lists}
    odd = [word for word, name in found.items() if not name]
    if not odd:
        ids = [name for word in what for name in (_listed(word) if word in lists else [found[word]]) if name]
        if not ids:
            raise InputError("no ids in it: write one a line", file=lists[0].removeprefix("@"))
        return "", tuple(dict.fromkeys(ids))
    if lists or len(odd) < len(found) or odd[0].startswith(("http://", "https://")):
        raise ConfigError(f"{odd[0]!r} is no id that is known here: give ids alone ({_FORMS}), or the query as one quoted argument")
    return " ".join(" ".join(what).split()), ()


def _listed(word: str) -> Iterator[str]:
    """The ids in a file or on stdin, one a line; empty lines and what follows `#` are left out."""
    name = word.removeprefix("@")
    try:
        text = sys.stdin.buffer.read() if word == "-" else Path(name).read_bytes()
        lines = text.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputError("no text in UTF-8: write one id a line", file=name) from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error}): name a file with one id a line", file=name) from None
    for number, line in enumerate(lines, 1):
        if given := _REMARK.sub("", line).strip():
            if not (found := known_id(given)):
                raise InputError(f"{given[:60]!r} is no id: write one a line ({_FORMS})", file=name, line=number)
            yield found
