"""Actions as far on as a test needs them, each by way of the verbs; and what their trail says last."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions import progress
from actions.models import Action
from tests.factories import TODAY, World, action

LATER = date(2026, 8, 1)


def now(a: Action) -> dict[str, Any]:
    """What every verb is given: the version that stands, and the day."""
    return {"version": Action.objects.get(pk=a.pk).version, "today": TODAY}


def asked(w: World, until: date = LATER, **changes: Any) -> Action:
    a: Action = action(w, **changes)
    return progress.ask_for_time(a, due_on=until, reason="Two are ill", by=w.alice, **now(a))


def held(w: World, **changes: Any) -> Action:
    a: Action = action(w, **changes)
    return progress.hold(a, words="The new rota", look_again_on=LATER, by=w.bob, **now(a))


def done(w: World, **changes: Any) -> Action:
    a: Action = action(w, **changes)
    return progress.finish(a, words="All briefed", done_on=TODAY, by=w.alice, **now(a))


def signed_off(w: World, **changes: Any) -> Action:
    a: Action = action(w, **changes)
    evidence = progress.attach(a, words="List", link="https://example.org/l", by=w.alice, **now(a))
    progress.finish(a, words="All briefed", done_on=TODAY, by=w.alice, **now(a))
    return progress.sign_off(a, relied_on=[evidence], review_on=date(2026, 12, 1), by=w.bob, **now(a))


def withdrawn(w: World, **changes: Any) -> Action:
    a: Action = action(w, **changes)
    return progress.withdraw(a, kind="error", words="Typed twice", by=w.mo, **now(a))


def continuing(w: World, **changes: Any) -> Action:
    a: Action = action(w, due_on=None, look_again_on=date(2026, 6, 10), **changes)
    return a


def line(a: Action) -> dict[str, Any]:
    """The last line of the trail about it."""
    last = a.events.first()
    assert last is not None
    return {name: getattr(last, name) for name in ("verb", "by", "status", "words", "detail")}
