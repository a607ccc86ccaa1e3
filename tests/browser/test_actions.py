"""Actions in a real browser: with htmx and without, on a desk and on a phone, by keyboard, and for axe."""

import re
from datetime import timedelta
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Page, expect

from actions import progress
from actions.models import Action
from tests.browser.looks import PHONE, Look, PageOf, Shot, faults
from tests.factories import World, action, world

pytestmark = pytest.mark.browser


@pytest.fixture
def w(site: str) -> World:
    return world()


def late(w: World, **changes: Any) -> Action:
    return action(w, due_on=w.board.today - timedelta(days=12), **changes)


def done(w: World) -> Action:
    a = late(w)
    progress.attach(a, words="List", link="https://example.org/l", by=w.alice, version=1, today=w.board.today)
    progress.finish(a, words="All briefed", done_on=w.board.today, by=w.alice, version=2, today=w.board.today)
    return a


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.name || ''"))


@pytest.mark.one_database
def test_every_page_passes_axe_and_fits_the_screen(w: World, page_of: PageOf, look: Look) -> None:
    done(w)
    late(w, title="Publish the protocol of the whole partnership for people who decline support")
    for n in range(25):
        action(w, title=f"Action {n}")
    addresses = {
        "home": "/wessex/",
        "list": "/wessex/actions/?overdue=true&mine=false",
        "long-list": "/wessex/actions/",
        "empty-list": "/wessex/actions/?status=withdrawn",
        "sign-off": "/wessex/actions/A-1/",
        "action": "/wessex/actions/A-2/",
        "reassign": "/wessex/actions/A-2/reassign/",
        "reschedule": "/wessex/actions/A-2/reschedule/",
    }
    alike = ("list", "long-list", "empty-list")  # the same to every seat: looked at once
    found = []
    for who in (w.bob, w.alice):
        page = page_of(who)
        for name, address in addresses.items():
            if who == w.alice and name in alike:
                continue
            page.goto(address)
            found += look(page, f"{name}-{who.name.split()[0].lower()}")

    assert found == []


def test_one_pale_word_in_a_long_list_is_found(w: World, page_of: PageOf) -> None:
    for n in range(6):
        action(w, title=f"Action {n}")
    page = page_of(w.alice)
    page.goto("/wessex/actions/")

    page.get_by_role("link", name="Action 4").evaluate(
        "one => one.style.setProperty('color', '#eee', 'important')"
    )

    [(rule, elements)] = faults(page)
    assert rule == "color-contrast"
    assert ["Action 4" in one for one in elements] == [True]


def test_an_owner_on_a_phone_says_where_it_stands_in_place(w: World, page_of: PageOf, shot: Shot) -> None:
    late(w)
    page = page_of(w.alice, width=PHONE)

    page.goto("/")
    page.get_by_role("link", name="Brief every custody sergeant").click()
    page.get_by_label("At risk", exact=True).check()
    page.get_by_label("What has happened since the last update?").fill("Two of five briefed; rotas are late.")
    page.locator("textarea[name=why]").fill("The rota; cover is found by day.")
    page.get_by_role("button", name="Save update").click()

    expect(page.get_by_role("alert").filter(has_text="Your update is saved.")).to_be_focused()
    expect(page.get_by_role("heading", name="Update: at risk")).to_be_visible()
    expect(page.get_by_label("What has happened since the last update?")).to_have_value("")
    shot(page, "updated-390")
    assert page.url.endswith("/wessex/actions/A-1/")


def test_why_is_asked_only_of_what_is_at_risk_and_never_hides_its_error(w: World, page_of: PageOf) -> None:
    action(w)
    page = page_of(w.alice, width=PHONE)
    page.goto("/wessex/actions/A-1/")
    why, words = page.locator("textarea[name=why]"), page.get_by_label("What has happened since")

    seen = [why.is_visible()]
    for confidence in ("At risk", "On track", "Off track"):
        page.get_by_label(confidence, exact=True).check()
        seen.append(why.is_visible())
    words.fill("It slipped.")
    page.get_by_role("button", name="Save update").click()
    expect(
        page.get_by_role("alert").filter(has_text="Say why, and what the risk is meanwhile.")
    ).to_be_visible()
    page.get_by_label("On track", exact=True).check()

    assert seen == [False, True, False, True]
    expect(why).to_be_visible()


