"""While an owner is away, who stands in is told too: in one mail, never twice, and only as long as it lasts."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from actions import people, planning, progress
from actions.models import Action, Agency, Commitment, Seat, Source
from notifications import outbox, tasks
from notifications.forecast import forecast
from notifications.models import Message, Policy, Reminder
from tests.factories import TODAY, World, seat, source
from tests.notifications.conftest import Sink
from tests.notifications.moments import MINUTE, NOW, local
from tests.notifications.test_outbox import planned, round_at

UNTIL = date(2026, 6, 20)
DAY = timedelta(days=1)


def away(w: World, who: Seat, since: date | None = TODAY, until: date | None = UNTIL) -> None:
    people.away(who, since=since, until=until, by=w.mo, today=TODAY)


def here(w: World, who: Seat) -> None:
    away(w, who, None, None)


def run(at: Any = NOW) -> None:
    tasks.run(clock=lambda: at)


def to(sink: Sink) -> list[str]:
    return [mail["To"].split("@")[0] for mail in sink.got]


def copies(**filters: Any) -> list[tuple[str, str, str, str]]:
    """Who was to be told of what: seat, action, step, state."""
    found = Reminder.objects.filter(for_owner__isnull=False, **filters).select_related("seat", "action")
    return [
        (r.seat.name.split()[0], r.action.reference, f"{r.kind} {r.step}", r.state)
        for r in found.order_by("pk")
        if r.action
    ]


TO_CAROL = """\
Dear Carol Lead,

The action tracker of Wessex Safeguarding Adults Board reminds you of these actions.

Due today

* A-2, due 3 June 2026
  https://tracker.example/wessex/actions/A-2/

Of Alice Owner, who is away until 20 June 2026

* A-1, due 1 May 2026 (overdue)
  https://tracker.example/wessex/actions/A-1/

* A-3, due 10 June 2026 (due soon)
  https://tracker.example/wessex/actions/A-3/

Open an action to say where it stands, to attach evidence or to finish it. You will be asked to sign in.
All that is yours: https://tracker.example/wessex/

