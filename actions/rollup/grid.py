"""Agency by priority: who does what for which priority, and how it stands. One statement, names included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import F, IntegerField, Value
from django.db.models.functions import Cast

from actions.models import Action, Seat
from actions.rag import Calendar
from actions.rollup.board import remembered
from actions.rollup.counting import COLOURS, Figures, columns, read
from actions.rollup.grouping import GROUPS, Grouped, as_text, empty, merge

CELL = ("counted", "due_by_now", "complete_of_due", "complete", "awaiting", "overdue", "continuing")
COUNTED = tuple(f"n_{name}" for name in (*CELL, *(f"colour_{colour}" for colour in COLOURS)))


@dataclass(frozen=True)
class Line:
    """An agency and its cells, in the order of the grid's priorities; `whole` adds them up."""

    whole: Figures
    cells: list[Figures]


@dataclass(frozen=True)
class Grid:
    """Each action that counts is in exactly one cell. Of Figures, only those in CELL and the colours are counted."""

    priorities: list[Figures]
    lines: list[Line]
    whole: Figures


def grid_of_board(seat: Seat, calendar: Calendar) -> Grid:
    """Remembered as the board's other figures are."""
    return remembered(seat, calendar, "grid", lambda: grid(seat, calendar))


def grid(seat: Seat, calendar: Calendar) -> Grid:
    rows = list(_statement(seat.board_id, calendar).all())
    across = _along("priority", rows)
    down = _along("agency", rows)
    counts: defaultdict[Any, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    for row in rows:
        if row["axis"] == "":
            counts[row["group"], row["other"]] = {name: row[name] for name in COUNTED}
    lines = []
    for agency in down:
        cells = [counts[agency.key, priority.key] for priority in across]
        named = [read(cell, calendar, one.key, one.name) for cell, one in zip(cells, across, strict=True)]
        lines.append(Line(_sum(cells, calendar, agency), named))
    columns = [_sum((counts[one.key, two.key] for one in down), calendar, two) for two in across]
    return Grid(columns, lines, _sum(counts.values(), calendar))


@lru_cache(maxsize=16)
def _statement(board: int, calendar: Calendar) -> Any:
    """The cells, with the names along both sides as rows of noughts. Built once a day for a board, never run itself."""
    seat = Seat(board_id=board)
    every = columns(calendar)
    counts = {name: every[name] for name in COUNTED}
    nobody = Cast(Value(None), IntegerField())
    cells = Action.objects.on_board_of(seat).order_by()
    sides = [
        empty(GROUPS[axis], seat, calendar.today, counts).annotate(other=nobody, axis=as_text(Value(axis)))
        for axis in ("agency", "priority")
    ]
    return (
        cells.values(
            group=F("agency_id"),
            group_name=as_text(Value("")),
            group_first=as_text(Value("")),
            group_measured=Value(True),
        )
        .annotate(**counts, other=F("priority_id"), axis=as_text(Value("")))
        .union(*sides, all=True)
        .order_by()
    )


def _along(axis: str, rows: Iterable[dict[str, Any]]) -> list[Grouped]:
    """The groups along one side, in their order; "none" last, and only where something counts in it."""
    side = "group" if axis == "agency" else "other"
    mine = [row for row in rows if row["axis"] == axis]
    used = [
        row | {"group": row[side]}
        for row in rows
        if row["axis"] == "" and (row["n_counted"] or row["n_continuing"] or row[side] is not None)
    ]
    about = ("group", "group_name", "group_first", "group_measured")
    return merge(({name: row[name] for name in about} for row in [*used, *mine]), GROUPS[axis])


def _sum(cells: Iterable[dict[str, Any]], calendar: Calendar, of: Grouped | None = None) -> Figures:
    total: dict[str, Any] = dict.fromkeys(COUNTED, 0)
    for cell in cells:
        for name in COUNTED:
            total[name] += cell[name]
    return read(total, calendar, of.key if of else None, of.name if of else "")
