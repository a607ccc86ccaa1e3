"""Who stands in is told step by step and only as long as it lasts: what ends it, and what begins again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from actions import people, planning, progress
from actions.models import Action, Seat
from notifications import outbox, tasks
from notifications.models import Message, Reminder
from tests.factories import TODAY, World, seat
from tests.notifications.absence import DAY, away, copies, here, run, second_lead, to
from tests.notifications.conftest import Sink
from tests.notifications.moments import MINUTE, NOW, local
from tests.notifications.test_outbox import planned, round_at


@pytest.mark.slow
def test_the_copies_begin_with_one_list_go_step_by_step_and_stop_when_the_owner_is_here(
    w: World, sink: Sink
) -> None:
    planned(w, due_on=date(2026, 5, 8))  # overdue every other Monday
    planned(w, due_on=date(2026, 6, 12))
    people.away(w.alice, since=date(2026, 6, 10), until=date(2026, 6, 19), by=w.mo, today=TODAY)

    for hours in range(0, 24 * 30, 6):
        tasks.tick(at=(NOW + timedelta(hours=hours)).isoformat())

    told = Reminder.objects.filter(for_owner=w.alice, state="told").order_by("message_id", "action")
    assert [
        (f"{r.message.created_at:%a %d %b}", r.action.reference, r.kind, r.step)
        for r in told.select_related("message", "action")
        if r.message and r.action
    ] == [
        ("Wed 10 Jun", "A-1", "overdue", "3"),
        ("Wed 10 Jun", "A-2", "due_soon", "7"),
        ("Fri 12 Jun", "A-2", "due_today", "0"),
        ("Wed 17 Jun", "A-2", "overdue", "1"),
    ]
    assert Message.objects.filter(seat=w.carol).count() == 3
    assert not Reminder.objects.filter(for_owner=w.alice).exclude(state="told").exists()


def test_what_is_given_to_them_meanwhile_is_told_after_the_same_half_hour_what_was_before_is_not(
    w: World, sink: Sink
) -> None:
    planned(w, at=NOW - timedelta(days=2), due_on=date(2026, 12, 1))
    run(NOW - DAY)
    away(w, w.alice)
    planned(w, at=NOW, due_on=date(2026, 12, 1))
    planned(w, at=NOW + 20 * MINUTE, due_on=date(2026, 12, 1))

    for minutes in (1, 31, 49, 51):
        run(NOW + minutes * MINUTE)

    assert to(sink) == ["alice", "alice", "carol"]
    assert copies() == [("Carol", "A-2", "assigned 4", "told"), ("Carol", "A-3", "assigned 5", "told")]
    assert sink.texts[2].count("(new to them)") == 2
    assert [r.why for r in Reminder.objects.filter(seat=w.carol)] == [
        "Given to Alice Owner, who is away until 20 June 2026"
    ] * 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda w, a: here(w, w.alice), "The owner of the action is here again."),
        (lambda w, a: away(w, w.carol), "Somebody else stands in for the owner of the action now."),
        (lambda w, a: Seat.objects.filter(pk=w.carol.pk).update(is_lead=False),
         "Somebody else stands in for the owner of the action now."),
        (lambda w, a: planning.reassign(a, to=w.dan, by=w.mo, reason="", version=1, today=TODAY),
         "The action has another owner now."),
        (lambda w, a: progress.finish(a, words="Done", done_on=TODAY, by=w.carol, version=1, today=TODAY),
         "The action is no longer waiting for its owner."),
        (lambda w, a: progress.reschedule(a, due_on=date(2026, 9, 1), by=w.bob, reason="Room", version=1, today=TODAY),
         "The action's date has moved."),
        (lambda w, a: Seat.objects.filter(pk=w.carol.pk).update(left_on=TODAY), "They have left the board."),
    ],
)  # fmt: skip
def test_what_ended_between_the_plan_and_the_sending_is_not_sent(
    w: World, sink: Sink, change: Any, reason: str
) -> None:
    found = planned(w, due_on=TODAY)
    away(w, w.alice)
    round_at(w.board, NOW)

    change(w, found)
    run()

    (message,) = Message.objects.filter(reminders__for_owner=w.alice, seat=w.carol)
    assert message.state == "cancelled"
    assert message.reminders.get().reason == reason
    assert "carol" not in to(sink)


def test_who_stood_in_and_owns_it_now_is_told_as_its_owner(w: World, sink: Sink) -> None:
    found = planned(w, due_on=TODAY)
    away(w, w.alice)
    round_at(w.board, NOW)

    planning.reassign(found, to=w.carol, by=w.mo, reason="", version=1, today=TODAY)
    run()

    assert to(sink) == ["carol"]
    assert "away" not in sink.got[0].as_string()


def test_the_mail_and_the_ledger_give_the_last_day_as_it_is_when_it_is_sent(w: World, sink: Sink) -> None:
    planned(w, due_on=TODAY)
    away(w, w.alice)
    round_at(w.board, NOW)

    away(w, w.alice, TODAY, date(2026, 7, 31))
    run()
    here(w, w.alice)

    assert "Of Alice Owner, who is away until 31 July 2026" in "".join(sink.texts)
    assert Reminder.objects.get(for_owner=w.alice).why.endswith("who is away until 31 July 2026")


def throttled(w: World) -> Action:
    """Carol had her mail of the week, so that what follows waits; Alice's action is overdue."""
    planned(w, owner=w.carol, due_on=date(2026, 7, 1))
    run()
    return planned(w, due_on=date(2026, 6, 2))


