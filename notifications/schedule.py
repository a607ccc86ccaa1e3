"""Which reminder a day calls for, as rules about dates alone. No clock, no table, no mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from actions.days import DAY, is_working, on_or_after, on_or_before, working_days_before
from actions.models import Board
from notifications.kinds import Kind

BETWEEN_OVERDUE = 14
Step = tuple[Kind, int, date]  # of its kind, so many days before the date, on which day
OPENS, CLOSES = time(7), time(18)  # local time; nobody is written to outside it


@dataclass(frozen=True)
class Call:
    """That what is due on `due_on` calls for this step; `for_on` is the day from which it does."""

    due_on: date
    kind: Kind
    step: str
    for_on: date


def call(due_on: date, *, today: date, division: str) -> Call | None:
    """The one step that is current on `today`, or None while the date is far off.

    Steps replace each other, so that after any silence only the latest is found. Those before the date move back
    to a working day, those after it forward.
    """
    steps = [(Kind.DUE_TODAY, 0), (Kind.DUE_SOON, 7), (Kind.DUE_SOON, 28)]
    days = [(kind, n, on_or_before(due_on - timedelta(days=n), division)) for kind, n in steps]
    return _current(due_on, days, today, division)


def asked(due_on: date, *, today: date, division: str, before: Sequence[int]) -> list[Call]:
    """What an answer that is due on `due_on`, and was asked for by `today`, calls for: to be told at all, and the one
    step that is current, where there is one. `before`: the working days before the date that are steps, rising."""
    days = [(Kind.DUE_TODAY, 0, on_or_before(due_on, division))]
    days += [(Kind.DUE_SOON, n, working_days_before(due_on, n, division)) for n in before]
    current = _current(due_on, days, today, division)
    return [Call(due_on, Kind.ASKED, "0", today), *([current] if current else [])]


def _current(due_on: date, days: Sequence[Step], today: date, division: str) -> Call | None:
    """`days` are the steps up to the date, the latest first."""
    if due_on < today and (first := on_or_after(due_on + DAY, division)) <= today:
        return _overdue(due_on, first, today, division)
    for kind, before, day in days:
        if today >= day:
            return Call(due_on, kind, str(before), day)
    return None


def _overdue(due_on: date, first: date, today: date, division: str) -> Call:
    number = (today - first).days // BETWEEN_OVERDUE
    day = on_or_after(first + timedelta(days=BETWEEN_OVERDUE * number), division)
    if day > today:  # it moved forward past today: the one before it still stands
        number -= 1
        day = on_or_after(first + timedelta(days=BETWEEN_OVERDUE * number), division)
    return Call(due_on, Kind.OVERDUE, str(number + 1), day)


def farthest(today: date) -> date:
    """No date after this one calls for anything yet: 28 days, and the longest run of days off."""
    return today + timedelta(days=28 + 7)


def is_open(now: datetime, division: str) -> bool:
    """Whether a person of this division may be written to at `now` (aware)."""
    local = now.astimezone(Board.tz)
    return OPENS <= local.time() < CLOSES and is_working(local.date(), division)
