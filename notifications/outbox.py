"""What is true now becomes reminders, and reminders become mails waiting to be sent. It sends nothing.

Everything here may run twice, or by several processes at once: a unique key forgives the second.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from email.utils import parseaddr
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value

from actions.models import Action, Board, Challenge, Event, Response, Seat, Status
from actions.models.people import StandIn
from notifications import schedule, statements
from notifications.ended import ANOTHER_STANDS_IN, HERE_AGAIN
from notifications.kinds import AT_ONCE
from notifications.models import Message, Policy, Reminder
from notifications.schedule import Call

QUIET = timedelta(minutes=30)  # after the last assignment or sharing out, so that ten of them make one mail
OLDEST_NEWS = timedelta(days=7)
BETWEEN_MAILS = 7  # days
ASSIGNS = ("plan", "reassign")
SOON = {"response": (5,), "question": ()}  # working days before the day of the answer
Days = Sequence[tuple[str, date]]  # what for, and which


def plan(board: Board, *, now: datetime) -> int:
    """Writes the reminders that this moment calls for, and sets aside those that it no longer does.

    Eight statements, whatever the number of actions and of those asked. Returns how many reminders are new.
    """
    today = now.astimezone(board.tz).date()
    days = list(_days(board, today))
    new = _insert_dated(board, days, today, now) + _insert_assigned(board, today, now)
    new += _insert_copies(board, today, now) + _insert_news(board, today, now)
    new += _insert_asked(board, days, today, now)
    waiting = Reminder.objects.filter(board=board).waiting()
    waiting.supersede()
    waiting.cancel_ended(today)
    return new


def _days(board: Board, today: date) -> QuerySet[Any, tuple[str, date]]:
    """The days that matter: those on which open actions are due, and answers that are asked for. Each once."""
    actions = Action.objects.filter(
        board=board, status__in=[Status.PLANNED, Status.STARTED], due_on__lte=schedule.farthest(today)
    )
    responses = Response.objects.unanswered().filter(board=board, asked_on__lte=today)
    questions = Challenge.objects.open().filter(board=board, asked_on__lte=today)
    found = [
        rows.order_by().annotate(thing=Value(thing)).values_list("thing", "due_on")
        for thing, rows in (("action", actions), ("response", responses), ("question", questions))
    ]
    return found[0].union(*found[1:]).order_by()


def _insert_dated(board: Board, days: Days, today: date, now: datetime) -> int:
    found = (
        schedule.call(day, today=today, division=board.division) for thing, day in days if thing == "action"
    )
    rows = [_row(call) for call in found if call]
    if not rows:
        return 0
    return _write(
        statements.INSERT_DATED % {"called": _places(rows)}, [*chain(*rows), _instant(now), board.pk]
    )


def _insert_asked(board: Board, days: Days, today: date, now: datetime) -> int:
    rows = [
        [thing, *_row(call)]
        for thing, day in days
        if thing != "action"
        for call in schedule.asked(day, today=today, division=board.division, before=SOON[thing])
    ]
    if not rows:
        return 0
    day, at, quiet_since = _date(today), _instant(now), _instant(now - QUIET)
    values = [*[board.pk] * 5, day, day, quiet_since, at, board.pk, day, at]
    return _write(statements.INSERT_ASKED % {"called": _places(rows)}, [*chain(*rows), *values])


def _row(call: Call) -> list[Any]:
    return [_date(call.due_on), call.kind.value, call.step, _date(call.for_on)]


def _places(rows: list[list[Any]]) -> str:
    """One bracket of parameters for each row; at least one."""
    return ", ".join([f"({', '.join(['%s'] * len(rows[0]))})"] * len(rows))


def _insert_assigned(board: Board, today: date, now: datetime) -> int:
    since, until = _instant(now - OLDEST_NEWS), _instant(now - QUIET)
    return _write(statements.INSERT_ASSIGNED, [_date(today), _instant(now), board.pk, since, until])


def _insert_copies(board: Board, today: date, now: datetime) -> int:
    """After those of the owners, which they copy."""
    day = _date(today)
    values = [board.pk, day, day, _instant(now), HERE_AGAIN, ANOTHER_STANDS_IN]
    return _write(statements.INSERT_COPIES % {"stand_in": StandIn.sql("a.id", today)}, values)


def _insert_news(board: Board, today: date, now: datetime) -> int:
    news = [_date(today), _instant(now), board.pk]
    return _write(statements.INSERT_NEWS, [*news, *news, _instant(now - OLDEST_NEWS)])


def _write(sql: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def _date(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)


def _instant(now: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(now)


@transaction.atomic
def group(board: Board, *, now: datetime) -> int:
    """Puts what waits into one mail for each seat. Returns how many mails are new.

    The policy's row is the lock: one process groups a board at a time. A mail that still waits takes the new
    reminders with it; nobody can claim that one meanwhile, since its row is held too.
    """
    if Policy.objects.select_for_update().filter(board=board, post_on=True).first() is None:
        return 0
    waiting = _tellable(board, now)
    seats = set(waiting.values_list("seat", flat=True))
    open_mails = Message.objects.queued().filter(board=board, seat__in=seats).select_for_update()
    new = [
        _message(seat, now) for seat in Seat.objects.filter(pk__in=seats - {m.seat_id for m in open_mails})
    ]
    Message.objects.bulk_create(new)
    mail = Message.objects.queued().filter(seat=OuterRef("seat")).order_by("pk").values("pk")[:1]
    Reminder.objects.filter(pk__in=waiting.values("pk")).update(message=Subquery(mail))
    return len(new)


def _tellable(board: Board, now: datetime) -> QuerySet[Reminder]:
    """What waits for a mail and may go now: not within half an hour of the owner's last assignment, and not twice
    in seven days, unless a mail goes anyway: for something that goes at once, or one that is still here."""
    since = datetime.combine(
        now.astimezone(board.tz).date() - timedelta(days=BETWEEN_MAILS - 1), time.min, tzinfo=board.tz
    )
    waiting = Reminder.objects.filter(board=board, state=Reminder.State.WAITING, message=None)
    just_assigned = Event.objects.filter(
        board=board, verb__in=ASSIGNS, at__gt=now - QUIET, at__lte=now, owner__isnull=False
    )
    lately = (
        Reminder.objects.filter(message__board=board, message__created_at__gte=since)
        .exclude(kind__in=AT_ONCE)
        .exclude(state__in=[Reminder.State.CANCELLED, Reminder.State.SUPERSEDED])
    )
    goes_anyway = Q(seat__in=waiting.filter(kind__in=AT_ONCE).values("seat")) | Q(
        seat__in=Message.objects.queued().filter(board=board).values("seat")
    )
    return waiting.filter(
        goes_anyway | ~Q(seat__in=lately.values("seat")),
        ~Q(seat__in=just_assigned.values("owner")),
        ~Q(for_owner__in=just_assigned.values("owner")),
    )


def _message(seat: Seat, now: datetime) -> Message:
    return Message(
        board_id=seat.board_id,
        seat=seat,
        to=seat.email,
        message_id=f"<{uuid.uuid4().hex}@{_domain()}>",
        dated_at=now,
        created_at=now,
    )


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
