"""What happened in a period, as the trail has it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import impact, planning, progress, rollup
from actions.impact import Found
from actions.models import Action, Seat
from tests.actions.progress import lives
from tests.factories import TODAY, World, action, priority, world

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def w() -> World:
    return world()


def happened(w: World, first: date = TODAY, last: date = TODAY, **by: Any) -> list[rollup.Happenings]:
    with CaptureQueriesContext(connection) as queries:
        found = rollup.in_period(w.mo, first, last, **by)
    assert len(queries) == 1
    return found


def a_bit_of_everything(w: World) -> None:
    """All today: four lives of actions, one of them put forward first."""
    draft = planning.raise_draft("Ask families", by=w.mo, today=TODAY, priority=w.priority)
    planning.plan(draft, owner=w.alice, due_on=TODAY + 9 * DAY, by=w.mo, version=1, today=TODAY)
    moved = action(w)
    for on in (TODAY + 60 * DAY, TODAY + 70 * DAY):
        again = {"by": w.bob, "reason": "Rooms", "version": Action.objects.get(pk=moved.pk).version}
        progress.reschedule(moved, due_on=on, today=TODAY, **again)
    progress.withdraw(moved, kind="overtaken", words="Law", by=w.mo, version=3, today=TODAY)
    back = action(w)
    for version in (1, 4):
        progress.finish(back, words="Done", done_on=TODAY, by=w.alice, version=version, today=TODAY)
        if version == 1:
            kept = {"reason": "No log", "due_on": back.due_on, "by": w.bob}
            progress.send_back(back, version=2, today=TODAY, **kept)
            progress.start(back, by=w.alice, version=3, today=TODAY) if back.status == "planned" else (
                progress.update(back, confidence="on_track", words="So", by=w.alice, version=3, today=TODAY)
            )
    opened = lives.signed_off(w)
    worse = Found("not_effective", "Audit", "Gone again.", reopen_until=TODAY + 30 * DAY)
    impact.review({opened: 4}, worse, by=w.ingrid, today=TODAY)


def test_each_thing_counts_the_actions_to_which_it_happened_once(w: World) -> None:
    a_bit_of_everything(w)

    (found,) = happened(w)

    assert found == rollup.Happenings(
        raised=4, finished=2, signed_off=1, moved=2, withdrawn=1, reopened=1, reviewed=1
    )


def test_what_was_put_forward_before_is_not_raised_when_it_is_planned(w: World) -> None:
    draft = planning.raise_draft("Ask families", by=w.mo, today=TODAY - DAY, priority=w.priority)
    planning.plan(draft, owner=w.alice, due_on=TODAY + 9 * DAY, by=w.mo, version=1, today=TODAY)

    assert [one.raised for one in happened(w)] == [0]
    assert [one.raised for one in happened(w, TODAY - DAY)] == [1]


@pytest.mark.parametrize(
    ("first", "last", "found"), [(0, 0, 1), (-1, 0, 1), (0, 1, 1), (1, 9, 0), (-9, -1, 0)]
)
def test_both_days_of_a_period_are_in_it(w: World, first: int, last: int, found: int) -> None:
    action(w)

    assert [one.raised for one in happened(w, TODAY + first * DAY, TODAY + last * DAY)] == [found]


@pytest.mark.parametrize("by", rollup.PERIOD_GROUPS)
def test_groups_of_a_period_add_up_to_the_whole(w: World, by: str) -> None:
    a_bit_of_everything(w)
    action(w, owner=w.dan, subgroup=None, priority=priority(w.board, 2, "Prevention"))

    (whole,), groups = happened(w), happened(w, by=by)

    assert {name: sum(getattr(one, name) for one in groups) for name in rollup.HAPPENED} == {
        name: getattr(whole, name) for name in rollup.HAPPENED
    }
    assert len([one for one in groups if one.any]) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("name", rollup.HAPPENED)
def test_a_list_finds_as_many_as_a_period_counts(w: World, name: str) -> None:
    a_bit_of_everything(w)
    (whole,) = happened(w)

    listed = Action.objects.filter(rollup.happened(name, TODAY, TODAY))

    assert listed.count() == getattr(whole, name) > 0
    assert not Action.objects.filter(rollup.happened(name, TODAY + DAY, None)).exists()


def test_since_a_day_it_is_newly_overdue_what_was_not_overdue_the_day_before(w: World) -> None:
    for ago in (1, 10, 11, 12):
        action(w, due_on=TODAY - ago * DAY)
    action(w, due_on=TODAY)

    seat = Seat.objects.for_request(w.mo.user_id, "wessex").get()
    found = rollup.since_of_board(seat, seat.calendar(TODAY), TODAY - 10 * DAY)

    assert found.newly_overdue == 3


def test_another_boards_happenings_count_for_nothing(w: World) -> None:
    action(world("mercia"))

    assert happened(w) == [rollup.Happenings()]
