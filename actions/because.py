"""Why an action has its colour: the agenda of “the first that holds”, of one action in hand, in words.

Pure, and the same rules as the SQL of `rag`, from the same inputs; a test with random actions holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from actions.rag import Calendar

if TYPE_CHECKING:
    from actions.models import Action

OPEN = ("planned", "started", "on_hold")
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True)
class Rule:
    """One line of the agenda: the state it leads to, what it asks, whether that holds, whether it is the first."""

    key: str
    asks: str
    holds: bool
    because: str = ""
    first: bool = False


@dataclass(frozen=True)
class Because:
    """The state that an action has, why (a clause without a full stop), and every rule in its order."""

    key: str
    words: str
    agenda: tuple[Rule, ...]


def explain(action: Action, calendar: Calendar) -> Because:
    rules: list[Rule] = []
    found: Rule | None = None
    for rule in _agenda(action, calendar):
        if rule.holds and found is None:
            found = rule = Rule(rule.key, rule.asks, True, rule.because, first=True)
        rules.append(rule)
    if found is None:
        found = Rule("silent", "None of these", True, _silence(action, calendar), first=True)
        rules.append(found)
    else:
        rules.append(Rule("silent", "None of these", False))
    return Because(found.key, found.because, tuple(rules))


def _agenda(action: Action, calendar: Calendar) -> Iterator[Rule]:
    """In the order in which they are asked; those of an open action hold for open ones alone."""
    status, is_open = action.status, action.status in OPEN
    yield Rule(
        "complete", "Signed off", status == "signed_off", f"signed off on {_day(action.signed_off_on)}"
    )
    yield Rule(
        "awaiting",
        "Said to be done, and not checked yet",
        status == "done",
        f"said to be done on {_day(action.done_on)}, and not checked yet",
    )
    yield Rule(
        "none",
        "Withdrawn, or still a draft: no colour",
        status in ("withdrawn", "draft"),
        "withdrawn" if status == "withdrawn" else "still a draft",
    )
    yield _waits(action, calendar)
    yield _red(action, calendar, is_open)
    yield _amber(action, calendar, is_open)
    yield _green(action, calendar, is_open)


def _waits(action: Action, calendar: Calendar) -> Rule:
    held = action.status == "on_hold"
    later = action.status == "planned" and action.start_on is not None and action.start_on > calendar.today
    again = f", to be looked at again on {_day(action.look_again_on)}" if action.look_again_on else ""
    why = f"on hold{again}" if held else f"not to begin before {_day(action.start_on)}"
    return Rule("waiting", "On hold, or not to begin before a later day", held or later, why)


def _red(action: Action, calendar: Calendar, is_open: bool) -> Rule:
    off_track = calendar.rules.off_track_is_red and action.confidence == "off_track"
    late = action.due_on is not None and action.due_on < calendar.red_before
    asks = f"Past its date by {_long(calendar)}"
    if calendar.rules.off_track_is_red:
        asks = f"Last said to be off track, or past its date by {_long(calendar)}"
    found = [_said(action)] if off_track else []
    found += [_past(action, calendar)] if late else []
    return Rule("red", asks, is_open and (off_track or late), " and ".join(found))


def _amber(action: Action, calendar: Calendar, is_open: bool) -> Rule:
    doubtful = action.confidence in ("at_risk", "off_track")
    late = action.due_on is not None and action.due_on < calendar.today
    asks = "Past its date, or last said to be at risk"
    if not calendar.rules.off_track_is_red:
        asks += " or off track"
    found = [_past(action, calendar)] if late else []
    found += [_said(action)] if doubtful else []
    return Rule("amber", asks, is_open and (doubtful or late), " and ".join(found))


def _green(action: Action, calendar: Calendar, is_open: bool) -> Rule:
    cut_off = calendar.cut_off_of(action.subgroup_id, 0)
    since = cut_off or calendar.without_cut_offs
    recent = action.confidence == "on_track" and action.said_on is not None and action.said_on > since
    after = f"since {_since(action, calendar)}"
    return Rule(
        "green",
        f"Said to be on track {after}",
        is_open and recent,
        f"{_said(action)}, {after}" if recent else "",
    )


def _silence(action: Action, calendar: Calendar) -> str:
    if action.said_on is None:
        return "nothing was said of it yet"
    since = _since(action, calendar)
    return f"not said to be on track since {since}; the last word is of {_day(action.said_on)}"


def _since(action: Action, calendar: Calendar) -> str:
    """From when on a word counts as recent."""
    cut_off = calendar.cut_off_of(action.subgroup_id, 0)
    if cut_off:
        return f"the last cut-off for papers, {_day(cut_off)}"
    return f"{_day(calendar.without_cut_offs)}, {_days(calendar.rules.silent_after_days)} ago"


def _long(calendar: Calendar) -> str:
    """What is long late on this board, as it stands today."""
    rules = calendar.rules
    meetings = _meetings(rules.red_after_meetings)
    if calendar.meetings_decide:
        return f"{meetings} held"
    return f"more than {_days(rules.red_after_days)}, since fewer than {meetings} were held"


def _past(action: Action, calendar: Calendar) -> str:
    """ "past its date of 3 May 2026 by 12 days, not yet by two board meetings": how late, and by what it counts."""
    assert action.due_on is not None
    words = f"past its date of {_day(action.due_on)} by {_days((calendar.today - action.due_on).days)}"
    rules, due_on = calendar.rules, action.due_on
    if not calendar.meetings_decide:
        return (
            words if due_on < calendar.red_before else f"{words}, not yet by more than {rules.red_after_days}"
        )
    if due_on < calendar.red_before:
        return f"{words} and {_meetings(rules.red_after_meetings)} held"
    return f"{words}, not yet by {_meetings(rules.red_after_meetings)}"


def _said(action: Action) -> str:
    on = f" on {_day(action.said_on)}" if action.said_on else ""
    return f"said to be {action.confidence.replace('_', ' ')}{on}"


def _meetings(count: int) -> str:
    return f"{NUMBERS[count]} board meeting{'' if count == 1 else 's'}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "a day that nobody wrote down"
