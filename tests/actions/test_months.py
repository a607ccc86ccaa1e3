"""A board's figures at each month's end: kept as it passes, once, and never made up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from actions import progress, reporting, rollup
from actions.models import MonthEnd
from actions.models.board import UK
from notifications import tasks
from tests.factories import World, action, world

pytestmark = pytest.mark.django_db

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)


@pytest.fixture
def w(time_machine: Any) -> World:
    time_machine.move_to("2026-06-30T12:00:00+01:00")
    made = world()
    action(made, due_on=date(2026, 6, 30))
    return made


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UK)


def kept(w: World) -> list[tuple[date, int, int]]:
    ends = MonthEnd.objects.filter(board=w.board)
    return [(one.on, one.figures["whole"]["counted"], one.figures["whole"]["overdue"]) for one in ends]


def test_the_engine_keeps_the_month_that_has_ended_as_it_stood_on_its_last_day(w: World) -> None:
    tasks.run(clock=lambda: at("2026-06-30T23:59:00"))
    before = kept(w)

    tasks.run(clock=lambda: at("2026-07-01T00:01:00"))

    assert before == []
    assert kept(w) == [(JUNE, 1, 0)]  # due on the last day, so not overdue on it


def test_run_twice_it_keeps_one_and_a_later_change_leaves_it(w: World, time_machine: Any) -> None:
    rollup.keep_months(at("2026-07-01T00:01:00"))
    time_machine.move_to("2026-07-02T12:00:00+01:00")
    action(w)

    rollup.keep_months(at("2026-07-02T12:01:00"))

    assert kept(w) == [(JUNE, 1, 0)]


def test_months_missed_are_kept_late_while_nobody_has_changed_the_board(w: World) -> None:
    rollup.keep_months(at("2026-09-10T09:00:00"))

    assert kept(w) == [(JUNE, 1, 0), (date(2026, 7, 31), 1, 1), (date(2026, 8, 31), 1, 1)]


def test_a_month_missed_before_a_change_is_never_made_up(w: World, time_machine: Any) -> None:
    time_machine.move_to("2026-07-01T08:00:00+01:00")
    progress.finish(
        w.board.actions.get(), words="Done", done_on=JUNE, by=w.alice, version=1, today=date(2026, 7, 1)
    )

    for moment in ("2026-07-01T09:00:00", "2026-08-01T00:01:00"):
        rollup.keep_months(at(moment))

    assert kept(w) == [(date(2026, 7, 31), 1, 0)]


def test_a_gap_in_the_trend_is_shown_as_one(w: World, time_machine: Any) -> None:
    rollup.keep_months(at("2026-07-01T00:01:00"))
    time_machine.move_to("2026-08-02T08:00:00+01:00")
    action(w)
    rollup.keep_months(at("2026-09-01T00:01:00"))

    found = reporting.trend(w.mo, date(2026, 9, 1))

    assert [(one.on, one.figures and one.figures.counted) for one in found] == [
        (JUNE, 1),
        (date(2026, 7, 31), None),
        (date(2026, 8, 31), 2),
    ]


def test_a_board_without_a_line_or_younger_than_the_month_keeps_nothing(w: World) -> None:
    world("mercia")

    rollup.keep_months(at("2026-06-30T13:00:00"))

    assert not MonthEnd.objects.exists()


def test_one_board_that_fails_does_not_stop_the_others(w: World, monkeypatch: Any) -> None:
    other = world("mercia")
    action(other)
    real = rollup.months.keep
    monkeypatch.setattr(
        rollup.months, "keep", lambda board, on: 1 / 0 if board.slug == "mercia" else real(board, on)
    )

    rollup.keep_months(at("2026-07-01T00:01:00"))

    assert (len(kept(w)), len(kept(other))) == (1, 0)


def test_figures_that_came_to_be_later_are_read_as_none(w: World) -> None:
    rollup.keep_months(at("2026-07-01T00:01:00"))
    one = MonthEnd.objects.get()
    del one.figures["whole"]["confirmed"]
    one.figures["whole"]["gone"] = 7
    one.save()

    (month,) = reporting.trend(w.mo, date(2026, 7, 2))

    assert month.figures
    assert (month.figures.counted, month.figures.confirmed) == (1, 0)
    assert month.made == rollup.CommitmentFigures()


def test_no_month_before_the_first_that_was_kept_is_shown(w: World) -> None:
    assert reporting.trend(w.mo, date(2026, 7, 2)) == []
    assert rollup.months.month_ends(date(2026, 5, 31), date(2026, 6, 30)) == [MAY, JUNE]
