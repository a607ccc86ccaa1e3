"""Figures of a small board that can be counted by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import measures, progress, rollup
from actions.models import (
    Action,
    Commitment,
    Decision,
    Meeting,
    Plan,
    Priority,
    Response,
    Seat,
    Status,
    Withdrawal,
)
from actions.rag import Calendar
from tests.factories import TODAY, World, action, priority, source, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def signed_off(w: World, *, due_on: date, done_on: date, **changes) -> Action:
    a = action(w, due_on=due_on, **changes)
    evidence = progress.attach(
        a, words="Audit", link="https://example.org/a", by=w.alice, version=1, today=TODAY
    )
    progress.finish(a, words="Done", done_on=done_on, by=w.alice, version=2, today=TODAY)
    return progress.sign_off(
        a, relied_on=[evidence], review_on=date(2026, 12, 1), by=w.bob, version=3, today=TODAY
    )


def test_every_figure_of_a_board_counted_by_hand(w: World) -> None:
    day = timedelta(days=1)
    signed_off(w, due_on=TODAY - day, done_on=TODAY - day)
    signed_off(w, due_on=TODAY - 9 * day, done_on=TODAY - day)
    action(w, due_on=TODAY - 40 * day)  # red: late by more than 28 days
    late = action(w, due_on=TODAY - 3 * day)  # amber
    progress.reschedule(
        late, due_on=TODAY + 7 * day, by=w.bob, reason="Room", version=1, today=TODAY - 4 * day
    )
    Action.objects.filter(pk=late.pk).update(due_on=TODAY - 2 * day)  # moved, and late again
    on_track = action(w, due_on=TODAY + 30 * day)
    progress.update(
        on_track,
        confidence="on_track",
        words="Half",
        needed_from_board="A letter",
        by=w.alice,
        version=1,
        today=TODAY,
    )
    done = action(w, due_on=TODAY + day)
    progress.finish(done, words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY)
    action(w, due_on=None, look_again_on=TODAY + 90 * day)
    gone = action(w)
    Action.objects.filter(pk=gone.pk).update(status=Status.WITHDRAWN, withdrawal=Withdrawal.DUPLICATE)
    action(w, due_on=TODAY + 400 * day)  # silent, far ahead
    Action.objects.filter(title__startswith="Brief", due_on=TODAY + 400 * day).update(
        planned_on=date(2026, 1, 1)
    )

    with CaptureQueriesContext(
        connection,
    ) as queries:
        (found,) = rollup.figures(Action.objects.visible_to(w.mo), Calendar(TODAY))

    assert len(queries) == 1
    assert found == rollup.Figures(
        counted=7,
        due_by_now=4,
        complete_of_due=2,
        complete=2,
        awaiting=1,
        overdue=2,
        overdue_two_meetings=1,
        overdue_longest_days=40,
        overdue_longest_meetings=0,
        silent=1,
        on_hold=0,
        open=5,
        asks_board=1,
        due_soon=1,
        on_time=1,
        on_time_last=1,
        moved=1,
        moved_typical_days=1,
        moved_longest_days=1,
        continuing=1,
        check_not_due=2,
        check_overdue=0,
        step_only=0,
        withdrawn={"not_implemented": 0, "referred": 0, "duplicate": 1, "overtaken": 0, "error": 0},
        colours={"complete": 2, "awaiting": 1, "red": 1, "amber": 1, "green": 1, "waiting": 0, "silent": 1},
    )


def test_each_figure_is_said_with_the_whole_that_it_is_a_part_of(w: World) -> None:
    day = timedelta(days=1)
    for on in (TODAY - 30 * day, TODAY - 10 * day):
        Meeting.objects.create(board=w.board, meets_on=on, cut_off_on=on, state="held")
    signed_off(w, due_on=TODAY - day, done_on=TODAY - day)
    action(w, due_on=TODAY - 40 * day)
    moved = action(w, due_on=TODAY + 9 * day)
    progress.reschedule(moved, due_on=TODAY + 20 * day, by=w.bob, reason="Room", version=1, today=TODAY)
    for days_late in (0, 5):
        look = {"look_again_on": TODAY + 30 * day, "due_on": None}
        said = {"by": w.alice, "words": "Each week", "look_again_on": TODAY + 90 * day, "version": 1}
        progress.confirm(action(w, **look), today=TODAY + (30 + days_late) * day, **said)
    gone = action(w)
    progress.withdraw(gone, kind="overtaken", words="Law", by=w.mo, version=1, today=TODAY)

    (found,) = rollup.figures(Action.objects.visible_to(w.mo), w.board.calendar(TODAY))

    assert found.said == {
        "counted": "3 counted",
        "due_by_now": "2 of 3 counted",
        "complete_of_due": "1 of 2 due by now",
        "complete": "1 of 3 counted",
        "awaiting": "0 of 3 counted",
        "overdue": "1 of 3 counted, the longest by 40 days, 2 board meetings held since",
        "overdue_two_meetings": "1 of 3 counted",
        "silent": "0 of 3 counted",
        "on_hold": "0 of 3 counted",
        "open": "4 open",
        "asks_board": "0 of 4 open",
        "due_soon": "1 of 3 counted",
        "on_time": "1 of 1 complete",
        "on_time_last": "1 of 1 complete",
        "moved": "1 of 3 have moved; typically 11 days, longest 11 days",
        "continuing": "2 continuing, 1 confirmed on time",
        "confirmed": "1 of 2 continuing",
        "withdrawn": "1 withdrawn: 1 overtaken by events",
        "embedded": "0 of 1 signed off or checked",
        "partly": "0 of 1 signed off or checked",
        "not_effective": "0 of 1 signed off or checked",
        "check_not_due": "1 of 1 signed off or checked",
        "check_overdue": "0 of 1 signed off or checked",
        "step_only": "0 of 1 signed off or checked",
    }


def test_of_no_actions_every_figure_is_nought(w: World) -> None:
    action(w)
    nothing = rollup.figures(Action.objects.filter(pk=0), Calendar(TODAY))

    assert nothing == rollup.figures(Action.objects.none(), Calendar(TODAY))
    assert (nothing[0].counted, nothing[0].moved_longest_days, sum(nothing[0].colours.values())) == (
        0,
        None,
        0,
    )


@pytest.mark.slow
@pytest.mark.parametrize("by", [None, *rollup.GROUPS])
def test_a_statement_kept_for_the_day_counts_what_has_changed_since(w: World, by: str | None) -> None:
    everything = Action.objects.on_board_of(w.mo)
    for counted in (0, 1, 2):
        fresh = rollup.figures(everything, Calendar(TODAY), by=by, seat=w.mo)

        assert rollup.count_board(w.mo, Calendar(TODAY), by=by) == fresh
        assert sum(one.counted for one in fresh) == counted
        action(w)


@pytest.mark.parametrize("by", rollup.GROUPS)
def test_groups_add_up_to_the_whole_in_one_statement(w: World, by: str) -> None:
    priority(w.board, 10, "Learning")
    priority(w.board, 2, "Prevention")
    for _ in range(3):
        action(w)
    action(w, subgroup=None, owner=w.dan)

    with CaptureQueriesContext(connection) as queries:
        groups = rollup.figures(Action.objects.visible_to(w.mo), Calendar(TODAY), by=by, seat=w.mo)

    assert len(queries) == 1
    assert sum(group.counted for group in groups) == 4


def test_the_figures_of_a_board_are_counted_again_only_after_a_change(w: World) -> None:
    action(w)

    def asked() -> tuple[int, int]:
        seat = Seat.objects.for_request(w.mo.user_id, "wessex").get()
        with CaptureQueriesContext(connection) as queries:
            (found,) = rollup.of_board(seat, seat.calendar(TODAY))
        return found.counted, len(queries)

    assert [asked(), asked()] == [(1, 1), (1, 0)]
    action(w)
    assert [asked(), asked()] == [(2, 1), (2, 0)]


def test_a_priority_without_actions_shows_with_nothing_under_way(w: World) -> None:
    priority(w.board, 10, "Learning")
    priority(w.board, 2, "Prevention")
    action(w)

    groups = rollup.figures(Action.objects.visible_to(w.mo), Calendar(TODAY), by="priority", seat=w.mo)

    assert [(g.name, g.counted, g.nothing_under_way) for g in groups] == [
        ("1. Making safeguarding personal", 1, False),
        ("2. Prevention", 0, True),
        ("10. Learning", 0, True),
    ]


def commitment(w: World, s, number: int) -> Commitment:
    return Commitment.objects.create(
        board=w.board, number=number, source=s, kind="recommendation", words=f"Recommendation {number}"
    )


def test_an_action_that_answers_two_commitments_of_a_source_counts_once_in_it(w: World) -> None:
    katherine, aziza = source(w), source(w, "SAR Aziza", "Aziza")
    first, second, other = commitment(w, katherine, 1), commitment(w, katherine, 2), commitment(w, aziza, 3)
    action(w, commitments=(first, second, other))
    action(w, commitments=(second,))
    action(w)

    groups = rollup.figures(Action.objects.visible_to(w.mo), Calendar(TODAY), by="source", seat=w.mo)

    assert {g.name: g.counted for g in groups} == {"SAR Katherine": 2, "SAR Aziza": 1, "No source": 1}


def test_each_commitment_is_in_exactly_one_state_counted_in_one_statement(w: World) -> None:
    s = source(w)
    made = [commitment(w, s, n) for n in range(1, 6)]
    signed_off(w, due_on=TODAY, done_on=TODAY, commitments=(made[0], made[1]))
    action(w, commitments=(made[1],))
    about = {"board": w.board, "asked_on": TODAY, "due_on": TODAY}
    Response.objects.create(commitment=made[3], agency=w.police, **about)
    taken_back = commitment(w, s, 6)
    taken_back.taken_back = True
    taken_back.save()
    met = Meeting.objects.create(board=w.board, meets_on=TODAY, cut_off_on=TODAY, state="held")
    decided = Decision.objects.create(
        board=w.board, meeting=met, kind="not_implemented", words="Not ours", by=w.mo, recorded_on=TODAY
    )
    decided.commitments.add(made[4])

    with CaptureQueriesContext(connection) as queries:
        found = rollup.commitments(Commitment.objects.visible_to(w.mo), TODAY)

    assert len(queries) == 1
    assert found == rollup.CommitmentFigures(
        made=5, unanswered=1, no_action=1, under_way=1, complete=1, decided=1
    )


def test_red_is_late_by_two_board_meetings_held(w: World) -> None:
    for on in (date(2026, 3, 1), date(2026, 5, 20)):
        Meeting.objects.create(board=w.board, meets_on=on, cut_off_on=on, state="held")
    early, between = action(w, due_on=date(2026, 2, 27)), action(w, due_on=date(2026, 3, 2))

    colours = Action.objects.with_rag(w.mo.calendar(TODAY)).values_list("pk", "rag")

    assert dict(colours) == {early.pk: "red", between.pk: "amber"}


# -- of priorities ------------------------------------------------------------------------------------------


def by_priority(w: World, today: date = TODAY) -> list[rollup.Figures]:
    return rollup.figures(Action.objects.visible_to(w.mo), Calendar(today), by="priority", seat=w.mo)


def test_a_priority_has_a_measure_where_it_its_commitments_or_its_actions_have_one(w: World) -> None:
    of_its_own, of_commitment, of_action = (priority(w.board, n, f"Priority {n}") for n in (2, 3, 4))
    by_things_that_are_gone = priority(w.board, 5, "Priority 5")
    asked, put_back = commitment(w, source(w), 1), commitment(w, source(w), 2)
    asked.priority, put_back.priority, put_back.taken_back = of_commitment, by_things_that_are_gone, True
    asked.save()
    put_back.save()
    dropped = action(w, priority=by_things_that_are_gone)
    about = {"name": "Asked", "source": "Audit", "baseline": Decimal(1), "target": Decimal(2)}
    for thing in (of_its_own, asked, action(w, priority=of_action), put_back, dropped):
        measures.measure(thing, **about, baseline_on=TODAY, by=w.mo, today=TODAY)
    Action.objects.filter(pk=dropped.pk).update(status=Status.WITHDRAWN, withdrawal=Withdrawal.OVERTAKEN)

    with CaptureQueriesContext(connection) as queries:
        groups = by_priority(w)

    assert len(queries) == 1
    assert {group.name: group.no_measure for group in groups} == {
        "1. Making safeguarding personal": True,
        "2. Priority 2": False,
        "3. Priority 3": False,
        "4. Priority 4": False,
        "5. Priority 5": True,
    }


@pytest.mark.parametrize("by", [by for by in rollup.GROUPS if by != "priority"])
def test_of_anything_else_no_measure_is_asked_for(w: World, by: str) -> None:
    action(w)

    groups = rollup.figures(Action.objects.visible_to(w.mo), Calendar(TODAY), by=by, seat=w.mo)

    assert {group.no_measure for group in groups} == {False}


def plan(w: World, name: str, starts_on: date, ends_on: date, *priorities: str) -> dict[str, Priority]:
    made = Plan.objects.create(board=w.board, name=name, starts_on=starts_on, ends_on=ends_on)
    return {
        one: Priority.objects.create(board=w.board, plan=made, number=number, name=one)
        for number, one in enumerate(priorities, 1)
    }


OLD = ("Plan 2022 to 2025", date(2022, 4, 1), date(2025, 3, 31))
NEXT = ("Plan 2026 to 2029", date(2026, 6, 1), date(2029, 3, 31))  # begins before the one that runs has ended
TO_COME = ("Plan 2028 to 2031", date(2028, 4, 1), date(2031, 3, 31))


def test_of_a_plan_that_has_ended_only_what_still_counts_is_shown_with_its_plan(w: World) -> None:
    old = plan(w, *OLD, "Hear the adult", "Prevention", "Voice", "Learning")
    action(w, priority=old["Prevention"])
    action(w, priority=old["Voice"], due_on=None, look_again_on=TODAY + timedelta(days=90))
    for status, under in ((Status.DRAFT, "Hear the adult"), (Status.WITHDRAWN, "Learning")):
        gone = action(w, priority=old[under])
        Action.objects.filter(pk=gone.pk).update(status=status)
    action(w)

    assert [(group.name, group.counted) for group in by_priority(w)] == [
        ("1. Making safeguarding personal", 1),
        ("2. Prevention (Plan 2022 to 2025)", 1),
        ("3. Voice (Plan 2022 to 2025)", 0),
    ]


def test_a_new_plan_that_has_begun_puts_the_one_before_aside(w: World) -> None:
    new = plan(w, *NEXT, "Making safeguarding personal")
    action(w)
    action(w, priority=new["Making safeguarding personal"])

    def names(today: date) -> list[str]:
        return [group.name for group in by_priority(w, today)]

    assert names(NEXT[1] - timedelta(days=1)) == [
        "1. Making safeguarding personal",
        "1. Making safeguarding personal (Plan 2026 to 2029)",
    ]
    assert names(NEXT[1]) == [
        "1. Making safeguarding personal",
        "1. Making safeguarding personal (Strategic plan)",
    ]


def test_a_plan_to_come_waits_until_it_begins_unless_none_runs(w: World) -> None:
    plan(w, *TO_COME, "Voice")

    def names(today: date) -> list[str]:
        return [group.name for group in by_priority(w, today)]

    assert names(TODAY) == ["1. Making safeguarding personal"]
    assert names(date(2028, 3, 31)) == ["1. Making safeguarding personal"]
    assert names(date(2028, 4, 1)) == ["1. Voice"]


def test_before_the_first_plan_begins_its_priorities_are_there(w: World) -> None:
    assert [group.name for group in by_priority(w, date(2025, 1, 1))] == ["1. Making safeguarding personal"]


def test_another_boards_plans_put_nothing_aside(w: World) -> None:
    plan(world("mercia"), *NEXT, "Making safeguarding personal")

    assert [group.name for group in by_priority(w)] == ["1. Making safeguarding personal"]
