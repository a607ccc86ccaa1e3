"""Makes what a start needs: the database's tables, the cache's table, an example board. What is there already stays."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from actions import founding
from frontend.founding import address


class Command(BaseCommand):
    help = (
        "Bring the database up to date; on one machine (DEBUG=1) make an example board where there is none."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        settings.CAUGHT_MAIL.mkdir(parents=True, exist_ok=True)
        self.stdout.write("Database: tables")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if settings.DEBUG:
            self.stdout.write("Database: example board")
            call_command("make_board", example=True)
        if founding.is_first():
            self.stdout.write(f"Set up the first board at\n  {address()}")
