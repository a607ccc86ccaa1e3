"""Makes a board to look around in (--example) or to measure on (--actions). Leaves alone what exists."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone
from django.utils.crypto import get_random_string

from actions.management.commands import _example, _example_board, _large
from actions.models import Board
from actions.models.board import UK


class Command(BaseCommand):
    help = "Makes an invented board: --example to look around in, --actions N to measure on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--example", action="store_true", help="a small board with a year of history")
        parser.add_argument("--actions", type=int, help="a board of so many actions, made in bulk")
        parser.add_argument("--slug", default="big", help="its name in addresses (big)")
        parser.add_argument("--boards", type=int, default=1, help="so many of them: big, big-2, big-3 …")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["example"]:
            self._example()
        elif options["actions"]:
            self._large(options["slug"], options["actions"], options["boards"])
        else:
            raise CommandError("Say which board: --example, or --actions 10000.")

    def _example(self) -> None:
        if _example.exists():
            self.stdout.write(
                f"The example board, {_example_board.NAME}, is there already: nothing was changed."
            )
            if _has_own_key():
                return
        password = _password()
        if not _example.exists():
            board = _example.write(password=password, today=timezone.localdate(timezone=UK))
            self.stdout.write(
                f"Made {board.name}, with {board.actions.count()} actions. All of it is invented."
            )
        self.stdout.write(f"Sign in with the password {password} as:")
        for role, name, email in _example.sign_ins():
            self.stdout.write(f"  {role:<18} {email:<32} {name}")

    def _large(self, slug: str, actions: int, boards: int) -> None:
        slugs = [slug, *(f"{slug}-{n}" for n in range(2, boards + 1))]
        taken = Board.objects.filter(slug__in=slugs).values_list("slug", flat=True)
        if taken:
            raise CommandError(f"There is a board at {', '.join(taken)} already. Choose another --slug.")
        password = _password()
        for one in slugs:
            _large.write(one, actions=actions, password=password, today=timezone.localdate(timezone=UK))
            self.stdout.write(f"Made {one}, with {actions} actions. Its manager is manager@{one}.example.")
        _tell_the_planner()
        self.stdout.write(f"Everybody's password is {password}")


def _tell_the_planner() -> None:
    """PostgreSQL counts its rows by itself within minutes; a board made to measure on is measured at once."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _has_own_key() -> bool:
    return bool(settings.SECRET_KEY != settings.EXAMPLE_KEY)


def _password() -> str:
    """The example's password is public, so where a key of its own is set there is a fresh one, said once."""
    return get_random_string(20) if _has_own_key() else _example_board.PASSWORD
