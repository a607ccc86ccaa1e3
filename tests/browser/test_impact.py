"""Impact in a real browser: checked in its place and together, measured and read; for axe and on a phone."""

from datetime import timedelta
from decimal import Decimal

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

from actions import impact, links, measures, progress
from actions.impact import Found
from actions.models import Action, Commitment, Measure
from tests.browser.looks import PHONE, Look, PageOf, faults
from tests.factories import World, action, source, world

pytestmark = pytest.mark.browser


@pytest.fixture
def w(site: str) -> World:
    """One recommendation with two actions signed off; the first is measured, and was checked once."""
    w = world()
    today = w.board.today
    asked = Commitment.objects.create(
        board=w.board,
        number=1,
        source=source(w),
        kind="recommendation",
        words="Ask every adult",
        agency=w.police,
    )
    again = Commitment.objects.create(
        board=w.board, number=2, source=asked.source, kind="finding", words="Not every adult is asked"
    )
    links.link(again, asked, kind="repeats", words="The same in the next review", by=w.mo, today=today)
    for title in ("Brief every custody sergeant", "Put the question on the form"):
        a = action(w, title=title, due_on=today, commitments=(asked,))
        told = {"by": w.alice, "today": today}
        seen = progress.attach(a, words="List", link="https://example.org/list", version=1, **told)
        progress.finish(a, words="All of them", done_on=today, version=2, **told)
        in_half_a_year = today + timedelta(days=182)
        progress.sign_off(a, relied_on=[seen], review_on=in_half_a_year, by=w.bob, version=3, today=today)
    first = Action.objects.get(number=1)
    found = Found("partly", "Ten calls: six were asked.", "Some teams now ask.")
    impact.review({first: 4}, found, by=w.ingrid, today=today)
    about = {"unit": "%", "source": "Audit", "baseline": Decimal(41), "target": Decimal(90)}
    for thing in (first, w.priority):
        made = measures.measure(
            thing, name="Adults asked", **about, baseline_on=today - timedelta(days=90), by=w.mo, today=today
        )
        for days, value in ((60, 50), (30, 62)):
            measures.read(
                made,
                value=Decimal(value),
                on=today - timedelta(days=days),
                source="Log",
                by=w.mo,
                today=today,
            )
    return w


@pytest.mark.one_database
def test_every_page_of_impact_passes_axe_and_fits_the_screen(w: World, page_of: PageOf, look: Look) -> None:
    page = page_of(w.mo)
    measure = Measure.objects.get(action__isnull=False)

    found = []
    for name, path in {
        "impact-action": "actions/A-1/",
        "impact-one": "actions/A-1/review-impact/",
        "impact-commitment": "commitments/C-1/",
        "impact-together": "commitments/C-1/impact/",
        "link": "commitments/C-2/and/C-1/",
        "link-reopen": "commitments/C-2/reopen/A-2/",
        "linked": "commitments/C-2/",
        "measure": f"measures/{measure.pk}/",
        "measure-add": "measures/add/?action=1",
        "measure-correct": f"measures/{measure.pk}/correct/",
        "measure-remove": f"trail/remove/measure/{measure.pk}/",
        "plans": "plans/",
    }.items():
        page.goto(f"/wessex/{path}")
        found += look(page, name)

    assert found == []


def test_a_check_is_made_in_its_place(w: World, page_of: PageOf) -> None:
    page = page_of(w.bob)
    page.goto("/wessex/actions/A-2/")

    page.get_by_role("link", name="Check its impact").click()
    form = page.locator("#step-review_impact")
    form.get_by_role("button", name="Save the check").click()
    expect(form.get_by_role("alert")).to_contain_text("Say what the check found.")
    form.get_by_label("Embedded").check()
    form.get_by_label("What did you look at").fill("Audit of 40 records: 37 held.")
    form.get_by_label("In one sentence").fill("Custody now asks every adult.")
    form.get_by_role("button", name="Save the check").click()

    expect(page.get_by_role("heading", name="Impact checked: embedded")).to_be_visible()
    expect(page.get_by_text("Custody now asks every adult.").first).to_be_visible()
    assert page.url.endswith("/wessex/actions/A-2/")
    assert faults(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_not_effective_is_opened_again_together(w: World, page_of: PageOf, javascript: bool) -> None:
    page = page_of(w.bob, javascript=javascript)
    page.goto("/wessex/commitments/C-1/")

    page.get_by_role("link", name="Check the impact of what is signed off").click()
    page.get_by_role("radio", name="Not effective").check()
    page.get_by_label("What did you look at").fill("Audit of 40 records: 3 held.")
    page.get_by_label("In one sentence").fill("Training alone changed nothing.")
    page.get_by_role("button", name="Save the check").click()
    expect(page.get_by_role("alert")).to_contain_text("choose one")
    page.get_by_label("open it again, until").fill((w.board.today + timedelta(days=90)).isoformat())
    page.get_by_role("button", name="Save the check").click()

    expect(page.get_by_text("Training alone changed nothing.")).to_be_visible()
    assert set(Action.objects.values_list("status", "verdict")) == {("started", "not_effective")}


def test_a_number_is_read_and_its_line_grows(w: World, page_of: PageOf) -> None:
    page = page_of(w.alice, width=PHONE)
    page.goto("/wessex/actions/A-1/")
    page.get_by_role("link", name="Adults asked").click()
    expect(page.locator(".app-measure__point")).to_have_count(3)

    page.get_by_label("What is it now?").fill("71.5")
    page.get_by_role("button", name="Add the reading").click()

    expect(page.get_by_role("alert")).to_contain_text("The reading is saved.")
    expect(page.get_by_role("row", name="71.5%")).to_be_visible()
    expect(page.locator(".app-measure__point")).to_have_count(4)
