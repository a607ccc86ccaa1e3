"""An invitation goes out like any reminder; its link is made at sending, and an invited owner's mails carry it."""

import re
from datetime import date, timedelta

import pytest

from actions import leaving, people
from actions.models import Seat, User
from actions.people import Person
from notifications import outbox, tasks
from notifications.models import Message, Policy, Reminder
from tests.factories import TODAY, World, action
from tests.notifications.conftest import Sink
from tests.notifications.moments import NOW

LINK = re.compile(r"/invitation/([^/\s]+)/")
HOUR = timedelta(hours=1)


def invite(w: World) -> Seat:
    person = Person("Nia New", "nia@wessex.example", agency=w.police)
    return people.invite([person], by=w.mo, today=TODAY)[0]


def run(at: object = None) -> int:
    return tasks.run(clock=lambda: at or NOW)  # type: ignore[arg-type,return-value]


def test_the_invited_person_gets_one_mail_with_a_link(w: World, sink: Sink) -> None:
    invite(w)

    run()
    run(NOW + HOUR)

    assert [mail["To"] for mail in sink.got] == ["nia@wessex.example"]
    assert (
        sink.got[0]["Subject"].strip()
        == "Wessex Safeguarding Adults Board: you are invited to its action tracker"
    )
    assert len(LINK.findall(sink.texts[0])) == 1
    assert "reminds you of" not in sink.texts[0]
    assert Reminder.objects.get().why == "Invited to the board"


def test_an_invited_owners_reminder_carries_the_invitation_and_afterwards_no_more(
    w: World, sink: Sink
) -> None:
    nia = invite(w)
    run()
    owned = action(w, owner=nia, due_on=TODAY)
    run(NOW + HOUR)
    people.take_up(nia, User.objects.create_user("nia@wessex.example"), today=TODAY)
    owned.__class__.objects.update(due_version=2)
    run(NOW + 2 * HOUR)

    assert [len(LINK.findall(text)) for text in sink.texts] == [1, 1, 0]
    assert "* A-1, due" in sink.texts[1]


def test_sent_again_is_a_second_mail_and_the_older_link_is_another(w: World, sink: Sink) -> None:
    nia = invite(w)
    run()
    people.invite_again(nia, by=w.mo, today=TODAY)
    run(NOW + HOUR)

    first, second = (LINK.findall(text)[0] for text in sink.texts)
    assert first != second


@pytest.mark.parametrize("ends", ["taken up", "withdrawn"])
def test_what_ended_before_it_was_sent_is_not_sent(w: World, sink: Sink, ends: str) -> None:
    nia = invite(w)
    outbox.plan(w.board, now=NOW)
    outbox.group(w.board, now=NOW)
    if ends == "taken up":
        people.take_up(nia, User.objects.create_user("nia@wessex.example"), today=TODAY)
    else:
        leaving.leave(nia, by=w.mo, today=TODAY)

    run()

    assert (sink.got, Message.objects.get().state) == ([], "cancelled")


def test_while_the_post_is_off_an_invitation_waits(w: World, sink: Sink) -> None:
    Policy.objects.update(post_on=False)
    invite(w)
    run()
    assert sink.got == []

    Policy.objects.update(post_on=True)
    run(NOW + 30 * 24 * HOUR)
    assert len(sink.got) == 1


def test_a_last_day_that_passed_is_carried_out_by_the_engine_with_the_post_off(w: World, sink: Sink) -> None:
    Policy.objects.update(post_on=False)
    action(w)
    leaving.leave_ahead(w.alice, on=TODAY, by=w.mo, today=TODAY)

    run(NOW + 24 * HOUR)

    w.alice.refresh_from_db()
    assert w.alice.left_on == date(2026, 6, 3)
    assert w.carol.owned.count() == 1
