"""One meeting: its papers, what was decided at it, and for those who may a form to record a decision."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actions import access
from actions.models import Commitment, Decision, Meeting, Report, Seat
from frontend.context import BoardRequest
from frontend.forms.minutes import RecordForm, TakeBackForm
from frontend.saving import saved
from frontend.sent import posted


def page(request: BoardRequest, meeting: Meeting) -> HttpResponse:
    seat, today = request.seat, request.seat.board.today
    held = meeting.state != Meeting.State.CANCELLED and meeting.meets_on <= today
    may = held and access.may(seat, "record_decision", meeting)
    form = RecordForm(posted(request), meeting=meeting, by=seat, today=today) if may else None
    status = 200
    if request.method == "POST":
        access.check(seat, "record_decision", meeting)
        status = saved(form)
        if status == 200:
            messages.success(request, "The decision is recorded. It stands on everything that it concerns.")
            return redirect("meeting", seat.board.slug, meeting.pk)
    papers = (
        Report.objects.visible_to(seat).filter(meeting=meeting).select_related("meeting", "superseded_by")
    )
    context = {
        "meeting": meeting,
        "papers": papers,
        "decisions": with_names(seat, Decision.objects.visible_to(seat).filter(meeting=meeting)),
        "form": form,
        "may_record": may,
        "may_draft": access.may(seat, "write_report", meeting),
        "today": today,
    }
    return render(request, "frontend/meetings/show.html", context, status=status)


def with_names(seat: Seat, decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Everything that a list of decisions names; whoever sees a decision sees all that it concerns."""
    commitments = Commitment.objects.visible_to(seat).select_related("source", "agency").order_by("number")
    return decisions.select_related("meeting__subgroup").prefetch_related(
        "actions", Prefetch("commitments", commitments)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: BoardRequest, board: str, number: int) -> HttpResponse:
    seat = request.seat
    found = Decision.objects.visible_to(seat).filter(kind=Decision.Kind.OTHER).select_related("meeting")
    decision = get_object_or_404(found, pk=number)
    access.check(seat, "record_decision", decision.meeting)
    form = TakeBackForm(posted(request), decision=decision, by=seat, today=seat.board.today)
    status = 200
    if request.method == "POST":
        status = saved(form)
        if status == 200:
            messages.success(request, "It is taken back, and stays there marked so.")
            return redirect("meeting", board, decision.meeting_id)
    context = {
        "title": "Take this decision back",
        "intro": f"For what was recorded in error: “{decision.words}” It stays to be read, marked, with your reason.",
        "form": form,
        "button": "Take it back",
        "warning": True,
        "back": reverse("meeting", args=[board, decision.meeting_id]),
        "back_words": "The meeting",
    }
    return render(request, "frontend/boards/step.html", context, status=status)
