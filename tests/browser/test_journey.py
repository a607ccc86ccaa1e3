"""The whole thread in a real browser, as the people of a board would do it: a real document in, a summary out."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

from actions.models import Action, Agency, SourceKind
from tests.browser.looks import PHONE, Look, PageOf
from tests.factories import World, world

SAMPLE = Path(settings.TRACKER_SAMPLES) / "dorset-bcp-annual-report-2022-23.txt"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not SAMPLE.exists(), reason="the real documents are not here: set TRACKER_SAMPLES"),
]


@pytest.fixture
def w(site: str) -> World:
    made = world()
    Agency.objects.filter(pk=made.police.pk).update(name="Dorset Police", short_name="Police")
    SourceKind.objects.create(board=made.board, slug="partner-return", name="Partner return")
    return made


def test_from_a_real_document_to_the_summary(w: World, page_of: PageOf, look: Look) -> None:
    mo = page_of(w.mo)
    mo.goto("/wessex/sources/take-in/")
    mo.get_by_label("File").set_input_files(SAMPLE)
    mo.get_by_label("What it is").select_option(label="Partner return")
    mo.get_by_label("Title", exact=True).fill("Annual report 2022 to 2023")
    mo.get_by_label("Short title").fill("Returns 22-23")
    mo.get_by_role("button", name="Read it").click()
    expect(mo.get_by_role("heading", level=1)).to_contain_text("Review of")
    assert look(mo, "journey-review") == []

    agency = f"?agency={w.police.pk}&kind=planned_work"
    mo.goto(mo.url.split("?")[0] + agency)
    first = mo.get_by_role("button", name="Keep line").first
    first.click()
    expect(mo.get_by_role("button", name="Put back")).to_have_count(1)
    mo.goto("/wessex/sources/S-1/plan/")
    mo.get_by_role("checkbox").check()
    mo.get_by_role("button", name="Plan the ticked").click()
    mo.get_by_label("Owner").select_option(label="Alice Owner")
    mo.get_by_label("Due", exact=True).fill("2030-03-01")
    mo.get_by_label("Subgroup that watches over it").select_option(label="Learning and Review")
    mo.get_by_label("Priority").select_option(label="1. Making safeguarding personal")
    assert look(mo, "journey-plan") == []
    mo.get_by_role("button", name="Plan this action").click()
    expect(mo.get_by_text("A-1 is planned.")).to_be_visible()

    alice = page_of(w.alice, width=PHONE)
    alice.goto("/wessex/actions/A-1/")
    expect(alice.get_by_role("blockquote").or_(alice.locator("blockquote"))).to_contain_text(
        "multi-disciplinary team"
    )
    alice.get_by_label("On track").check()
    alice.get_by_label("What has happened since the last update?").fill("The terms are agreed.")
    alice.get_by_role("button", name="Save update").click()
    expect(alice.get_by_text("Your update is saved.")).to_be_visible()
    alice.get_by_role("link", name="It is done", exact=True).click()
    alice.get_by_label("What was done?").fill("The meeting has met twice.")
    alice.get_by_role("button", name="It is done").click()
    expect(alice.get_by_text("It now waits for its check.")).to_be_visible()
    assert look(alice, "journey-done") == []

    bob = page_of(w.bob)
    bob.goto("/wessex/actions/A-1/")
    bob.get_by_label("What did you see yourself?").fill("Both sets of minutes.")
    bob.get_by_role("button", name="Sign off").click()
    expect(bob.get_by_text("It is signed off: complete and evidenced.")).to_be_visible()
    assert look(bob, "journey-signed-off") == []
    assert Action.objects.get().status == "signed_off"

    ingrid = page_of(w.ingrid)
    ingrid.goto("/wessex/summary/")
    row = ingrid.get_by_role("row", name="1. Making safeguarding personal")
    expect(row).to_contain_text("1")
    assert look(ingrid, "journey-summary") == []
