"""Runs the reminder engine: once, each minute, or for a day that is given. Tells on request who would be told what."""

import logging
import signal
import threading
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, transaction
from django.utils import timezone

from actions.models import Board
from notifications import outbox, schedule, tasks
from notifications.models import Message

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds
MORNING = time(9)


def instant(text: str) -> datetime:
    """A moment in local time; of a day alone, its morning."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(
            f"“{text}” is no date or time. Write 2026-06-03 or 2026-06-03T14:30."
        ) from None
    if len(text) == len("2026-06-03"):
        when = datetime.combine(when.date(), MORNING)
    return when if when.tzinfo else when.replace(tzinfo=Board.tz)


class Command(BaseCommand):
    help = "Works out who must be reminded of what, and sends it. Once, unless --loop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="each minute, until stopped")
        parser.add_argument(
            "--at", "--day", type=instant, metavar="WHEN", help="as if it were this day or moment"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say who would be told what")

    def handle(self, *args: Any, loop: bool, at: datetime | None, dry_run: bool, **options: Any) -> None:
        clock = (lambda: at) if at else timezone.now
        if dry_run:
            self.forecast(clock())
        elif loop:
            self.loop(clock)
        else:
            sent = tasks.run(clock=clock, heartbeat=at is None)
            self.stdout.write(f"{sent} sent.")

    def loop(self, clock: Callable[[], datetime]) -> None:
        """The mail in hand is finished before it stops."""
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            try:
                tasks.run(clock=clock, stopping=stop.is_set, heartbeat=True)
            except (
                Exception
            ):  # the database away, say: the heart does not beat, and the next minute tries again
                log.exception("This round of reminders failed")
            stop.wait(EVERY)

    def forecast(self, now: datetime) -> None:
        """Works it out for real and rolls it back, so that it cannot differ."""
        for board in Board.objects.filter(post__post_on=True):
            if not schedule.is_open(now, board.division):
                self.stdout.write(
                    f"{board.name}: nobody is written to at {now.astimezone(board.tz):%a %d %b %H:%M}."
                )
                continue
            with transaction.atomic():
                outbox.plan(board, now=now)
                outbox.group(board, now=now)
                self.tell(board)
                transaction.set_rollback(True)

    def tell(self, board: Board) -> None:
        messages = list(Message.objects.queued().filter(board=board).with_reminders())
        self.stdout.write(f"{board.name}: {len(messages)} to send")
        for message in messages:
            self.stdout.write(f"  {message.seat.name} <{message.to}>")
            for reminder in message.reminders.all():
                of = f"{reminder.reference}: {reminder.why}, {day(reminder.due)}"
                self.stdout.write(f"    {of if reminder.reference else reminder.why}")


def day(due_on: date | None) -> str:
    return f"due {due_on:%d %b %Y}" if due_on else "no date"
