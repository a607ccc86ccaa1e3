"""Somebody is away or here again; a round of the engine; and who was to be told in their place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from actions import people
from actions.models import Seat
from notifications import tasks
from notifications.models import Reminder
from tests.factories import TODAY, World, seat
from tests.notifications.conftest import Sink
from tests.notifications.moments import NOW

UNTIL = date(2026, 6, 20)
DAY = timedelta(days=1)


def away(w: World, who: Seat, since: date | None = TODAY, until: date | None = UNTIL) -> None:
    people.away(who, since=since, until=until, by=w.mo, today=TODAY)


def here(w: World, who: Seat) -> None:
    away(w, who, None, None)


def run(at: Any = NOW) -> None:
    tasks.run(clock=lambda: at)


def to(sink: Sink) -> list[str]:
    return [mail["To"].split("@")[0] for mail in sink.got]


def copies(**filters: Any) -> list[tuple[str, str, str, str]]:
    """Who was to be told of what: seat, action, step, state."""
    found = Reminder.objects.filter(for_owner__isnull=False, **filters).select_related("seat", "action")
    return [
        (r.seat.name.split()[0], r.action.reference, f"{r.kind} {r.step}", r.state)
        for r in found.order_by("pk")
        if r.action
    ]


def second_lead(w: World) -> Seat:
    return seat(w.board, "Sue Second", w.police, is_lead=True)
