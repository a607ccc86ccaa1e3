"""The board manager turns the board's post on and off. Nothing is told while it is off."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from actions import access, trail
from actions.models import Board, Seat
from notifications.models import Policy


def turn_on(board: Board, *, by: Seat, today: date) -> bool:
    """From the next round on, each open action's current step is told: no older one is made up for.

    False where it was on already; then nothing is written.
    """
    return _set(board, True, by=by, today=today)


def turn_off(board: Board, *, by: Seat, today: date) -> bool:
    """What waits is held from the next round on. False where it was off already."""
    return _set(board, False, by=by, today=today)


@transaction.atomic
def _set(board: Board, on: bool, *, by: Seat, today: date) -> bool:
    access.check(by, "set_post", board)
    Policy.objects.get_or_create(board=board)
    if not Policy.objects.filter(board=board, post_on=not on).update(post_on=on):
        return False
    trail.append(board, [trail.Entry("set_post", by, today, detail={"post_on": on})])
    return True
