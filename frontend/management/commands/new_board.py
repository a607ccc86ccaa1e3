"""Sets up another board and prints the invitation of its first manager. For whoever runs the installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from actions import founding
from actions.models import Board
from actions.models.board import UK
from frontend.forms.founding import NewBoardForm
from notifications.compose import invitation_url


class Command(BaseCommand):
    help = "Set up another board. Prints the address at which its first manager takes up their place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="its short name in addresses")
        parser.add_argument("board", help="its name")
        parser.add_argument("--manager", required=True, help="the first manager's name")
        parser.add_argument("--email", required=True, help="the first manager's work address")
        parser.add_argument("--division", default="ENG", choices=Board.Division.values)

    def handle(self, *args: Any, **options: Any) -> None:
        form = NewBoardForm(options)
        if not form.is_valid():
            raise CommandError("; ".join(str(words) for errors in form.errors.values() for words in errors))
        given = form.cleaned_data
        seat = founding.found(
            name=given["board"],
            slug=given["slug"],
            division=given["division"],
            manager=given["manager"],
            email=given["email"],
            today=timezone.localdate(timezone=UK),
        )
        self.stdout.write(f"{seat.board.name} is set up. {seat.name} takes it up at")
        self.stdout.write(f"  {invitation_url(seat)}")
