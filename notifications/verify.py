"""Counts what is neither final nor shown to a person nor about to be taken up by the engine. It should be none."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from notifications.models import FOR_A_PERSON, Message, Reminder

State = Message.State

FINAL = (State.SENT, State.DELIVERED, State.CANCELLED, State.EXPIRED)
PATIENCE = timedelta(minutes=10)  # a few rounds of the engine


def astray(now: datetime) -> list[str]:
    """One line for each kind of row that nobody would ever hear of, with its number."""
    over = [*FINAL, *FOR_A_PERSON]
    told = Reminder.objects.filter(state=Reminder.State.TOLD)
    waiting = Reminder.objects.filter(state=Reminder.State.WAITING)
    kinds = {
        "being sent, long after the lease ended": Message.objects.filter(
            state=State.SENDING, lease_until__lt=now - PATIENCE
        ),
        "waiting although the board's post is off": Message.objects.filter(
            state=State.QUEUED, board__post__post_on=False, created_at__lt=now - PATIENCE
        ),
        "waiting with nothing in it to tell": Message.objects.filter(state=State.QUEUED).exclude(
            reminders__state=Reminder.State.WAITING
        ),
        "told, but in no mail that was handed over": told.exclude(
            message__state__in=[State.SENDING, State.SENT, State.DELIVERED, State.COMPLAINED, State.IN_DOUBT]
        ),
        "waiting in a mail that is done": waiting.filter(
            Q(message__state__in=over) & ~Q(message__state=State.HELD)
        ),
    }
    return [f"{count} {words}" for words, rows in kinds.items() if (count := rows.count())]
