"""The page in a real browser with no network: drawn, searched, read, switched, attacked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.exports.html import write
from kg.models import Star
from kg.protocols import ExportOptions
from tests.exports.graph_factory import concept, literature, paper, role_edge
from tests.exports.test_html import data_of
from tests.plugins.browser import Open, Visit

pytestmark = pytest.mark.browser


def open_page(visit: Open, path: Path, fragment: str = "", **settings: object) -> Visit:
    opened = visit(path, fragment, reduced_motion="reduce", **settings)
    opened.page.wait_for_function("document.documentElement.dataset.drawn !== undefined")
    return opened


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("page") / "graph map.html"
    write(literature(), path, ExportOptions(limit=400, title="A made-up literature"))
    yield path


def inked(opened: Visit) -> int:
    """How many pixels of the drawing are not background."""
    return int(opened.page.evaluate(
        """() => { const canvas = document.querySelector("#network canvas");
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        let inked = 0; for (let at = 3; at < pixels.length; at += 4) if (pixels[at]) inked += 1; return inked; }"""
    ))  # fmt: skip


def test_the_page_draws_and_asks_nobody_for_anything(visit: Open, page_file: Path) -> None:
    opened = open_page(visit, page_file)
    assert inked(opened) > 10_000
    assert opened.requests == [page_file.as_uri()]
    assert opened.complaints == []
    assert opened.text("h1") == "A made-up literature"
    assert opened.text("#status").startswith("Showing ")
    drawn = sum(star.node.labels[0] in ("Paper", "Concept") for star in literature())
    assert f" of {drawn} nodes, " in opened.text("#status")


def test_search_finds_a_concept_and_the_details_hold_its_sentences(visit: Open, page_file: Path) -> None:
    opened = open_page(visit, page_file)
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("LATENT dif")
    assert opened.text("#found li >> nth=0").startswith("latent diffusion")
    opened.page.keyboard.press("Enter")
    assert opened.text("#details h2") == "latent diffusion"
    assert opened.text("#details blockquote mark >> nth=0") == "latent diffusion"
    assert "serves as the baseline throughout." in opened.text("#details")
    assert opened.page.url.endswith("#method%3Alatent-diffusion")
    opened.page.click("#details .edges button >> nth=0")
    assert opened.text("#details h2").startswith("Notes on ")
    assert opened.page.locator("#details .abstract mark").count() > 2
    assert opened.page.get_attribute("#details .links a >> nth=0", "href").startswith("https://papers.example/")
    opened.page.keyboard.press("Escape")
    assert opened.text("#details h2").lower() == "most connected"
    assert opened.requests == [page_file.as_uri()]
    assert opened.complaints == []


def test_search_knows_aliases_titles_and_says_when_nothing_is_found(visit: Open, page_file: Path) -> None:
    opened = open_page(visit, page_file)
    title = next(node["title"] for node in data_of(page_file)["nodes"] if node["group"] == "Paper")
    opened.page.fill("#search", " ".join(reversed(title.upper().split())))
    assert opened.text("#found li >> nth=0").startswith(title)
    opened.page.fill("#search", "hótpotqa")
    assert opened.text("#found li >> nth=0").startswith("HotpotQA")
    opened.page.fill("#search", "zzzz")
    assert opened.text("#found") == "Nothing in this picture has that name"


def shown(opened: Visit) -> tuple[int, int]:
    words = opened.text("#status").replace(",", "").split()
    return int(words[1]), int(words[5])


def test_switches_and_filters_change_what_is_drawn(visit: Open, page_file: Path) -> None:
    opened = open_page(visit, page_file)
    nodes, edges = shown(opened)
    opened.page.uncheck("#groups input[value=Dataset]")
    fewer = shown(opened)
    assert fewer[0] < nodes
    assert fewer[1] < edges
    opened.page.check("#types input[value=CO_OCCURS]")
    assert shown(opened)[1] > fewer[1]
    opened.page.click("#reset")
    assert shown(opened) == (nodes, edges)
    opened.page.select_option("#from", "2020")
    assert shown(opened)[0] < nodes
    opened.page.click("#reset")
    opened.page.fill("#papers", "5")
    assert shown(opened)[0] < nodes
    assert opened.complaints == []


def test_a_link_to_a_node_opens_it(visit: Open, page_file: Path) -> None:
    opened = open_page(visit, page_file, "#dataset%3Ahotpotqa")
    assert opened.text("#details h2") == "HotpotQA"


def test_a_click_on_a_mark_selects_it_and_one_beside_it_clears(visit: Open, tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    write([paper("p", "Alone", "One sentence.")], path, ExportOptions())
    opened = open_page(visit, path)
    box = opened.page.locator("#network").bounding_box()
    opened.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    opened.page.wait_for_selector("#details h2:text('Alone')")
    opened.page.mouse.click(box["x"] + 30, box["y"] + 30)
    opened.page.wait_for_selector("#details h2:text('Most connected')")
    assert opened.complaints == []


def test_a_name_in_the_overview_leads_to_its_details_and_back(visit: Open, page_file: Path) -> None:
    opened = open_page(visit, page_file)
    opened.page.click("#details [role=tab] >> text=datasets")
    name = opened.text("#details .top .name >> nth=0")
    opened.page.click("#details .top button >> nth=0")
    assert opened.text("#details h2") == name
    opened.page.click("#details .chip >> nth=0")
    assert opened.text("#details h2") != name
    opened.page.click("#details .back")
    assert opened.page.get_attribute("#details [role=tab] >> text=datasets", "aria-selected") == "true"


def test_the_colours_follow_the_switch(visit: Open, page_file: Path) -> None:
    opened = open_page(visit, page_file, color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = opened.page.evaluate(ground)
    opened.page.click("#theme")
    assert opened.page.evaluate(ground) != dark
    assert opened.complaints == []


HOSTILE = (
    "</script><script>alert(1)</script>",
    '<img src=x onerror="alert(2)">',
    "\u2028line\u2029",
    "'\"`${alert(3)}",
    "<!-- --><svg/onload=alert(4)>",
    "]]>&lt;b&gt;",
)


def hostile() -> list[Star]:
    stars = []
    for number, words in enumerate(HOSTILE):
        sentence = f"We use {words} here."
        text = f"Title {words} {number}\n{sentence} 𝛽 end."
        edge = role_edge(text, sentence, words, kind="METHOD", role="USES")
        name = concept("METHOD", words, aliases=[words], papers=2)
        stars += [paper(f"p:{words}", f"Title {words} {number}", f"{sentence} 𝛽 end.", edge, url=f"javascript:alert({number})", venue=words), name]
    return stars


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_texts_stay_texts(words: str, visit: Open, tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    write(hostile(), path, ExportOptions(title=words))
    opened = open_page(visit, path)
    opened.page.fill("#search", words.strip("\u2028\u2029"))
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.querySelector('#details h2').textContent") == words
    assert opened.page.evaluate("document.querySelector('#details blockquote mark').textContent") == words
    opened.page.click("#details .edges button >> nth=0")
    assert words in opened.page.evaluate("document.querySelector('#details .abstract').textContent")
    assert opened.page.evaluate("document.title.replace(/\\s/g, '')") == "".join(words.split())
    assert opened.page.locator("img, #details svg:not(.glyph), #details script").count() == 0
    assert opened.page.locator("#details a").count() == 0
    assert opened.complaints == []
    assert opened.requests == [path.as_uri()]


@pytest.mark.parametrize("stars", [[], [paper("p", "Alone", "One sentence.")], [concept("TASK", "orphan")]], ids=["empty", "a paper", "a concept"])
def test_tiny_graphs_draw_without_complaint(stars: list[Star], visit: Open, tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    write(stars, path, ExportOptions())
    opened = open_page(visit, path)
    assert opened.complaints == []
    assert opened.text("#status") == f"Showing {len(stars)} of {len(stars)} nodes, 0 of 0 edges"


def test_a_phone_gets_panels_as_sheets(visit: Open, page_file: Path) -> None:
    opened = open_page(visit, page_file, viewport={"width": 390, "height": 800}, color_scheme="dark")
    assert not opened.page.is_visible("#filters")
    opened.page.click("#open-filters")
    assert opened.page.is_visible("#groups")
    opened.page.click("#open-details")
    opened.page.click("#details .top button >> nth=0")
    assert opened.page.is_visible("#details blockquote >> nth=0")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.complaints == []
