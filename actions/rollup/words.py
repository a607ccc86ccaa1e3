"""What each figure is called, what it counts, and how it is said beside the whole it is a part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.models import Withdrawal

if TYPE_CHECKING:
    from actions.rag import Rules
    from actions.rollup.counting import Figures

NAMES = {
    "counted": "Counted",
    "due_by_now": "Due by now",
    "complete_of_due": "Complete, of those due by now",
    "complete": "Complete",
    "awaiting": "Awaiting check",
    "overdue": "Overdue",
    "overdue_two_meetings": "Overdue by two meetings",
    "silent": "No recent update",
    "on_hold": "On hold",
    "open": "Open",
    "asks_board": "Needed from the board",
    "due_soon": "Due in the next 12 weeks",
    "on_time": "On time, by the first date",
    "on_time_last": "On time, by the last date",
    "moved": "Date has moved",
    "continuing": "Continuing",
    "confirmed": "Continuing, confirmed on time",
    "embedded": "Embedded",
    "partly": "Partly embedded",
    "not_effective": "Not effective",
    "check_not_due": "Impact check not yet due",
    "check_overdue": "Impact check overdue",
    "step_only": "A step only",
} | {f"withdrawn_{key}": f"Withdrawn: {words.lower()}" for key, words in Withdrawal.choices}

WORDS = {
    "counted": "every action but drafts, withdrawn and continuing ones",
    "due_by_now": "counted, with a due date up to today",
    "complete_of_due": "signed off, of those due by now",
    "complete": "signed off: complete and evidenced",
    "awaiting": "the owner says it is done; the chair has not checked yet",
    "overdue": "planned or started, and past the due date",
    "overdue_two_meetings": "overdue since before the last two board meetings held (28 days where there were none)",
    "overdue_longest_days": "since when the longest overdue was due",
    "overdue_longest_meetings": "board meetings held since the longest overdue was due, of the last two years",
    "silent": "nothing said since the cut-off for papers before last (90 days where there are no meetings)",
    "on_hold": "waiting for something, with a day to look again",
    "open": "planned, started or on hold; continuing work too",
    "asks_board": "open, and the last update needs something from the board",
    "due_soon": "open, and due in the next 12 weeks",
    "on_time": "signed off, and done by the first date promised",
    "on_time_last": "signed off, and done by the last date agreed",
    "moved": "counted, with a date that has moved",
    "moved_typical_days": "by how many days from the first date: the middle one of those moved",
    "moved_longest_days": "by how many days from the first date: the longest",
    "continuing": "continuing work, with a day to look again instead of a due date",
    "confirmed": "continuing work, last confirmed by its day to look again, which has not come round since",
    "embedded": "reviewed: practice has changed, and it shows",
    "partly": "reviewed: practice has changed in part",
    "not_effective": "reviewed: it was done, and practice has not changed; open again, or something else is done",
    "check_not_due": "signed off; its impact is to be checked on a later day",
    "check_overdue": "signed off; the day to check its impact has passed",
    "step_only": "signed off as a step only, with no impact of its own to check",
    "no_measure": "of a priority: no number shows whether it, what was recommended for it, or what is done for it, "
    "makes a difference",
}

COMMITMENT_WORDS = {
    "unanswered": "an agency that was asked has not answered yet",
    "no_action": "nothing is planned, done or in place for it, nor for what covers it",
    "under_way": "something is planned or done for it, and it is not complete",
    "complete": "each agency that accepts it has an action signed off, or has it in place, and nothing is open",
    "decided": "the board decided so at a meeting",
}


def meanings(rules: Rules) -> dict[str, str]:
    """WORDS on a board with these rules: how long back a word counts is its own."""
    return WORDS | {"silent": WORDS["silent"].replace("90 days", days(rules.silent_after_days))}


IMPACT = ("embedded", "partly", "not_effective", "check_not_due", "check_overdue", "step_only")
OF_COUNTED = ("complete", "awaiting", "overdue", "overdue_two_meetings", "on_hold", "due_soon")


def said(f: Figures) -> dict[str, str]:
    """Each figure with the whole that it is a part of: “12 of 30 due by now”."""
    return (
        {
            "counted": f"{f.counted} counted",
            "due_by_now": f"{f.due_by_now} of {f.counted} counted",
            "complete_of_due": f"{f.complete_of_due} of {f.due_by_now} due by now",
            "open": f"{f.open} open",
            "asks_board": f"{f.asks_board} of {f.open} open",
            "silent": f"{f.silent} of {f.counted} counted",
            "on_time": f"{f.on_time} of {f.complete} complete",
            "on_time_last": f"{f.on_time_last} of {f.complete} complete",
            "moved": _moved(f),
            "continuing": f"{f.continuing} continuing, {f.confirmed} confirmed on time",
            "confirmed": f"{f.confirmed} of {f.continuing} continuing",
            "withdrawn": _withdrawn(f),
        }
        | {name: f"{getattr(f, name)} of {f.counted} counted" for name in OF_COUNTED}
        | {name: f"{getattr(f, name)} of {f.ever_signed_off} signed off or checked" for name in IMPACT}
        | ({"overdue": f"{f.overdue} of {f.counted} counted, the longest by {late(f)}"} if f.overdue else {})
    )


def late(f: Figures) -> str:
    """How long the longest overdue is: “40 days, 2 board meetings held since”."""
    held = f.overdue_longest_meetings or 0
    meetings = "1 board meeting" if held == 1 else f"{held or 'no'} board meetings"
    return f"{days(f.overdue_longest_days or 0)}, {meetings} held since"


def _moved(f: Figures) -> str:
    of = f"{f.moved} of {f.counted} have moved"
    if f.moved_typical_days is None or f.moved_longest_days is None:
        return of
    return f"{of}; typically {days(f.moved_typical_days)}, longest {days(f.moved_longest_days)}"


def _withdrawn(f: Figures) -> str:
    reasons = {key: words.lower() for key, words in Withdrawal.choices}
    parts = [f"{count} {reasons[key]}" for key, count in f.withdrawn.items() if count]
    return f"{sum(f.withdrawn.values())} withdrawn" + (f": {', '.join(parts)}" if parts else "")


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
