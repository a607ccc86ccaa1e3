"""The trend: a board's figures as they stood at each month's end, kept as it passes.

What was missed is not made up. Until somebody changes the board it still stands as it did at the month's end, and is
counted late; after that the month has no figures, and the trend says so.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from actions import trail
from actions.models import Action, Board, Commitment, Event, MonthEnd, Seat
from actions.rollup.commitments import CommitmentFigures, commitments
from actions.rollup.counting import Figures
from actions.rollup.grouping import figures

log = logging.getLogger(__name__)

DAY = timedelta(days=1)
BACK = 12  # months after which nobody asks for what was missed
SHOWN = 13  # a year, and the same month of the year before


@dataclass(frozen=True)
class Month:
    """`figures` is None where that month's were not kept, and where the priority asked for had none then; `made` also
    of any one priority: commitments are kept of the whole board alone."""

    on: date
    figures: Figures | None = None
    made: CommitmentFigures | None = None
    kept: bool = False


def kept_months(seat: Seat, today: date) -> QuerySet[MonthEnd]:
    """What was kept of the month ends that the trend shows, up to today."""
    return MonthEnd.objects.on_board_of(seat).filter(on__in=_shown(today))


def trend_of(kept: dict[date, dict[str, Any]], today: date, priority: int | None) -> list[Month]:
    """The month ends up to today from the first that is kept, the latest last. `kept`: figures by day.

    `priority` is the id of one: its figures instead of the board's.
    """
    first = min(kept, default=None)
    return [_month(on, kept.get(on), priority) for on in _shown(today) if first and on >= first]


def first_shown(today: date) -> date:
    """The earliest day that the trend can show."""
    return _shown(today)[0]


def figures_then(
    whole: dict[str, Any], priorities: list[dict[str, Any]], priority: int | None
) -> Figures | None:
    """What was kept or printed of the board, or of that priority: None where it had no figures then."""
    if priority is None:
        return known(Figures, whole)  # type: ignore[no-any-return]
    return next((known(Figures, one) for one in priorities if one["key"] == priority), None)


def keep_months(now: datetime) -> None:
    """Of every board that lacks the last month's end. A board that fails does not stop the others."""
    last = _back(now.astimezone(Board.tz).date(), 0)
    lines = Event.objects.filter(board=OuterRef("pk")).order_by("-seq").values("at")[:1]
    lacking = Board.objects.exclude(pk__in=MonthEnd.objects.filter(on=last).values("board"))
    for board in lacking.annotate(last_at=Subquery(lines)).filter(last_at__lt=_end(last)):
        try:
            _catch_up(board, last)
        except Exception:
            log.exception("The month end of board %s could not be kept", board.slug)


@transaction.atomic
def _catch_up(board: Board, last: date) -> None:
    """With the board's head held: nobody changes it between the look and the count."""
    trail.lock_head(board)
    changed_at = Event.objects.filter(board=board).order_by("-seq").values_list("at", flat=True).first()
    for on in (_back(last + DAY, number) for number in range(BACK)):
        if changed_at is None or changed_at >= _end(on):
            return
        keep(board, on)


def keep(board: Board, on: date) -> None:
    """The board's figures as it stands now, as those of that month's end. What is kept already stays."""
    if MonthEnd.objects.filter(board=board, on=on).exists():
        return
    calendar = board.calendar(on)
    actions = Action.objects.filter(board=board)
    (whole,) = figures(actions, calendar)
    found = {
        "whole": asdict(whole),
        "commitments": asdict(commitments(Commitment.objects.filter(board=board), on)),
        "priority": [
            asdict(one) for one in figures(actions, calendar, by="priority", seat=Seat(board=board))
        ],
    }
    MonthEnd.objects.bulk_create([MonthEnd(board=board, on=on, figures=found)], ignore_conflicts=True)


def month_ends(first: date, last: date) -> list[date]:
    """Those from one day to another, both included."""
    found, on = [], _back(last + DAY, 0)
    while on >= first:
        found.append(on)
        on = _back(on, 0)
    return found[::-1]


def _shown(today: date) -> list[date]:
    return [_back(today, number) for number in reversed(range(SHOWN))]


def _back(today: date, months: int) -> date:
    """The last month's end before today, or one so many months earlier."""
    on = today.replace(day=1) - DAY
    for _ in range(months):
        on = on.replace(day=1) - DAY
    return on


def _end(on: date) -> datetime:
    """When that day is over, where the board is."""
    return datetime.combine(on + DAY, time.min, tzinfo=Board.tz)


def _month(on: date, kept: dict[str, Any] | None, priority: int | None) -> Month:
    if kept is None:
        return Month(on)
    made = known(CommitmentFigures, kept["commitments"]) if priority is None else None
    return Month(on, figures_then(kept["whole"], kept["priority"], priority), made, kept=True)


def known(kind: type[Any], kept: dict[str, Any]) -> Any:
    """What was kept before a figure came to be, or after it went, still reads."""
    names = {one.name for one in fields(kind)}
    return kind(**{name: value for name, value in kept.items() if name in names})
