"""What is true now becomes reminders, and reminders become mails waiting to be sent. It sends nothing.

Everything here may run twice, or by several processes at once: a unique key forgives the second.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from actions.models import Action, Board, Event, Seat, Status
from actions.models.people import StandIn
from notifications import schedule
from notifications.models import ANOTHER_STANDS_IN, AT_ONCE, HERE_AGAIN, Message, Policy, Reminder
from notifications.schedule import Call

QUIET = timedelta(minutes=30)  # after the last assignment, so that ten of them make one mail
OLDEST_ASSIGNED = timedelta(days=7)
BETWEEN_MAILS = 7  # days
ASSIGNS = ("plan", "reassign")

COLUMNS = "board_id, seat_id, action_id, kind, step, due_version, for_on, created_at, key, state, reason"

# One statement for all steps of a day: `called` says which due date calls for which step.
INSERT_DATED = f"""
INSERT INTO notifications_reminder ({COLUMNS})
WITH called (due_on, kind, step, for_on) AS (VALUES %(called)s)
SELECT a.board_id, a.owner_id, a.id, c.kind, c.step, a.due_version, c.for_on, %%s,
  a.board_id || ':' || c.kind || ':' || a.id || ':' || a.due_version || ':' || c.step || ':' || a.owner_id,
  'waiting', ''
FROM called c
CROSS JOIN actions_action a  -- from the few dates to their actions: SQLite keeps the order of a CROSS JOIN
JOIN actions_seat s ON s.id = a.owner_id
WHERE a.due_on = c.due_on AND a.board_id = %%s AND a.status IN ('planned', 'started') AND s.left_on IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM notifications_reminder r
    WHERE r.action_id = a.id AND r.seat_id = a.owner_id
      AND r.kind = c.kind AND r.step = c.step AND r.due_version = a.due_version)
ON CONFLICT (key) DO NOTHING
"""

# Its step is the event, and the event stands for the owner's version too: moving the date assigns nothing anew.
INSERT_ASSIGNED = f"""
INSERT INTO notifications_reminder ({COLUMNS})
SELECT e.board_id, e.owner_id, e.action_id, 'assigned', CAST(e.seq AS varchar(20)), 0, %s, %s,
  e.board_id || ':assigned:' || e.action_id || ':0:' || e.seq || ':' || e.owner_id,
  'waiting', ''
FROM actions_event e
JOIN actions_action a ON a.id = e.action_id AND a.owner_id = e.owner_id
JOIN actions_seat s ON s.id = e.owner_id
WHERE e.board_id = %s AND e.verb IN ('plan', 'reassign') AND e.at > %s AND e.at <= %s
  AND a.status IN ('planned', 'started') AND s.left_on IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM actions_event later
    WHERE later.action_id = e.action_id AND later.verb IN ('plan', 'reassign') AND later.seq > e.seq)
  AND NOT EXISTS (
    SELECT 1 FROM notifications_reminder r
    WHERE r.action_id = e.action_id AND r.seat_id = e.owner_id
      AND r.kind = 'assigned' AND r.step = CAST(e.seq AS varchar(20)))
ON CONFLICT (key) DO NOTHING
"""

# While an owner is away, what the day calls for from them is told to who stands in too: at the start all of it, as one
# list, then each step as it comes. Told beside them, never twice; from the few who are away to their actions.
INSERT_COPIES = f"""
INSERT INTO notifications_reminder ({COLUMNS}, for_owner_id, away_until)
WITH absent AS MATERIALIZED (
  SELECT a.id, a.due_version, o.id AS owner_id, o.away_from, o.away_until, %(stand_in)s AS stand_in
  FROM actions_seat o
  CROSS JOIN actions_action a
  WHERE o.board_id = %%s AND o.left_on IS NULL AND o.away_from <= %%s AND o.away_until >= %%s
    AND a.owner_id = o.id AND a.status IN ('planned', 'started'))
SELECT r.board_id, x.stand_in, r.action_id, r.kind, r.step, r.due_version, r.for_on, %%s,
  r.board_id || ':' || r.kind || ':' || r.action_id || ':' || r.due_version || ':' || r.step || ':' || x.stand_in,
  'waiting', '', x.owner_id, x.away_until
