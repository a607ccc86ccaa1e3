"""The board's decision on a commitment, recorded for one of its meetings; and taken back where that was an error."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from actions import access
from actions.commitments import SETTLING
from actions.models import Decision
from frontend.context import BoardRequest
from frontend.forms.responses import Decide, Undo
from frontend.saving import saved
from frontend.sent import posted
from frontend.views.responses import standing


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: BoardRequest, board: str, number: int) -> HttpResponse:
    commitment = standing(request.seat, number)
    access.check(request.seat, "decide", commitment)
    form = Decide(posted(request), commitment=commitment, by=request.seat, today=request.seat.board.today)
    status = 200
    if request.method == "POST":
        status = saved(form)
        if status == 200:
            messages.success(request, "The decision is recorded.")
            return redirect("commitment", board, number)
    context = {
        "form": form,
        "commitment": commitment,
        "title": "Record the board’s decision",
        "button": "Record it",
        "intro": "For a recommendation that the board does not implement itself. Everybody on the board reads it.",
        "no_meeting": not form.fields["meeting"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return render(request, "frontend/responses/step.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: BoardRequest, board: str, number: int) -> HttpResponse:
    decisions = Decision.objects.visible_to(request.seat).filter(kind__in=SETTLING).select_related("meeting")
    decision = get_object_or_404(decisions, pk=number)
    access.check(request.seat, "decide", decision)
    commitment = get_object_or_404(
        decision.commitments.select_related("source", "agency").order_by("number")[:1]
    )
    form = Undo(posted(request), decision=decision, by=request.seat, today=request.seat.board.today)
    status = 200
    if request.method == "POST":
        status = saved(form)
        if status in (200, 409):
            words = "It is taken back." if status == 200 else "Somebody took it back already."
            messages.success(request, words)
            return redirect("commitment", board, commitment.number)
    context = {
        "form": form,
        "commitment": commitment,
        "decision": decision,
        "title": "Take the decision back",
        "button": "Take it back",
        "warning": True,
        "today": request.seat.board.today,
        "intro": "For what was recorded in error. What the board decides otherwise later is a decision of its own.",
    }
    return render(request, "frontend/responses/step.html", context, status=status)
