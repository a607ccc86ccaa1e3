"""What happened to actions between two days, as the trail has it. One statement for each set of figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.fields.json import KT
from django.db.models.lookups import Exact

from actions.models import Action, Event, Seat
from actions.rag import LATE_WITHOUT_MEETINGS, Calendar
from actions.rollup.board import remembered
from actions.rollup.counting import filters
from actions.rollup.grouping import GROUPS, merge, with_empty

HAPPENED = {
    "raised": "Raised",
    "finished": "Finished",
    "signed_off": "Signed off",
    "moved": "Date moved",
    "withdrawn": "Withdrawn",
    "reopened": "Opened again",
    "reviewed": "Impact reviewed",
}
HAPPENED_WORDS = {
    "raised": "put forward, or planned at once",
    "finished": "the owner said that it is done, on that day",
    "signed_off": "the chair decided that it is complete and evidenced",
    "moved": "its due date was moved",
    "withdrawn": "taken out of the count, for a reason that is kept",
    "reopened": "signed off before, and opened again",
    "reviewed": "somebody checked whether practice has changed",
}
PERIOD_GROUPS = ("priority", "agency", "subgroup", "owner")


@dataclass(frozen=True)
class Happenings:
    """How many actions each thing happened to at least once in the period, whatever came of them after."""

    key: int | None = None
    name: str = ""
    raised: int = 0
    finished: int = 0
    signed_off: int = 0
    moved: int = 0
    withdrawn: int = 0
    reopened: int = 0
    reviewed: int = 0

    @property
    def any(self) -> bool:
        return any(getattr(self, name) for name in HAPPENED)


def in_period(seat: Seat, first: date, last: date, *, by: str | None = None) -> list[Happenings]:
    """Of the whole board, or per group (one of PERIOD_GROUPS): as it is grouped today. Both days are in it.

    Drafts, withdrawn and continuing actions count here as well: they too were raised, or finished.
    """
    lines = Event.objects.on_board_of(seat).filter(on__gte=first, on__lte=last, action__isnull=False)
    counts: dict[str, Any] = {
        f"n_{name}": Count("action", distinct=True, filter=which) for name, which in _happenings().items()
    }
    if by is None:
        return [Happenings(None, "", **_read(lines.aggregate(**counts)))]
    group = GROUPS[by]
    rows = with_empty(lines, group, seat, last, counts, "action__")
    return [Happenings(one.key, one.name, **_read(one.counts)) for one in merge(rows, group)]


def in_period_of_board(
    seat: Seat, calendar: Calendar, first: date, last: date, *, by: str | None = None
) -> list[Happenings]:
    """Remembered as the board's other figures are."""
    what = f"{first}-{last}-{by}"
    return remembered(seat, calendar, what, lambda: in_period(seat, first, last, by=by))


def happened(name: str, first: date | None, last: date | None) -> Exists:
    """Which actions a count of a period counts: lists show those."""
    lines = Event.objects.filter(action=OuterRef("pk"))
    if first:
        lines = lines.filter(on__gte=first)
    if last:
        lines = lines.filter(on__lte=last)
    return Exists(lines.filter(_happenings()[name]))


def without_meetings(today: date) -> date:
    """From which day on something is new where a board has not met."""
    return today - LATE_WITHOUT_MEETINGS


@dataclass(frozen=True)
class Since:
    """What is different since a day, that day included."""

    happened: Happenings
    newly_overdue: int


def since_of_board(seat: Seat, calendar: Calendar, since: date) -> Since:
    return remembered(seat, calendar, f"since-{since}", lambda: _since(seat, calendar, since))


def _since(seat: Seat, calendar: Calendar, since: date) -> Since:
    """Overdue today, and not yet on the day before `since`."""
    late = Action.objects.on_board_of(seat).filter(filters(calendar)["overdue"])
    (whole,) = in_period(seat, since, calendar.today)
    return Since(whole, late.filter(due_on__gte=since - timedelta(days=1)).count())


def _read(counts: dict[str, Any]) -> dict[str, Any]:
    return {name: counts[f"n_{name}"] for name in HAPPENED}


def _happenings() -> dict[str, Q]:
    put_forward = Exists(Event.objects.filter(action=OuterRef("action"), verb="raise"))
    same = Exact(KT("detail__from"), KT("detail__to"))  # sent back or opened again, and the date kept
    return {
        "raised": Q(verb="raise") | Q(~put_forward, verb="plan"),
        "finished": Q(verb="finish"),
        "signed_off": Q(verb="sign_off"),
        "moved": Q(verb__in=["reschedule", "grant"]) | (Q(verb__in=["send_back", "reopen"]) & ~Q(same)),
        "withdrawn": Q(verb="withdraw"),
        "reopened": Q(verb="reopen"),
        "reviewed": Q(verb="review_impact"),
    }
