"""Reads a document from the command line: as JSON without any board, or into a board, to be reviewed."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from actions.boards import KINDS
from actions.intake import reading, taking, text
from actions.models import Board, Seat, SourceKind, Subgroup
from actions.refusals import Refused


class Command(BaseCommand):
    help = "Take in a document: what it promises becomes proposals, which wait for a person."
    requires_system_checks: list[str] = []  # reading needs no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", required=True, help="how to read it: partner-return, sar, inspection …")
        parser.add_argument("--board", help="the board's name in its addresses")
        parser.add_argument(
            "--title", default="", help="of the new source; the file's name where none is given"
        )
        parser.add_argument("--short-title", default="", help="how people call it, in a word or two")
        parser.add_argument(
            "--as", dest="address", default="", help="the address of the manager who takes it in"
        )
        parser.add_argument(
            "--restricted", action="store_true", help="not published yet: few on the board read its words"
        )
        parser.add_argument("--subgroup", default="", help="which watches over it: its chair reads it, too")
        parser.add_argument("--dry-run", action="store_true", help="read only: no board, nothing is written")
        parser.add_argument(
            "--json", action="store_true", help="with --dry-run: print one JSON and nothing else"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["json"] and not options["dry_run"]:
            raise CommandError("--json prints what was read and files nothing: add --dry-run.")
        if not options["dry_run"] and not options["board"]:
            raise CommandError("Say which board takes it in: --board NAME. Or only read it: --dry-run.")
        data = self.bytes_of(options["file"])
        if options["dry_run"]:
            self.show(data, options)
        else:
            self.file(data, options)

    def bytes_of(self, path: Path) -> bytes:
        try:
            if path.stat().st_size > text.LIMIT:
                megabytes = text.LIMIT // 1024 // 1024
                raise CommandError(
                    f"{path} is larger than {megabytes} MB. Save only the pages that hold the "
                    "recommendations or the partner returns, in several files if need be."
                )
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be opened: {error.strerror}. Check the path.") from error

    def show(self, data: bytes, options: dict[str, Any]) -> None:
        try:
            read = reading.read(data, kind=options["kind"], name=options["file"].name)
        except reading.Unreadable as error:
            raise CommandError(str(error)) from error
        if options["kind"] not in KINDS:  # a board may have one of its own
            known = ", ".join(KINDS)
            self.stderr.write(f"Read as any review: “{options['kind']}” is none of {known}.")
        if options["json"]:
            self.stdout.write(json.dumps({"proposals": [plain(one) for one in read.proposals]}, indent=1))
            return
        for one in read.proposals:
            self.stdout.write(f"{one.line:>5}  {one.kind:<14} {one.agency or '–'}: {one.text}")
        self.stdout.write(f"{len(read.proposals)} proposals. Nothing was written.")

    def file(self, data: bytes, options: dict[str, Any]) -> None:
        seat = self.seat(options["board"], options["address"])
        stem = options["file"].stem
        try:
            taken = taking.take_in(
                by=seat,
                data=data,
                name=options["file"].name,
                kind=self.kind(seat.board, options["kind"]),
                title=options["title"] or stem[:200],
                short_title=options["short_title"] or (options["title"] or stem)[:40],
                restricted=options["restricted"],
                subgroup=self.subgroup(seat.board, options["subgroup"]),
                today=seat.board.today,
            )
        except Refused as error:
            raise CommandError(error.message) from error
        source = taken.document.source
        if taken.already:
            day = taken.document.taken_in_at.astimezone(seat.board.tz).strftime("%-d %B %Y")
            self.stdout.write(
                f"This document was taken in on {day} as {source.reference}. Nothing was changed."
            )
        else:
            self.stdout.write(
                f"{taken.proposals} proposals of {source.reference} wait for a person to decide."
            )
        address = f"/{seat.board.slug}/sources/{source.reference}/review/{taken.document.pk}/"
        self.stdout.write(f"Review them at {settings.SITE_URL}{address}")

    def seat(self, slug: str, address: str) -> Seat:
        board = Board.objects.filter(slug=slug).first()
        if board is None:
            known = ", ".join(Board.objects.order_by("slug").values_list("slug", flat=True)[:20])
            raise CommandError(f"There is no board “{slug}”. The boards here: {known or 'none yet'}.")
        seats = board.seats.active().select_related("board")  # type: ignore[attr-defined]
        if address:
            found = seats.filter(email=address.strip().lower()).first()
            if found is None:
                raise CommandError(f"{address} has no seat on {board.name}. Check the address.")
            return found
        managers = list(seats.filter(is_manager=True)[:2])
        if len(managers) != 1:
            raise CommandError(f"Say who takes it in, a manager of {board.name}: --as name@example.org")
        return managers[0]

    def kind(self, board: Board, slug: str) -> SourceKind:
        found = SourceKind.objects.filter(board=board, slug=slug).first()
        if found is None:
            known = ", ".join(SourceKind.objects.filter(board=board).values_list("slug", flat=True))
            raise CommandError(f"{board.name} has no kind of source “{slug}”. It has: {known or 'none yet'}.")
        return found

    def subgroup(self, board: Board, name: str) -> Subgroup | None:
        if not name:
            return None
        found = board.subgroups.filter(name__iexact=name.strip()).first()
        if found is None:
            known = ", ".join(board.subgroups.values_list("name", flat=True))
            raise CommandError(f"{board.name} has no subgroup “{name}”. It has: {known or 'none yet'}.")
        return found


def plain(one: reading.Proposal) -> dict[str, Any]:
    return {
        "agency": one.agency,
        "kind": one.kind,
        "text": one.text,
        "line": one.line,
        "due_words": one.due_words,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "due_precision": one.due_precision,
        "number": one.number,
        "heading": one.heading,
        "owner_words": one.owner_words,
        "note": one.note,
    }
