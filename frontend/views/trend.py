"""How the board, or one of its priorities, stood at each month's end, and on the days for which papers were issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions import reporting
from actions.models import Priority
from actions.rag import Scheme
from actions.reporting import Point
from frontend.colours import tones
from frontend.context import BoardRequest

# Of the chart: of all, of a month, of a day between, between two; above and below the columns, for words.
HEIGHT, WIDTH, NARROW, GAP, ABOVE, BELOW = 160, 40, 20, 12, 24, 26


class Choice(forms.Form):
    """The whole board, or one priority; those of each plan together."""

    priority = forms.ChoiceField(
        label="Figures of",
        required=False,
        error_messages={"invalid_choice": "Choose one of this board’s priorities, or the whole board."},
    )

    def __init__(self, data: Any, priorities: Iterable[Priority]) -> None:
        super().__init__(data)
        self.names = {str(one.pk): str(one) for one in priorities}
        of_plans: dict[str, list[tuple[str, str]]] = {}
        for one in priorities:
            of_plans.setdefault(one.plan.name, []).append((str(one.pk), str(one)))
        choices: Any = [("", "The whole board"), *of_plans.items()]
        self.fields["priority"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> int | None:
        """Its id; None is the whole board."""
        key = self.cleaned_data.get("priority") if self.is_valid() else ""
        return int(key) if key else None


@dataclass(frozen=True)
class Part:
    tone: str
    y: float
    height: float


@dataclass(frozen=True)
class Column:
    """One day of the chart: its parts from the bottom up, none where it has no figures; its month, and how many are
    counted, to stand beneath and above it."""

    x: int
    width: int
    parts: list[Part]
    month: str
    counted: int
    top: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Row:
    """The same day in the table: the words and the value of each cell."""

    point: Point
    cells: list[tuple[str, str | int]]


@require_safe
def show(request: BoardRequest, board: str) -> HttpResponse:
    seat = request.seat
    priorities = list(Priority.objects.visible_to(seat).select_related("plan"))
    form = Choice(request.GET, priorities)
    chosen = form.chosen
    points = reporting.trend(seat, seat.board.today, priority=chosen)
    scheme = seat.board.scheme
    columns = _columns(points, scheme)
    page = {
        "here": "summary_trend",
        "form": form,
        "priorities": priorities,
        "of": form.names[str(chosen)] if chosen else "",
        "points": points,
        "any": any(point.figures for point in points),
        "papers": any(point.printed for point in points),
        "columns": columns,
        "width": columns[-1].x + columns[-1].width + GAP // 2 if columns else 0,
        "height": HEIGHT,
        "above": ABOVE,
        "all_of_it": ABOVE + HEIGHT + BELOW,
        "colours": tones(scheme),
        "rows": [Row(point, _cells(point, scheme)) for point in reversed(points)],
    }
    return render(request, "frontend/summary/trend.html", page)


def _cells(point: Point, scheme: Scheme) -> list[tuple[str, str | int]]:
    f = point.figures
    if f is None:
        return []
    colours: list[tuple[str, str | int]] = [(words, f.colours.get(key, 0)) for key, words, _ in tones(scheme)]
    changed = f"{f.embedded} of {f.ever_signed_off}"
    return [*colours, ("Overdue", f.overdue), ("Date has moved", f.moved), ("Practice has changed", changed)]


def _columns(points: list[Point], scheme: Scheme) -> list[Column]:
    most = max((point.figures.counted for point in points if point.figures), default=0) or 1
    columns, x = [], GAP // 2
    for point in points:
        width = WIDTH if point.month_end else NARROW
        month = f"{point.on:%b}" if point.month_end else ""
        counted = point.figures.counted if point.figures else 0
        parts = _parts(point, most, scheme)
        columns.append(Column(x, width, parts, month, counted, parts[-1].y if parts else HEIGHT))
        x += width + GAP
    return columns


def _parts(point: Point, most: int, scheme: Scheme) -> list[Part]:
    parts, top = [], float(HEIGHT)
    for key, _, tone in tones(scheme) if point.figures else []:
        height = HEIGHT * point.figures.colours.get(key, 0) / most if point.figures else 0
        top -= height
        if height:
            parts.append(Part(tone, round(top, 1), round(height, 1)))
    return parts
