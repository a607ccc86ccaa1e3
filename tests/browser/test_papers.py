"""Papers in a real browser: listed, written, issued and read; for axe, on a phone and on paper."""

from datetime import timedelta

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

from actions import impact, minutes, progress, reporting
from actions.impact import Found
from actions.models import Action, Decision, Meeting, Report
from tests.browser.looks import Look, PageOf, Shot
from tests.factories import World, action, world

pytestmark = pytest.mark.browser


@pytest.fixture
def w(site: str) -> World:
    """A summary that is issued, and a pack that is being drafted; something of each kind stands in them."""
    w = world()
    today = w.board.today
    told = {"by": w.alice, "today": today}
    late = action(w, title="Brief every custody sergeant", due_on=today - timedelta(days=40))
    said = {
        "words": "The trainer left, and a new one starts in spring.",
        "needed_from_board": "A second trainer.",
    }
    progress.update(late, confidence="off_track", **said, version=1, **told)
    asking = action(w, title="Audit the files", due_on=today + timedelta(days=20))
    later = today + timedelta(days=60)
    progress.ask_for_time(asking, due_on=later, reason="Two are ill.", version=1, **told)
    progress.grant(asking, due_on=later, by=w.bob, version=2, today=today)
    over = action(w, title="Ask families", due_on=today)
    seen = progress.attach(over, words="List", link="https://example.org/l", version=1, **told)
    progress.finish(over, words="Everybody is asked.", done_on=today, version=2, **told)
    half = today + timedelta(days=182)
    progress.sign_off(over, relied_on=[seen], review_on=half, by=w.bob, version=3, today=today)
    over = Action.objects.get(pk=over.pk)
    found = Found("embedded", "Ten files.", "Families are asked, and it is on the record.")
    impact.review({over: over.version}, found, by=w.ingrid, today=today)
    progress.finish(action(w, title="Publish"), words="It is out.", done_on=today, version=1, **told)
    held = {"meets_on": today - timedelta(days=30), "cut_off_on": today - timedelta(days=44), "state": "held"}
    met = Meeting.objects.create(board=w.board, **held)
    minutes.record(
        met, words="A second trainer is paid for by the council.", actions=[late], by=w.mo, today=today
    )
    day = today + timedelta(days=7)
    for subgroup in (None, w.subgroup):
        there = Meeting.objects.create(
            board=w.board, subgroup=subgroup, meets_on=day, cut_off_on=day - timedelta(days=9)
        )
        report = reporting.draft(there, by=w.mo, today=today)
        words = {"opening": "A good quarter.\n\nWe ask for one decision.", "slipped": "One trainer for two."}
        reporting.write(report, words, by=w.mo, saves=1, today=today)
        if subgroup is None:
            reporting.issue(report, by=w.mo, saves=2, today=today)
    return w


@pytest.mark.one_database
def test_every_page_of_papers_passes_axe_and_fits_the_screen(w: World, page_of: PageOf, look: Look) -> None:
    page = page_of(w.mo)
    issued, draft = Report.objects.get(state="issued").pk, Report.objects.get(state="draft").pk

    found = []
    for name, path in {
        "papers": "papers/",
        "paper": f"papers/{issued}/",
        "paper-remove": f"papers/{issued}/?remove",
        "paper-draft": f"papers/{draft}/",
        "paper-issue": f"papers/{draft}/issue/",
        "paper-discard": f"papers/{draft}/discard/",
        "paper-reissue": f"papers/{issued}/reissue/",
        "meeting": f"meetings/{Decision.objects.get().meeting_id}/",
        "meeting-take-back": f"meetings/decisions/{Decision.objects.get().pk}/",
        "action-decided": "actions/A-1/",
    }.items():
        page.goto(f"/wessex/{path}")
        found += look(page, name)

    assert found == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_pack_is_written_and_issued(w: World, page_of: PageOf, javascript: bool) -> None:
    page = page_of(w.bob, javascript=javascript)
    page.goto("/wessex/papers/")

    page.get_by_role("link", name="Subgroup pack").click()
    page.get_by_label("Your words: Every open action").fill("From the top, please.")
    page.get_by_role("button", name="Save the words").click()
    expect(page.get_by_role("alert")).to_contain_text("The words are saved.")
    page.get_by_role("button", name="Go on to issue it").click()
    page.get_by_role("button", name="Issue it").click()

    expect(page.get_by_role("alert")).to_contain_text("It is issued.")
    expect(page.get_by_text("From the top, please.")).to_be_visible()


def test_on_paper_there_is_the_paper_and_nothing_to_press(w: World, page_of: PageOf, shot: Shot) -> None:
    page = page_of(w.dan)
    page.goto(f"/wessex/papers/{Report.objects.get(state='issued').pk}/")

    page.emulate_media(media="print")
    shot(page, "paper-printed")

    expect(page.get_by_role("heading", name="Board summary")).to_be_visible()
    expect(page.get_by_text("Version 1, issued on")).to_be_visible()
    pressed = [
        page.get_by_role("button", name="Print"),
        page.get_by_role("navigation", name="Board"),
        page.get_by_role("heading", name="Versions"),
    ]
    assert [one.count() for one in pressed] == [0, 0, 0]
    assert page.pdf(format="A4").startswith(b"%PDF")
