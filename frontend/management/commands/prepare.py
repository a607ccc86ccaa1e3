"""Makes what a start needs: the database's tables, the cache's table, an example board. What is there already stays."""

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from actions import founding
from actions.models import Board
from frontend.founding import address
from notifications import post, tasks

WEEKS_BACK = timedelta(weeks=6)


class Command(BaseCommand):
    help = (
        "Bring the database up to date; on one machine (DEBUG=1) make an example board where there is none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--site", default="", help="where it will be served, if not at SITE_URL")

    def handle(self, *args: Any, site: str, **options: Any) -> None:
        if site:
            settings.SITE_URL = (
                site  # of this process alone: the links in the example's mails lead there, too
            )
        settings.CAUGHT_MAIL.mkdir(parents=True, exist_ok=True)
        self.stdout.write("Database: tables")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("clearsessions")
        if settings.DEBUG:
            self.stdout.write("Database: example board")
            call_command("make_board", example=True)
            self.play_the_post()
        if founding.is_first():
            self.stdout.write(f"Set up the first board at\n  {address()}")

    def play_the_post(self) -> None:
        """The example board's last weeks of reminders, as if the engine had run: into the caught mail.

        Once, and never beside a board that writes to people: each round is one of every board, and what waits there
        would go out as of a day that has passed.
        """
        if Board.objects.filter(post__isnull=False).exists():
            return
        board = Board.objects.filter(example=True, actions__isnull=False).first()
        manager = board and board.seats.active().filter(is_manager=True).first()
        if not board or not manager:
            return
        self.stdout.write("Caught mail: the example's last weeks")
        first = board.today - WEEKS_BACK
        post.turn_on(board, by=manager, today=first)
        for days in range(WEEKS_BACK.days):
            morning = datetime.combine(first + timedelta(days=days), time(9), tzinfo=board.tz)
            tasks.run(clock=lambda: morning)  # noqa: B023 - called before the next round
