"""Who would be told what if the post were on: the next round is played, read and taken back. It writes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from actions.days import on_or_after
from actions.models import Board
from notifications import outbox, schedule
from notifications.models import Message, Policy


def next_round(now: datetime, division: str) -> datetime:
    """When people may next be written to, and what was assigned just now has had its quiet half hour."""
    moment = now + outbox.QUIET
    if schedule.is_open(moment, division):
        return moment
    local = moment.astimezone(Board.tz)
    day = local.date() if local.time() < schedule.OPENS else local.date() + timedelta(days=1)
    return datetime.combine(on_or_after(day, division), schedule.OPENS, tzinfo=Board.tz)


def forecast(board: Board, *, now: datetime) -> list[Message]:
    """The mails that a round at `now` would make, with their reminders, by name of who gets them.

    The engine's own rules play it, so that it cannot promise anything else than what then happens.
    """
    before = set(Message.objects.filter(board=board).queued().values_list("pk", flat=True))
    with transaction.atomic():
        Policy.objects.update_or_create(board=board, defaults={"post_on": True})
        outbox.plan(board, now=now)
        outbox.group(board, now=now)
        made = Message.objects.filter(board=board).queued().exclude(pk__in=before)
        found = list(made.with_reminders().order_by("seat__name", "pk"))
        transaction.set_rollback(True)
    return found
