"""The owner asks for more time; who watches over the action decides, and may move the date unasked. The manager alone
adds so many days, once; longer is a chair's word, which the manager may write down."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F

from actions import access, on_behalf, trail
from actions.access import Behalf
from actions.models import Action, Event, Precision, Seat
from actions.refusals import Invalid, NotAllowed
from actions.trail import UNASKED

MANAGERS_DAYS = 28  # the manager alone may add so many, once


def ask_for_time(
    action: Action,
    *,
    due_on: date,
    reason: str,
    by: Seat,
    version: int,
    today: date,
    behalf: Behalf | None = None,
) -> Action:
    """The date stays until it is decided. Asking again replaces what was asked."""
    on_behalf.check(by, "ask_for_time", action, today, behalf)
    _refuse_continuing(action)
    if not reason.strip():
        raise Invalid("Say why more time is needed, and what the risk is meanwhile.", field="reason")
    if action.due_on is None or due_on <= max(action.due_on, today):
        raise Invalid("Ask for a day after the due date, and after today.", field="due_on")
    return trail.move(
        action,
        None,
        verb="ask_for_time",
        by=by,
        version=version,
        today=today,
        behalf=behalf,
        words=reason.strip(),
        detail={"from": str(action.due_on), "to": str(due_on)},
        wanted_on=due_on,
        wanted_since=action.wanted_since or today,
    )


def grant(
    action: Action,
    *,
    due_on: date,
    by: Seat,
    version: int,
    today: date,
    words: str = "",
    behalf: Behalf | None = None,
) -> Action:
    """The date moves, to the day that was asked for or another one. It counts as moved; the first one stays."""
    on_behalf.check(by, "grant", action, today, behalf)
    _refuse_unasked(action)
    if due_on < today or (action.due_on and due_on <= action.due_on):
        raise Invalid("More time ends after the due date, and not before today.", field="due_on")
    whose = behalf.of if behalf else by
    _refuse_too_much(action, due_on, whose)
    return trail.move(
        action,
        None,
        verb="grant",
        by=by,
        version=version,
        today=today,
        behalf=behalf,
        words=words.strip(),
        detail={
            "from": str(action.due_on),
            "to": str(due_on),
            "asked": str(action.wanted_on),
            "as_manager": only_as_manager(whose, action),
        },
        due_on=due_on,
        due_precision=Precision.DAY,
        times_moved=F("times_moved") + 1,
        due_version=F("due_version") + 1,
        **UNASKED,
    )


def refuse(action: Action, *, reason: str, by: Seat, version: int, today: date) -> Action:
    """The date stays as it was."""
    access.check(by, "refuse", action)
    _refuse_unasked(action)
    if not reason.strip():
        raise Invalid("Say why the date stays: the owner reads it.", field="reason")
    return trail.move(
        action,
        None,
        verb="refuse",
        by=by,
        version=version,
        today=today,
        words=reason.strip(),
        detail={"asked": str(action.wanted_on)},
        **UNASKED,
    )


def reschedule(
    action: Action,
    *,
    due_on: date,
    by: Seat,
    reason: str,
    version: int,
    today: date,
    behalf: Behalf | None = None,
) -> Action:
    """The date moves; the first one stays on record and the move is counted. For drafts there is no date yet. More
    time that was asked for is decided by it, so by a chair: the manager grants so many days, or refuses."""
    on_behalf.check(by, "reschedule", action, today, behalf)
    if not reason.strip():
        raise Invalid("Say why the date moves: the board reads it.", field="reason")
    if action.continuing:
        raise Invalid("A continuing action has no due date to move.", field="due_on")
    if due_on == action.due_on:
        raise Invalid("That is the date it has now. Choose another.", field="due_on")
    if due_on < today:
        raise Invalid("Choose today or a later day.", field="due_on")
    later = action.due_on is not None and due_on > action.due_on
    whose = behalf.of if behalf else by
    if later:
        _refuse_too_much(action, due_on, whose)
    return trail.move(
        action,
        None,
        verb="reschedule",
        by=by,
        version=version,
        today=today,
        behalf=behalf,
        words=reason.strip(),
        detail={
            "from": str(action.due_on),
            "to": str(due_on),
            "as_manager": later and only_as_manager(whose, action),
        },
        due_on=due_on,
        due_precision=Precision.DAY,
        times_moved=F("times_moved") + 1,
        due_version=F("due_version") + 1,
        **UNASKED,
    )


def may_grant_until(seat: Seat, action: Action) -> date | None:
    """The last day to which this seat may move the date; None for those who may choose any."""
    if action.due_on is None or not only_as_manager(seat, action):
        return None
    return action.due_on + timedelta(days=MANAGERS_DAYS)


def only_as_manager(seat: Seat, action: Action) -> bool:
    held = access.standing(seat, action)
    return access.MANAGER in held and held.isdisjoint(access.CHAIRS)


def _refuse_continuing(action: Action) -> None:
    if action.continuing:
        raise Invalid("Continuing work has no due date to move.", field="due_on")


def _refuse_unasked(action: Action) -> None:
    if action.wanted_on is None:
        raise Invalid("Nobody has asked for more time, or it is decided already.")


def _refuse_too_much(action: Action, due_on: date, by: Seat) -> None:
    last = may_grant_until(by, action)
    if last is None:
        return
    given = Event.objects.filter(action=action, verb__in=["grant", "reschedule"], detail__as_manager=True)
    if due_on > last:
        much = f"The board manager may add up to {MANAGERS_DAYS} days."
    elif given.exists():
        much = "The board manager may add days once, and has."
    else:
        return
    raise NotAllowed(f"{much} More is for the {_chairs()}: say for whom you write it down.")


def _chairs() -> str:
    return " or ".join(sorted(access.CHAIRS))