def test_a_step_opens_in_place_takes_the_focus_and_leads_to_what_is_wrong(
    w: World, page_of: PageOf, shot: Shot
) -> None:
    late(w)
    page = page_of(w.alice)
    page.goto("/wessex/actions/A-1/")
    page.get_by_label("What has happened since the last update?").fill("Half a sentence")

    page.get_by_role("link", name="It is done").click()
    expect(page.get_by_role("heading", name="Say it is done")).to_be_focused()
    page.get_by_role("button", name="It is done").click()

    expect(page.locator("#step-finish .govuk-error-summary")).to_be_focused()
    assert "Say what was done." in focused(page)
    shot(page, "finish-error-1280")
    assert faults(page) == []
    expect(page.get_by_label("What has happened since the last update?")).to_have_value("Half a sentence")
    page.get_by_label("What was done?").fill("All five briefed")
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_role("alert").filter(has_text="It is marked as done.")).to_be_focused()
    expect(page.get_by_text("Sign-off is for the subgroup chair: Bob Chair")).to_be_visible()


def test_of_two_who_write_at_once_the_second_sees_both_beside_each_other(
    w: World, page_of: PageOf, shot: Shot
) -> None:
    a = late(w)
    page = page_of(w.alice)
    page.goto("/wessex/actions/A-1/")
    page.get_by_label("Off track", exact=True).check()
    page.get_by_label("What has happened since the last update?").fill("Alice says it slipped")
    page.locator("textarea[name=why]").fill("The rota; cover is found by day.")
    progress.update(
        a, confidence="on_track", words="Carol says fine", by=w.carol, version=1, today=w.board.today
    )

    page.get_by_role("button", name="Save update").click()

    expect(page.get_by_text("Carol says fine").first).to_be_visible()
    expect(page.get_by_label("What has happened since the last update?")).to_have_value(
        "Alice says it slipped"
    )
    expect(page.get_by_label("Off track", exact=True)).to_be_checked()
    shot(page, "conflict-1280")
    assert faults(page) == []
    page.get_by_role("button", name="Save again").click()
    expect(page.get_by_role("heading", name="Update: off track")).to_be_visible()


def test_the_list_filters_as_one_types_and_says_how_many_are_left(w: World, page_of: PageOf) -> None:
    late(w)
    late(w, title="Publish the protocol")
    page = page_of(w.dan)
    page.goto("/wessex/actions/")
    expect(page.get_by_role("status")).to_have_text("2 actions")

    page.get_by_label("Words or reference").press_sequentially("protocol")

    expect(page.get_by_role("status")).to_have_text("1 action found")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page).to_have_url(re.compile(r"/wessex/actions/\?q=protocol&ordering=due_on$"))
    assert focused(page) == "q"
    due = page.get_by_role("columnheader", name="Due")
    expect(due).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("link", name="Due", exact=True).click()
    expect(due).to_have_attribute("aria-sort", "descending")
    page.get_by_role("link", name="Take off Words or reference").click()
    expect(page.get_by_role("status")).to_have_text("2 actions")
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("1 action found")
    expect(page.get_by_role("heading", name="Actions", exact=True)).to_be_visible()


def test_everything_works_without_javascript(w: World, page_of: PageOf) -> None:
    late(w)
    alice, bob = page_of(w.alice, javascript=False), page_of(w.bob, javascript=False)

    alice.goto("/wessex/actions/?q=nothing")
    expect(alice.get_by_text("No action fits these filters.")).to_be_visible()
    alice.get_by_label("Words or reference").fill("custody")
    alice.get_by_role("button", name="Apply").click()
    alice.get_by_role("link", name="Brief every custody sergeant").click()
    alice.get_by_role("link", name="It is done").click()
    alice.get_by_role("button", name="It is done").click()
    expect(alice.get_by_role("alert").filter(has_text="Say what was done.")).to_be_visible()
    alice.get_by_label("What was done?").fill("All five briefed")
    alice.get_by_role("button", name="It is done").click()
    expect(alice.get_by_text("It is marked as done.")).to_be_visible()
    bob.goto("/")
    bob.get_by_role("link", name="Brief every custody sergeant").click()
    bob.get_by_label("What did you see yourself?").fill("Sat in on a briefing")
    bob.get_by_role("button", name="Sign off").click()

    expect(bob.get_by_text("It is signed off: complete and evidenced.")).to_be_visible()
    expect(bob.get_by_text("Relied on at sign-off")).to_be_visible()
