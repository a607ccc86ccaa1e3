"""Meetings: added, moved, held, cancelled, corrected; and what lateness makes of them."""

from datetime import date
from typing import Any

import pytest

from actions import kept, meetings
from actions.meetings import Wanted
from actions.models import Event, Meeting
from actions.refusals import Changed, Invalid, NotAllowed
from tests.factories import TODAY, World, world

pytestmark = pytest.mark.django_db

JULY = date(2026, 7, 9)


@pytest.fixture
def w() -> World:
    return world()


def add(w: World, *days: date, **changes: Any) -> list[Meeting]:
    given = {"subgroup": None, "by": w.mo} | changes
    return meetings.add([Wanted(day) for day in days], today=TODAY, **given)


def seen(w: World, meeting: Meeting, by: Any = None) -> dict[str, Any]:
    return {"by": by or w.mo, "today": TODAY, "saw": kept.mark(meeting)}


def test_several_are_added_at_once_each_with_its_line_and_papers_close_ten_working_days_before(
    w: World,
) -> None:
    first, second = add(w, JULY, date(2026, 10, 8))

    assert (first.cut_off_on, second.cut_off_on) == (date(2026, 6, 25), date(2026, 9, 24))
    assert [e.detail for e in Event.objects.order_by("seq")] == [
        {
            "meeting": first.pk,
            "subgroup": None,
            "meets_on": "2026-07-09",
            "cut_off_on": "2026-06-25",
            "state": "planned",
        },
        {
            "meeting": second.pk,
            "subgroup": None,
            "meets_on": "2026-10-08",
            "cut_off_on": "2026-09-24",
            "state": "planned",
        },
    ]


def test_all_or_none_are_added(w: World) -> None:
    add(w, JULY)

    with pytest.raises(Invalid, match="The board has a meeting on 9 July 2026 already"):
        add(w, date(2026, 10, 8), JULY)
    with pytest.raises(Invalid, match="same day"):
        add(w, date(2026, 10, 8), date(2026, 10, 8))
    with pytest.raises(Invalid, match="more than five years away"):
        add(w, date(2062, 10, 8))

    assert Meeting.objects.count() == 1


def test_a_subgroups_chair_keeps_its_meetings_and_no_other(w: World) -> None:
    (own,) = add(w, JULY, subgroup=w.subgroup, by=w.bob)
    (boards,) = add(w, JULY)

    meetings.cancel(own, reason="Room", **seen(w, own, w.bob))

    for who in (w.bob, w.alice, w.carol, w.dan, w.ingrid):
        with pytest.raises(NotAllowed):
            meetings.cancel(boards, reason="Room", **seen(w, boards, who))
        with pytest.raises(NotAllowed):
            add(w, date(2026, 10, 8), by=who)


def test_held_meetings_are_those_that_lateness_counts(w: World) -> None:
    may, june = add(w, date(2026, 5, 7), date(2026, 6, 4))
    meetings.hold(may, held_on=date(2026, 5, 8), **seen(w, may))

    with pytest.raises(Invalid, match="cannot be in the future"):
        meetings.hold(june, held_on=date(2026, 6, 4), **seen(w, june))

    assert w.board.calendar(TODAY).last == date(2026, 5, 8)
    assert Event.objects.first().detail["was"]["meets_on"] == "2026-05-07"


def test_a_moved_one_keeps_its_line_and_a_cancelled_one_frees_its_day(w: World) -> None:
    (one,) = add(w, JULY)
    meetings.move(one, meets_on=date(2026, 7, 16), cut_off_on=date(2026, 7, 2), **seen(w, one))
    meetings.cancel(one, reason="Quorum", **seen(w, one))

    add(w, date(2026, 7, 16))

    moved = Event.objects.get(verb="move_meeting")
    assert moved.detail["was"] == {"meets_on": "2026-07-09", "cut_off_on": "2026-06-25", "state": "planned"}
    assert Event.objects.get(verb="cancel_meeting").words == "Quorum"


def test_what_was_marked_wrongly_is_corrected_with_a_reason(w: World) -> None:
    (one,) = add(w, date(2026, 5, 7))
    meetings.hold(one, held_on=date(2026, 5, 7), **seen(w, one))
    right = {"meets_on": date(2026, 5, 7), "cut_off_on": one.cut_off_on, "state": "cancelled"}

    with pytest.raises(Invalid, match="what was wrong"):
        meetings.correct(one, **right, reason=" ", **seen(w, one))
    meetings.correct(one, **right, reason="It did not take place", **seen(w, one))

    assert Meeting.objects.get().state == "cancelled"
    assert w.board.calendar(TODAY).last is None


def test_papers_close_before_the_meeting(w: World) -> None:
    (one,) = add(w, JULY)

    with pytest.raises(Invalid, match="Papers close"):
        meetings.move(one, meets_on=JULY, cut_off_on=date(2026, 7, 10), **seen(w, one))


def test_two_who_save_at_once_the_second_is_told_and_a_step_that_no_longer_fits_too(w: World) -> None:
    (one,) = add(w, JULY)
    before = seen(w, one)
    meetings.cancel(one, reason="Room", **before)

    with pytest.raises(Changed, match="It now says: 2026-07-09"):
        meetings.move(Meeting.objects.get(), meets_on=TODAY, cut_off_on=TODAY, **before)
    with pytest.raises(Changed, match="is “cancelled”"):
        meetings.move(
            Meeting.objects.get(), meets_on=TODAY, cut_off_on=TODAY, **seen(w, Meeting.objects.get())
        )
