"""Colours and words in a real browser: looked at as one types, saved, shown, and readable in each colour."""

from __future__ import annotations

from datetime import timedelta

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

from actions import colours
from actions.models import Action
from actions.rag import COLOURS, STATES, Scheme
from tests.browser.looks import Look, PageOf, Shot, faults
from tests.factories import World, action, world

pytestmark = pytest.mark.browser


@pytest.fixture
def w(site: str) -> World:
    w = world()
    today = w.board.today
    for days in (-50, -35, -12, 9, 30):
        one = action(w, due_on=today + timedelta(days=40))
        Action.objects.filter(pk=one.pk).update(due_on=today + timedelta(days=days))
    return w


def test_the_page_reads_well_and_has_no_faults(w: World, page_of: PageOf, look: Look) -> None:
    page = page_of(w.mo)
    page.goto("/wessex/colours/")
    page.get_by_label("Words").nth(4).fill("Behind")
    page.get_by_label("Colour").nth(3).select_option("purple")
    page.get_by_label("Or days past its date").fill("42")
    expect(page.get_by_text("2 actions change colour.")).to_be_visible()

    assert look(page, "colours") == []


@pytest.mark.parametrize("javascript", [True, False])
def test_the_manager_looks_and_saves_with_a_script_and_without(
    w: World, page_of: PageOf, javascript: bool
) -> None:
    page = page_of(w.mo, javascript=javascript)
    page.goto("/wessex/colours/")
    page.get_by_label("Or days past its date").fill("42")
    if not javascript:
        page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_text("1 action changes colour.")).to_be_visible()
    page.get_by_role("button", name="Save these words and colours").click()
    expect(page.get_by_text("The words and colours are saved.")).to_be_visible()

    w.board.refresh_from_db()
    assert w.board.colours == {"rules": {"red_after_days": 42}}


def test_an_action_says_why_it_has_its_colour(w: World, page_of: PageOf, look: Look) -> None:
    page = page_of(w.dan)
    page.goto("/wessex/actions/A-3/")
    page.get_by_text("Amber because: past its date").click()
    expect(page.get_by_text("Holds, and decides")).to_be_visible()

    assert look(page, "because") == []


def test_words_can_be_read_in_every_colour_that_is_offered(w: World, page_of: PageOf, shot: Shot) -> None:
    """axe measures the contrast of each tag; two boards' worth of choices show all of the colours."""
    offered = list(COLOURS)
    for turn in range(2):
        flat = w.board.scheme.flat()
        for place, key in enumerate(STATES):
            flat[f"colour_{key}"] = offered[(turn * len(STATES) + place) % len(offered)]
        colours.set_colours(Scheme.of(flat), by=w.mo, today=w.board.today, saw=colours.mark(w.board))
        page = page_of(w.dan)
        page.goto("/wessex/colours/")
        shot(page, f"every-colour-{turn}")

        assert page.locator(".govuk-tag").count() == len(STATES)
        assert faults(page) == []
