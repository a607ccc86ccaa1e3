"""Who would be told what if the post were on: the next round is played, read and taken back. It writes nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from actions.models import Board
from notifications import outbox
from notifications.models import Message, Policy


def forecast(board: Board, *, now: datetime) -> list[Message]:
    """The mails that the next round would make, with their reminders, by name of who gets them.

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
