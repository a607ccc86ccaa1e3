"""What the chair decides: it is complete and evidenced, not yet, or no longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F

from actions import access, on_behalf, trail
from actions.access import Behalf
from actions.models import Action, Evidence, Precision, Seat, Status
from actions.progress.pausing import new_owner
from actions.refusals import Invalid

REVIEW_AFTER = timedelta(days=182)  # offered as the day of the impact review: about six months


def sign_off(
    action: Action,
    *,
    relied_on: Sequence[Evidence],
    by: Seat,
    version: int,
    today: date,
    words: str = "",
    review_on: date | None = None,
    step_only: bool = False,
    behalf: Behalf | None = None,
) -> Action:
    """The chair's decision that it is complete and evidenced.

    `relied_on` is the evidence ticked: at least one that is more than the owner's word. Then either a day on which
    its impact is checked (`review_on`), or `step_only` with the reason in `words`.
    """
    on_behalf.check(by, "sign_off", action, today, behalf)
    _refuse_unevidenced(action, relied_on)
    if bool(review_on) == step_only:
        raise Invalid("Choose one: a day to check its impact, or “a step only”.", field="review_on")
    if review_on and review_on <= today:
        raise Invalid("The impact check lies in the future: choose a later day.", field="review_on")
    if step_only and not words.strip():
        raise Invalid("Say why it is a step only, with no impact of its own to check.", field="words")
    with transaction.atomic():
        trail.move(
            action,
            Status.SIGNED_OFF,
            verb="sign_off",
            by=by,
            version=version,
            today=today,
            behalf=behalf,
            words=words.strip(),
            detail={
                "relied_on": [e.pk for e in relied_on],
                "step_only": step_only,
                "same_agency": access.same_agency(behalf.of if behalf else by, action),
            },
            signed_off_on=today,
            review_on=review_on,
            step_only=step_only,
            verdict="",
        )
        Evidence.objects.filter(pk__in=[e.pk for e in relied_on]).update(relied_on=True)
    return action


def _refuse_unevidenced(action: Action, relied_on: Sequence[Evidence]) -> None:
    if any(evidence.action_id != action.pk for evidence in relied_on):
        raise Invalid("Tick evidence of this action only.", field="relied_on")
    if all(evidence.is_owners_word for evidence in relied_on):
        raise Invalid(
            "Tick the evidence you relied on. The owner's word alone is none: add what you saw yourself, "
            "or send it back.",
            field="relied_on",
        )


def send_back(action: Action, *, reason: str, due_on: date, by: Seat, version: int, today: date) -> Action:
    """Not accepted yet: it is started again, with a reason and a date. The date's move is on record. Of continuing
    work, which has no due date, `due_on` is the day to look again."""
    access.check(by, "send_back", action)
    if not reason.strip():
        raise Invalid("Say what is missing, so that the owner can put it right.", field="reason")
    if due_on < today:
        raise Invalid("Choose today or a later day.", field="due_on")
    dates: dict[str, Any] = {"look_again_on": due_on}
    if not action.continuing:
        moved = int(due_on != action.due_on)
        dates = {"due_on": due_on, "times_moved": F("times_moved") + moved}
    return trail.move(
        action,
        Status.STARTED,
        verb="send_back",
        by=by,
        version=version,
        today=today,
        words=reason.strip(),
        detail={"from": str(due_on if action.continuing else action.due_on), "to": str(due_on)},
        done_on=None,
        due_version=F("due_version") + 1,
        **dates,
    )


class Cause(models.TextChoices):
    """Why a signed-off action is open again."""

    IMPACT = "impact", "Its impact review found that it did not work"
    REPEATED = "repeated", "A new source asks for the same"
    EVIDENCE = "evidence", "The evidence did not hold"
    ERROR = "error", "Signed off by mistake"


def reopen(
    action: Action,
    *,
    cause: str,
    words: str,
    due_on: date,
    by: Seat,
    version: int,
    today: date,
    owner: Seat | None = None,
) -> Action:
    """Signed off, and open again: `cause` is one of Cause. What the sign-off relied on no longer counts."""
    access.check(by, "reopen", action)
    if cause not in Cause.values:
        raise Invalid("Choose why it is opened again.", field="cause")
    if not words.strip():
        raise Invalid("Say what was found, so that the owner knows what to do.", field="words")
    if due_on < today:
        raise Invalid("Choose today or a later day.", field="due_on")
    with transaction.atomic():
        trail.move(
            action,
            Status.STARTED,
            verb="reopen",
            by=by,
            version=version,
            today=today,
            words=words.strip(),
            detail={"cause": cause} | _from_to(action, due_on),
            **_open_again(action, due_on) | new_owner(action, owner),
        )
        action.evidence.update(relied_on=False)
    return action


def _from_to(action: Action, due_on: date) -> dict[str, str]:
    """What had no date before has none to move from."""
    return ({"from": str(action.due_on)} if action.due_on else {}) | {"to": str(due_on)}


def _open_again(action: Action, due_on: date) -> dict[str, Any]:
    return {
        "due_on": due_on,
        "due_precision": Precision.DAY,
        "continuing": False,
        "look_again_on": None,
        "first_due_on": action.first_due_on or due_on,
        "done_on": None,
        "signed_off_on": None,
        "review_on": None,
        "step_only": False,
        "confidence": "",
        "times_moved": F("times_moved") + int(action.due_on not in (None, due_on)),
        "due_version": F("due_version") + 1,
    }