FROM absent x
CROSS JOIN notifications_reminder r
WHERE r.action_id = x.id AND r.seat_id = x.owner_id AND r.for_owner_id IS NULL AND x.stand_in IS NOT NULL
  AND (r.kind = 'assigned' AND r.for_on >= x.away_from
    OR r.kind IN ('due_soon', 'due_today', 'overdue') AND r.due_version = x.due_version AND NOT EXISTS (
      SELECT 1 FROM notifications_reminder later
      WHERE later.action_id = r.action_id AND later.seat_id = r.seat_id
        AND later.due_version = r.due_version AND later.for_on > r.for_on))
  AND NOT EXISTS (
    SELECT 1 FROM notifications_reminder told
    WHERE told.action_id = r.action_id AND told.seat_id = x.stand_in AND told.kind = r.kind AND told.step = r.step
      AND told.due_version = r.due_version
      AND NOT (told.message_id IS NULL AND told.state = 'cancelled' AND told.reason IN (%%s, %%s)))
ON CONFLICT (key) DO UPDATE SET state = 'waiting', reason = '', away_until = excluded.away_until
  WHERE notifications_reminder.message_id IS NULL AND notifications_reminder.state = 'cancelled'
"""

# Of a seat's invitations the last one: an older link would open nothing.
INSERT_INVITED = f"""
INSERT INTO notifications_reminder ({COLUMNS})
SELECT e.board_id, e.seat_id, NULL, 'invited', CAST(MAX(e.seq) AS varchar(20)), 0, %s, %s,
  e.board_id || ':invited:' || e.seat_id || ':' || MAX(e.seq), 'waiting', ''
FROM actions_event e
JOIN actions_seat s ON s.id = e.seat_id
WHERE e.board_id = %s AND e.verb IN ('invite', 'invite_again') AND s.user_id IS NULL AND s.left_on IS NULL
GROUP BY e.board_id, e.seat_id
ON CONFLICT (key) DO NOTHING
"""

# What somebody else wrote down in one's name: so that nobody is made to have said what they did not say.
INSERT_RECORDED = f"""
INSERT INTO notifications_reminder ({COLUMNS})
SELECT e.board_id, e.on_behalf_of_id, e.action_id, 'recorded', CAST(e.seq AS varchar(20)), 0, %s, %s,
  e.board_id || ':recorded:' || e.action_id || ':' || e.seq || ':' || e.on_behalf_of_id, 'waiting', ''
FROM actions_seat s
CROSS JOIN actions_event e  -- from the people, few, to what was written for them, fewer: see above
WHERE e.on_behalf_of_id = s.id AND s.board_id = %s AND s.left_on IS NULL
  AND e.action_id IS NOT NULL AND e.at > %s
ON CONFLICT (key) DO NOTHING
"""


def plan(board: Board, *, now: datetime) -> int:
    """Writes the reminders that this moment calls for, and sets aside those that it no longer does.

    Eight statements, whatever the number of actions. Returns how many reminders are new.
    """
    today = now.astimezone(board.tz).date()
    new = _insert_dated(board, today, now) + _insert_assigned(board, today, now)
    new += _insert_copies(board, today, now)
    new += _write(INSERT_INVITED, [_date(today), _instant(now), board.pk])
    new += _write(INSERT_RECORDED, [_date(today), _instant(now), board.pk, _instant(now - OLDEST_ASSIGNED)])
    waiting = Reminder.objects.filter(board=board).waiting()
    waiting.supersede()
    waiting.cancel_ended(today)
    return new


def _insert_dated(board: Board, today: date, now: datetime) -> int:
    found = (schedule.call(day, today=today, division=board.division) for day in _dates(board, today) if day)
    calls = [call for call in found if call]
    if not calls:
        return 0
    places = ", ".join(["(%s, %s, %s, %s)"] * len(calls))
    values = [value for call in calls for value in _row(call)]
    return _write(INSERT_DATED % {"called": places}, [*values, _instant(now), board.pk])


def _dates(board: Board, today: date) -> QuerySet[Action, date | None]:
    """The due dates that open actions have, each once."""
    return (
        Action.objects.filter(board=board, status__in=[Status.PLANNED, Status.STARTED])
        .filter(due_on__lte=schedule.farthest(today))
        .order_by()
        .values_list("due_on", flat=True)
        .distinct()
    )


def _row(call: Call) -> Iterable[Any]:
    return _date(call.due_on), call.kind.value, call.step, _date(call.for_on)


def _insert_assigned(board: Board, today: date, now: datetime) -> int:
    since, until = _instant(now - OLDEST_ASSIGNED), _instant(now - QUIET)
    return _write(INSERT_ASSIGNED, [_date(today), _instant(now), board.pk, since, until])


def _insert_copies(board: Board, today: date, now: datetime) -> int:
    """After those of the owners, which they copy."""
    day = _date(today)
    values = [board.pk, day, day, _instant(now), HERE_AGAIN, ANOTHER_STANDS_IN]
    return _write(INSERT_COPIES % {"stand_in": StandIn.sql("a.id", today)}, values)


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
