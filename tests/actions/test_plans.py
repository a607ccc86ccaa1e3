"""Plans and priorities; and what a plan that ends leaves behind."""

from datetime import date
from typing import Any

import pytest

from actions import audit, boards, kept, plans, progress
from actions.models import Action, Event, Plan, Priority
from actions.refusals import Changed, Invalid, NotAllowed
from tests.factories import TODAY, World, action, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def start(w: World, **changes: Any) -> Plan:
    given = {
        "name": "Plan 2028",
        "starts_on": date(2028, 4, 1),
        "ends_on": date(2031, 3, 31),
        "priorities": ["Prevention", " ", "Making safeguarding personal"],
        "by": w.mo,
    } | changes
    return plans.start_plan(today=TODAY, **given)


def test_a_plan_starts_with_its_priorities_in_their_order(w: World) -> None:
    plan = start(w)

    assert [str(one) for one in plan.priorities.order_by("number")] == [
        "1. Prevention",
        "2. Making safeguarding personal",
    ]
    assert Event.objects.get().detail["priorities"] == ["Prevention", "Making safeguarding personal"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": date(2028, 4, 1)}, "ends_on"),
        ({"name": "strategic plan"}, "name"),
        ({"priorities": ["One", "one"]}, "priorities"),
        ({"priorities": ["x" * 201]}, "priorities"),
    ],
)
def test_what_does_not_fit_is_refused(w: World, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        start(w, **changes)

    assert (refusal.value.field, Plan.objects.count()) == (field, 1)


def test_two_priorities_change_places(w: World) -> None:
    plan = start(w)
    first, second = plan.priorities.order_by("number")

    plans.keep_priority(second, number=1, name=second.name, by=w.mo, today=TODAY, saw=kept.mark(second))

    assert [p.pk for p in plan.priorities.order_by("number")] == [second.pk, first.pk]
    assert Event.objects.first().detail["changed_places_with"] == first.pk


def test_a_new_priority_needs_a_free_number_and_a_name_of_its_own(w: World) -> None:
    new = Priority(board=w.board, plan=w.priority.plan)

    with pytest.raises(Invalid, match="Choose a number that is free"):
        plans.keep_priority(new, number=1, name="Voice", by=w.mo, today=TODAY)
    with pytest.raises(Invalid, match="has that name already"):
        plans.keep_priority(new, number=2, name=w.priority.name, by=w.mo, today=TODAY)

    assert plans.keep_priority(new, number=2, name="Voice", by=w.mo, today=TODAY).pk


def test_a_priority_in_use_stays_and_so_does_its_plan(w: World) -> None:
    action(w)

    with pytest.raises(Invalid, match="in use: 1 action"):
        boards.remove(w.priority, by=w.mo, today=TODAY, saw=kept.mark(w.priority))
    with pytest.raises(Invalid, match="in use: 1 priority"):
        boards.remove(w.priority.plan, by=w.mo, today=TODAY, saw=kept.mark(w.priority.plan))


def test_only_the_manager_keeps_plans(w: World) -> None:
    for who in (w.alice, w.bob, w.carol, w.dan, w.ingrid):
        with pytest.raises(NotAllowed):
            start(w, by=who)
        with pytest.raises(NotAllowed):
            plans.carry_over(w.priority.plan, w.priority.plan, {}, by=who, today=TODAY)


def test_a_plan_ends_and_each_unfinished_action_goes_where_it_was_sent_in_one_go(w: World) -> None:
    stays, goes = action(w, title="Stays"), action(w, title="Goes")
    plan = start(w)
    priority = plan.priorities.get(number=1)
    progress.update(
        stays, confidence="on_track", words="Meanwhile", by=w.alice, version=1, today=TODAY
    )  # an update meanwhile does not stand in the way

    carried = plans.carry_over(
        w.priority.plan, plan, {stays.pk: None, goes.pk: priority}, by=w.mo, today=TODAY
    )

    assert [one.pk for one in carried] == [goes.pk]
    assert dict(Action.objects.values_list("title", "priority")) == {
        "Stays": w.priority.pk,
        "Goes": priority.pk,
    }
    assert [(e.action_id, e.words) for e in Event.objects.filter(verb="carry_over").order_by("seq")] == [
        (stays.pk, "Stays with the plan that ended"),
        (goes.pk, "1. Prevention"),
    ]
    assert audit.verify(w.board) == []


def test_one_that_was_finished_meanwhile_stops_the_whole_list(w: World) -> None:
    one, other = action(w), action(w)
    plan = start(w)
    priority = plan.priorities.get(number=1)
    plans.carry_over(w.priority.plan, plan, {one.pk: priority}, by=w.mo, today=TODAY)

    with pytest.raises(Changed, match="Nothing was saved"):
        plans.carry_over(w.priority.plan, plan, {one.pk: priority, other.pk: priority}, by=w.mo, today=TODAY)

    assert Action.objects.get(pk=other.pk).priority == w.priority


def test_another_boards_action_or_priority_is_not_carried(w: World) -> None:
    mine, elsewhere = action(w), world("mercia")
    theirs = action(elsewhere)
    plan = start(w)

    with pytest.raises(Invalid, match="Choose priorities of"):
        plans.carry_over(w.priority.plan, plan, {mine.pk: elsewhere.priority}, by=w.mo, today=TODAY)
    with pytest.raises(Changed):
        plans.carry_over(
            w.priority.plan, plan, {theirs.pk: plan.priorities.get(number=1)}, by=w.mo, today=TODAY
        )
    with pytest.raises(NotAllowed):
        plans.carry_over(w.priority.plan, plan, {mine.pk: None}, by=elsewhere.mo, today=TODAY)

    assert Action.objects.get(pk=theirs.pk).priority == elsewhere.priority
