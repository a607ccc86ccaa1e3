"""What stops an action for a while or for good, and what sets it going again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from actions import access, trail
from actions.models import Action, Event, Seat, Status, Withdrawal
from actions.refusals import Invalid
from actions.trail import UNASKED


def hold(action: Action, *, words: str, look_again_on: date, by: Seat, version: int, today: date) -> Action:
    """Nothing can be done until something else has happened: what, and when to look again."""
    access.check(by, "hold", action)
    if not words.strip():
        raise Invalid("Say what it waits for.", field="words")
    if look_again_on <= today:
        raise Invalid("Choose a later day to look again.", field="look_again_on")
    return trail.move(
        action,
        Status.ON_HOLD,
        verb="hold",
        by=by,
        version=version,
        today=today,
        words=words.strip(),
        detail={"from": action.status, "until": str(look_again_on)},
        look_again_on=look_again_on,
        **UNASKED,
    )


def resume(action: Action, *, by: Seat, version: int, today: date, words: str = "") -> Action:
    """It goes on where it stood."""
    access.check(by, "resume", action)
    return trail.move(
        action,
        Status.PLANNED if _stood(action, "hold") == Status.PLANNED else Status.STARTED,
        verb="resume",
        by=by,
        version=version,
        today=today,
        words=words.strip(),
        look_again_on=action.look_again_on if action.continuing else None,
    )


@transaction.atomic
def withdraw(
    action: Action,
    *,
    kind: str,
    words: str,
    by: Seat,
    version: int,
    today: date,
    duplicate_of: Action | None = None,
) -> Action:
    """It will not be done: `kind` is one of Withdrawal, and `words` say why. A duplicate names the other action."""
    access.check(by, "withdraw", action)
    if kind not in Withdrawal.values:
        raise Invalid("Choose why it is withdrawn.", field="kind")
    if not words.strip():
        raise Invalid("Say why, in a sentence fit to be read by everybody.", field="words")
    if (kind == Withdrawal.DUPLICATE) != (duplicate_of is not None):
        raise Invalid("A duplicate names the action that stays, and nothing else does.", field="duplicate_of")
    if duplicate_of and (duplicate_of.board_id != action.board_id or duplicate_of.pk == action.pk):
        raise Invalid("Choose another action of this board.", field="duplicate_of")
    trail.move(
        action,
        Status.WITHDRAWN,
        verb="withdraw",
        by=by,
        version=version,
        today=today,
        words=words.strip(),
        detail={"from": action.status, "kind": kind, "duplicate_of": duplicate_of and duplicate_of.number},
        withdrawal=kind,
        duplicate_of=duplicate_of,
        asks_board=False,
        waits=False,
        disowned_on=None,
        **UNASKED,
    )
    _refuse_gone(duplicate_of)
    return action


def _refuse_gone(stays: Action | None) -> None:
    """Asked with the board's head held: of two that name each other at once, the second is refused."""
    if stays and Action.objects.filter(pk=stays.pk, status=Status.WITHDRAWN).exists():
        raise Invalid(
            f"{stays.reference} is withdrawn itself. Choose the action that stays.", field="duplicate_of"
        )


@transaction.atomic
def restore(
    action: Action, *, words: str, by: Seat, version: int, today: date, owner: Seat | None = None
) -> Action:
    """Withdrawn by mistake: it stands again where it stood. Where its owner has left, `owner` is the new one."""
    access.check(by, "restore", action)
    if not words.strip():
        raise Invalid("Say why it stands again.", field="words")
    return trail.move(
        action,
        Status(_stood(action, "withdraw") or Status.DRAFT),
        verb="restore",
        by=by,
        version=version,
        today=today,
        words=words.strip(),
        withdrawal="",
        duplicate_of=None,
        **new_owner(action, owner),
    )


def new_owner(action: Action, owner: Seat | None) -> dict[str, Any]:
    """The columns of somebody new, needed where the owner has left meanwhile. Within the verb's transaction: who
    owns it from then on does not leave before it is written."""
    if owner is None and action.owner is None:
        return {}
    [held] = trail.lock_seats(Q(pk=owner.pk if owner else action.owner_id))
    if held.board_id != action.board_id:
        raise Invalid("Choose an owner who has a seat on this board.", field="owner")
    if held.left_on is not None:
        raise Invalid(f"{held.name} has left the board. Choose who owns it now.", field="owner")
    if owner is None:
        return {}
    return {"owner": held, "agency_id": held.agency_id, "due_version": F("due_version") + 1}


def _stood(action: Action, verb: str) -> str:
    """The status before the last time that it was put on hold or withdrawn, as the trail has it."""
    last = Event.objects.filter(action=action, verb=verb).order_by("-seq").values_list("detail", flat=True)
    return str((last.first() or {}).get("from", ""))
