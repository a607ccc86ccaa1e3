"""The figures of a whole board, counted once for each state of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.core.cache import caches

from actions.models import Action, Commitment, Seat
from actions.rag import Calendar
from actions.rollup.commitments import CommitmentFigures, commitments
from actions.rollup.counting import Figures
from actions.rollup.grouping import figures


def of_board(seat: Seat, calendar: Calendar, *, by: str | None = None) -> list[Figures]:
    """The figures of the seat's whole board, by group or as one.

    Counted once for each state of the board: whatever changes it leaves a line in the trail, so the hash at the end
    of the trail names that state. Remembered in this process until then, or until the day is over.
    """
    actions = Action.objects.on_board_of(seat)
    reader = seat.pk if by == "source" else "anyone"
    return remembered(seat, calendar, f"{by}-{reader}", lambda: figures(actions, calendar, by=by, seat=seat))


def commitments_of_board(seat: Seat, calendar: Calendar) -> CommitmentFigures:
    made = Commitment.objects.on_board_of(seat)
    return remembered(seat, calendar, "commitments", lambda: commitments(made, calendar.today))


def remembered[T](seat: Seat, calendar: Calendar, what: str, count: Callable[[], T]) -> T:
    """The key says all that the figures depend on. The hash is read before they are counted, never after."""
    head = seat.board.head.hash
    if not head:
        return count()  # a board without a single line has no name for its state
    days = hashlib.sha256(repr(calendar).encode()).hexdigest()
    found: T = caches["figures"].get_or_set(f"{seat.board_id}:{head}:{days}:{what}", count)  # type: ignore[assignment]
    return found
