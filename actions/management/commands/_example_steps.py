"""How a story of the example board is told: one step, one verb, so many days from today. Only shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, eq=False)
class Step:
    """A verb on a day. Days are counted from today: -30 is a month ago. `who` overrides who would do it."""

    day: int
    verb: str
    given: dict[str, Any] = field(default_factory=dict)
    who: str = ""


@dataclass(frozen=True, eq=False)
class Story:
    """One action: when it was planned (or put forward), for when, and what became of it."""

    title: str
    owner: str
    planned: int
    due: int | None
    subgroup: str = ""
    priority: int | None = None
    answers: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    start: int | None = None
    look_again: int | None = None
    detail: str = ""
    raised_by: str = ""  # put forward on that day, and not planned


def started(day: int) -> Step:
    return Step(day, "start")


def said(day: int, confidence: str, words: str, **more: str) -> Step:
    return Step(day, "update", {"confidence": confidence, "words": words, **more})


def attached(day: int, words: str, link: str = "", *, who: str = "", **more: Any) -> Step:
    """`more`: what it shows, its kind, how many a training reached, and a file as its name and bytes."""
    return Step(day, "attach", {"words": words, "link": link, **more}, who)


def finished(day: int, words: str) -> Step:
    return Step(day, "finish", {"words": words})


def signed_off(day: int, *, review: int | None = 182, words: str = "") -> Step:
    """`review` is how many days later its impact is looked at; None is a step only, and `words` say why."""
    return Step(day, "sign_off", {"review": review, "words": words})


def checked(day: int, verdict: str, words: str, sentence: str, *, reopen: int | None = None) -> Step:
    """What an impact review found; `reopen` is until when it is opened again."""
    return Step(
        day, "review_impact", {"verdict": verdict, "words": words, "sentence": sentence, "reopen": reopen}
    )


def sent_back(day: int, reason: str, *, to: int) -> Step:
    return Step(day, "send_back", {"reason": reason, "to": to})


def moved(day: int, reason: str, *, to: int) -> Step:
    return Step(day, "reschedule", {"reason": reason, "to": to})


def passed_on(day: int, to: str, reason: str) -> Step:
    return Step(day, "reassign", {"to": to, "reason": reason})


def asked(day: int, reason: str, *, until: int) -> Step:
    return Step(day, "ask_for_time", {"reason": reason, "due_on": until})


def granted(day: int, *, to: int, words: str = "") -> Step:
    return Step(day, "grant", {"due_on": to, "words": words})


def refused(day: int, reason: str) -> Step:
    return Step(day, "refuse", {"reason": reason})


def held(day: int, words: str, *, again: int) -> Step:
    return Step(day, "hold", {"words": words, "look_again_on": again})


def withdrawn(day: int, kind: str, words: str, *, of: str = "") -> Step:
    """`of`: the title of the action that stays, where it is a duplicate."""
    return Step(day, "withdraw", {"kind": kind, "words": words, "of": of})


def restored(day: int, words: str) -> Step:
    return Step(day, "restore", {"words": words})


def reopened(day: int, cause: str, words: str, *, to: int) -> Step:
    return Step(day, "reopen", {"cause": cause, "words": words, "due_on": to})


def confirmed(day: int, words: str, *, again: int, link: str = "") -> Step:
    return Step(day, "confirm", {"words": words, "look_again_on": again, "link": link})
