"""The calendar through its pages: meetings are added in runs, moved, held, corrected."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from actions import kept, meetings
from actions.meetings import Wanted
from actions.models import Meeting
from tests.factories import TODAY, World, world
from tests.frontend.pages import BrowserOf

pytestmark = pytest.mark.django_db

RUN = {"of": "board", "first": "2026-07-09", "every": "3", "times": "3"}


def test_a_run_of_meetings_is_shown_first_then_added(w: World, mo: Client) -> None:
    shown = mo.post("/wessex/meetings/", RUN)
    assert Meeting.objects.count() == 0
    for day in ("2026-07-09", "2026-06-25", "2026-10-08", "2026-09-24", "2027-01-14", "2026-12-30"):
        assert f'value="{day}"' in shown.text

    rows = {
        "form-TOTAL_FORMS": "3",
        "form-INITIAL_FORMS": "3",
        "form-0-meets_on": "2026-07-09",
        "form-0-cut_off_on": "2026-06-30",
        "form-1-meets_on": "2026-10-08",
    }
    answer = mo.post("/wessex/meetings/", RUN | rows, follow=True)

    assert "2 meetings are added." in answer.text
    assert list(Meeting.objects.values_list("meets_on", "cut_off_on", "subgroup")) == [
        (date(2026, 7, 9), date(2026, 6, 30), None),
        (date(2026, 10, 8), date(2026, 9, 24), None),
    ]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"first": "2026-02-31"}, "Enter a real date"),
        ({"first": "0001-02-03"}, "Check the year"),
        ({"times": "13"}, "Add up to 12 at once"),
        ({"times": ""}, "Say how many"),
        ({"of": "7"}, "Select a valid choice"),
    ],
)
def test_a_run_that_cannot_be_read_is_refused(
    w: World, mo: Client, changes: dict[str, str], says: str
) -> None:
    answer = mo.post("/wessex/meetings/", RUN | changes)

    assert (answer.status_code, says in answer.text, Meeting.objects.count()) == (422, True, 0)


def test_a_day_that_is_taken_refuses_the_whole_run_and_keeps_what_was_typed(w: World, mo: Client) -> None:
    meetings.add([Wanted(date(2026, 7, 9))], subgroup=None, by=w.mo, today=TODAY)
    rows = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "2",
        "form-0-meets_on": "2026-08-09",
        "form-1-meets_on": "2026-07-09",
    }

    answer = mo.post("/wessex/meetings/", RUN | rows)

    assert (answer.status_code, Meeting.objects.count()) == (422, 1)
    assert "The board has a meeting on 9 July 2026 already" in answer.text
    assert 'value="2026-08-09"' in answer.text


def test_a_meeting_is_moved_held_corrected(w: World, mo: Client) -> None:
    one = meetings.add([Wanted(date(2026, 5, 7))], subgroup=w.subgroup, by=w.mo, today=TODAY)[0]
    address = f"/wessex/meetings/{one.pk}/"

    def step(name: str, **given: Any) -> Any:
        one.refresh_from_db()
        return mo.post(f"{address}?do={name}", given | {"saw": kept.mark(one)}, follow=True)

    assert "Was it held?" in mo.get("/wessex/meetings/").text
    assert (
        "Learning and Review, 14 May 2026: this is its new day." in step("move", meets_on="2026-05-14").text
    )
    assert "more than five years away" in step("move", meets_on="2040-01-02").text
    assert "moved from 7 May 2026" in mo.get("/wessex/meetings/").text
    assert "marked as held" in step("hold", held_on="2026-05-14").text
    assert "no longer fits" in step("cancel", reason="Quorum").text
    wrong = {"meets_on": "2026-05-14", "cut_off_on": "2026-04-29", "state": "cancelled"}
    assert "Say what was wrong" in step("correct", **wrong, reason="").text
    assert "corrected; the trail keeps" in step("correct", **wrong, reason="Not quorate").text
    one.refresh_from_db()
    assert one.state == "cancelled"


def test_a_subgroups_chair_keeps_its_meetings_and_is_offered_no_others(
    w: World, browser_of: BrowserOf
) -> None:
    boards = meetings.add([Wanted(date(2026, 7, 9))], subgroup=None, by=w.mo, today=TODAY)[0]
    own = meetings.add([Wanted(date(2026, 7, 9))], subgroup=w.subgroup, by=w.mo, today=TODAY)[0]
    bob = browser_of(w.bob)

    page = bob.get("/wessex/meetings/").text

    assert f"/meetings/{own.pk}/?do=move" in page
    assert f"/meetings/{boards.pk}/?do=" not in page
    assert 'value="board"' not in page
    assert bob.post("/wessex/meetings/", RUN).status_code == 422
    assert bob.get(f"/wessex/meetings/{boards.pk}/?do=move").status_code == 403
    assert bob.get(f"/wessex/meetings/{own.pk}/?do=move").status_code == 200
    assert browser_of(world("mercia").mo).get(f"/mercia/meetings/{own.pk}/?do=move").status_code == 404
    assert bob.get(f"/wessex/meetings/{own.pk}/").status_code == 200
