"""The API's figures beyond those of today: grid, period, since, trend, each as the page has it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from actions import progress, rollup
from actions.api import figures as shapes
from actions.models import Commitment, Meeting
from actions.models.board import UK
from tests.actions.api.test_reading import api
from tests.factories import TODAY, World, action, priority, source, world

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def w(time_machine: Any) -> World:
    time_machine.move_to(f"{TODAY}T12:00:00+01:00")
    return world()


def test_the_grid_has_each_agencys_cells_in_the_order_of_the_priorities(w: World) -> None:
    second = priority(w.board, 2, "Prevention")
    action(w, due_on=TODAY - 40 * DAY)
    action(w, owner=w.dan, priority=second)
    action(w, owner=w.mo, priority=second, subgroup=None)

    grid = api(w.dan).get("rollup/grid/")[1]

    assert list(grid) == list(shapes.GridShape().fields)
    assert set(grid["whole"]) == set(shapes.CellShape().fields)
    assert [one["name"] for one in grid["priorities"]] == ["1. Making safeguarding personal", "2. Prevention"]
    assert [
        (line["agency"]["name"], [(cell["counted"], cell["worst"]) for cell in line["cells"]])
        for line in grid["lines"]
    ] == [
        ("Wessex Council", [(0, ""), (1, "silent")]),
        ("Wessex Police", [(1, "red"), (0, "")]),
        ("No agency", [(0, ""), (1, "silent")]),
    ]
    assert grid["whole"]["said"] == "0 of 3 counted"


def test_how_far_commitments_have_got_by_priority_and_as_a_whole(w: World) -> None:
    about = {"board": w.board, "source": source(w), "kind": "finding", "words": "Ask"}
    Commitment.objects.create(number=1, priority=w.priority, **about)
    Commitment.objects.create(number=2, **about)

    whole = api(w.dan).get("rollup/commitments/")[1]
    groups = api(w.dan).get("rollup/commitments/", by="priority")[1]

    assert list(whole) == list(shapes.CommitmentsShape().fields)
    assert [list(one) for one in whole["figures"]] == [list(shapes.CommitmentGroupShape().fields)]
    assert whole["figures"][0]["said"]["no_action"] == "2 of 2 made"
    assert [(one["name"], one["figures"]["made"]) for one in groups["figures"]] == [
        ("1. Making safeguarding personal", 1),
        ("No priority", 1),
    ]
    assert api(w.dan).get("rollup/commitments/", by="owner")[0] == 400


def test_a_period_by_agency_and_as_a_whole(w: World) -> None:
    action(w)

    whole = api(w.dan).get("rollup/period/", first=TODAY)[1]
    groups = api(w.dan).get("rollup/period/", first=TODAY - DAY, last=TODAY, by="agency")[1]

    assert list(whole) == list(shapes.PeriodShape().fields)
    assert [list(one) for one in whole["figures"]] == [list(shapes.HappeningsShape().fields)]
    assert [one["raised"] for one in whole["figures"]] == [1]
    assert {one["name"]: one["raised"] for one in groups["figures"]} == {
        "Wessex Police": 1,
        "Wessex Council": 0,
    }


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "first"),
        ({"first": "soon"}, "first"),
        ({"first": TODAY, "last": TODAY - DAY}, "last"),
        ({"first": TODAY, "by": "title"}, "by"),
    ],
)
def test_a_period_that_cannot_be_is_refused_with_its_place(
    w: World, asked: dict[str, Any], field: str
) -> None:
    status, answer = api(w.dan).get("rollup/period/", **asked)

    assert (status, list(answer)) == (400, [field])


def test_since_the_boards_last_meeting_or_a_day_that_is_given(w: World) -> None:
    Meeting.objects.create(
        board=w.board, meets_on=TODAY - 20 * DAY, cut_off_on=TODAY - 34 * DAY, state="held"
    )
    moved = action(w, due_on=TODAY - 3 * DAY)
    progress.reschedule(
        moved, due_on=TODAY + 9 * DAY, by=w.bob, reason="Room", version=1, today=TODAY - 30 * DAY
    )
    action(w, due_on=TODAY - 3 * DAY)

    last = api(w.dan).get("rollup/since/")[1]
    longer = api(w.dan).get("rollup/since/", on=TODAY - 40 * DAY)[1]

    assert set(last) == set(shapes.SinceShape().fields)
    assert (last["since"], last["newly_overdue"], last["moved"]) == (str(TODAY - 20 * DAY), 1, 0)
    assert (longer["newly_overdue"], longer["moved"]) == (1, 1)
    assert api(w.dan).get("rollup/since/", on="soon")[0] == 400


def test_the_trend_has_each_month_that_was_kept(w: World, time_machine: Any) -> None:
    action(w)
    empty = api(w.dan).get("rollup/trend/")[1]["months"]
    time_machine.move_to("2026-07-02T12:00:00+01:00")
    rollup.keep_months(datetime(2026, 7, 2, tzinfo=UK))

    (month,) = api(w.dan).get("rollup/trend/")[1]["months"]

    assert empty == []
    assert list(month) == list(shapes.PointShape().fields)
    assert (month["on"], month["figures"]["said"]["complete"]) == ("2026-06-30", "0 of 1 counted")
    assert month["commitments"]["made"] == 0
