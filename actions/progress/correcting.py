"""A field that was entered wrongly is put right. Both values are kept; it is no change of plan and counts as none."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F

from actions import access, trail
from actions.models import Action, Priority, Seat, Status, Subgroup
from actions.models.event import KEPT_BOTH
from actions.refusals import Invalid

SENTENCES = ("title", "detail")  # old and new stand in the line's words, where they can be redacted
FIELDS = (*SENTENCES, "due_on", "start_on", "done_on", "priority", "subgroup")


def correct(action: Action, *, reason: str, by: Seat, version: int, today: date, **entered: Any) -> Action:
    """`entered`: any of FIELDS, as it should have been. Where the date never moved, the first one goes with it."""
    access.check(by, "correct", action)
    if not reason.strip():
        raise Invalid("Say what was wrong.", field="reason")
    changed = {name: value for name, value in entered.items() if getattr(action, name) != value}
    if not changed:
        raise Invalid("Nothing here differs from what stands. Change what was entered wrongly.")
    _refuse_unfit(action, changed, today)
    before = {name: getattr(action, name) for name in changed}
    return trail.move(
        action,
        None,
        verb="correct",
        by=by,
        version=version,
        today=today,
        words=_both(reason, before, changed),
        detail={
            name: [_plain(before[name]), _plain(changed[name])] for name in changed if name not in SENTENCES
        },
        columns=changed,
        **_with_the_date(action, changed),
    )


def _refuse_unfit(action: Action, changed: dict[str, Any], today: date) -> None:
    if not str(changed.get("title", action.title)).strip():
        raise Invalid("An action has a title.", field="title")
    for name in ("priority", "subgroup"):
        thing = changed.get(name)
        if thing is not None and thing.board_id != action.board_id:
            raise Invalid(f"Choose a {name} of this board.", field=name)
    if "due_on" in changed and (action.continuing or action.status == Status.DRAFT or not changed["due_on"]):
        raise Invalid("Only an action with a due date has one to correct.", field="due_on")
    if "done_on" in changed:
        if action.status not in (Status.DONE, Status.SIGNED_OFF) or not changed["done_on"]:
            raise Invalid("Only what is done has a day on which it was.", field="done_on")
        if changed["done_on"] > today:
            raise Invalid("The day it was done cannot be in the future.", field="done_on")
    due_on, start_on = changed.get("due_on", action.due_on), changed.get("start_on", action.start_on)
    if due_on and start_on and start_on > due_on:
        raise Invalid("The start date is after the due date.", field="start_on")


def _with_the_date(action: Action, changed: dict[str, Any]) -> dict[str, Any]:
    if "due_on" not in changed:
        return {}
    first = changed["due_on"] if action.times_moved == 0 else action.first_due_on
    return {"first_due_on": first, "due_version": F("due_version") + 1}


def _both(reason: str, before: dict[str, Any], changed: dict[str, Any]) -> str:
    lines = [
        KEPT_BOTH.format(name=name.capitalize(), before=before[name], now=changed[name])
        for name in SENTENCES
        if name in changed
    ]
    return "\n\n".join([reason.strip(), *lines])


def _plain(value: Any) -> Any:
    if isinstance(value, Subgroup | Priority):
        return value.pk
    return str(value) if isinstance(value, date) else value
