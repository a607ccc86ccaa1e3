"""The post: planning reminders against a raw INSERT … SELECT of as many rows; sending against bare smtplib."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.models import Action, Board
from tests.bench.findings import Finding
from tests.bench.rounds import interleaved

MAILS = 100

RAW = """
INSERT INTO notifications_reminder
  (board_id, seat_id, action_id, kind, step, due_version, for_on, created_at, key, state, reason)
SELECT board_id, owner_id, id, 'overdue', '1', due_version, due_on, created_at, 'raw:' || id, 'waiting', ''
FROM actions_action WHERE board_id = %s AND status IN ('planned', 'started') ORDER BY due_on LIMIT %s
"""


def measure(slug: str) -> Iterator[Finding]:
    if not apps.get_app_config("notifications").models:
        yield Finding("planning of reminders", None, note="not there: notifications has no models")
        return
    board = Board.objects.get(slug=slug)
    yield from _planning(board)
    yield from _sending(board)


def _planning(board: Board) -> Iterator[Finding]:
    from notifications import outbox

    now = datetime.now(UTC)
    overdue = Action.objects.filter(board=board).overdue(board.today).count()
    with CaptureQueriesContext(connection) as seen:
        new = outbox.plan(board, now=now)
    again = outbox.plan(board, now=now)
    yield Finding(
        "planning: reminders written the first time", new, overdue, note=f"{overdue} overdue", least=True
    )
    yield Finding("planning: queries", len(seen), 8)
    yield Finding("planning: reminders written by a second run", again, 0)
    kinds = {
        "raw": partial(_timed, lambda: _raw(board, new)),
        "plan": partial(_timed, lambda: outbox.plan(board, now=now)),
    }
    timed = interleaved(kinds, each=1, warm=1)
    note = f"{timed['plan'].ms:.0f} ms, raw {timed['raw'].ms:.0f}"
    yield Finding("planning of reminders", timed["plan"].times(timed["raw"]), 5, "× raw", note)


def _timed(write: object) -> float:
    """Seconds of `write` alone, into a table emptied before."""
    _empty()
    began = time.perf_counter()
    write()  # type: ignore[operator]
    return time.perf_counter() - began


def _raw(board: Board, rows: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(RAW, [board.pk, rows])


def _empty() -> None:
    from notifications.models import Message, Reminder

    Reminder.objects.all().delete()
    Message.objects.all().delete()


def _sending(board: Board) -> Iterator[Finding]:
    """From rows that wait to mails that are gone, on the next working morning."""
    from notifications import deliver, outbox, schedule
    from notifications.models import Message, Policy

    Policy.objects.update_or_create(board=board, defaults={"post_on": True})
    now = datetime.now(UTC).replace(hour=10) + timedelta(days=1)
    while not schedule.is_open(now, board.division):
        now += timedelta(days=1)

    def ours() -> float:
        _empty()
        outbox.plan(board, now=now)
        outbox.group(board, now=now)
        rest = Message.objects.order_by("pk").values_list("pk", flat=True)[MAILS:]
        Message.objects.filter(pk__in=list(rest)).update(state=Message.State.CANCELLED)
        began = time.perf_counter()
        sent = deliver.run(clock=lambda: now)
        took = time.perf_counter() - began
        if sent != MAILS:
            raise RuntimeError(f"{sent} of {MAILS} mails were sent")
        return took

    timed = interleaved({"bare": _bare, "ours": ours}, each=1, rounds=5, warm=1)
    note = f"{timed['ours'].ms / MAILS:.1f} ms a mail, bare {timed['bare'].ms / MAILS:.1f}"
    yield Finding(
        "sending, from rows to the mail service", timed["ours"].times(timed["bare"]), None, "× bare", note
    )


def _bare() -> float:
    options = settings.MAILERS["default"]["OPTIONS"]
    mail = (
        "From: a@bench.example\r\nTo: b@bench.example\r\nSubject: reminders\r\n\r\n"
        + "A line of words.\r\n" * 60
    )
    began = time.perf_counter()
    with smtplib.SMTP(options["host"], options["port"]) as service:
        for _ in range(MAILS):
            service.sendmail("a@bench.example", ["b@bench.example"], mail)
    return time.perf_counter() - began