You get this because you own these actions, something was written down in your name, or you stand in for an owner who is away. It went to you alone.
Nobody reads replies to this address: write to your board's office instead.
"""  # noqa: E501  as it is sent


def test_the_lead_is_told_in_one_mail_whose_it_is_and_until_when_and_the_owner_as_ever(
    w: World, sink: Sink, settings: Any
) -> None:
    settings.SITE_URL = "https://tracker.example"
    planned(w, due_on=date(2026, 5, 1))
    planned(w, owner=w.carol, due_on=TODAY)
    planned(w, due_on=date(2026, 6, 10))
    away(w, w.alice)

    run()

    assert sorted(to(sink)) == ["alice", "carol"]
    (mail,) = (mail for mail in sink.got if mail["To"].startswith("carol"))
    assert mail.get_content().replace("\r\n", "\n") == TO_CAROL
    assert mail["Subject"] == (
        "Wessex Safeguarding Adults Board: 3 actions: 1 due today, 2 whose owner is away"
    )
    (owners,) = (mail for mail in sink.got if mail["To"].startswith("alice"))
    assert "away" not in owners.as_string()


def test_a_mail_about_nothing_else_says_so(w: World, sink: Sink) -> None:
    planned(w, due_on=TODAY)
    away(w, w.alice)

    run()

    (mail,) = (mail for mail in sink.got if mail["To"].startswith("carol"))
    assert mail["Subject"] == "Wessex Safeguarding Adults Board: A-1: due today, its owner is away"
    assert "You get this because you stand in for an owner who is away." in mail.get_content()


def test_the_ledger_says_why_and_a_second_run_writes_nothing(w: World, sink: Sink) -> None:
    planned(w, due_on=date(2026, 5, 1))
    away(w, w.alice)
    run()
    before = list(Reminder.objects.values()), list(Message.objects.values())

    run(NOW + MINUTE)

    assert (list(Reminder.objects.values()), list(Message.objects.values())) == before
    (message,) = Message.objects.visible_to(w.mo).with_reminders().filter(seat=w.carol)
    assert [reminder.about for reminder in message.reminders.all()] == [
        "Overdue, reminder 3, owned by Alice Owner, who is away until 20 June 2026: A-1"
    ]


def test_the_forecast_and_the_dry_run_tell_of_it_and_write_nothing(w: World) -> None:
    planned(w, due_on=TODAY)
    away(w, w.alice)
    said = StringIO()

    call_command("remind", "--dry-run", "--day", "2026-06-03", stdout=said)
    foreseen = [(m.seat.name, [r.why for r in m.reminders.all()]) for m in forecast(w.board, now=NOW)]

    why = "Due today, owned by Alice Owner, who is away until 20 June 2026"
    assert foreseen == [("Alice Owner", ["Due today"]), ("Carol Lead", [why])]
    assert f"  Carol Lead <carol@wessex.example>\n    A-1: {why}, due 03 Jun 2026\n" in said.getvalue()
    assert not Reminder.objects.exists()


# -- who stands in -------------------------------------------------------------------------------------------


def second_lead(w: World) -> Seat:
    return seat(w.board, "Sue Second", w.police, is_lead=True)


def second_manager(w: World) -> Seat:
    return seat(w.board, "Max Manager", None, is_manager=True)


def not_yet_here(w: World) -> None:
    Seat.objects.filter(pk=w.carol.pk).update(user=None)


def leads_elsewhere(w: World) -> None:
    Seat.objects.filter(pk=w.carol.pk).update(agency=w.council)


@pytest.mark.parametrize(
    ("owner", "before", "who"),
    [
        ("alice", [], "Carol"),
        ("alice", [second_lead], "Carol"),
        ("alice", [second_lead, lambda w: away(w, w.carol)], "Sue"),
        ("alice", [lambda w: away(w, w.carol)], "Mo"),
        ("alice", [lambda w: away(w, w.carol), second_manager, lambda w: away(w, w.mo)], "Max"),
        ("alice", [lambda w: away(w, w.carol, TODAY + DAY)], "Carol"),  # not away yet
        ("alice", [lambda w: Seat.objects.filter(pk=w.carol.pk).update(left_on=TODAY)], "Mo"),
        ("alice", [not_yet_here], "Mo"),
        ("alice", [leads_elsewhere], "Mo"),
        ("carol", [], "Mo"),  # nobody stands in for themselves
        ("carol", [second_lead], "Sue"),
        ("dan", [], "Mo"),  # nobody leads the council
        ("mo", [second_manager], "Max"),
        ("mo", [], None),
    ],
)  # fmt: skip
def test_a_lead_of_the_agency_stands_in_who_is_here_else_a_manager(
    w: World, owner: str, before: list[Any], who: str | None
) -> None:
    planned(w, owner=getattr(w, owner), due_on=TODAY)
    for prepare in before:
        prepare(w)
    away(w, getattr(w, owner))

    outbox.plan(w.board, now=NOW)

    assert copies() == ([(who, "A-1", "due_today 0", "waiting")] if who else [])


def test_when_everybody_is_away_somebody_still_stands_in(w: World) -> None:
    planned(w, due_on=TODAY)
    for who in (w.alice, w.carol, w.mo):
        away(w, who)

    outbox.plan(w.board, now=NOW)

    assert copies() == [("Carol", "A-1", "due_today 0", "waiting")]


@pytest.mark.parametrize("titles", [True, False])
@pytest.mark.parametrize("moved_on", [True, False])
def test_who_may_not_read_what_it_answers_is_not_told(
    w: World, sink: Sink, moved_on: bool, titles: bool
) -> None:
    """The action answers a restricted review. Once its owner works elsewhere, the lead there may not open it."""
    Policy.objects.update(titles_in_mail=titles)
    closed = source(w)
    Source.objects.filter(pk=closed.pk).update(restricted=True)
    asked = Commitment.objects.create(
        board=w.board, number=1, source=closed, kind="recommendation", words="Brief them"
    )
    fire = Agency.objects.create(board=w.board, name="Wessex Fire", short_name="Fire")
    seat(w.board, "Finn Fire", fire, is_lead=True)
    found = planned(w, due_on=TODAY, commitments=(asked,), subgroup=None)
    if moved_on:
        Seat.objects.filter(pk=w.alice.pk).update(agency=fire)
        Action.objects.filter(pk=found.pk).update(agency=None)
    away(w, w.alice)

    run()

    (told,) = Reminder.objects.filter(for_owner=w.alice).select_related("seat")
    assert told.seat == (w.mo if moved_on else w.carol)
    assert Action.objects.visible_to(told.seat).filter(pk=found.pk).exists()
    assert sorted(to(sink)) == ["alice", "mo" if moved_on else "carol"]
    assert "custody" not in "".join(mail.as_string() for mail in sink.got)


# -- how long ------------------------------------------------------------------------------------------------


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
        (lambda w, a: planning.reschedule(a, due_on=date(2026, 9, 1), by=w.mo, reason="Room", version=1, today=TODAY),
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
