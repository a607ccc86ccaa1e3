"""Whose it is: the owner says that it is not theirs, and others take part in it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from actions import access, on_behalf, trail
from actions.access import Behalf
from actions.models import Action, Seat
from actions.refusals import Invalid


def not_mine(
    action: Action, *, words: str, by: Seat, version: int, today: date, behalf: Behalf | None = None
) -> Action:
    """It stays with its owner until somebody passes it on; whoever can is shown it. Going on with it takes it back."""
    on_behalf.check(by, "not_mine", action, today, behalf)
    if not words.strip():
        raise Invalid("Say whose it is, or why it is not yours.", field="words")
    return trail.move(
        action,
        None,
        verb="not_mine",
        by=by,
        version=version,
        today=today,
        behalf=behalf,
        words=words.strip(),
        disowned_on=behalf.said_on if behalf else today,
    )


@transaction.atomic
def share(action: Action, *, contributors: Collection[Seat], by: Seat, version: int, today: date) -> Action:
    """These people, and no others, may also update it and add evidence. Its owner is counted and chased alone."""
    access.check(by, "share", action)
    if any(seat.board_id != action.board_id or seat.left_on is not None for seat in contributors):
        raise Invalid("Choose people who have a seat on this board.", field="contributors")
    if any(seat.pk == action.owner_id for seat in contributors):
        raise Invalid("The owner takes part already. Choose others.", field="contributors")
    before = {seat.pk for seat in action.contributors.all()}
    after = {seat.pk for seat in contributors}
    if before == after:
        raise Invalid("These people take part already. Tick somebody else, or take a tick away.")
    trail.move(
        action,
        None,
        verb="share",
        by=by,
        version=version,
        today=today,
        words=", ".join(seat.name for seat in contributors) or "Nobody but its owner",
        detail={"joined": sorted(after - before), "left": sorted(before - after)},
    )
    action.contributors.set(contributors)
    return action
