"""The board's plan and its priorities, kept by its manager; when a plan ends, what it leaves behind is carried over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet

from actions import access, kept, trail
from actions.models import OPEN, Action, Plan, Priority, Seat, Status
from actions.refusals import Changed, Invalid

UNFINISHED = (Status.DRAFT, *OPEN, Status.DONE)


@transaction.atomic
def start_plan(
    *, name: str, starts_on: date, ends_on: date, priorities: Sequence[str], by: Seat, today: date
) -> Plan:
    """A plan with its priorities, in their order from 1."""
    plan = Plan(board=by.board)
    kept.begin(plan, by, "")
    named = [kept.line(one, 200, "priorities") for one in priorities if one.strip()]
    seen: set[str] = set()
    for one in named:
        if one.casefold() in seen:
            raise Invalid(
                f"“{one}” stands there twice. Give each priority a name of its own.", field="priorities"
            )
        seen.add(one.casefold())
    _fill_plan(plan, name, starts_on, ends_on)
    plan.save()
    Priority.objects.bulk_create(
        Priority(board=by.board, plan=plan, number=number, name=one)
        for number, one in enumerate(named, start=1)
    )
    kept.write(plan, "start_plan", by, today, {"priorities": named})
    return plan


@transaction.atomic
def keep_plan(
    plan: Plan, *, name: str, starts_on: date, ends_on: date, by: Seat, today: date, saw: str
) -> Plan:
    kept.begin(plan, by, saw)
    _fill_plan(plan, name, starts_on, ends_on)
    return kept.keep(plan, "keep_plan", by, today)


def _fill_plan(plan: Plan, name: str, starts_on: date, ends_on: date) -> None:
    plan.name, plan.starts_on, plan.ends_on = kept.line(name, 200, "name"), starts_on, ends_on
    if ends_on <= starts_on:
        raise Invalid("The plan ends before it starts.", field="ends_on")
    kept.refuse_twice(plan, "name")


@transaction.atomic
def keep_priority(
    priority: Priority, *, number: int, name: str, by: Seat, today: date, saw: str = ""
) -> Priority:
    """Of the plan that it names already. With a number that another has, the two change places."""
    kept.begin(priority, by, saw)
    before = priority.number if priority.pk else None
    priority.name = kept.line(name, 200, "name")
    if not 1 <= number <= 99:
        raise Invalid("Give it a number from 1 to 99: its place in the plan.", field="number")
    others = Priority.objects.filter(plan=priority.plan).exclude(pk=priority.pk)
    if same := others.filter(name__iexact=priority.name).first():
        raise Invalid(f"Priority {same.number} of this plan has that name already.", field="name")
    other = others.filter(number=number).first()
    if other and before is None:
        raise Invalid(f"Priority {number} is “{other.name}”. Choose a number that is free.", field="number")
    if other:
        Priority.objects.filter(pk=other.pk).update(number=_out_of_the_way(others))
    priority.number = number
    more = {"changed_places_with": other.pk} if other else {}
    kept.keep(priority, "keep_priority", by, today, more)
    if other and before is not None:
        Priority.objects.filter(pk=other.pk).update(number=before)
    return priority


def _out_of_the_way(priorities: QuerySet[Priority]) -> int:
    return 1000 + priorities.count()


def unfinished(plan: Plan) -> QuerySet[Action]:
    """What a plan that ends leaves behind: every action of it that is not signed off or withdrawn."""
    return Action.objects.filter(board=plan.board_id, priority__plan=plan, status__in=UNFINISHED)


@transaction.atomic
def carry_over(
    ended: Plan, new: Plan, to: Mapping[int, Priority | None], *, by: Seat, today: date
) -> list[Action]:
    """All in one go or none. `to` says for each action (by id) its priority of the new plan; None: it stays.

    Returns those that were carried. Changed where one of them is not an unfinished action of the ended plan by now.
    """
    access.check(by, "keep_board", ended)
    _refuse_foreign(ended, new, to, by)
    there = unfinished(ended).filter(pk__in=to).select_for_update(of=("self",), no_key=True).order_by("pk")
    before = {action.pk: action.priority_id for action in there}
    moved = 0
    for priority in {one.pk: one for one in to.values() if one}.values():
        mine = [pk for pk, one in to.items() if one == priority]
        moved += unfinished(ended).filter(pk__in=mine).update(priority=priority, version=F("version") + 1)
    if len(before) < len(to) or moved < sum(one is not None for one in to.values()):
        raise Changed(
            "Somebody finished, withdrew or carried over one of these actions since you opened the page. Nothing was "
            "saved: the list now shows what is left, with what you chose."
        )
    actions = list(Action.objects.filter(pk__in=to).order_by("number"))
    trail.append(
        by.board, [_carried(action, before[action.pk], to[action.pk], by, today) for action in actions]
    )
    return [action for action in actions if to[action.pk]]


def _refuse_foreign(ended: Plan, new: Plan, to: Mapping[int, Priority | None], by: Seat) -> None:
    if not to:
        raise Invalid("There is nothing to carry over.")
    if by.board_id != ended.board_id or by.board_id != new.board_id or ended.pk == new.pk:
        raise Invalid("Choose two plans of this board.")
    if any(one and one.plan_id != new.pk for one in to.values()):
        raise Invalid(f"Choose priorities of “{new.name}”.")


def _carried(action: Action, before: int | None, to: Priority | None, by: Seat, today: date) -> trail.Entry:
    words = str(to) if to else "Stays with the plan that ended"
    detail = {"from": before, "to": to.pk if to else None}
    return trail.Entry("carry_over", by, today, action=action, words=words, detail=detail)
