"""Plans and their priorities, and the list that carries what is open over from one plan to the next."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actions import access, kept, plans
from actions.models import Action, Event, Plan, Priority, Seat
from actions.models.plan import is_over
from actions.refusals import Changed, Refused
from frontend.context import BoardRequest
from frontend.forms.kept import Keeping, RemoveForm
from frontend.forms.plans import CarryForm, PlanForm, PriorityForm, StartForm
from frontend.sent import posted, whole
from frontend.views.kept import may_keep, saved
from frontend.views.measures import add_to

AT_ONCE = 200  # actions on one list; the rest comes after
UNFINISHED = Q(priorities__actions__status__in=plans.UNFINISHED)


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: BoardRequest, board: str) -> HttpResponse:
    """The plans; with `?start`, `?change=`, `?add=` (a priority of that plan), `?priority=`, `?remove=` and
    `?remove_priority=` the form for one thing."""
    step = asked(request)
    if step is None:
        if request.method == "POST":
            return redirect("plans", board)
        return listed(request)
    access.check(request.seat, "keep_board")
    kind, row, words = step
    form = kind(posted(request), row=row, by=request.seat, today=request.seat.board.today)
    status = 200
    if request.method == "POST":
        status = saved(form)
        if status == 200:
            messages.success(request, done(form, row))
            return redirect("plans", board)
    context = {
        "title": words,
        "form": form,
        "button": "Remove it" if kind is RemoveForm else "Save",
        "warning": kind is RemoveForm,
        "new": row.pk is None,
        "used": kept.uses(row) if kind is RemoveForm else "",
        "back": reverse("plans", args=[board]),
        "back_words": "Plans",
    }
    return render(request, "frontend/boards/step.html", context, status=status)


def done(form: Keeping, row: Any) -> str:
    if isinstance(form, RemoveForm):
        return f"“{row}” is removed."
    if isinstance(form, StartForm):
        return f"“{form.cleaned_data['name']}” is started."
    return f"“{row}” is saved."


def asked(request: BoardRequest) -> tuple[type[Keeping], Any, str] | None:
    """Which form the address asks for, about which row, and how it is called."""
    seat, query = request.seat, request.GET
    if "start" in query:
        return StartForm, Plan(board=seat.board), "Start a plan"
    if "change" in query:
        plan = found(seat, Plan, query["change"])
        return PlanForm, plan, f"Change “{plan}”"
    if "add" in query:
        plan = found(seat, Plan, query["add"])
        return PriorityForm, Priority(board=seat.board, plan=plan), f"Add a priority to “{plan}”"
    if "priority" in query:
        priority = found(seat, Priority, query["priority"])
        return PriorityForm, priority, f"Change priority {priority}"
    for name, model in (("remove", Plan), ("remove_priority", Priority)):
        if name in query:
            row = found(seat, model, query[name])
            return RemoveForm, row, f"Remove “{row}”"
    return None


def found(seat: Seat, model: type[Any], pk: str) -> Any:
    rows = kept.with_uses(model.objects.visible_to(seat))
    return get_object_or_404(rows, pk=whole(pk))


def listed(request: BoardRequest) -> HttpResponse:
    seat, today = request.seat, request.seat.board.today
    priorities = kept.with_uses(Priority.objects.visible_to(seat)).order_by("number")
    priorities = priorities.prefetch_related("measures__readings")
    rows = (
        Plan.objects.visible_to(seat)
        .prefetch_related(Prefetch("priorities", priorities, "shown"))
        .annotate(left=Count("priorities__actions", filter=UNFINISHED), over=is_over(today))
        .order_by("-starts_on", "pk")
    )
    context = {
        "plans": [(plan, priorities_of(seat, plan), plan.over) for plan in rows],
        "may_keep": may_keep(seat),
        "may_ask": access.may(seat, "challenge"),
        "today": today,
    }
    return render(request, "frontend/plans/index.html", context)


def priorities_of(seat: Seat, plan: Any) -> list[tuple[Priority, str, str]]:
    """Each with what uses it, and where this seat adds a measure of it."""
    return [(one, kept.uses(one), add_to(seat, one, "priority")) for one in plan.shown]


# -- a plan ends ---------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def carry_over(request: BoardRequest, board: str, plan: int) -> HttpResponse:
    """`plan` is the one that ends; `?to=` another than the next one."""
    seat = request.seat
    ended = get_object_or_404(Plan.objects.visible_to(seat), pk=plan)
    access.check(seat, "keep_board", ended)
    new = next_plan(request, ended)
    actions = list(
        plans.unfinished(ended)
        .select_related("priority", "owner", "agency")
        .order_by("priority__number", "number")[: AT_ONCE + 1]
    )
    shown = actions[:AT_ONCE]
    context: dict[str, Any] = {"ended": ended, "new": new, "more": len(actions) > AT_ONCE, "at_once": AT_ONCE}
    if new is None or not actions:
        return render(request, "frontend/plans/carry_over.html", context)
    form = CarryForm(posted(request), actions=shown, new=new, stay=staying(shown))
    status, error = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return carried(request, ended, new, form)
            except Refused as refusal:
                status, error = (409 if isinstance(refusal, Changed) else 422), refusal.message
    context |= {"form": form, "error": error}
    return render(request, "frontend/plans/carry_over.html", context, status=status)


def next_plan(request: BoardRequest, ended: Plan) -> Plan | None:
    others = Plan.objects.visible_to(request.seat).exclude(pk=ended.pk)
    if "to" in request.GET:
        pk = request.GET["to"]
        return get_object_or_404(others, pk=whole(pk))
    return others.filter(starts_on__gt=ended.starts_on).order_by("starts_on", "pk").first()


def staying(actions: list[Action]) -> set[int]:
    """Those of which it was said before that they stay: offered so again."""
    events = Event.objects.filter(action__in=actions, verb="carry_over").order_by("seq")
    last = dict(events.values_list("action_id", "detail"))
    return {action for action, detail in last.items() if detail["to"] is None}


def carried(request: BoardRequest, ended: Plan, new: Plan, form: CarryForm) -> HttpResponse:
    to = form.to()
    moved = plans.carry_over(ended, new, to, by=request.seat, today=request.seat.board.today)
    stay = len(to) - len(moved)
    words = f"{len(moved)} action{'' if len(moved) == 1 else 's'} carried over to “{new}”"
    messages.success(request, f"{words}; {stay} stay{'s' if stay == 1 else ''}." if stay else f"{words}.")
    return redirect("plans", request.seat.board.slug)
