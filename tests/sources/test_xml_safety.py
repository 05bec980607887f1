"""XML that is hostile, damaged or large: one clear error or one reject, nothing fetched, memory flat."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.models import Paper, Reject
from kg.protocols import ReadOptions
from kg.sources import xml_stream
from kg.sources.inputs import open_input
from kg.sources.registry import choose

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id>'
ENTRY = "<entry><id>http://arxiv.org/abs/2401.{:05d}v1</id><title>Moss {}</title><summary>We count moss on wall {}.</summary></entry>\n"


def read(path: Path, text: str | bytes) -> list[Paper | Reject]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    given = open_input(str(path))
    return list(choose(given).read(given, ReadOptions()))


def laughs() -> str:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY l0 "{"ha" * 40}">{lines}]>{ATOM}<entry><title>&l11;</title></entry></feed>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (laughs(), "declares an entity of its own (`l0`)"),
        (f'<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]>{ATOM}<entry><title>&x;</title></entry></feed>', "entity of its own (`x`)"),
        (
            f'<!DOCTYPE feed [<!ENTITY % x SYSTEM "http://localhost:9/x.dtd"> %x;]>{ATOM}<entry><title>t</title></entry></feed>',
            "entity of its own (`x`)",
        ),
        (f"{ATOM}{'<a>' * 5000}", "nested too deeply"),
        (f"{ATOM}<entry><title>Mo", "cut short"),
        (f"{ATOM}<entry><title>Moss</entry></title></feed>", "the XML breaks here"),
        ("<PubmedArticleSet><x/>", "the XML breaks here"),
        ("<collection id='2020.x'><volume id='1'></volume><paper /></collection>", "no"),
    ],
)
def test_what_is_hostile_or_broken_from_the_start_is_one_clear_error(tmp_path: Path, text: str, message: str) -> None:
    try:
        found = read(tmp_path / "input.xml", text)
    except InputError as error:
        assert message in str(error)
        assert "\n" not in str(error)
        assert str(error).startswith(str(tmp_path / "input.xml"))
    else:
        assert [message in item.reason for item in found if isinstance(item, Reject)] == [True]


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text('<!ENTITY moss "SECRET">')
    text = f'<!DOCTYPE feed SYSTEM "{secret}">{ATOM}<entry><id>x</id><title>A &moss; B</title></entry></feed>'
    (found,) = read(tmp_path / "input.xml", text)
    assert isinstance(found, Paper)
    assert "SECRET" not in found.title
    assert found.title.startswith("A")


def test_entities_of_html_are_characters_without_a_dtd(tmp_path: Path) -> None:
    text = f"{ATOM}<entry><title>Caf&eacute; &alpha;&nbsp;moss &#x1F331; &amp; &#8; walls</title></entry></feed>"
    (found,) = read(tmp_path / "input.xml", text)
    assert isinstance(found, Paper)
    assert found.title == "Café α moss 🌱 & walls"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-16", "koi8-r", "utf-8-sig"])
def test_the_declared_encoding_is_used(tmp_path: Path, encoding: str) -> None:
    word = "мох" if encoding == "koi8-r" else "Zoë"
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n{ATOM}<entry><title>{word}</title></entry></feed>'
    (found,) = read(tmp_path / "input.xml", text.encode(encoding))
    assert isinstance(found, Paper)
    assert (found.title, found.places[0].line) == (word, 2)


def test_bytes_that_are_no_utf8_cost_no_record(tmp_path: Path) -> None:
    text = ATOM.encode() + b"<entry><title>Zo\xeb \x0b moss</title></entry>" + ENTRY.format(2, 2, 2).encode() + b"</feed>"
    first, second = read(tmp_path / "input.xml", text)
    assert isinstance(first, Paper)
    assert first.title == "Zoë moss"
    assert isinstance(second, Paper)


def test_a_break_keeps_what_stood_before_and_names_the_line(tmp_path: Path) -> None:
    text = ATOM + "\n" + "".join(ENTRY.format(n, n, n) for n in range(3000)) + "<entry><title>cut"
    *kept, last = read(tmp_path / "input.xml", text)
    assert [item.places[0].line for item in kept if isinstance(item, Paper)] == list(range(2, 3002))
    assert isinstance(last, Reject)
    assert last.line == 3002
    assert "cut short" in last.reason


def test_packed_data_that_breaks_off_says_so(tmp_path: Path) -> None:
    data = gzip.compress((ATOM + "".join(ENTRY.format(n, n * 7919 % 1000, n) for n in range(9000))).encode())
    *kept, last = read(tmp_path / "input.xml.gz", data[: len(data) // 2])
    assert len(kept) > 1000
    assert isinstance(last, Reject)
    assert "gzip" in last.reason


def test_after_a_broken_document_the_next_is_read(tmp_path: Path) -> None:
    page = "<?xml version='1.0'?>\n" + ATOM + "{}</feed>\n"
    text = page.format(ENTRY.format(1, 1, 1)) + page.format("<entry><title>x</entry>") + page.format(ENTRY.format(3, 3, 3))
    first, broken, third = read(tmp_path / "input.xml", text)
    assert isinstance(first, Paper)
    assert isinstance(broken, Reject)
    assert broken.line == 5
    assert isinstance(third, Paper)
    assert third.places[0].line == 7


def test_a_record_without_end_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_stream, "LONGEST", 1 << 18)
    text = ATOM + ENTRY.format(1, 1, 1) + "<entry><title>" + "moss " * 200_000
    kept, last = read(tmp_path / "input.xml", text)
    assert isinstance(kept, Paper)
    assert isinstance(last, Reject)
    assert "no record ends within 262,144 characters" in last.reason


@pytest.mark.parametrize("between", ["", "<link/>" * 9, "<!-- moss -->"])
def test_no_more_than_one_record_is_in_memory(tmp_path: Path, between: str) -> None:
    path = tmp_path / "input.xml"
    path.write_text(ATOM + "".join(between + ENTRY.format(n, n, n) for n in range(2000)) + "</feed>", "utf-8")
    held = []
    for found in xml_stream.elements(open_input(str(path)), ("entry",)):
        assert not isinstance(found, Reject)
        parent = found[1].getparent()
        assert parent is not None
        held.append(len(parent))
    assert len(held) == 2000
    step = len(ENTRY) + len(between)
    assert max(held) <= 2 * xml_stream.STEP / step * (1 + between.count("<"))  # what the parser has read ahead


@pytest.mark.parametrize("tag", ["entry", "record", "paper", "PubmedArticle", "article"])
def test_root_is_found_below_any_prolog(tag: str) -> None:
    root: Callable[[str], str | None] = xml_stream.root_of
    assert root(f"\n<?xml version='1.0'?>\n<!-- <a> -->\n<!DOCTYPE x PUBLIC '-//x' 'y' [ <!ELEMENT a (b)> ]>\n<?p q?><n:{tag} a='b'>") == tag
    assert root("no xml at all") is None
