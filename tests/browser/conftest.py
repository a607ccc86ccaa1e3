"""A real browser on a real server. Without Chromium these tests skip and say so."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from actions.models import Seat
from tests.browser.looks import DESKTOP, Look, PageOf, Shot, looked_at

sync_api = pytest.importorskip("playwright.sync_api")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
BUILD = Path(settings.ROOT) / "frontend" / "static" / "frontend" / "build" / "app.css"


@pytest.fixture(scope="session")
def chromium() -> Iterator["sync_api.Browser"]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed.")
    if not BUILD.exists():
        pytest.skip("The style sheet is not made: run make styles.")
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop of its own in this thread
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
    patch.undo()


@pytest.fixture
def site(emptied_after: None, live_server: object) -> str:
    """The server's address."""
    return live_server.url  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def page_of(chromium: "sync_api.Browser", site: str) -> Iterator[PageOf]:
    """Opens a page signed in as a seat, or as nobody. Whatever the browser complains of fails the test."""
    contexts, complaints = [], []

    def opened(
        seat: Seat | None, *, width: int = DESKTOP, javascript: bool = True, address: str = site
    ) -> "sync_api.Page":
        context = chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="en-GB",
        )
        if seat:
            client = Client()
            client.force_login(seat.user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(f"{said.text} {said.location}") if is_fault(said) else None,
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def is_fault(said: "sync_api.ConsoleMessage") -> bool:
    """Answers that are not 200 are logged by the browser itself; forms with faults are such answers."""
    return (
        said.type == "error"
        and "Failed to load resource" not in said.text
        and "Response Status" not in said.text
    )


@pytest.fixture
def shot() -> Shot:
    """Keeps a picture where SCREENSHOTS names a folder."""
    folder = os.environ.get("SCREENSHOTS")

    def keep(page: "sync_api.Page", name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True, caret="initial")

    return keep


@pytest.fixture
def look(shot: Shot) -> Look:
    """What is wrong with a page, by axe and by its width, on a phone and at a desk."""
    return lambda page, name: looked_at(page, shot, name)
