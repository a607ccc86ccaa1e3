"""A file as evidence in a real browser: chosen, kept in its place on the page, and downloaded, never shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Page, expect

from actions import progress
from actions.models import Evidence
from tests.actions.progress import lives
from tests.browser.looks import PHONE, Look, PageOf, faults
from tests.factories import World, action, world
from tests.files import CSV, JPEG, PDF, office, png

pytestmark = pytest.mark.browser

PAGE = b"Minutes\n<p onclick=alert(1)>of the meeting</p>\n"  # text that a browser would gladly read as a page


@pytest.fixture
def w(site: str) -> World:
    return world()


def kept(w: World, name: str, data: bytes) -> Evidence:
    a = action(w, due_on=w.board.today)
    said = {"words": name, "file": (name, data), "version": 1, "today": w.board.today}
    return progress.attach(a, by=w.alice, **said)


def fill(page: Page, path: Path) -> None:
    page.get_by_label("What kind of evidence is it?").select_option("Training")
    page.get_by_label("What is it?").fill("Who was briefed")
    page.get_by_label("how many people did it reach?").fill("42")
    page.get_by_label("Of how many?").fill("50")
    page.get_by_label("File", exact=False).set_input_files(path)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_file_is_added_and_downloaded(
    w: World, page_of: Callable[..., Page], shot: Any, tmp_path: Path, javascript: bool
) -> None:
    action(w)
    path = tmp_path / "Attendance of custody sergeants.csv"
    path.write_bytes(CSV)
    page = page_of(w.alice, javascript=javascript)
    page.goto("/wessex/actions/A-1/")
    page.get_by_role("link", name="Add evidence").or_(
        page.get_by_role("button", name="Add evidence")
    ).first.click()
    fill(page, path)
    shot(page, f"evidence-form-{javascript}")

    page.locator("#step-attach").get_by_role("button", name="Add evidence").click()
    expect(page.get_by_text("The evidence is added.")).to_be_visible()
    shot(page, f"evidence-kept-{javascript}")
    with page.expect_download() as started:
        page.get_by_role("link", name="Download Attendance of custody sergeants.csv").click()

    assert Path(started.value.path()).read_bytes() == CSV
    assert started.value.suggested_filename == "Attendance of custody sergeants.csv"
    assert page.url.split("#")[0].endswith("/wessex/actions/A-1/")
    assert Evidence.objects.get().what == "Training, which reached 42 of 50"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", PDF),
        ("a.png", png()),
        ("a.jpg", JPEG),
        ("a.docx", office()),
        ("a.csv", CSV),
        ("a.html", PAGE),
    ],
)
def test_whatever_it_is_it_is_downloaded_and_nothing_of_it_is_shown(
    w: World, page_of: Callable[..., Page], site: str, name: str, data: bytes
) -> None:
    one = kept(w, name, data)
    page = page_of(w.carol)
    page.goto("/wessex/actions/A-1/")

    with page.expect_download() as started:
        page.evaluate("address => { window.location = address }", f"/wessex/actions/A-1/evidence/{one.pk}/")
    framed = page.evaluate(
        """async (address) => {
          const frame = document.createElement("img");
          const shown = new Promise((done) => {
            frame.onload = () => done("shown");
            frame.onerror = () => done("not");
          });
          frame.src = address;
          document.body.append(frame);
          return await shown;
        }""",
        f"/wessex/actions/A-1/evidence/{one.pk}/?again",
    )

    assert Path(started.value.path()).read_bytes() == data
    assert started.value.suggested_filename == one.file_name
    assert page.url == f"{site}/wessex/actions/A-1/"
    assert framed in ("not", "shown")  # a picture of our own may stand on our own page; nothing else may
    assert (framed == "shown") <= (one.file_type in ("png", "jpg"))


def test_what_is_refused_says_so_in_its_place_and_keeps_what_was_typed(
    w: World, page_of: Callable[..., Page], shot: Any, tmp_path: Path
) -> None:
    action(w)
    path = tmp_path / "Plan.docx"
    path.write_bytes(office("docx", ("word/vbaProject.bin", b"x")))
    page = page_of(w.alice, width=PHONE)
    page.goto("/wessex/actions/A-1/attach/")
    fill(page, path)

    page.get_by_role("button", name="Add evidence").click()

    expect(page.get_by_role("alert")).to_contain_text("“Plan.docx” has macros or a program in it.")
    expect(page.get_by_label("What is it?")).to_have_value("Who was briefed")
    expect(page.get_by_text("Choose the file again")).to_be_visible()
    assert faults(page) == []
    shot(page, "evidence-refused-phone")


def test_the_page_with_evidence_of_both_kinds_is_accessible(w: World, page_of: PageOf, look: Look) -> None:
    a = lives.signed_off(w)
    now = {"by": w.alice, "today": w.board.today}
    progress.attach(
        a, words="Forty files were read; the adult was asked in 37", shows="impact", kind="audit",
        file=("Audit of forty files with a long name that has to wrap somewhere.xlsx", office("xlsx")),
        version=a.version, **now,
    )  # fmt: skip
    page = page_of(w.mo)

    page.goto("/wessex/actions/A-1/")

    expect(page.get_by_role("heading", name="That it made a difference")).to_be_visible()
    assert look(page, "evidence-both") == []
