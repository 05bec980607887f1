"""Headless Chromium for pages that must work with no network: every request is recorded, all but the file's own are refused."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-default-apps", "--disable-extensions",
)  # fmt: skip
_PATIENCE = 60_000  # milliseconds; how long is allowed, not how long it takes


@dataclass
class Visit:
    """An open page with what it asked for and what it complained of."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def refuse(self, dialog: Any) -> None:
        """Notes a dialog that the page opened, and closes it."""
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def text(self, selector: str) -> str:
        """What a reader sees there."""
        return str(self.page.inner_text(selector))


Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once. Skips where none is installed, but fails in CI, where one has to be."""
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Chromium for the browser tests")
        pytest.skip("no Chromium installed (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(_FLAGS), headless=True)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Open]:
    """Opens a local file, network refused; further arguments go to the browser's context (`viewport`, `color_scheme`)."""
    contexts: list[Any] = []

    def open_file(path: Path, fragment: str = "", **settings: Any) -> Visit:
        context = chromium.new_context(offline=True, **{"viewport": {"width": 1280, "height": 800}, **settings})
        contexts.append(context)
        context.set_default_timeout(_PATIENCE)
        opened = Visit(context.new_page())
        context.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("console", lambda message: opened.complaints.append(f"{message.type}: {message.text}"))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on("dialog", opened.refuse)
        context.route("**/*", lambda route: route.continue_() if route.request.url.startswith(path.as_uri()) else route.abort())
        opened.page.goto(path.as_uri() + fragment)
        return opened

    yield open_file
    for context in contexts:
        context.close()
