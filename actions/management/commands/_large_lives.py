"""The invented lives of many actions: shares of each status, dates that fit, lines of the trail. No rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from actions.models import Action, Confidence, Precision, Status, Withdrawal

DOING = (
    "Agree",
    "Audit",
    "Brief staff on",
    "Map",
    "Publish",
    "Put in place",
    "Review",
    "Survey people about",
    "Test",
    "Write guidance on",
)
WHAT = (
    "advocacy at the first meeting",
    "capacity assessments after a decline in health",
    "concerns about care homes",
    "discharge letters with open enquiries",
    "executive capacity",
    "feedback to whoever raised the concern",
    "fire risk in homes with hoarding",
    "information sharing without consent",
    "release plans for prisoners with care needs",
    "self-neglect and refusals of help",
    "transitions at eighteen",
    "what families tell us",
)

# Of every hundred actions. A quarter of all are overdue, all of them planned or started.
SHARES = {
    Status.DRAFT: 3,
    Status.PLANNED: 17,
    Status.STARTED: 45,
    Status.ON_HOLD: 3,
    Status.DONE: 7,
    Status.SIGNED_OFF: 20,
    Status.WITHDRAWN: 5,
}
OVERDUE = 25


@dataclass(frozen=True)
class Line:
    """One line of the trail, and how the action stood after it."""

    on: date
    verb: str
    by: str  # office, owner, chair
    status: Status
    due_on: date | None
    confidence: str = ""
    words: str = ""


@dataclass
class Life:
    action: Action
    lines: list[Line] = field(default_factory=list)


def piece_of_work(chance: Random) -> str:
    return f"{chance.choice(DOING)} {chance.choice(WHAT)}"


def shares(count: int, chance: Random) -> list[tuple[Status, bool]]:
    """`count` pairs of status and whether it is overdue, in their shares, shuffled."""
    every = [status for status, share in SHARES.items() for _ in range(share * count // 100)]
    every += [Status.STARTED] * (count - len(every))
    running = [place for place, status in enumerate(every) if status in (Status.PLANNED, Status.STARTED)]
    late = set(chance.sample(running, min(OVERDUE * count // 100, len(running))))
    pairs = [(status, place in late) for place, status in enumerate(every)]
    chance.shuffle(pairs)
    return pairs


def live(action: Action, status: Status, *, late: bool, today: date, chance: Random) -> Life:
    """Gives the action its status, its dates and what was said; and the lines that tell how it came there."""
    action.status = status
    if status == Status.DRAFT:
        return Life(
            action, [Line(today - _days(chance, 1, 60), "raise", "office", status, None, "", action.title)]
        )
    _date(action, late=late, today=today, chance=chance)
    lines = list(_lines(action, today, chance))
    action.version = len(lines)
    return Life(action, lines)


def _days(chance: Random, least: int, most: int) -> timedelta:
    return timedelta(days=chance.randint(least, most))


def _date(action: Action, *, late: bool, today: date, chance: Random) -> None:
    finished = action.status in (Status.DONE, Status.SIGNED_OFF)
    due_on = today - _days(chance, 1, 150) if late or finished else today + _days(chance, 0, 360)
    action.planned_on = min(due_on, today) - _days(chance, 30, 300)
    action.due_on = action.first_due_on = due_on
    action.due_precision = Precision.DAY
    if chance.random() < 0.15:
        action.first_due_on = max(action.planned_on + timedelta(days=7), due_on - _days(chance, 20, 120))
        action.times_moved = 1
    if finished:
        action.done_on = max(action.planned_on, due_on - _days(chance, -20, 40))
        action.done_on = min(action.done_on, today)
    if action.status == Status.WITHDRAWN:
        action.withdrawal = Withdrawal.OVERTAKEN
    if action.status == Status.SIGNED_OFF:
        assert action.done_on is not None
        action.signed_off_on = min(today, action.done_on + _days(chance, 3, 40))
        action.review_on = action.signed_off_on + timedelta(days=182)


def _lines(action: Action, today: date, chance: Random) -> Iterator[Line]:
    assert action.planned_on is not None
    planned_on = action.planned_on
    yield Line(planned_on, "plan", "office", Status.PLANNED, action.first_due_on, "", action.title)
    if action.times_moved:
        on = min(today, planned_on + timedelta(days=6))
        yield Line(on, "reschedule", "chair", Status.PLANNED, action.due_on, "", "Waiting for a partner")
    if action.status == Status.PLANNED:
        return
    began_on = min(today, planned_on + timedelta(days=7))
    yield Line(began_on, "start", "owner", Status.STARTED, action.due_on)
    if chance.random() < 0.8:
        yield _update(action, began_on, action.done_on or today, chance)
    yield from _end(action, began_on, today)


def _update(action: Action, began_on: date, until: date, chance: Random) -> Line:
    """Two in three spoke in the last weeks; the rest long ago."""
    ago = _days(chance, 0, 50) if chance.random() < 0.67 else _days(chance, 120, 300)
    action.said_on = min(until, max(began_on, until - ago))
    shaky = [Confidence.AT_RISK, Confidence.OFF_TRACK]
    action.confidence = chance.choice([*shaky, *[Confidence.ON_TRACK] * 4])
    action.asks_board = action.confidence == Confidence.OFF_TRACK and chance.random() < 0.3
    words = f"Two of five parts are done; {chance.choice(WHAT)} comes next."
    return Line(action.said_on, "update", "owner", Status.STARTED, action.due_on, action.confidence, words)


def _end(action: Action, began_on: date, today: date) -> Iterator[Line]:
    due_on, confidence = action.due_on, action.confidence
    if action.status == Status.ON_HOLD:
        yield Line(today, "hold", "office", Status.ON_HOLD, due_on, confidence, "Waits for a new system")
    if action.status == Status.WITHDRAWN:
        yield Line(today, "withdraw", "office", Status.WITHDRAWN, due_on, confidence, "Overtaken by a merger")
    if action.done_on is not None:
        yield Line(
            max(action.done_on, began_on),
            "finish",
            "owner",
            Status.DONE,
            due_on,
            confidence,
            "All parts done",
        )
    if action.signed_off_on is not None:
        yield Line(action.signed_off_on, "sign_off", "chair", Status.SIGNED_OFF, due_on, confidence, "Seen")
