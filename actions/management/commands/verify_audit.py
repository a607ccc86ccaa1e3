"""Says whether each board's trail stands as it was written, and each issued report as it was issued. Fails if not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actions import audit, reporting
from actions.models import Board


class Command(BaseCommand):
    help = (
        "Checks that no line of the audit trail and no issued report was edited, deleted, added or cut off."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--board", help="only this one, by its name in addresses")

    def handle(self, *args: Any, **options: Any) -> None:
        boards = Board.objects.order_by("slug")
        if options["board"]:
            boards = boards.filter(slug=options["board"])
            if not boards:
                raise CommandError(f"There is no board “{options['board']}”.")
        faults = sum([self._board(board) for board in boards])
        missing = audit.missing_triggers()
        for name in missing:
            self.stdout.write(
                f"The trigger {name} is missing: lines can be changed. `manage.py migrate` makes it."
            )
        if faults or missing:
            raise CommandError("The trail does not stand as it was written.")

    def _board(self, board: Board) -> int:
        faults = audit.verify(board)
        papers = reporting.faults(board)
        for fault in [*faults, *papers]:
            self.stdout.write(f"{board.slug}, {fault}")
        if not faults:
            last = f", the last sealed {board.head.hash[:16]}" if board.head.seq else ""
            self.stdout.write(f"{board.slug}: {board.head.seq} lines, all as written{last}")
        return len(faults) + len(papers)
