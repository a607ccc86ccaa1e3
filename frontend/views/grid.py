"""Agency by priority: one coloured cell for what each agency does for each priority, with words and a way to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions import rollup
from actions.rag import Scheme
from actions.rollup import Figures, Grid
from frontend.colours import tones
from frontend.context import BoardRequest, address
from frontend.figures import Lists


@dataclass(frozen=True)
class Cell:
    """`words` say what its colour means, and of how many: “2 off track”."""

    figures: Figures
    of: str
    tone: str
    words: str
    url: str
    continuing_url: str


@dataclass(frozen=True)
class Row:
    name: str
    cells: list[Cell]


@require_safe
def grid(request: BoardRequest, board: str) -> HttpResponse:
    seat = request.seat
    calendar = seat.calendar(seat.board.today)
    found = rollup.grid_of_board(seat, calendar)
    page = {
        "today": calendar.today,
        "here": "summary_grid",
        "priorities": [one.name for one in found.priorities],
        "rows": _rows(found, Lists(address("actions", board)), seat.board.scheme),
        "colours": tones(seat.board.scheme),
        "empty": not (found.whole.counted or found.whole.continuing),
    }
    return render(request, "frontend/summary/grid.html", page)


def _rows(found: Grid, lists: Lists, scheme: Scheme) -> list[Row]:
    """Each agency with its cells and all of them; below, all agencies."""
    everywhere = Figures(name="All priorities")
    rows = [
        Row(
            line.whole.name,
            [
                _cell(cell, cell.name, lists, scheme, agency=line.whole.key, priority=cell.key)
                for cell in line.cells
            ]
            + [_cell(line.whole, everywhere.name, lists, scheme, agency=line.whole.key)],
        )
        for line in found.lines
    ]
    below = [_cell(one, one.name, lists, scheme, priority=one.key) for one in found.priorities]
    return [*rows, Row("All agencies", [*below, _cell(found.whole, everywhere.name, lists, scheme)])]


def _cell(f: Figures, of: str, lists: Lists, scheme: Scheme, **groups: int | None) -> Cell:
    own = Lists(lists.url, **{by: "none" if key is None else key for by, key in groups.items()})
    words = f"{f.colours[f.worst]} {scheme[f.worst].words.lower()}" if f.worst else ""
    return Cell(
        figures=f,
        of=of,
        tone=scheme[f.worst].colour if f.worst else "",
        words=words,
        url=own.of(f.counted, figure="counted"),
        continuing_url=own.of(f.continuing, figure="continuing"),
    )
