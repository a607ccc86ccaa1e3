"""The calendar of a board and its subgroups: what comes, what was held, when papers close. Everybody reads it; the
manager keeps it, and a subgroup's chair that subgroup's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actions import access, kept
from actions.models import Event, Meeting, Subgroup
from actions.refusals import NotAllowed, Refused
from frontend.context import BoardRequest
from frontend.forms.meetings import BECAME, Days, RunForm, add
from frontend.sent import posted
from frontend.views import minutes
from frontend.views.kept import saved

SHOWN = timedelta(days=365)  # older ones stand behind a link
State = Meeting.State
OFFERED = {
    State.PLANNED: ("hold", "move", "cancel"),
    State.HELD: ("correct",),
    State.CANCELLED: ("correct",),
}
WORDS = {"hold": "It was held", "move": "Move", "cancel": "Cancel", "correct": "Correct", "remove": "Remove"}


@dataclass(frozen=True)
class Line:
    meeting: Meeting
    moved_from: date | None
    steps: list[tuple[str, str]]  # (what the address says, words)
    late: bool  # its day has passed, and nobody said whether it was held


@dataclass(frozen=True)
class Group:
    name: str
    lines: list[Line]


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: BoardRequest, board: str) -> HttpResponse:
    run = RunForm(posted(request), by=request.seat)
    if request.method == "POST" and not run.groups:
        raise NotAllowed(f"You cannot do this here. It is for the {access.who_may('keep_meetings')}.")
    if request.method != "POST" or not run.is_valid():
        return listed(request, run, status=422 if run.errors else 200)
    return chosen_days(request, run)


def chosen_days(request: BoardRequest, run: RunForm) -> HttpResponse:
    """The second step: the days that follow from the first, each to be changed or left out."""
    seat, division = request.seat, {"division": request.seat.board.division}
    if "form-TOTAL_FORMS" not in request.POST:
        return asked(request, run, Days(initial=run.rows(seat), form_kwargs=division))
    forms = Days(request.POST, form_kwargs=division)
    if not forms.is_valid():
        return asked(request, run, forms, status=422)
    try:
        made = add(run, forms, by=seat, today=seat.board.today)
    except Refused as refusal:
        return asked(request, run, forms, error=refusal.message, status=422)
    messages.success(request, "1 meeting is added." if len(made) == 1 else f"{len(made)} meetings are added.")
    return redirect("meetings", seat.board.slug)


def asked(
    request: BoardRequest, run: RunForm, forms: Any, *, error: str = "", status: int = 200
) -> HttpResponse:
    whose = run.subgroup.name if run.subgroup else "The board"
    hidden = {name: request.POST.get(name, "") for name in run.fields}
    context = {"run": run, "forms": forms, "whose": whose, "hidden": hidden.items(), "error": error}
    return render(request, "frontend/meetings/days.html", context, status=status)


# -- the list ------------------------------------------------------------------------------------------------


def listed(request: BoardRequest, run: RunForm, status: int) -> HttpResponse:
    seat, today = request.seat, request.seat.board.today
    every = "all" in request.GET
    found = kept.with_uses(Meeting.objects.visible_to(seat)).select_related("subgroup")
    shown = found if every else found.filter(meets_on__gte=today - SHOWN)
    moves = moved_from(request)
    lines: dict[int | None, list[Line]] = {}
    for meeting in shown:
        meeting.board = seat.board
        line = Line(meeting, moves.get(meeting.pk), steps(request, meeting), is_late(meeting, today))
        lines.setdefault(meeting.subgroup_id, []).append(line)
    names = [(None, "The board"), *((group.pk, group.name) for group in Subgroup.objects.visible_to(seat))]
    context = {
        "groups": [Group(name, lines.get(pk, [])) for pk, name in names] if lines else [],
        "empty": not lines,
        "every": every,
        "form": run if run.groups else None,
        "may_keep": access.may(seat, "keep_board"),
        "today": today,
    }
    return render(request, "frontend/meetings/index.html", context, status=status)


def is_late(meeting: Meeting, today: date) -> bool:
    return meeting.state == State.PLANNED and meeting.meets_on < today


def steps(request: BoardRequest, meeting: Meeting) -> list[tuple[str, str]]:
    if not access.may(request.seat, "keep_meetings", meeting):
        return []
    offered = [*OFFERED[State(meeting.state)]]
    if meeting.meets_on > request.seat.board.today and "hold" in offered:
        offered.remove("hold")
    if meeting.state == State.PLANNED and not kept.uses(meeting):
        offered.append("remove")
    return [(name, WORDS[name]) for name in offered]


def moved_from(request: BoardRequest) -> dict[int, date]:
    """From which day each was moved last."""
    events = Event.objects.visible_to(request.seat).filter(verb="move_meeting")
    details = events.order_by("seq").values_list("detail", flat=True)
    return {one["meeting"]: date.fromisoformat(one["was"]["meets_on"]) for one in details}


# -- one of them ---------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: BoardRequest, board: str, meeting: int) -> HttpResponse:
    """Its own page; and what became of it: `?do=hold` and its like."""
    seat = request.seat
    found = kept.with_uses(Meeting.objects.visible_to(seat)).select_related("subgroup")
    row = get_object_or_404(found, pk=meeting)
    row.board = seat.board
    if "do" not in request.GET:
        return minutes.page(request, row)
    kind = BECAME.get(request.GET["do"])
    if kind is None:
        raise Http404("No such step")
    access.check(seat, "keep_meetings", row)
    form = kind(posted(request), row=row, by=seat, today=seat.board.today)
    status = 200
    if request.method == "POST":
        status = saved(form)
        if status == 200:
            messages.success(request, f"{called(row)}: {kind.said}.")
            return redirect("meetings", seat.board.slug)
    context = {
        "title": f"{called(row)}: {kind.title[0].lower()}{kind.title[1:]}",
        "intro": kind.intro,
        "form": form,
        "button": kind.button,
        "warning": kind.warning,
        "used": kept.uses(row) if request.GET["do"] == "remove" else "",
        "back": reverse("meetings", args=[seat.board.slug]),
        "back_words": "Meetings",
    }
    return render(request, "frontend/boards/step.html", context, status=status)


def called(meeting: Meeting) -> str:
    return f"{meeting.subgroup or 'The board'}, {meeting.meets_on:%-d %B %Y}"
