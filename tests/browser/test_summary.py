"""The summary, the ledger and help in a real browser: for axe, on a phone, on paper, by htmx and without scripts."""

from datetime import timedelta

import pytest

pytest.importorskip("playwright.sync_api")
from django.utils import timezone
from playwright.sync_api import expect

from actions import progress, rollup
from notifications import outbox, post
from notifications.models import Message
from tests.actions.test_printed import issued, issued_again
from tests.browser.looks import Look, PageOf
from tests.factories import World, action, priority, world

pytestmark = pytest.mark.browser


@pytest.fixture
def w(site: str) -> World:
    """Something late, something asked of the board, something moved, and a priority with nothing under way."""
    w = world()
    today = w.board.today
    priority(w.board, 2, "Prevention")
    late = action(w, due_on=today - timedelta(days=40))
    progress.update(
        late,
        confidence="off_track",
        words="The agreement is unsigned.",
        needed_from_board="A letter to the fire service",
        by=w.alice,
        version=1,
        today=today,
    )
    moved = action(w, title="Move a date", due_on=today + timedelta(days=9))
    progress.reschedule(
        moved, due_on=today + timedelta(days=30), by=w.bob, reason="No room", version=1, today=today
    )
    return w


@pytest.mark.one_database
def test_every_page_passes_axe_and_fits_the_screen(w: World, page_of: PageOf, look: Look) -> None:
    post.turn_on(w.board, by=w.mo, today=w.board.today)
    now = timezone.now() + outbox.QUIET * 2
    outbox.plan(w.board, now=now)
    outbox.group(w.board, now=now)
    message = Message.objects.get()
    Message.objects.update(state=Message.State.IN_DOUBT, sending_at=now)
    last_month = w.board.today.replace(day=1) - timedelta(days=1)
    rollup.months.keep(w.board, last_month)
    action(w, title="Printed, and not kept")
    issued_again(w, issued(w, last_month))
    issued(w, last_month - timedelta(days=16))
    page = page_of(w.mo)

    found = []
    for name, path in {
        "summary": "/wessex/summary/",
        "summary-source": "/wessex/summary/?by=source",
        "grid": "/wessex/summary/grid/",
        "period": "/wessex/summary/period/?by=agency",
        "period-fault": "/wessex/summary/period/?first=2026-05-01&last=2026-04-01",
        "trend": "/wessex/summary/trend/",
        "trend-priority": f"/wessex/summary/trend/?priority={w.priority.pk}",
        "ledger": "/wessex/messages/",
        "message": f"/wessex/messages/{message.pk}/",
        "post-off": "/wessex/messages/post/",
        "help": "/help/",
        "accessibility": "/accessibility/",
    }.items():
        page.goto(path)
        found += look(page, name)

    assert found == []


@pytest.mark.one_database
def test_the_switch_and_an_empty_board_pass_axe(page_of: PageOf, site: str, look: Look) -> None:
    w = world()
    page = page_of(w.mo)
    page.goto("/wessex/summary/")
    found = look(page, "summary-empty")
    action(w)
    page.goto("/wessex/messages/post/")

    assert found + look(page, "post") == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_tab_shows_another_grouping(w: World, page_of: PageOf, javascript: bool) -> None:
    page = page_of(w.ingrid, javascript=javascript)
    page.goto("/wessex/summary/")

    page.get_by_role("link", name="By agency").click()

    expect(page.get_by_role("heading", name="By agency")).to_be_visible()
    expect(page.get_by_role("row", name="Wessex Police")).to_be_visible()
    expect(page.get_by_role("heading", name="Needed from the board")).to_be_visible()
    assert page.url.endswith("/wessex/summary/?by=agency")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_ways_to_look_at_figures_lead_to_each_other_and_to_lists(
    w: World, page_of: PageOf, javascript: bool
) -> None:
    page = page_of(w.ingrid, javascript=javascript)
    page.goto("/wessex/summary/")
    page.get_by_role("link", name="Agencies and priorities").click()
    expect(page.get_by_role("row", name="Wessex Police").get_by_text("1 off track").first).to_be_visible()

    page.get_by_role("link", name="In a period").click()
    expect(page.get_by_role("link", name="This quarter")).to_be_visible()
    page.goto("/wessex/summary/period/?first=2026-06-01&last=2026-06-30")  # when they were planned
    page.get_by_role("link", name="By agency").click()
    expect(page.get_by_role("row", name="Wessex Police")).to_be_visible()
    page.get_by_role("link", name="2 Raised", exact=True).click()

    expect(page.get_by_role("link", name="Brief every custody sergeant")).to_be_visible()


def test_a_figure_leads_to_its_actions(w: World, page_of: PageOf) -> None:
    page = page_of(w.ingrid)
    page.goto("/wessex/summary/")

    page.get_by_role("link", name="1 Overdue", exact=True).click()

    expect(page.get_by_role("link", name="Brief every custody sergeant")).to_be_visible()
    expect(page.get_by_role("link", name="Move a date")).to_have_count(0)


def test_on_paper_there_is_the_boards_name_and_the_day_and_nothing_to_press(
    w: World, page_of: PageOf
) -> None:
    page = page_of(w.ingrid)
    page.goto("/wessex/summary/")

    page.emulate_media(media="print")

    expect(page.locator("header").get_by_text("Wessex Safeguarding Adults Board")).to_be_visible()
    expect(page.get_by_text(f"As at {w.board.today:%-d %B %Y}.")).to_be_visible()
    pressed = [
        page.get_by_role("button", name="Print"),
        page.get_by_role("navigation", name="Board"),
        page.get_by_role("navigation", name="Figures by"),
        page.get_by_role("button", name="Sign out"),
    ]
    assert [one.count() for one in pressed] == [0, 0, 0, 0]
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_mail_in_doubt_is_settled_where_it_is_listed(w: World, page_of: PageOf) -> None:
    post.turn_on(w.board, by=w.mo, today=w.board.today)
    now = timezone.now() + outbox.QUIET * 2
    outbox.plan(w.board, now=now)
    outbox.group(w.board, now=now)
    Message.objects.update(state=Message.State.IN_DOUBT, sending_at=now)
    page = page_of(w.mo)
    page.goto("/wessex/messages/")

    page.get_by_role("button", name="It arrived").click()

    expect(page.get_by_role("alert")).to_contain_text("it arrived")
    expect(page.get_by_role("heading", name="Needs you")).to_have_count(0)


def test_turning_the_post_on_shows_who_is_told_first(w: World, page_of: PageOf) -> None:
    page = page_of(w.mo)
    page.goto("/wessex/messages/")
    page.get_by_role("button", name="Turn the post on").click()
    expect(page.get_by_role("row", name="Alice Owner")).to_contain_text("Overdue")

    page.get_by_role("button", name="Turn it on").click()

    expect(page.get_by_role("alert")).to_contain_text("now on")
    expect(page.get_by_text("This board's post is off")).to_have_count(0)
