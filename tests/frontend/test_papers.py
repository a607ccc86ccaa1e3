"""Papers on their pages: drafted, written, issued, read as they were, issued again; and nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actions import boards, kept, progress, reporting
from actions.models import Action, Meeting, Report, Seat
from tests.actions.progress import lives
from tests.factories import TODAY, World, action, priority

# Session, user, seat, roles; the paper with its names, its passages, its versions. Of the list: how many, which; for
# the office also whether a meeting is without.
QUERIES = {"issued": 8, "draft": 7, "list": 6, "list of the office": 7}


def meeting(w: World, days: int = 7, **about: Any) -> Meeting:
    day = TODAY + timedelta(days=days)
    days_of = {"meets_on": day, "cut_off_on": day - timedelta(days=14)}
    return Meeting.objects.create(board=w.board, **days_of | about)


def drafted(w: World, **about: Any) -> Report:
    return reporting.draft(meeting(w, **about), by=w.mo, today=TODAY)


def issued(w: World, **about: Any) -> Report:
    report = drafted(w, **about)
    reporting.write(report, {"opening": "A good quarter."}, by=w.mo, saves=1, today=TODAY)
    return reporting.issue(report, by=w.mo, saves=2, today=TODAY)


def late(w: World, title: str = "Brief every sergeant") -> Action:
    one = action(w, title=title, due_on=TODAY - timedelta(days=10))
    said = {"confidence": "off_track", "words": "The trainer left.", "needed_from_board": "A second trainer."}
    return progress.update(one, **said, by=w.alice, version=1, today=TODAY)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def body(answer: Any) -> str:
    """The paper itself, without the frame around it."""
    found = re.search(r'<article class="app-paper">.*</article>', text(answer), re.DOTALL)
    assert found
    return found[0]


Browser = Callable[[Seat], Client]


def test_from_a_meeting_to_an_issued_paper(w: World, browser_of: Browser) -> None:
    late(w)
    there, mo = meeting(w), browser_of(w.mo)
    assert "Board summary, 10 June 2026" in text(mo.get("/wessex/papers/"))

    draft = mo.post("/wessex/papers/", {"meeting": there.pk}, follow=True)
    report = Report.objects.get()
    assert "Brief every sergeant" in text(draft)
    assert "Figures as of 3 June 2026, 12:00, for the cut-off of 27 May 2026, 7 days before." in text(draft)
    address = f"/wessex/papers/{report.pk}/"
    mo.post(address, {"saves": 1, "opening": "A good\r\nquarter.", "slipped": "The flood."})
    assert "A good\nquarter." in text(mo.get(address))
    assert "Issue this paper" in text(mo.get(f"{address}issue/"))
    done = mo.post(f"{address}issue/", {"saves": 2}, follow=True)

    assert "Version 1, issued on 3 June 2026 by Mo Manager." in text(done)
    read = body(browser_of(w.dan).get(address))
    assert "A good\nquarter." in read
    assert "The flood." in read


def test_opened_later_the_page_of_a_paper_is_the_same_to_the_letter(
    w: World, browser_of: Browser, clock: Any
) -> None:
    one = late(w)
    report = issued(w)
    address = f"/wessex/papers/{report.pk}/"
    before = body(browser_of(w.dan).get(address))

    agency = {"name": "Mercia Police", "short_name": "Mercia", "attendance": "papers"}
    boards.keep_agency(w.police, **agency, by=w.mo, today=TODAY, saw=kept.mark(w.police))
    boards.keep_subgroup(w.subgroup, name="Quality", by=w.mo, today=TODAY, saw=kept.mark(w.subgroup))
    progress.correct(one, title="Another", reason="Slip", by=w.mo, version=2, today=TODAY)
    progress.finish(one, words="Done", done_on=TODAY, by=w.alice, version=3, today=TODAY)
    Seat.objects.update(name="Somebody Else")
    w.board.name = "Another board"
    w.board.save()
    Meeting.objects.update(meets_on=TODAY + timedelta(days=9))
    clock.shift(timedelta(days=3 * 366))

    assert body(browser_of(w.dan).get(address)) == before


def test_words_destroyed_leave_their_mark_and_nothing_else_moves(w: World, browser_of: Browser) -> None:
    late(w)
    report = issued(w)
    mo, address = browser_of(w.mo), f"/wessex/papers/{report.pk}/"
    before = body(mo.get(address))
    passage = report.passages.get(text="The trainer left.\n\nNeeded from the board: A second trainer.")
    page = text(mo.get(f"{address}?remove"))
    remove = f"/wessex/trail/remove/passage/{passage.pk}/"
    assert remove in page
    assert "Remove<span" not in text(browser_of(w.dan).get(f"{address}?remove"))

    mo.post(remove, {"reason": "Names an adult", "sure": "on"})

    after = body(mo.get(address))
    assert "The trainer left." not in after
    mark = "<em>Removed by Mo Manager on 3 June 2026: Names an adult</em>"
    assert after.count(mark) == before.count("The trainer left.") + before.count(">A second trainer.<")


def test_two_write_at_once_and_both_see_both(w: World, browser_of: Browser) -> None:
    report = drafted(w, subgroup=w.subgroup)
    mo, bob, address = browser_of(w.mo), browser_of(w.bob), f"/wessex/papers/{report.pk}/"
    mo.post(address, {"saves": 1, "opening": "The manager’s words."})

    clash = bob.post(address, {"saves": 1, "opening": "The chair’s words."})

    assert clash.status_code == 409
    assert "Somebody saved this draft since you opened the page" in text(clash)
    assert '<strong>What stands now.</strong> <span class="app-lines">The manager’s words.</span>' in text(
        clash
    )
    assert "The chair’s words.</textarea>" in text(clash)
    assert 'name="saves" value="2"' in text(clash)
    bob.post(address, {"saves": 2, "opening": "The chair’s words."})
    assert "The chair’s words.</textarea>" in text(mo.get(address))


def test_what_was_typed_on_a_paper_that_was_issued_meanwhile_is_shown_again(
    w: World, browser_of: Browser
) -> None:
    report = issued(w)

    answer = browser_of(w.mo).post(f"/wessex/papers/{report.pk}/", {"saves": 2, "opening": "Wait."})

    assert answer.status_code == 409
    assert "It was issued meanwhile" in text(answer)
    assert "Wait.</textarea>" in text(answer)


def test_too_long_is_told_at_its_section_and_stays(w: World, browser_of: Browser) -> None:
    report = drafted(w)

    answer = browser_of(w.mo).post(f"/wessex/papers/{report.pk}/", {"saves": 1, "opening": "x" * 6001})

    assert answer.status_code == 422
    assert 'href="#id_opening"' in text(answer)
    assert "x" * 6001 in text(answer)


@pytest.mark.parametrize(
    ("sent", "told"),
    [({}, "Choose the meeting that it is for."), ({"meeting": "999999"}, "Choose a meeting from the list")],
)
def test_a_draft_needs_a_meeting(w: World, browser_of: Browser, sent: Any, told: str) -> None:
    meeting(w)

    answer = browser_of(w.mo).post("/wessex/papers/", sent)

    assert answer.status_code == 422
    assert told in text(answer)


def test_a_chair_is_offered_the_own_subgroups_meetings_alone(w: World, browser_of: Browser) -> None:
    meeting(w)
    meeting(w, subgroup=w.subgroup)

    page = text(browser_of(w.bob).get("/wessex/papers/"))

    assert "Learning and Review: subgroup pack, 10 June 2026" in page
    assert "Board summary, 10 June 2026" not in page


def test_without_papers_and_meetings_the_list_says_what_to_do(w: World, browser_of: Browser) -> None:
    page = text(browser_of(w.mo).get("/wessex/papers/"))

    assert "There are no papers yet." in page
    assert "Go to meetings" in page
    assert "Draft it" not in text(browser_of(w.dan).get("/wessex/papers/"))


@pytest.mark.slow
def test_issued_again_the_versions_link_to_each_other(w: World, browser_of: Browser) -> None:
    report, mo = issued(w), browser_of(w.mo)
    step = f"/wessex/papers/{report.pk}/reissue/"
    assert mo.post(step, {"saves": report.saves, "reason": ""}).status_code == 422

    mo.post(step, {"saves": report.saves, "reason": "A figure was wrong."})
    again = Report.objects.get(version=2)
    assert "Version 2 is being drafted" in text(mo.get(f"/wessex/papers/{report.pk}/"))
    assert "Version 2 is being" not in text(browser_of(w.dan).get(f"/wessex/papers/{report.pk}/"))
    mo.post(f"/wessex/papers/{again.pk}/issue/", {"saves": 1})

    dan = browser_of(w.dan)
    assert "Version 2 has replaced this one" in text(dan.get(f"/wessex/papers/{report.pk}/"))
    second = text(dan.get(f"/wessex/papers/{again.pk}/"))
    assert "A figure was wrong." in second
    assert f'href="/wessex/papers/{report.pk}/"' in second
    listed = text(dan.get("/wessex/papers/"))
    assert "Replaced" in listed


@pytest.mark.slow
def test_counted_again_and_thrown_away(w: World, browser_of: Browser) -> None:
    report, mo = drafted(w), browser_of(w.mo)
    late(w)

    counted = mo.post(f"/wessex/papers/{report.pk}/refresh/", {"saves": 1}, follow=True)
    assert "Brief every sergeant" in text(counted)
    stale = mo.post(f"/wessex/papers/{report.pk}/discard/", {"saves": 1})
    assert stale.status_code == 409
    assert 'name="saves" value="2"' in text(stale)
    gone = mo.post(f"/wessex/papers/{report.pk}/discard/", {"saves": 2}, follow=True)

    assert "The draft is thrown away." in text(gone)
    assert not Report.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["refresh", "issue", "discard"])
def test_steps_of_a_draft_lead_back_where_it_is_issued(w: World, browser_of: Browser, name: str) -> None:
    report = issued(w)

    answer = browser_of(w.mo).get(f"/wessex/papers/{report.pk}/{name}/")

    assert (answer.status_code, answer["Location"]) == (302, f"/wessex/papers/{report.pk}/")


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 3])
def test_pages_ask_the_same_whatever_the_number(w: World, browser_of: Browser, size: int) -> None:
    for number in range(size):
        priority(w.board, number + 2, f"Priority {number}")
        late(w, f"Late {number}")
        lives.asked(w, title=f"Asked {number}")
        lives.signed_off(w, title=f"Over {number}")
    reports = [issued(w, days=7 + number) for number in range(size)]
    drafts = [drafted(w, days=7 + number, subgroup=w.subgroup) for number in range(size)]
    dan, mo = browser_of(w.dan), browser_of(w.mo)

    addresses = {
        "issued": (dan, f"/wessex/papers/{reports[-1].pk}/"),
        "draft": (mo, f"/wessex/papers/{drafts[-1].pk}/"),
        "list": (dan, "/wessex/papers/"),
        "list of the office": (mo, "/wessex/papers/"),
    }
    found = {}
    for name, (client, address) in addresses.items():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        found[name] = len(asked)

    assert found == QUERIES


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 3])
def test_a_draft_is_counted_in_as_many_questions_whatever_the_board_holds(w: World, size: int) -> None:
    for number in range(size):
        priority(w.board, number + 2, f"Priority {number}")
        late(w, f"Late {number}")
        lives.asked(w, title=f"Asked {number}")
        lives.held(w, title=f"Held {number}")
        lives.signed_off(w, title=f"Over {number}")
    there = meeting(w)

    with CaptureQueriesContext(connection) as asked:
        reporting.draft(there, by=w.mo, today=TODAY)

    assert len(asked) == 29
