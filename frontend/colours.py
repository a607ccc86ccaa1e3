"""A board's colours as people read them: each state with its tag, its tone in a bar, and what it means here."""

from __future__ import annotations

from dataclasses import dataclass

from actions.because import NUMBERS
from actions.rag import Rules, Scheme

ORDER = ("complete", "awaiting", "green", "amber", "red", "silent", "waiting")  # of a bar's parts: to unknown


@dataclass(frozen=True)
class State:
    key: str
    colour: str
    words: str
    meaning: str


def tones(scheme: Scheme) -> list[tuple[str, str, str]]:
    """Key, words and colour of each part of a bar, in its order."""
    return [(key, scheme[key].words, scheme[key].colour) for key in ORDER]


def states(scheme: Scheme) -> list[State]:
    meant = meanings(scheme.rules)
    return [State(key, scheme[key].colour, scheme[key].words, meant[key]) for key in ORDER]


def meanings(rules: Rules) -> dict[str, str]:
    """What each state means on a board with these rules, in a sentence or two."""
    count = rules.red_after_meetings
    meetings = "last board meeting" if count == 1 else f"last {NUMBERS[count]} board meetings"
    long_late = (
        f"its date passed before the {meetings} held ({rules.red_after_days} days ago where there were none)"
    )
    if rules.off_track_is_red:
        red, amber = f"The owner says it is off track, or {long_late}.", "it is at risk"
    else:
        red, amber = f"{long_late[0].upper()}{long_late[1:]}.", "it is at risk or off track"
    return {
        "complete": "The chair signed it off on evidence.",
        "awaiting": "The owner says it is done; its subgroup’s chair has not checked yet. It is no longer overdue.",
        "green": "The owner said that it is on track, since the last cut-off for papers.",
        "amber": f"The owner says {amber}, or its date has passed.",
        "red": red,
        "silent": "Not said to be on track since the last cut-off for papers. Silence is not counted as on track.",
        "waiting": "On hold, or its first day is still to come.",
    }