@pytest.mark.slow
def test_what_waited_when_the_owner_came_back_is_called_for_again_when_they_are_away_again(
    w: World, sink: Sink
) -> None:
    throttled(w)
    away(w, w.alice)
    run(NOW + DAY)
    here(w, w.alice)
    run(NOW + 2 * DAY)
    assert copies() == [("Carol", "A-2", "overdue 1", "cancelled")]

    away(w, w.alice)
    run(local(2026, 6, 10))

    assert copies() == [("Carol", "A-2", "overdue 1", "told")]
    assert to(sink).count("carol") == 2


@pytest.mark.slow
def test_when_who_stands_in_changes_while_it_waits_one_of_them_is_told(w: World, sink: Sink) -> None:
    sue = second_lead(w)
    throttled(w)
    planned(w, owner=sue, due_on=date(2026, 7, 1))
    run(NOW + MINUTE)
    away(w, w.alice)
    run(NOW + DAY)
    away(w, w.carol)
    run(NOW + 2 * DAY)
    here(w, w.carol)
    run(local(2026, 6, 8))
    assert copies(for_owner=w.alice) == [
        ("Carol", "A-2", "overdue 1", "waiting"),
        ("Sue", "A-2", "overdue 1", "cancelled"),
    ]

    run(local(2026, 6, 10))

    assert copies(state="told") == [("Carol", "A-2", "overdue 1", "told")]


def test_what_was_told_is_not_told_again_in_a_second_absence(w: World, sink: Sink) -> None:
    planned(w, due_on=date(2026, 6, 2))
    away(w, w.alice)
    run()
    here(w, w.alice)
    run(NOW + DAY)
    away(w, w.alice)

    run(NOW + 9 * DAY)

    assert to(sink).count("carol") == 1


def test_another_boards_people_stand_in_for_nobody(w: World) -> None:
    planned(w, due_on=TODAY)
    away(w, w.alice)

    outbox.plan(w.board, now=NOW)

    assert set(Reminder.objects.values_list("seat__board", flat=True)) == {w.board.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_planning_takes_the_same_statements_however_many_are_away(
    w: World, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        owner = seat(w.board, f"Owner{number}", w.police)
        planned(w, owner=owner, due_on=TODAY - number * DAY)
        away(w, owner)

    with django_assert_num_queries(7):
        outbox.plan(w.board, now=NOW)

    assert len(copies()) == count
