"""What the owner says: it has begun, how it stands, that it is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import OuterRef, Q

from actions import on_behalf, trail
from actions.access import Behalf
from actions.models import Action, Confidence, Event, Seat, Status
from actions.models.event import EventQuerySet
from actions.refusals import Invalid
from actions.trail import UNASKED

SAY_WHY = "Say why, and what the risk is meanwhile."
WAITING = "Waiting on: "
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
    why: str | None = None,
    waiting_on: str = "",
    needed_from_board: str = "",
    not_begun: bool = False,
    behalf: Behalf | None = None,
) -> Action:
    """How it stands, as the owner says it. A planned action becomes started, unless it is said not to have begun yet.

    Late, at risk or off track it needs `why`, with the risk meanwhile; None: the words say that too. What was said
    before the last word and is written down after it stands in the trail; where the action stands was said last.
    """
    on_behalf.check(by, "update", action, today, behalf)
    if confidence not in Confidence.values:
        raise Invalid("Say how it stands: on track, at risk or off track.", field="confidence")
    late = action.due_on is not None and action.due_on < today
    shaky = late or confidence != Confidence.ON_TRACK
    if not words.strip():
        raise Invalid(
            SAY_WHY if shaky and why is None else "Add a sentence: what has moved.",
            field="words",
        )
    if shaky and why is not None and not why.strip():
        raise Invalid(SAY_WHY, field="why")
    said_on = behalf.said_on if behalf else today
    stands: dict[str, Any] = {
        "confidence": confidence,
        "disowned_on": None,
        "said_on": said_on,
        "asks_board": bool(needed_from_board.strip()),
        "waits": bool(waiting_on.strip()),
    }
    superseded = action.said_on is not None and said_on < action.said_on
    to = None if not_begun and action.status == Status.PLANNED else Status.STARTED
    return trail.move(
        action,
        to,
        verb="update",
        by=by,
        version=version,
        today=today,
        behalf=behalf,
        words=_said(words, why or "", waiting_on, needed_from_board),
        detail={"confidence": confidence} if superseded else None,
        **({} if superseded else stands),
    )


def asking() -> EventQuerySet:
    """Of the action outside, the updates that ask the board for something; those too whose words were destroyed."""
    lines = Event.objects.filter(action=OuterRef("pk"), verb="update")
    return lines.filter(Q(words__contains=NEEDED) | Q(words=None))


def _said(words: str, why: str, waiting_on: str, needed_from_board: str) -> str:
    """One text, so that it is redacted as one."""
    parts = [words.strip()]
    if why.strip():
        parts.append(f"Why, and the risk meanwhile: {why.strip()}")
    if waiting_on.strip():
        parts.append(WAITING + waiting_on.strip())
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
        waits=False,
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
