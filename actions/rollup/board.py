"""The figures of a whole board, counted once for each state of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.cache import caches
from django.db.models import QuerySet

from actions import access
from actions.models import Action, Commitment, Seat
from actions.rag import Calendar
from actions.rollup.commitments import CommitmentFigures, CommitmentGroup, commitments, commitments_by
from actions.rollup.counting import Figures
from actions.rollup.grouping import figures, of_rows, statement


def of_board(seat: Seat, calendar: Calendar, *, by: str | None = None) -> list[Figures]:
    """The figures of the seat's whole board, by group or as one.

    Counted once for each state of the board: whatever changes it leaves a line in the trail, so the hash at the end
    of the trail names that state. Remembered in this process until then, or until the day is over.
    """
    whose = reader(seat) if by == "source" else "anyone"
    return remembered(seat, calendar, f"{by}-{whose}", lambda: count_board(seat, calendar, by=by))


def count_board(seat: Seat, calendar: Calendar, *, by: str | None = None) -> list[Figures]:
    """The same, counted now."""
    if by == "source":  # whose titles show depends on who reads
        return figures(Action.objects.on_board_of(seat), calendar, by=by, seat=seat)
    return of_rows(_statement(seat.board_id, calendar, by).all(), calendar, by)


@lru_cache(maxsize=32)
def _statement(board: int, calendar: Calendar, by: str | None) -> QuerySet[Any]:
    """Built once a day for a board, never run itself: building it took as long as asking."""
    return statement(Action.objects.filter(board=board), calendar, by=by, seat=Seat(board_id=board))


def commitments_of_board(seat: Seat, calendar: Calendar) -> CommitmentFigures:
    made = Commitment.objects.on_board_of(seat)
    return remembered(seat, calendar, "commitments", lambda: commitments(made, calendar.today))


def commitments_by_of_board(seat: Seat, calendar: Calendar, by: str) -> list[CommitmentGroup]:
    """As `commitments_by`, remembered; whose sources' titles show depends on who reads."""
    what = f"commitments-{by}-{reader(seat) if by == 'source' else 'anyone'}"
    return remembered(seat, calendar, what, lambda: commitments_by(seat, calendar.today, by))


def reader(seat: Seat) -> int | str:
    """In a key: whoever may read everything reads the same."""
    return "everything" if access.reads_everything(seat) else seat.pk


def remembered[T](seat: Seat, calendar: Calendar | None, what: str, count: Callable[[], T]) -> T:
    """The key says all that the figures depend on; no calendar: what is the same on any day. The hash is read before
    they are counted, never after."""
    head = seat.board.head.hash
    if not head:
        return count()  # a board without a single line has no name for its state
    days = hashlib.sha256(repr(calendar).encode()).hexdigest()
    found: T = caches["figures"].get_or_set(f"{seat.board_id}:{head}:{days}:{what}", count)  # type: ignore[assignment]
    return found
