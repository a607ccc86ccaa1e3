"""Makes a board to look around in (--example) or to measure on (--actions). Leaves alone what exists."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from actions.management.commands import _example, _example_board
from actions.models.board import UK


class Command(BaseCommand):
    help = "Makes an invented board: --example to look around in, --actions N to measure on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--example", action="store_true", help="a small board with a year of history")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["example"]:
            self._example()
        else:
            raise CommandError("Say which board: --example, or --actions 10000.")

    def _example(self) -> None:
        if _example.exists():
            self.stdout.write(
                f"The example board, {_example_board.NAME}, is there already: nothing was changed."
            )
        else:
            board = _example.write(today=timezone.localdate(timezone=UK))
            self.stdout.write(
                f"Made {board.name}, with {board.actions.count()} actions. All of it is invented."
            )
        self.stdout.write(f"Sign in with the password {_example_board.PASSWORD} as:")
        for role, name, email in _example.sign_ins():
            self.stdout.write(f"  {role:<18} {email:<32} {name}")
