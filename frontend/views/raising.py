"""Puts an action forward, from a commitment or from nothing but a meeting or a priority. It plans nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from actions import access
from actions.models import Commitment
from actions.refusals import Refused
from frontend.context import BoardRequest
from frontend.forms.raising import Raise
from frontend.saving import refused
from frontend.sent import posted, whole


@require_http_methods(["GET", "HEAD", "POST"])
def raise_draft(request: BoardRequest, board: str) -> HttpResponse:
    access.check(request.seat, "raise")
    commitment = answered(request)
    initial = {name: request.GET.get(name) for name in ("priority", "meeting", "agency")}
    form = Raise(posted(request), by=request.seat, commitment=commitment, initial=initial)
    status = 200
    if form.is_valid():
        try:
            action = form.save(request.seat.board.today)
        except Refused as refusal:
            status = refused(form, refusal)
        else:
            messages.success(request, "It is put forward as a draft, until it is planned.")
            return redirect("action", board, action.number)
    elif form.is_bound:
        status = 422
    context = {
        "form": form,
        "commitment": commitment,
        "may_set_up": access.may(request.seat, "keep_board"),
    }
    return render(request, "frontend/actions/raise.html", context, status=status)


def answered(request: BoardRequest) -> Commitment | None:
    """The commitment that it is to answer, where the address names one."""
    asked = request.GET.get("commitment")
    if not asked:
        return None
    commitments = Commitment.objects.visible_to(request.seat).select_related("source", "agency", "priority")
    return get_object_or_404(commitments, number=whole(asked), taken_back=False)
