"""Setting a board up in a real browser: lists, meetings, a plan that ends, a review that is not published."""

from datetime import timedelta

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

from actions import meetings, plans
from actions.meetings import Wanted
from actions.models import Action, Agency, Commitment, Meeting, Source
from tests.browser.looks import Look, PageOf, Shot, faults
from tests.factories import World, action, source, world

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)


@pytest.fixture
def w(site: str) -> World:
    """One of everything: a meeting to come, one that nobody marked, a plan with a successor, a restricted review."""
    w = world()
    today = w.board.today
    days = [Wanted(today - 20 * DAY), Wanted(today + 40 * DAY)]
    meetings.add(days, subgroup=None, by=w.mo, today=today)
    meetings.add(days[1:], subgroup=w.subgroup, by=w.mo, today=today)
    about = source(w)
    Source.objects.update(restricted=True, subgroup=w.subgroup)
    asked = Commitment.objects.create(
        board=w.board,
        number=1,
        source=about,
        kind="recommendation",
        printed_number="2",
        words="Brief everyone.",
    )
    action(w, due_on=today + 9 * DAY, commitments=(asked,))
    action(w, due_on=today + 30 * DAY, title="Share addresses of homes with hoarding")
    plan = w.priority.plan
    plans.start_plan(
        name="Next plan",
        starts_on=plan.ends_on + DAY,
        ends_on=plan.ends_on + 1000 * DAY,
        priorities=["Prevention", "Making safeguarding personal"],
        by=w.mo,
        today=today,
    )
    type(plan).objects.filter(pk=plan.pk).update(ends_on=today - DAY)
    return w


@pytest.mark.one_database
def test_every_page_passes_axe_and_fits_the_screen(w: World, page_of: PageOf, look: Look) -> None:
    page = page_of(w.mo)
    meeting = Meeting.objects.order_by("meets_on").first()
    assert meeting

    found = []
    for name, path in {
        "agencies": "agencies/",
        "agency": f"agencies/?change={w.police.pk}",
        "agency-used": f"agencies/?remove={w.police.pk}",
        "subgroups": "subgroups/",
        "kinds": "source-kinds/",
        "meetings": "meetings/",
        "meeting-held": f"meetings/{meeting.pk}/?do=hold",
        "meeting-cancel": f"meetings/{meeting.pk}/?do=cancel",
        "plans": "plans/",
        "plan-start": "plans/?start=1",
        "priority": f"plans/?priority={w.priority.pk}",
        "carry-over": f"plans/{w.priority.plan.pk}/carry-over/",
        "take-in": "sources/take-in/",
        "restricted": "sources/S-1/",
        "publish": "sources/S-1/publish/",
    }.items():
        page.goto(f"/wessex/{path}")
        found += look(page, f"setup-{name}")

    assert found == []


def test_a_year_of_meetings_in_two_steps(w: World, page_of: PageOf, look: Look) -> None:
    page = page_of(w.mo)
    page.goto("/wessex/meetings/")
    page.get_by_label("Whose meetings").select_option("Learning and Review")
    page.get_by_label("First one on").fill(f"{w.board.today + 70 * DAY:%Y-%m-%d}")
    page.get_by_role("button", name="Show the days").click()
    expect(page.get_by_role("heading", name="Add meetings: Learning and Review")).to_be_visible()
    assert look(page, "setup-days") == []

    page.get_by_role("button", name="Add these meetings").click()

    expect(page.get_by_text("4 meetings are added.")).to_be_visible()
    assert Meeting.objects.filter(subgroup=w.subgroup).count() == 5


@pytest.mark.parametrize("javascript", [True, False])
def test_a_plan_that_ended_hands_its_actions_on(w: World, page_of: PageOf, javascript: bool) -> None:
    page = page_of(w.mo, javascript=javascript)
    page.goto("/wessex/plans/")
    page.get_by_role("link", name="Carry them over").click()

    page.get_by_role("button", name="Carry over").click()

    expect(page.get_by_text("2 actions carried over to “Next plan”.")).to_be_visible()
    assert {str(one.priority) for one in Action.objects.all()} == {"2. Making safeguarding personal"}


def test_an_agency_is_added_and_one_that_is_there_is_refused(w: World, page_of: PageOf, shot: Shot) -> None:
    page = page_of(w.mo)
    page.goto("/wessex/agencies/")
    page.get_by_label("Name", exact=True).fill("Wessex Police")
    page.get_by_label("Short name").fill("Fire")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_contain_text("has “Wessex Police” already")
    assert faults(page) == []

    page.get_by_label("Name", exact=True).fill("Wessex Fire")
    page.get_by_role("button", name="Add it").click()

    expect(page.get_by_role("row", name="Wessex Fire")).to_be_visible()
    assert Agency.objects.filter(short_name="Fire").count() == 1


def test_a_restricted_review_is_shown_to_few_and_to_all_once_published(
    w: World, page_of: PageOf, shot: Shot
) -> None:
    dan, mo = page_of(w.dan), page_of(w.mo)
    dan.goto("/wessex/sources/")
    expect(dan.get_by_text("1 restricted review is not shown")).to_be_visible()
    shot(dan, "setup-not-shown")
    assert faults(dan) == []

    mo.goto("/wessex/sources/S-1/")
    mo.get_by_role("link", name="Publish it").click()
    mo.get_by_role("button", name="Publish it").click()
    expect(mo.get_by_text("It is published")).to_be_visible()

    dan.reload()
    expect(dan.get_by_role("link", name="SAR Katherine")).to_be_visible()


HALF = "0202"  # day and month alone, in whichever order: the browser keeps it in its field, and would send nothing


def test_a_day_that_the_calendar_does_not_have_is_told_and_kept(
    w: World, page_of: PageOf, shot: Shot
) -> None:
    page = page_of(w.mo)
    page.goto("/wessex/meetings/")
    page.get_by_label("First one on").fill(f"{w.board.today + 70 * DAY:%Y-%m-%d}")
    page.get_by_role("button", name="Show the days").click()
    papers = page.get_by_label("Papers close").nth(1)
    papers.fill("")
    papers.press("Home")
    papers.press_sequentially(HALF)
    page.get_by_role("button", name="Add these meetings").click()

    told = page.get_by_role("link", name="Meeting 2, Papers close: Enter a real date, such as 31/3/2027.")
    expect(told).to_be_visible()
    shot(page, "setup-unreal-day")
    assert (papers.evaluate("day => day.validity.badInput"), faults(page)) == (True, [])
    assert Meeting.objects.filter(subgroup=None).count() == 2
    told.click()
    expect(papers).to_be_focused()

    papers.fill(f"{w.board.today + 150 * DAY:%Y-%m-%d}")
    page.get_by_role("button", name="Add these meetings").click()
    expect(page.get_by_text("4 meetings are added.")).to_be_visible()


def test_after_the_skip_link_a_fault_still_takes_the_focus(w: World, page_of: PageOf) -> None:
    page = page_of(w.mo)
    page.goto("/wessex/plans/?start=1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save").press("Enter")

    expect(page.locator(".govuk-error-summary:not([hidden])")).to_be_focused()
