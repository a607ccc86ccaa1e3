"""Checks a board's trail: every line as it was sealed, none missing, none added. It reads only, and repairs nothing.

What it cannot see is a whole database put back to an earlier day: for that, note the last seal somewhere else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections

from actions import trail, triggers
from actions.models import Action, Board, BoardHead, Event

AT_ONCE = 2000


@dataclass(frozen=True)
class Fault:
    """Something wrong at one place of the trail, in a sentence."""

    seq: int
    what: str

    def __str__(self) -> str:
        return f"line {self.seq}: {self.what}"


NO_HEAD = Fault(0, "the end of the trail is not recorded any more: its head was deleted")


def verify(board: Board) -> list[Fault]:
    """Every fault of the board's trail, in its order. Empty: it stands as it was written."""
    return list(_faults(board))


def end(board: Board) -> list[Fault]:
    """The end alone, in three small queries whatever the length: for a page. `verify` reads every line."""
    head = BoardHead.objects.filter(board=board).first()
    last = Event.objects.filter(board=board).order_by("-seq").first()
    if head is None:
        return [NO_HEAD]
    return [*(_of(last) if last else []), *_end(board, head, last)]


def _faults(board: Board) -> Iterator[Fault]:
    head = BoardHead.objects.filter(board=board).first()
    seq, last = 0, None
    emptied: set[int] = set()  # lines without their words, until a later line says who removed them
    for event in Event.objects.filter(board=board).order_by("seq").iterator(chunk_size=AT_ONCE):
        if event.seq > seq + 1:
            yield Fault(seq + 1, _missing(seq + 1, event.seq - 1))
        elif event.prev_hash != (last.hash if last else ""):
            yield Fault(event.seq, "does not follow the line before it")
        yield from _of(event)
        if head and event.seq > head.seq:
            yield Fault(event.seq, f"stands after the end of the trail, which is {head.seq}: it was added")
        emptied |= {event.seq} if event.words is None else set()
        emptied -= {event.detail.get("seq")} if event.verb == "redact" else set()
        seq, last = event.seq, event
    for gone in sorted(emptied):
        yield Fault(gone, "its words are gone, and no line says who removed them")
    yield from _end(board, head, last) if head else [NO_HEAD]


def _end(board: Board, head: BoardHead, last: Event | None) -> Iterator[Fault]:
    seq = last.seq if last else 0
    if seq < head.seq:
        yield Fault(seq + 1, f"the end was cut off: the trail went to {head.seq}")
    elif head.hash != trail.seal_end(board, head.seq, last.hash if last else ""):
        yield Fault(seq, "is not where the trail ended: its end was changed, and its seal does not fit")
    elif head.seq == 0 and Action.objects.filter(board=board).exists():
        yield Fault(1, "the whole trail was cut off: the board has actions")


def _missing(first: int, last: int) -> str:
    return "is missing" if first == last else f"is missing, and all up to {last}"


def _of(event: Event) -> Iterator[Fault]:
    if trail.seal(event) != event.hash:
        yield Fault(event.seq, f"“{event.verb}” was edited or added: its seal does not fit")
    if event.words is None and event.salt is None:
        return  # redacted: the seal covers the hash of the words alone
    text = f"{event.salt}{event.words}"
    if hashlib.sha256(text.encode()).hexdigest() != event.words_hash:
        yield Fault(event.seq, f"the words of “{event.verb}” were edited")


def missing_triggers(using: str = "default") -> list[str]:
    """The names of those triggers that ought to keep what is written once as it is, and are gone or switched off."""
    connection = connections[using]
    there = _triggers(connection)
    return [name for name in triggers.names(connection.vendor) if name not in there]


def _triggers(connection: Any) -> set[str]:
    sql = {
        "postgresql": "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE relname = %s AND pg_table_is_visible(tgrelid) AND tgenabled IN ('O', 'A')",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    }[connection.vendor]
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in triggers.TABLES:
            cursor.execute(sql, [table])
            found |= {name for (name,) in cursor.fetchall()}
    return found
