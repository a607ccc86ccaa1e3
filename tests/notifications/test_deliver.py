"""Claim, check again, mark, send, record: against a real mail server, on good days and bad."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from actions import planning, progress
from actions.models import Seat
from notifications import deliver, outbox, post
from notifications.mailer import Connection
from notifications.models import Message, Policy, Reminder
from tests.factories import TODAY, World, seat
from tests.notifications.conftest import Sink, smtp
from tests.notifications.moments import MINUTE, NOW
from tests.notifications.test_outbox import planned


def queued(w: World, **changes: Any) -> Message:
    """One mail to Alice, about an action that is due today."""
    planned(w, **{"due_on": TODAY} | changes)
    outbox.plan(w.board, now=NOW)
    outbox.group(w.board, now=NOW)
    return Message.objects.latest("pk")


def send(at: datetime = NOW) -> int:
    return deliver.run(clock=lambda: at)


def stands(message: Message) -> tuple[str, str, list[str]]:
    """State, reason, and the states of its reminders."""
    message.refresh_from_db()
    return message.state, message.reason, [r.state for r in message.reminders.order_by("pk")]


def test_a_mail_goes_out_once_with_its_reasons_recorded(w: World, sink: Sink) -> None:
    message = queued(w)

    assert [send(), send(), send(NOW + MINUTE)] == [1, 0, 0]

    assert stands(message) == ("sent", "", ["told"])
    assert (message.attempts, message.sending_at, message.sent_at) == (1, NOW, NOW)
    assert [(mail["To"], mail["Subject"], mail["Message-ID"]) for mail in sink.got] == [
        ("alice@wessex.example", "Wessex Safeguarding Adults Board: A-1: due today", message.message_id)
    ]


def test_one_connection_serves_the_whole_run(w: World, sink: Sink) -> None:
    for number in range(5):
        planned(w, owner=seat(w.board, f"Owner{number}", w.police), due_on=TODAY)
    queued(w)

    assert send() == 6

    assert sink.connections == 1


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
def test_what_ended_since_is_not_sent(w: World, sink: Sink, change: Any, reason: str) -> None:
    message = queued(w)
    change(w, message.reminders.get().action)

    assert send() == 0

    assert sink.got == []
    assert stands(message) == (
        "cancelled",
        "By the time of sending nothing in it was called for.",
        ["cancelled"],
    )
    assert message.reminders.get().reason == reason


def test_what_is_left_of_a_mail_still_goes(w: World, sink: Sink) -> None:
    done = planned(w, due_on=date(2026, 6, 1))
    message = queued(w)
    progress.finish(done, words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY)

    assert send() == 1

    assert "A-2" in sink.texts[0]
    assert "A-1" not in sink.texts[0]
    assert sorted(stands(message)[2]) == ["cancelled", "told"]


def test_the_address_is_the_one_at_the_time_of_sending(w: World, sink: Sink) -> None:
    message = queued(w)
    Seat.objects.filter(pk=w.alice.pk).update(email="alice@new.example")

    send()

    assert [mail["To"] for mail in sink.got] == ["alice@new.example"]
    assert stands(message)[0] == "sent"
    assert message.to == "alice@new.example"


def test_an_address_that_is_none_is_shown_to_a_person(w: World, sink: Sink) -> None:
    message = queued(w)
    Seat.objects.filter(pk=w.alice.pk).update(email="alice at home")

    assert send() == 0

    assert stands(message) == ("failed", "The seat has no address that mail can reach.", ["cancelled"])


def test_a_refused_recipient_is_a_bounce_and_stops_nobody_else(w: World, sink: Sink) -> None:
    message = queued(w)
    planned(w, owner=w.dan, due_on=TODAY)
    outbox.plan(w.board, now=NOW)
    outbox.group(w.board, now=NOW)
    sink.to_recipient = {"alice@wessex.example": "550 5.1.1 No such person"}

    assert send() == 1

    assert stands(message) == ("bounced", "550 5.1.1 No such person", ["cancelled"])
    assert [mail["To"] for mail in sink.got] == ["dan@wessex.example"]


@pytest.mark.parametrize("answer", ["451 4.7.1 Try again later", "554 5.7.1 Looks like spam"])
def test_a_refusal_of_the_text_waits_and_tries_again(w: World, sink: Sink, answer: str) -> None:
    message = queued(w)
    sink.to_text = [answer]

    assert send() == 0
    assert stands(message) == ("queued", answer, ["waiting"])
    assert NOW + MINUTE <= message.try_after <= NOW + 1.2 * MINUTE  # type: ignore[operator]

    assert [send(NOW + 0.9 * MINUTE), send(NOW + 2 * MINUTE)] == [0, 1]
    assert stands(message) == ("sent", "", ["told"])


def test_a_greylisted_recipient_is_no_bounce(w: World, sink: Sink) -> None:
    message = queued(w)
    sink.to_recipient = {"alice@wessex.example": "450 4.2.0 Greylisted"}

    send()

    assert stands(message) == ("queued", "450 4.2.0 Greylisted", ["waiting"])


def test_waits_grow_and_after_about_a_day_of_trying_a_person_is_shown_it(w: World, sink: Sink) -> None:
    message = queued(w)
    sink.to_text = ["451 Busy"] * 99
    waits = []

    for _ in range(10):
        with Connection() as connection:
            deliver.send_one(message.pk, connection, clock=lambda: NOW)
        message.refresh_from_db()
        if message.state == "queued":
            waits.append((message.try_after - NOW) / MINUTE)  # type: ignore[operator]
            # The clock of this test runs in working hours only.
            Message.objects.update(try_after=NOW)

    assert [
        wait // 1 >= low and wait <= low * 1.2 for wait, low in zip(waits, deliver.BACKOFF, strict=True)
    ] == [True] * 9
    assert 20 <= sum(deliver.BACKOFF) / 60 <= 24
    assert stands(message) == ("failed", "451 Busy", ["cancelled"])


def test_an_unreachable_mail_service_fails_nothing_and_says_why_it_waits(w: World, settings: Any) -> None:
    message = queued(w)
    settings.MAILERS = smtp(port=9)  # nobody listens there

    assert send() == 0

    state, reason, reminders = stands(message)
    assert (state, message.attempts, reminders) == ("queued", 0, ["waiting"])
    assert "cannot be reached" in reason


def test_a_connection_cut_before_the_text_was_taken_or_after_is_in_doubt_and_not_sent_again(
    w: World, sink: Sink
) -> None:
    message = queued(w)
    sink.to_text = ["cut after"]

    assert [send(), send(NOW + timedelta(hours=1))] == [0, 0]

    state, reason, reminders = stands(message)
    assert (state, reminders, len(sink.got)) == ("in_doubt", ["told"], 1)
    assert reason.startswith("The connection broke while it was handed over")


def test_after_a_cut_the_next_mail_takes_a_new_connection(w: World, sink: Sink) -> None:
    planned(w, owner=w.dan, due_on=TODAY)
    queued(w)
    sink.to_text = ["cut before"]

    assert send() == 1

    assert sorted(Message.objects.values_list("state", flat=True)) == ["in_doubt", "sent"]
    assert sink.connections == 2


def test_in_doubt_is_sent_once_more_where_the_board_chose_so_and_never_a_third_time(
    w: World, sink: Sink
) -> None:
    Policy.objects.update(resend_in_doubt=True)
    message = queued(w)
    sink.to_text = ["cut after"] * 3

    hours = [send(NOW + n * timedelta(minutes=16)) for n in range(6)]

    assert (hours, len(sink.got)) == ([0] * 6, 2)
    assert {(mail["Message-ID"], mail["Date"]) for mail in sink.got} == {
        (message.message_id, "Wed, 03 Jun 2026 09:00:00 +0100")
    }
    assert stands(message)[::2] == ("in_doubt", ["told"])


def test_a_sender_killed_before_the_mark_left_it_surely_unsent(w: World, sink: Sink) -> None:
    message = queued(w)
    deliver.claim(message.pk, NOW)

    assert [send(NOW + MINUTE), send(NOW + 3 * MINUTE)] == [0, 1]

    assert (stands(message), message.attempts, len(sink.got)) == (("sent", "", ["told"]), 2, 1)


def test_a_sender_killed_after_the_mark_left_a_doubt_that_a_person_sees(w: World, sink: Sink) -> None:
    message = queued(w)
    mark(message)

    assert [send(NOW + MINUTE), send(NOW + 3 * MINUTE), send(NOW + timedelta(days=1))] == [0, 0, 0]

    assert stands(message) == ("in_doubt", "The sender stopped while handing it over.", ["told"])
    assert sink.got == []


def test_a_sender_frozen_beyond_its_lease_sends_nothing(w: World, sink: Sink) -> None:
    """It wakes with its claim in hand; meanwhile another took the mail over and sent it."""
    message = queued(w)
    mine = deliver.claim(message.pk, NOW)
    assert mine is not None
    carried = deliver.check_again(mine, NOW)
    mail = deliver._written(mine, carried, NOW)
    assert mail is not None

    assert send(NOW + 3 * MINUTE) == 1

    assert not deliver.mark(mine, mail, carried, NOW + 4 * MINUTE)
    assert len(sink.got) == 1


def test_a_sender_thought_dead_may_still_say_that_it_was_sent(w: World, sink: Sink) -> None:
    message = queued(w)
    mine, mail = mark(message)
    deliver.recover(NOW + 3 * MINUTE)

    with Connection() as connection:
        deliver.record(mine, connection.hand_over(mail), NOW + 4 * MINUTE)

    assert stands(message) == ("sent", "", ["told"])


def test_two_who_saw_the_same_mail_do_not_both_get_it(w: World, sink: Sink) -> None:
    message = queued(w)

    assert [deliver.claim(message.pk, NOW) is not None, deliver.claim(message.pk, NOW) is not None] == [
        True,
        False,
    ]
    assert send(NOW + 3 * MINUTE) == 1


@pytest.mark.parametrize("hour", [6, 18, 23])
def test_nothing_goes_outside_working_hours(w: World, sink: Sink, hour: int) -> None:
    queued(w)

    assert [send(NOW.replace(hour=hour)), send(NOW + timedelta(days=3)), sink.got] == [0, 0, []]
    assert send(NOW + timedelta(days=5)) == 1


def test_the_post_turned_off_holds_what_waits_and_turned_on_lets_it_go(w: World, sink: Sink) -> None:
    message = queued(w)

    post.turn_off(w.board, by=w.mo, today=TODAY)
    assert (send(), stands(message)) == (0, ("held", "", ["waiting"]))
    post.turn_on(w.board, by=w.mo, today=TODAY)
    assert (send(), stands(message)) == (1, ("sent", "", ["told"]))


def test_a_mail_that_cannot_be_written_waits_with_the_reason(
    w: World, sink: Sink, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    message = queued(w)
    monkeypatch.setattr("notifications.compose.render_to_string", lambda *args: 1 / 0)

    assert send() == 0

    assert stands(message) == ("queued", "It could not be written: ZeroDivisionError.", ["waiting"])
    assert "could not be written" in caplog.text


def test_it_stops_between_two_mails_when_told(w: World, sink: Sink) -> None:
    planned(w, owner=w.dan, due_on=TODAY)
    queued(w)
    answers = iter([False, False, True, True])

    assert deliver.run(clock=lambda: NOW, enough=lambda: next(answers)) == 1
    assert sorted(Message.objects.values_list("state", flat=True)) == ["queued", "sent"]


def test_a_reminder_superseded_while_its_mail_waited_is_left_out(w: World, sink: Sink) -> None:
    message = queued(w)
    outbox.plan(w.board, now=NOW + timedelta(days=1))
    outbox.group(w.board, now=NOW + timedelta(days=1))

    assert send(NOW + timedelta(days=1)) == 1

    assert [(r.kind, r.state) for r in Reminder.objects.filter(message=message)] == [
        ("due_today", "superseded"),
        ("overdue", "told"),
    ]
    assert "Due today" not in sink.texts[0]


def mark(message: Message) -> tuple[Message, Any]:
    """As far as a sender gets who is killed at the worst moment."""
    mine = deliver.claim(message.pk, NOW)
    assert mine is not None
    carried = deliver.check_again(mine, NOW)
    mail = deliver._written(mine, carried, NOW)
    assert mail is not None
    assert deliver.mark(mine, mail, carried, NOW)
    return mine, mail
