"""What the owner says: it has begun, how it stands, that it is done, what shows it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from actions import on_behalf, trail
from actions.access import Behalf
from actions.models import Action, Confidence, Evidence, Seat, Status
from actions.refusals import Invalid
from actions.trail import UNASKED

NEEDED = "Needed from the board: "  # how that part of an update begins


def start(
    action: Action, *, by: Seat, version: int, today: date, words: str = "", behalf: Behalf | None = None
) -> Action:
    on_behalf.check(by, "start", action, today, behalf)
    return trail.move(
        action,
        Status.STARTED,
        verb="start",
        by=by,
        version=version,
        today=today,
        behalf=behalf,
        words=words.strip(),
    )


def update(
    action: Action,
    *,
    confidence: str,
    words: str,
    by: Seat,
    version: int,
    today: date,
    waiting_on: str = "",
    needed_from_board: str = "",
    not_begun: bool = False,
    behalf: Behalf | None = None,
) -> Action:
    """What the owner says today. A planned action becomes started, unless it is said not to have begun yet."""
    on_behalf.check(by, "update", action, today, behalf)
    if confidence not in Confidence.values:
        raise Invalid("Say how it stands: on track, at risk or off track.", field="confidence")
    if not words.strip():
        late = action.due_on is not None and action.due_on < today
        shaky = late or confidence != Confidence.ON_TRACK
        raise Invalid(
            "Say why, and what the risk is meanwhile." if shaky else "Add a sentence: what has moved.",
            field="words",
        )
    to = None if not_begun and action.status == Status.PLANNED else Status.STARTED
    return trail.move(
        action,
        to,
        verb="update",
        by=by,
        version=version,
        today=today,
        behalf=behalf,
        words=_said(words, waiting_on, needed_from_board),
        confidence=confidence,
        disowned_on=None,
        said_on=behalf.said_on if behalf else today,
        asks_board=bool(needed_from_board.strip()),
    )


def _said(words: str, waiting_on: str, needed_from_board: str) -> str:
    """One text, so that it is redacted as one."""
    parts = [words.strip()]
    if waiting_on.strip():
        parts.append(f"Waiting on: {waiting_on.strip()}")
    if needed_from_board.strip():
        parts.append(NEEDED + needed_from_board.strip())
    return "\n\n".join(parts)


def finish(
    action: Action,
    *,
    words: str,
    done_on: date,
    by: Seat,
    version: int,
    today: date,
    behalf: Behalf | None = None,
) -> Action:
    """The owner says it is done, and on which day. The owner's clock stops; the check has its own."""
    on_behalf.check(by, "finish", action, today, behalf)
    if not words.strip():
        raise Invalid("Say what was done.", field="words")
    if done_on > today:
        raise Invalid("The day it was done cannot be in the future.", field="done_on")
    return trail.move(
        action,
        Status.DONE,
        verb="finish",
        by=by,
        version=version,
        today=today,
        behalf=behalf,
        words=words.strip(),
        detail={"said_on": str(behalf.said_on)} if behalf else None,
        on=done_on,
        done_on=done_on,
        said_on=behalf.said_on if behalf else today,
        asks_board=False,
        disowned_on=None,
        **UNASKED,
    )


def take_back(
    action: Action, *, by: Seat, version: int, today: date, words: str = "", behalf: Behalf | None = None
) -> Action:
    """Not done after all, said before it is checked."""
    on_behalf.check(by, "take_back", action, today, behalf)
    return trail.move(
        action,
        Status.STARTED,
        verb="take_back",
        by=by,
        version=version,
        today=today,
        behalf=behalf,
        words=words.strip(),
        done_on=None,
    )


def attach(
    action: Action,
    *,
    words: str,
    by: Seat,
    version: int,
    today: date,
    link: str = "",
    shows: str = Evidence.Shows.COMPLETION,
    behalf: Behalf | None = None,
) -> Evidence:
    """Evidence: a link, or a statement by somebody. It changes no status."""
    on_behalf.check(by, "attach", action, today, behalf)
    if not words.strip():
        raise Invalid(
            "Say what it is: a policy changed, training and its reach, an audit and its result.",
            field="words",
        )
    with transaction.atomic():
        trail.move(
            action,
            None,
            verb="attach",
            by=by,
            version=version,
            today=today,
            words=words.strip(),
            behalf=behalf,
        )
        return _show(action, words, link, shows, behalf.of if behalf else by)


def confirm(
    action: Action,
    *,
    words: str,
    look_again_on: date,
    by: Seat,
    version: int,
    today: date,
    link: str = "",
    behalf: Behalf | None = None,
) -> Action:
    """Continuing work still happens: said, and looked at again on `look_again_on`. `link` shows it."""
    on_behalf.check(by, "confirm", action, today, behalf)
    if not action.continuing:
        raise Invalid("Only continuing work is confirmed. Say that it is done, or how it stands.")
    if not words.strip():
        raise Invalid("Say how you know that it still happens.", field="words")
    if look_again_on <= today:
        raise Invalid("The next look lies in the future: choose a later day.", field="look_again_on")
    due = action.look_again_on
    said_on = behalf.said_on if behalf else today
    with transaction.atomic():
        trail.move(
            action,
            None,
            verb="confirm",
            by=by,
            version=version,
            today=today,
            behalf=behalf,
            words=words.strip(),
            detail={"from": str(due), "to": str(look_again_on)},
            look_again_on=look_again_on,
            confirmed_on=said_on,
            confirmed_in_time=due is None or said_on <= due,
            confidence=Confidence.ON_TRACK,
            said_on=said_on,
        )
        if link:
            _show(action, words, link, Evidence.Shows.COMPLETION, behalf.of if behalf else by)
    return action


def _show(action: Action, words: str, link: str, shows: str, by: Seat) -> Evidence:
    return Evidence.objects.create(
        board_id=action.board_id, action=action, words=words.strip(), link=link, shows=shows, by=by
    )
