"""The figures themselves: which actions each counts, as SQL, and a row of counts as Figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, DateField, F, IntegerField, Max, Min, Q
from django.db.models.lookups import Exact

from actions import rag
from actions.models import OPEN, Status, Verdict, Withdrawal
from actions.rag import Calendar
from actions.rollup import words
from actions.sql import DaysAfter, Median

AHEAD = timedelta(weeks=12)
COLOURS = ("red", "amber", "green", "waiting")  # counted each; the rest follow from other figures


@dataclass(frozen=True)
class Figures:
    """Counts over one set of actions on one day. Days are whole days; None where there is nothing to measure."""

    key: int | None = None
    name: str = ""
    counted: int = 0
    due_by_now: int = 0
    complete_of_due: int = 0
    complete: int = 0
    awaiting: int = 0
    overdue: int = 0
    overdue_two_meetings: int = 0
    overdue_longest_days: int | None = None
    overdue_longest_meetings: int | None = None
    silent: int = 0
    on_hold: int = 0
    open: int = 0
    asks_board: int = 0
    due_soon: int = 0
    on_time: int = 0
    on_time_last: int = 0
    moved: int = 0
    moved_typical_days: int | None = None
    moved_longest_days: int | None = None
    continuing: int = 0
    confirmed: int = 0
    embedded: int = 0
    partly: int = 0
    not_effective: int = 0
    check_not_due: int = 0
    check_overdue: int = 0
    step_only: int = 0
    withdrawn: dict[str, int] = field(default_factory=dict)
    colours: dict[str, int] = field(default_factory=dict)
    no_measure: bool = False

    @cached_property
    def said(self) -> dict[str, str]:
        """Each figure with the whole that it is a part of."""
        return words.said(self)

    @property
    def ever_signed_off(self) -> int:
        """What the six counts of impact add up to: signed off now, or reviewed and open again."""
        checked = self.embedded + self.partly + self.not_effective
        return checked + self.check_not_due + self.check_overdue + self.step_only

    @property
    def worst(self) -> str:
        """Of the colours of what is counted, the one that wants attention most; "" where nothing is counted."""
        order = ("red", "amber", "silent", "green", "waiting", "awaiting", "complete")
        return next((colour for colour in order if self.colours.get(colour)), "")

    @property
    def nothing_under_way(self) -> bool:
        """No open action, and not complete either."""
        open_ = sum(self.colours.get(key, 0) for key in ("red", "amber", "green", "waiting", "silent"))
        return open_ + self.awaiting + self.continuing == 0 and (
            self.counted == 0 or self.complete < self.counted
        )


def is_in(figure: str, calendar: Calendar) -> Q:
    """Which actions a figure counts: lists show those, and pages link each figure to them."""
    return filters(calendar)[figure]


def columns(calendar: Calendar) -> dict[str, Any]:
    """Every count as an aggregate with a filter, named n_… so that none hides a field of Action."""
    every = filters(calendar) | {
        f"colour_{key}": Q(Exact(rag.while_open(calendar), key), continuing=False, status__in=OPEN)
        for key in COLOURS
    }
    shift = DaysAfter("due_on", "first_due_on")
    found: dict[str, Any] = {f"n_{name}": Count("pk", filter=where) for name, where in every.items()}
    found["n_oldest_due_on"] = Min("due_on", filter=every["overdue"], output_field=DateField())
    found["n_moved_typical"] = Median(shift, filter=every["moved"])
    found["n_moved_longest"] = Max(shift, filter=every["moved"], output_field=IntegerField())
    return found


def filters(calendar: Calendar) -> dict[str, Q]:
    """Each says no more than it must: what has a due date is not continuing, what is signed off is no draft."""
    today = calendar.today
    settled = Q(continuing=False)
    counted = settled & ~Q(status__in=[Status.DRAFT, Status.WITHDRAWN])
    signed_off = settled & Q(status=Status.SIGNED_OFF)
    unreviewed = Q(verdict="", status=Status.SIGNED_OFF)
    to_check = unreviewed & Q(step_only=False)
    overdue = rag.is_overdue(today)
    found = {
        "counted": counted,
        "due_by_now": Q(due_on__lte=today) & counted,
        "complete_of_due": signed_off & Q(due_on__lte=today),
        "complete": signed_off,
        "awaiting": settled & Q(status=Status.DONE),
        "overdue": overdue,
        "overdue_two_meetings": overdue & Q(due_on__lt=calendar.two_meetings_ago),
        "silent": settled & rag.is_silent(calendar),
        "on_hold": settled & Q(status=Status.ON_HOLD),
        "open": Q(status__in=OPEN),
        "asks_board": Q(asks_board=True, status__in=OPEN),
        "due_soon": Q(due_on__gte=today, due_on__lte=today + AHEAD, status__in=OPEN),
        "on_time": signed_off & Q(done_on__lte=F("first_due_on")),
        "on_time_last": signed_off & Q(done_on__lte=F("due_on")),
        "moved": Q(times_moved__gt=0) & counted,
        "continuing": Q(continuing=True) & ~Q(status__in=[Status.DRAFT, Status.WITHDRAWN]),
        "confirmed": Q(continuing=True, confirmed_in_time=True)
        & (Q(look_again_on__gte=today, status__in=OPEN) | Q(status__in=[Status.DONE, Status.SIGNED_OFF])),
        "check_not_due": to_check & Q(review_on__gt=today),
        "check_overdue": to_check & (Q(review_on__lte=today) | Q(review_on=None)),
        "step_only": unreviewed & Q(step_only=True),
    }
    withdrawn = {f"withdrawn_{key}": Q(withdrawal=key, status=Status.WITHDRAWN) for key in Withdrawal.values}
    verdicts = {verdict: Q(verdict=verdict) for verdict in Verdict.values}
    return found | withdrawn | verdicts


def read(
    row: dict[str, Any], calendar: Calendar, key: int | None = None, name: str = "", no_measure: bool = False
) -> Figures:
    """A row of `columns` as Figures; an empty one is a group with no action."""
    counts = {column.removeprefix("n_"): value for column, value in row.items()}
    oldest: date | None = counts.pop("oldest_due_on", None)
    typical: float | None = counts.pop("moved_typical", None)
    colours = {k: counts.pop(f"colour_{k}", 0) for k in COLOURS}
    colours |= {k: counts.get(k, 0) for k in ("complete", "awaiting")}
    return Figures(
        key=key,
        name=name,
        overdue_longest_days=(calendar.today - oldest).days if oldest else None,
        overdue_longest_meetings=calendar.held_since(oldest) if oldest else None,
        moved_typical_days=None if typical is None else round(typical),
        moved_longest_days=counts.pop("moved_longest", None),
        no_measure=no_measure,
        withdrawn={k: counts.pop(f"withdrawn_{k}", 0) for k in Withdrawal.values},
        colours=colours | {"silent": counts.get("counted", 0) - sum(colours.values())},
        **counts,
    )
