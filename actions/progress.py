"""Verb 3: an action moves to its next status. Each verb: who may, what moves, one event, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from actions import access, on_behalf, trail
from actions.access import Behalf
from actions.models import Action, Confidence, Evidence, Seat, Status
from actions.refusals import Invalid

REVIEW_AFTER = timedelta(days=182)  # offered as the day of the impact review: about six months

NEEDED = "Needed from the board: "  # how that part of an update begins

# The order in which pages offer them.
VERBS = (
    "update",
    "start",
    "finish",
    "take_back",
    "sign_off",
    "send_back",
    "reschedule",
    "reassign",
    "attach",
)


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
    to = Status.PLANNED if not_begun and action.status == Status.PLANNED else Status.STARTED
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
        return Evidence.objects.create(
            board_id=action.board_id,
            action=action,
            words=words.strip(),
            link=link,
            shows=shows,
            by=behalf.of if behalf else by,
        )


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
            detail={"relied_on": [e.pk for e in relied_on], "step_only": step_only},
            signed_off_on=today,
            review_on=review_on,
            step_only=step_only,
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
    """Not accepted yet: it is started again, with a reason and a date. The date's move is on record."""
    access.check(by, "send_back", action)
    if not reason.strip():
        raise Invalid("Say what is missing, so that the owner can put it right.", field="reason")
    if due_on < today:
        raise Invalid("Choose today or a later day.", field="due_on")
    moved = due_on != action.due_on
    return trail.move(
        action,
        Status.STARTED,
        verb="send_back",
        by=by,
        version=version,
        today=today,
        words=reason.strip(),
        detail={"from": str(action.due_on), "to": str(due_on)},
        due_on=due_on,
        done_on=None,
        times_moved=F("times_moved") + int(moved),
        due_version=F("due_version") + 1,
    )
