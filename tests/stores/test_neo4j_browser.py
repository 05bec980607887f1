"""The real Neo4j Browser, as the server itself serves it, opened with a graph of ours in the database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kg.stores.neo4j import Neo4jStore
from tests.plugins.neo4j import Server, wipe
from tests.stores.sample import STARS

pytestmark = [pytest.mark.neo4j, pytest.mark.browser]

_ASK = "MATCH (p:Paper)-[r:USES]->(m:Method) RETURN p.title AS paper, m.name AS method, r.sentence AS sentence ORDER BY paper"


def test_neo4j_browser_shows_our_graph(neo4j_lts: Server, chromium: Any, tmp_path: Path) -> None:
    wipe(neo4j_lts)
    with closing(Neo4jStore(neo4j_lts.settings)) as store:
        store.prepare()
        store.replace(STARS)
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    try:
        context.set_default_timeout(90_000)
        # Browser asks hosts outside for fonts and the like: it must work, and the test must run, without them
        context.route("**/*", lambda route: route.continue_() if "//127.0.0.1:" in route.request.url else route.abort())
        page = context.new_page()
        page.goto(neo4j_lts.browser)
        page.fill("[data-testid=boltaddress]", neo4j_lts.settings.uri)
        page.fill("[data-testid=username]", neo4j_lts.settings.username)
        page.fill("[data-testid=password]", neo4j_lts.settings.password)
        page.click("[data-testid=connect]")
        page.get_by_text("You are connected as user").wait_for()
        _run(page, _ASK)
        page.get_by_text("USES bidirectional encoder.").first.wait_for()
        page.screenshot(path=tmp_path / "rows.png")
        shown = page.inner_text("body")
        assert all(title in shown for title in ("Two", "Three", "bidirectional encoder"))
        _run(page, "MATCH p = (:Paper)-[:USES|PROPOSES|EVALUATES_ON]->(:Concept) RETURN p")
        page.locator("svg g.node, [data-testid=vizInspector], [data-testid=viz-details-pane-title]").first.wait_for()
        page.wait_for_timeout(3000)
        page.screenshot(path=tmp_path / "graph.png")
    finally:
        context.close()


def _run(page: Any, cypher: str) -> None:
    """Put a query into the editor and run it."""
    page.locator("#monaco-main-editor").click()
    page.keyboard.insert_text(cypher)
    page.keyboard.press("Control+Enter")
