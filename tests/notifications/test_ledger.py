"""What the ledger's page reads: who was told what, when and why; and the filter over it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from actions.models import Seat
from notifications import outbox, post
from notifications.filters import MessageFilter
from notifications.models import FOR_A_PERSON, Message, MessageQuerySet, Reminder
from notifications.verify import astray
from tests.factories import TODAY, World, world
from tests.notifications.conftest import Sink
from tests.notifications.moments import MINUTE, NOW, PLANNED_AT
from tests.notifications.test_deliver import mark, queued, send
from tests.notifications.test_outbox import planned

YESTERDAY = NOW - timedelta(days=1)


def shown(to: Seat, **asked: Any) -> list[str]:
    request = RequestFactory().get("/", asked)
    request.seat = to  # type: ignore[attr-defined]
    found: MessageQuerySet = MessageFilter(
        request.GET, queryset=Message.objects.visible_to(to), request=request
    ).qs
    return sorted(m.seat.name for m in found.with_reminders())


def reasons(message: Message) -> list[str]:
    return [f"{r.action.reference} {r.why}" for r in message.reminders.all()]


@pytest.fixture
def ledger(w: World, sink: Sink) -> World:
    """Alice was sent one each day; Dan's, about what is late, bounced the day before."""
    sink.to_recipient = {"dan@wessex.example": "550 Unknown"}
    planned(w, owner=w.dan, due_on=TODAY - timedelta(days=2))
    for at, due_on in ((YESTERDAY, TODAY + timedelta(days=5)), (NOW, TODAY)):
        planned(w, due_on=due_on)
        outbox.plan(w.board, now=at)
        outbox.group(w.board, now=at)
        send(at)
    return w


def test_a_line_says_to_whom_when_why_and_what_became_of_it(ledger: World) -> None:
    messages = Message.objects.visible_to(ledger.mo).with_reminders()

    assert [(m.to, m.created_at, m.get_state_display(), m.reason, reasons(m)) for m in messages] == [
        ("alice@wessex.example", NOW, "Sent", "", ["A-3 Due today"]),
        ("dan@wessex.example", YESTERDAY, "Refused by the address", "550 Unknown", ["A-1 Overdue"]),
        ("alice@wessex.example", YESTERDAY, "Sent", "", ["A-2 Due in 7 days or less"]),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Alice Owner", "Alice Owner", "Dan Member"]),
        ({"state": "bounced"}, ["Dan Member"]),
        ({"kind": "due_today"}, ["Alice Owner"]),
        ({"since": "2026-06-03"}, ["Alice Owner"]),
        ({"until": "2026-06-02"}, ["Alice Owner", "Dan Member"]),
        ({"since": "2026-06-02", "until": "2026-06-03"}, ["Alice Owner", "Alice Owner", "Dan Member"]),
        ({"state": "nonsense"}, []),
        ({"since": "31 February"}, []),
        ({"seat": "x"}, []),
    ],
)
def test_the_filter_finds_by_state_reason_and_day_and_nothing_for_nonsense(
    ledger: World, asked: dict[str, str], names: list[str]
) -> None:
    assert shown(ledger.mo, **asked) == names


def test_the_filter_finds_by_seat_and_offers_no_other_boards_people(ledger: World) -> None:
    with time_machine.travel(PLANNED_AT):
        other = world("mercia")

    assert shown(ledger.mo, seat=ledger.dan.pk) == ["Dan Member"]
    assert shown(other.mo, seat=ledger.dan.pk) == []
    assert shown(other.mo) == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_the_ledger_takes_two_queries_however_long(
    w: World, sink: Sink, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        planned(w, owner=[w.alice, w.dan, w.carol][number], due_on=TODAY)
        planned(w, owner=[w.alice, w.dan, w.carol][number], due_on=TODAY)
    queued(w)
    send()

    with django_assert_num_queries(2):
        lines = [(m.seat.agency, reasons(m)) for m in Message.objects.visible_to(w.mo).with_reminders()]
    assert len(lines) == count


def test_what_went_astray_is_named(w: World) -> None:
    """Rows that no round would ever mend, made by hand."""
    message = queued(w)
    later = NOW + timedelta(days=1)
    assert astray(later) == []

    Reminder.objects.update(state="told")
    assert astray(later) == [
        "1 waiting with nothing in it to tell",
        "1 told, but in no mail that was handed over",
    ]
    Reminder.objects.update(state="waiting")
    Message.objects.update(state="sent", sent_at=NOW)
    assert astray(later) == ["1 waiting in a mail that is done"]
    Message.objects.update(state="sending", lease_until=NOW + MINUTE)
    assert astray(NOW + 2 * MINUTE) == []
    assert astray(later) == ["1 being sent, long after the lease ended"]
    Message.objects.update(state="queued", lease_until=None)
    post.turn_off(w.board, by=w.mo, today=TODAY)
    assert astray(NOW + MINUTE) == []
    assert astray(later) == ["1 waiting although the board's post is off"]

    send(later)
    message.refresh_from_db()
    assert (message.state, astray(later)) == ("held", [])


def test_what_a_person_must_see_is_found_first(ledger: World) -> None:
    queued(ledger, owner=ledger.carol)
    mark(Message.objects.latest("pk"))
    send(NOW + 3 * MINUTE)

    assert [
        (m.seat.name, m.state) for m in Message.objects.filter(state__in=FOR_A_PERSON).order_by("pk")
    ] == [
        ("Dan Member", "bounced"),
        ("Carol Lead", "in_doubt"),
    ]
