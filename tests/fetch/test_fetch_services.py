"""Each service is asked as its API wants it, and what it gives is in the file, page by page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from kg.errors import ConfigError, KgError
from kg.fetch.service import Query
from tests.fetch.conftest import Rig
from tests.fetch.loopback import Reply, arxiv, openalex, paper, semantic_scholar, serving, work

Make = Callable[..., Rig]


def _records(rig: Rig) -> list[dict[str, object]]:
    return [json.loads(line) for line in rig.bytes().splitlines()]


def test_openalex_pages_by_cursor_until_there_is_none(rig: Make) -> None:
    one = rig()
    with serving(openalex(230)) as server:
        report = one.run(server.url, "openalex", Query("lagoon", since=2005))
    assert _records(one) == [work(number) for number in range(230)]
    assert (report.records, report.total, report.missing) == (230, 230, ())
    assert [seen.params["cursor"] for seen in server.seen] == ["*", "c100", "c200", "c300"]
    assert {(seen.params["search"], seen.params["filter"]) for seen in server.seen} == {("lagoon", "from_publication_date:2005-01-01")}
    assert one.told[-1] == ("fetch", 230, 230)


def test_openalex_ids_go_in_batches_and_the_unknown_ones_are_named(rig: Make) -> None:
    one = rig()
    odd = "doi:10.5555/a,b"
    ids = (*(f"openalex:W{1000 + number}" for number in range(60)), "doi:10.5555/kg.70", "doi:10.5555/none", odd, "openalex:W1")
    with serving(openalex(80)) as server:
        report = one.run(server.url, "openalex", Query(ids=ids))
    assert {record["id"] for record in _records(one)} == {work(number)["id"] for number in (*range(60), 70)}
    assert report.missing == ("doi:10.5555/none", odd, "openalex:W1")
    assert [seen.path for seen in server.seen] == ["/works", "/works", "/works", "/works/doi:10.5555/a,b", "/works/W1"]
    assert server.seen[2].params["filter"] == "doi:10.5555/kg.70|10.5555/none"


def test_arxiv_keeps_its_pace_and_writes_one_feed(rig: Make) -> None:
    one = rig()
    one.interval = 3.0
    with serving(arxiv(450)) as server:
        report = one.run(server.url, "arxiv", Query("lagoon tides", since=2019))
    assert one.slept == [3.0, 3.0]
    assert [(seen.params["start"], seen.params["sortBy"]) for seen in server.seen] == [(str(at), "submittedDate") for at in (0, 200, 400)]
    assert server.seen[0].params["search_query"] == "(all:lagoon AND all:tides) AND submittedDate:[201901010000 TO 299912312359]"
    text = one.bytes().decode()
    assert report.records == 450
    assert [int(number) for number in re.findall(r"part (\d+)</title>", text)] == list(range(450))
    assert "λ &lt; 2." in text and text.endswith("</entry>\n</feed>\n")


def test_arxiv_with_a_limit_asks_for_the_most_relevant(rig: Make) -> None:
    one = rig()
    with serving(arxiv(450)) as server:
        report = one.run(server.url, "arxiv", Query("cat:cs.LG AND all:tides", limit=7))
    assert report.records == 7 and one.bytes().count(b"<entry") == 7
    assert server.seen[0].params == {"search_query": "cat:cs.LG AND all:tides", "start": "0", "max_results": "7"}


def test_arxiv_ids_that_it_does_not_know_are_named(rig: Make) -> None:
    one = rig()
    with serving(arxiv(3)) as server:
        report = one.run(server.url, "arxiv", Query(ids=("arxiv:2001.10001", "arxiv:2499.99999", "arxiv:2001.10000")))
    assert (report.records, report.missing) == (2, ("arxiv:2499.99999",))
    assert server.seen[0].params["id_list"] == "2001.10001,2499.99999,2001.10000"


@pytest.mark.parametrize("limit", [None, 120])
def test_semantic_scholar_goes_by_token_or_by_offset(rig: Make, limit: int | None) -> None:
    one = rig()
    with serving(semantic_scholar(130)) as server:
        report = one.run(server.url, "semanticscholar", Query("reef", limit=limit, since=2010))
    fields = server.seen[0].params["fields"]
    assert _records(one) == [paper(number, fields) for number in range(limit or 130)]
    assert (report.records, report.total) == (limit or 130, 130)
    key, places = ("offset", ["0", "100"]) if limit else ("token", [None, "t50", "t100"])
    assert [seen.params.get(key) for seen in server.seen] == places
    assert {seen.params["year"] for seen in server.seen} == {"2010-"}


def test_semantic_scholar_references_of_a_bulk_search_come_by_batches(rig: Make) -> None:
    one = rig()
    with serving(semantic_scholar(250, page=150)) as server:
        report = one.run(server.url, "semanticscholar", Query("reef", references=True))
    assert [seen.path.rsplit("/", 1)[-1] for seen in server.seen] == ["bulk", "batch", "batch", "bulk", "batch"]
    assert [len(seen.body["ids"]) for seen in server.seen if seen.method == "POST"] == [100, 50, 100]
    assert report.records == report.total == 250
    assert all(record["references"] for record in _records(one))


def test_semantic_scholar_ids_are_one_post(rig: Make) -> None:
    one = rig()
    with serving(semantic_scholar(3)) as server:
        report = one.run(server.url, "semanticscholar", Query(ids=(f"s2:{1:040x}", "doi:10.5555/s2.2", "s2:77", "arxiv:2001.00001")))
    assert (report.records, report.missing) == (2, ("s2:77", "arxiv:2001.00001"))
    assert server.seen[0].body == {"ids": [f"{1:040x}", "DOI:10.5555/s2.2", "CorpusId:77", "ARXIV:2001.00001"]}


@pytest.mark.parametrize("service", ["openalex", "arxiv", "semanticscholar"])
@pytest.mark.parametrize("query", [Query("nothing like it"), Query("nothing like it", limit=5)])
def test_nothing_found_is_said_and_leaves_nothing(rig: Make, service: str, query: Query) -> None:
    one = rig()
    app = {"openalex": openalex, "arxiv": arxiv, "semanticscholar": semantic_scholar}[service](0)
    with serving(app) as server, pytest.raises(KgError, match="found nothing: check the query"):
        one.run(server.url, service, query)
    assert len(server.seen) == 1 and one.left() == []


def test_ids_that_are_all_unknown_are_nothing_found(rig: Make) -> None:
    one = rig()
    with serving(semantic_scholar(3)) as server, pytest.raises(KgError, match="found nothing: check the ids"):
        one.run(server.url, "semanticscholar", Query(ids=("s2:77",)))
    with serving(openalex(3)) as server, pytest.raises(KgError, match="found nothing: check the ids"):
        one.run(server.url, "openalex", Query(ids=("openalex:W9",)))


@pytest.mark.parametrize(
    ("service", "query", "remedy"),
    [
        ("arxiv", Query("tides", references=True), "gives no references: fetch the same papers from semanticscholar"),
        ("arxiv", Query(ids=("doi:10.1/x",)), "give arXiv ids"),
        ("openalex", Query(ids=("acl:P18-1001",)), "cannot look up acl:P18-1001"),
        ("semanticscholar", Query(ids=("openalex:W1",)), "cannot look up openalex:W1"),
        ("openalex", Query(), "give a query, or ids"),
    ],
)
def test_a_query_that_cannot_be_asked_is_refused_before_any_request(rig: Make, service: str, query: Query, remedy: str) -> None:
    one = rig()
    with serving(openalex(1)) as server, pytest.raises(ConfigError, match=remedy):
        one.run(server.url, service, query)
    assert server.seen == [] and one.left() == []


def test_arxiv_says_why_a_query_is_wrong(rig: Make) -> None:
    one = rig()
    with serving(arxiv(3)) as server, pytest.raises(KgError, match=r"refused the query \(brackets do not fit\): correct it"):
        one.run(server.url, "arxiv", Query("bad("))
    assert len(server.seen) == 1 and one.left() == []


def test_arxiv_refuses_more_than_it_gives(rig: Make) -> None:
    one = rig()
    with serving(arxiv(3)) as server:
        server.troubles[0] = lambda reply: Reply(reply.body.replace(b">3</open", b">45000</open"), kind=reply.kind)
        with pytest.raises(KgError, match="45000 papers match and arXiv gives 30000"):
            one.run(server.url, "arxiv", Query("all:tides"))
    assert one.left() == []


def test_half_of_a_surrogate_pair_does_not_lose_the_paper(rig: Make) -> None:
    one = rig()
    with serving(openalex(2)) as server:
        server.troubles[0] = lambda reply: Reply(reply.body.replace(b"part 1", b"part \\ud835"))
        assert one.run(server.url, "openalex", Query("lagoon", limit=2)).records == 2
    assert _records(one)[1]["display_name"] == "A made-up study of lagoons, part ?"


def test_a_cursor_that_stands_still_does_not_go_on_for_ever(rig: Make) -> None:
    one = rig()
    with serving(openalex(500)) as server:
        server.troubles[1] = lambda reply: Reply(reply.body.replace(b'"c200"', b'"c100"'))
        with pytest.raises(KgError, match="the same page again and again"):
            one.run(server.url, "openalex", Query("lagoon"))
    assert len(server.seen) == 2
