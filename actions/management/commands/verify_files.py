"""Reads every file of evidence and names what is missing or changed, and what lies there that no row knows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from actions import evidence
from actions.models import Evidence

FOLDER = "evidence"
OLD = timedelta(days=1)  # younger ones may belong to a row that is being written


class Command(BaseCommand):
    help = (
        "Checks the files of evidence: each there, as it came, and none that no row knows. Exits 1 where not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="destroy what no row knows, once a day old")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Evidence.objects.exclude(file="").select_related("action", "board")
        known, wrong = set(), 0
        for one in rows.iterator():
            known.add(one.file.name)
            if evidence.whole(one) is None:
                wrong += 1
                self.stdout.write(
                    f"{one.board.slug} {one.action.reference}, evidence {one.pk}: missing or changed"
                )
        stray = [name for name in _lying() if name not in known and _old(name)]
        if options["remove"]:
            for name in stray:
                default_storage.delete(name)
        done = "destroyed" if options["remove"] else "lie there"
        self.stdout.write(
            f"{len(known)} files, {wrong} missing or changed; {len(stray)} that no row knows {done}."
        )
        if wrong or (stray and not options["remove"]):
            sys.exit(1)


def _lying() -> Iterator[str]:
    if not default_storage.exists(FOLDER):
        return
    for folder in default_storage.listdir(FOLDER)[0]:
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            yield f"{FOLDER}/{folder}/{name}"


def _old(name: str) -> bool:
    return default_storage.get_modified_time(name) < timezone.now() - OLD
