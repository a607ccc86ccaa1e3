"""Celery's way in, and the local engine's: read the clock, call one function. Run twice or lost, it does no harm."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date, datetime

from celery import shared_task
from django.utils import timezone

from actions import leaving, rollup
from actions.models import Board
from notifications import deliver, outbox, schedule
from notifications.models import Heartbeat

log = logging.getLogger(__name__)

LONGEST = 50.0  # seconds of sending; the next tick goes on


@shared_task(ignore_result=True)
def tick(at: str | None = None) -> int:
    """One round now, or as if it were `at` (ISO, with its zone). Returns the number of mails sent."""
    if at is None:
        return run(clock=timezone.now, heartbeat=True)
    moment = datetime.fromisoformat(at)
    return run(clock=lambda: moment)


def run(
    *, clock: Callable[[], datetime], stopping: Callable[[], bool] = lambda: False, heartbeat: bool = False
) -> int:
    """Plans and groups for every board whose people may be written to, then sends. Before that, what a day brings by
    itself: people whose last day has passed, figures at a month's end.

    A board that fails does not stop the others. The heart then does not beat, so that the health check tells.
    """
    see_off(clock())
    rollup.keep_months(clock())
    failed = [board for board in Board.objects.filter(post__post_on=True) if not _prepare(board, clock())]
    ends = time.monotonic() + LONGEST
    sent = deliver.run(clock=clock, enough=lambda: stopping() or time.monotonic() > ends)
    if heartbeat and not failed:
        Heartbeat.beat(clock())
    return sent


def see_off(now: datetime) -> None:
    """Last days that were set ahead and have passed, on every board, whether or not its post is on."""
    for board in Board.objects.filter(seats__left_on=None, seats__leaves_on__lt=_today(now)).distinct():
        try:
            leaving.day(board, _today(now))
        except Exception:
            log.exception("The leavers of board %s could not be seen off", board.slug)


def _today(now: datetime) -> date:
    return now.astimezone(Board.tz).date()


def _prepare(board: Board, now: datetime) -> bool:
    if not schedule.is_open(now, board.division):
        return True
    try:
        outbox.plan(board, now=now)
        outbox.group(board, now=now)
    except Exception:
        log.exception("Reminders of board %s could not be worked out", board.slug)
        return False
    return True
