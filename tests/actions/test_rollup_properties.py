"""Figures of random boards: the parts add up to the whole whatever the data, and the SQL agrees with a plain count.

Rows are written past the verbs, so that states which no verb leads to are counted too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import rollup
from actions.models import OPEN, Action, Agency, Answer, Commitment, Priority, Status, Verdict, Withdrawal
from actions.rag import Calendar
from tests.factories import TODAY, World, source, world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DAY = timedelta(days=1)
MET = (TODAY - 20 * DAY, TODAY - 70 * DAY)
CALENDAR = Calendar(TODAY, held=MET, cut_offs={None: (MET[0], MET[1])})
DAYS = st.sampled_from([TODAY + n * DAY for n in (-400, -71, -70, -28, -20, -1, 0, 1, 84, 85, 400)])
MAYBE = st.one_of(st.none(), DAYS)
PLACES = st.integers(0, 2)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(Status.values),
            "verdict": st.sampled_from(["", *Verdict.values]),
            "withdrawal": st.sampled_from(Withdrawal.values),
            "confidence": st.sampled_from(["", "on_track", "at_risk", "off_track"]),
            "review_on": MAYBE,
            "said_on": MAYBE,
            "start_on": MAYBE,
            "planned_on": DAYS,
            "due_on": DAYS,
            "first_due_on": DAYS,
            "done_on": DAYS,
            "look_again_on": DAYS,
            "times_moved": PLACES,
            "step_only": st.booleans(),
            "asks_board": st.booleans(),
            "continuing": st.booleans(),
            "confirmed_in_time": st.booleans(),
            "agency": PLACES,
            "priority": PLACES,
            "owner": st.integers(0, 1),
            "subgroup": st.integers(0, 1),
            "answers": st.sets(PLACES),
        }
    ),
    max_size=12,
)


def written(w: World, rows: list[dict[str, Any]]) -> list[Action]:
    """Continuing work has no due date, as the product keeps it."""
    second = Priority.objects.create(board=w.board, plan=w.priority.plan, number=2, name="Prevention")
    places: dict[str, tuple[Any, ...]] = {
        "agency": (None, w.police, w.council),
        "priority": (None, w.priority, second),
        "owner": (w.alice, w.dan),
        "subgroup": (None, w.subgroup),
    }
    said = [commitment(w, number) for number in range(3)]
    made = []
    for number, row in enumerate(rows, 1):
        about = {name: value for name, value in row.items() if name not in (*places, "answers")}
        about |= {name: values[row[name]] for name, values in places.items()}
        if about["continuing"]:
            about |= {"due_on": None, "first_due_on": None}
        made.append(Action(board=w.board, number=number, title="Any", **about))
    Action.objects.bulk_create(made)
    Answer.objects.bulk_create(
        Answer(action=one, commitment=said[place], source=said[place].source)
        for one, row in zip(made, rows, strict=True)
        for place in row["answers"]
    )
    return made


def commitment(w: World, number: int) -> Commitment:
    """The first two of one source, the third of another."""
    of = source(w) if number != 1 else w.board.sources.get(title="SAR Katherine")
    if number == 2:
        of.title = "SAR Aziza"
        of.save()
    about = {"number": number + 1, "kind": "finding", "words": "Check"}
    return Commitment.objects.create(board=w.board, source=of, **about)


# -- the same in plain Python ---------------------------------------------------------------------------------

COUNTED = {Status.PLANNED, Status.STARTED, Status.ON_HOLD, Status.DONE, Status.SIGNED_OFF}
RUNNING = {Status.PLANNED, Status.STARTED}


def colour(a: Action) -> str:
    """As the design lists them: the first that holds."""
    if a.status == Status.SIGNED_OFF:
        return "complete"
    if a.status == Status.DONE:
        return "awaiting"
    if a.status == Status.ON_HOLD or (a.status == Status.PLANNED and a.start_on and a.start_on > TODAY):
        return "waiting"
    if a.confidence == "off_track" or (a.due_on and a.due_on < MET[1]):
        return "red"
    if a.confidence == "at_risk" or (a.due_on and a.due_on < TODAY):
        return "amber"
    last = MET[0] if a.subgroup is None else TODAY - 90 * DAY
    return "green" if a.confidence == "on_track" and a.said_on and a.said_on > last else "silent"


def counts(a: Action) -> bool:
    return a.status in COUNTED and not a.continuing


def silent(a: Action) -> bool:
    before_last = MET[1] if a.subgroup is None else TODAY - 90 * DAY
    return a.status in RUNNING and not a.continuing and (a.said_on or a.planned_on) <= before_last


def late(a: Action) -> bool:
    return a.status in RUNNING and a.due_on is not None and a.due_on < TODAY


def impact(a: Action) -> str:
    if a.verdict or a.status != Status.SIGNED_OFF:
        return str(a.verdict)
    if a.step_only:
        return "step_only"
    return "check_not_due" if a.review_on and a.review_on > TODAY else "check_overdue"


def confirmed(a: Action) -> bool:
    going = a.status in OPEN and a.look_again_on is not None and a.look_again_on >= TODAY
    return a.continuing and a.confirmed_in_time and (going or a.status in (Status.DONE, Status.SIGNED_OFF))


def complete(a: Action) -> bool:
    return counts(a) and a.status == Status.SIGNED_OFF


PLAIN: dict[str, Callable[[Any], bool]] = {
    "counted": counts,
    "due_by_now": lambda a: counts(a) and a.due_on <= TODAY,
    "complete_of_due": lambda a: complete(a) and a.due_on <= TODAY,
    "complete": complete,
    "awaiting": lambda a: counts(a) and a.status == Status.DONE,
    "overdue": late,
    "overdue_two_meetings": lambda a: late(a) and a.due_on < MET[1],
    "silent": silent,
    "on_hold": lambda a: counts(a) and a.status == Status.ON_HOLD,
    "open": lambda a: a.status in OPEN,
    "asks_board": lambda a: a.status in OPEN and a.asks_board,
    "due_soon": lambda a: a.status in OPEN and bool(a.due_on) and TODAY <= a.due_on <= TODAY + 84 * DAY,
    "on_time": lambda a: complete(a) and a.done_on <= a.first_due_on,
    "on_time_last": lambda a: complete(a) and a.done_on <= a.due_on,
    "moved": lambda a: counts(a) and a.times_moved > 0,
    "continuing": lambda a: a.continuing and a.status in COUNTED,
    "confirmed": confirmed,
} | {name: lambda a, name=name: impact(a) == name for name in rollup.IMPACT}


def plain(actions: list[Action], key: int | None = None, name: str = "") -> rollup.Figures:
    days_late = [(TODAY - a.due_on).days for a in actions if late(a) and a.due_on]
    shifts = [(a.due_on - a.first_due_on).days for a in actions if PLAIN["moved"](a)]  # type: ignore[operator]
    gone = [a.withdrawal for a in actions if a.status == Status.WITHDRAWN]
    colours = [colour(a) for a in actions if counts(a)]
    return rollup.Figures(
        key=key,
        name=name,
        overdue_longest_days=max(days_late, default=None),
        overdue_longest_meetings=_meetings(max(days_late)) if days_late else None,
        moved_typical_days=round(median(shifts)) if shifts else None,
        moved_longest_days=max(shifts, default=None),
        withdrawn={reason: gone.count(reason) for reason in Withdrawal.values},
        colours={one: colours.count(one) for one in ALL_COLOURS},
        **{figure: sum(map(which, actions)) for figure, which in PLAIN.items()},
    )


ALL_COLOURS = ("red", "amber", "green", "waiting", "complete", "awaiting", "silent")


def _meetings(days_late: int) -> int:
    return sum(met > TODAY - days_late * DAY for met in MET)


def asked(count: Callable[[], Any]) -> Any:
    """What it counts, in one statement."""
    with CaptureQueriesContext(connection) as queries:
        found = count()
    assert len(queries) == 1
    return found


SETS = settings(max_examples=25, deadline=None)


@SETS
@given(rows=ROWS)
def test_every_figure_of_a_random_board_agrees_with_a_plain_count(rows: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        w = world()
        actions = written(w, rows)
        everything = Action.objects.on_board_of(w.mo)

        (whole,) = asked(lambda: rollup.figures(everything, CALENDAR))
        listed = {
            name: set(everything.filter(rollup.is_in(name, CALENDAR)).values_list("pk", flat=True))
            for name in PLAIN
        }
        transaction.set_rollback(True)

    assert whole == plain(actions)
    assert listed == {name: {a.pk for a in actions if which(a)} for name, which in PLAIN.items()}


@SETS
@given(rows=ROWS)
def test_the_groups_of_a_random_board_agree_with_a_plain_count_and_add_up(rows: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        w = world()
        actions = written(w, rows)
        everything = Action.objects.on_board_of(w.mo)
        (whole,) = rollup.figures(everything, CALENDAR)
        found = {
            by: asked(lambda by=by: rollup.figures(everything, CALENDAR, by=by, seat=w.mo))  # type: ignore[misc]
            for by in rollup.GROUPS
        }
        sources: dict[int, set[int | None]] = {a.pk: set() for a in actions}
        for action, of in Answer.objects.values_list("action", "source"):
            sources[action].add(of)
        transaction.set_rollback(True)

    for by, groups in found.items():
        for one in groups:
            mine = [
                a
                for a in actions
                if one.key in (sources[a.pk] or {None} if by == "source" else {getattr(a, f"{by}_id")})
            ]
            assert unmeasured(one) == plain(mine, one.key, one.name)
        if by != "source":  # an action may answer several
            assert {name: sum(getattr(one, name) for one in groups) for name in PLAIN} == {
                name: getattr(whole, name) for name in PLAIN
            }
            for kind in ("withdrawn", "colours"):
                parts = [getattr(one, kind) for one in groups]
                assert {key: sum(part[key] for part in parts) for key in parts[0]} == getattr(whole, kind)
    assert sum(whole.colours.values()) == whole.counted
    assert whole.ever_signed_off == sum(getattr(whole, name) for name in rollup.IMPACT)
    assert whole.complete_of_due <= min(whole.complete, whole.due_by_now) <= whole.counted


def unmeasured(f: rollup.Figures) -> rollup.Figures:
    return rollup.Figures(**{one.name: getattr(f, one.name) for one in fields(f)} | {"no_measure": False})


@SETS
@given(rows=ROWS)
def test_the_cells_of_a_random_grid_agree_with_a_plain_count_and_add_up(rows: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        w = world()
        actions = written(w, rows)
        Agency.objects.create(board=w.board, name="Wessex Fire", short_name="Fire")
        grid = asked(lambda: rollup.grid(w.mo, CALENDAR))
        transaction.set_rollback(True)

    assert [one.key for one in grid.priorities][:2] == [w.priority.pk, w.priority.pk + 1]
    assert {line.whole.name for line in grid.lines} >= {"Wessex Police", "Wessex Council", "Wessex Fire"}
    for line in grid.lines:
        for cell in line.cells:
            mine = [a for a in actions if (a.agency_id, a.priority_id) == (line.whole.key, cell.key)]
            assert some(cell) == some(plain(mine))
        assert some(line.whole) == total(line.cells)
    assert [some(one) for one in grid.priorities] == [
        total([line.cells[place] for line in grid.lines]) for place in range(len(grid.priorities))
    ]
    assert some(grid.whole) == total(grid.priorities) == some(plain(actions))


def some(f: rollup.Figures) -> dict[str, int]:
    return {name: getattr(f, name) for name in rollup.CELL} | f.colours


def total(cells: list[rollup.Figures]) -> dict[str, int]:
    return {name: sum(some(cell)[name] for cell in cells) for name in some(rollup.Figures())} | {
        one: sum(cell.colours[one] for cell in cells) for one in ALL_COLOURS
    }
