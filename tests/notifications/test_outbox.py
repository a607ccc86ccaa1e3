"""What is true becomes reminders, and reminders one mail for each seat."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from actions import planning, progress
from actions.models import Action, Seat
from actions.models.board import Board
from actions.refusals import NotAllowed
from notifications import outbox, post
from notifications.models import Message, Policy, Reminder
from tests.factories import TODAY, World, action, seat, world
from tests.notifications.moments import MINUTE, NOW, PLANNED_AT, local


def planned(w: World, at: datetime = PLANNED_AT, **changes: Any) -> Action:
    """An action that was planned at that moment."""
    with time_machine.travel(at):
        return action(w, **changes)


def round_at(board: Board, now: datetime) -> tuple[int, int]:
    """One plan and one group: the numbers of new reminders and of new mails."""
    return outbox.plan(board, now=now), outbox.group(board, now=now)


def lines(seat: Seat) -> list[tuple[str, str, str, str]]:
    return [
        (r.action.reference, r.kind, r.step, r.state)
        for r in Reminder.objects.filter(seat=seat).select_related("action").order_by("pk")
    ]


def test_every_kind_comes_into_one_mail_of_its_owner(w: World) -> None:
    for due_on in (
        date(2026, 7, 1),
        date(2026, 6, 10),
        TODAY,
        date(2026, 6, 2),
        date(2026, 5, 1),
        date(2026, 8, 1),
    ):
        planned(w, due_on=due_on)
    planned(w, owner=w.dan, due_on=TODAY)
    planned(w, at=NOW - timedelta(days=1), due_on=date(2026, 12, 1))

    assert round_at(w.board, NOW) == (7, 2)

    assert sorted(lines(w.alice)) == [
        ("A-1", "due_soon", "28", "waiting"),
        ("A-2", "due_soon", "7", "waiting"),
        ("A-3", "due_today", "0", "waiting"),
        ("A-4", "overdue", "1", "waiting"),
        ("A-5", "overdue", "3", "waiting"),
        ("A-8", "assigned", "9", "waiting"),
    ]
    assert lines(w.dan) == [("A-7", "due_today", "0", "waiting")]
    assert sorted((m.to, m.reminders.count(), m.state) for m in Message.objects.all()) == [
        ("alice@wessex.example", 6, "queued"),
        ("dan@wessex.example", 1, "queued"),
    ]


def test_a_second_run_writes_nothing(w: World) -> None:
    planned(w, due_on=TODAY)
    planned(w, due_on=date(2026, 5, 1), at=NOW - timedelta(days=1))
    round_at(w.board, NOW)
    before = list(Reminder.objects.values()), list(Message.objects.values())

    assert round_at(w.board, NOW + MINUTE) == (0, 0)

    assert (list(Reminder.objects.values()), list(Message.objects.values())) == before


@pytest.mark.parametrize("count", [1, 3])
def test_a_round_takes_the_same_statements_however_many_actions(
    w: World, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        planned(w, due_on=TODAY - timedelta(days=number))
        planned(w, owner=seat(w.board, f"Owner{number}", w.police), due_on=TODAY)

    with django_assert_num_queries(7):  # and one more where something is asked
        outbox.plan(w.board, now=NOW)
    with django_assert_num_queries(8):
        outbox.group(w.board, now=NOW)


def test_nothing_is_planned_where_nothing_is_due_and_open(w: World) -> None:
    done = planned(w, due_on=TODAY)
    progress.finish(done, words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY)
    planned(w, due_on=None, look_again_on=TODAY)
    planned(w, due_on=date(2026, 9, 1))
    left = planned(w, owner=w.dan, due_on=TODAY)
    Seat.objects.filter(pk=left.owner_id).update(left_on=TODAY)

    assert round_at(w.board, NOW) == (0, 0)


def test_another_boards_actions_and_a_board_with_its_post_off_stay_out(w: World) -> None:
    with time_machine.travel(PLANNED_AT):
        other = world("mercia")
    planned(other, due_on=TODAY)

    assert round_at(w.board, NOW) == (0, 0)
    outbox.plan(other.board, now=NOW)
    assert outbox.group(other.board, now=NOW) == 0


def test_after_an_outage_only_the_latest_step_goes(w: World) -> None:
    a = planned(w, due_on=date(2026, 6, 10))
    outbox.plan(w.board, now=NOW)

    outbox.plan(w.board, now=NOW + timedelta(days=30))

    assert lines(w.alice) == [
        ("A-1", "due_soon", "7", "superseded"),
        ("A-1", "overdue", "2", "waiting"),
    ]
    assert a.reminders.get(state="superseded").reason == "A later reminder took its place."


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda w, a: progress.finish(a, words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY),
         "The action is no longer waiting for its owner."),
        (lambda w, a: planning.reassign(a, to=w.dan, by=w.mo, reason="", version=1, today=TODAY),
         "The action has another owner now."),
        (lambda w, a: progress.reschedule(a, due_on=date(2026, 9, 1), by=w.bob, reason="Room", version=1, today=TODAY),
         "The action's date has moved."),
        (lambda w, a: Seat.objects.filter(pk=w.alice.pk).update(left_on=TODAY), "They have left the board."),
    ],
)  # fmt: skip
def test_what_waits_is_cancelled_with_the_reason_when_its_cause_ends(
    w: World, change: Any, reason: str
) -> None:
    a = planned(w, due_on=TODAY)
    outbox.plan(w.board, now=NOW)

    change(w, a)
    outbox.plan(w.board, now=NOW + MINUTE)

    assert [(r.state, r.reason) for r in Reminder.objects.filter(seat=w.alice)] == [("cancelled", reason)]


def test_assignments_wait_half_an_hour_after_the_last_and_then_make_one_mail(w: World) -> None:
    planned(w, at=NOW, due_on=date(2026, 6, 20))
    planned(w, at=NOW + 20 * MINUTE, due_on=date(2026, 12, 1))

    found = [round_at(w.board, NOW + minutes * MINUTE) for minutes in (1, 29, 31, 49, 51)]

    assert found == [(1, 0), (0, 0), (1, 0), (0, 0), (1, 1)]
    assert sorted(lines(w.alice)) == [
        ("A-1", "assigned", "2", "waiting"),
        ("A-1", "due_soon", "28", "waiting"),
        ("A-2", "assigned", "3", "waiting"),
    ]


def test_what_was_passed_on_is_told_to_the_last_owner_only(w: World) -> None:
    a = planned(w, at=NOW, due_on=date(2026, 12, 1))
    with time_machine.travel(NOW + MINUTE):
        planning.reassign(a, to=w.dan, by=w.mo, reason="", version=1, today=TODAY)
    with time_machine.travel(NOW + 2 * MINUTE):
        planning.reassign(a, to=w.carol, by=w.mo, reason="", version=2, today=TODAY)

    round_at(w.board, NOW + timedelta(hours=1))

    assert [r.seat for r in Reminder.objects.all()] == [w.carol]


def test_moving_the_date_does_not_assign_it_again(w: World) -> None:
    a = planned(w, at=NOW, due_on=date(2026, 12, 1))
    round_at(w.board, NOW + timedelta(hours=1))
    progress.reschedule(a, due_on=date(2026, 11, 1), by=w.mo, reason="Sooner", version=1, today=TODAY)

    assert round_at(w.board, NOW + timedelta(hours=2)) == (0, 0)
    assert lines(w.alice) == [("A-1", "assigned", "2", "waiting")]


def test_an_assignment_older_than_a_week_is_not_news(w: World) -> None:
    planned(w, at=NOW - timedelta(days=8), due_on=date(2026, 12, 1))

    assert round_at(w.board, NOW) == (0, 0)


def test_at_most_one_mail_in_seven_days_but_for_what_goes_at_once(w: World) -> None:
    planned(w, due_on=date(2026, 7, 1))  # due soon today
    round_at(w.board, NOW)
    sent(w)
    planned(w, due_on=date(2026, 7, 2))  # due soon tomorrow: waits
    planned(w, due_on=date(2026, 6, 8))  # due soon since Monday, due on the fifth day from now

    days = {day: round_at(w.board, local(2026, 6, day))[1] for day in (4, 5, 8)}
    carried = Message.objects.order_by("-pk")[0].reminders.order_by("action_id")

    assert days == {4: 0, 5: 0, 8: 1}
    assert [(r.action.reference, r.kind) for r in carried] == [("A-2", "due_soon"), ("A-3", "due_today")]


def test_after_seven_days_the_rest_goes(w: World) -> None:
    planned(w, due_on=date(2026, 7, 1))
    round_at(w.board, NOW)
    sent(w)
    planned(w, due_on=date(2026, 7, 2))

    days = [round_at(w.board, local(2026, 6, day))[1] for day in (4, 9, 10)]

    assert days == [0, 0, 1]


def test_a_mail_that_still_waits_takes_new_reminders_with_it(w: World) -> None:
    planned(w, due_on=date(2026, 7, 1))
    round_at(w.board, NOW)
    planned(w, due_on=date(2026, 7, 2))

    assert round_at(w.board, NOW + timedelta(days=1)) == (1, 0)
    assert Message.objects.get().reminders.count() == 2


def test_turning_the_post_on_starts_no_storm(w: World) -> None:
    """Ninety actions, late by up to a year: one mail, one reminder for each."""
    with time_machine.travel(PLANNED_AT):
        other = world("mercia")
    for number in range(90):
        planned(other, due_on=TODAY - timedelta(days=4 * number))

    post.turn_on(other.board, by=other.mo, today=TODAY)

    assert round_at(other.board, NOW) == (90, 1)


def test_turning_the_post_on_and_off_is_the_managers_and_on_the_trail(w: World) -> None:
    assert [post.turn_off(w.board, by=w.mo, today=TODAY), post.turn_off(w.board, by=w.mo, today=TODAY)] == [
        True,
        False,
    ]

    assert not Policy.objects.get(board=w.board).post_on
    assert list(w.board.events.order_by("seq").values_list("verb", "by__name", "detail")) == [
        ("set_post", "Mo Manager", {"post_on": True}),
        ("set_post", "Mo Manager", {"post_on": False}),
    ]


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "dan", "ingrid"])
def test_nobody_else_turns_the_post_on(w: World, who: str) -> None:
    with pytest.raises(NotAllowed, match="board manager"):
        post.turn_on(w.board, by=getattr(w, who), today=TODAY)


def sent(w: World) -> None:
    """What is queued was sent at once."""
    Message.objects.filter(board=w.board).update(state="sent", sent_at=NOW)
    Reminder.objects.filter(board=w.board, message__isnull=False).update(state="told")
