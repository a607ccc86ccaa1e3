"""Checks the impact of everything that answers one commitment, in one go."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from actions import access
from actions.models import Action, Commitment, Status
from actions.refusals import Changed, Refused
from frontend.context import BoardRequest
from frontend.forms.impact import ReviewTogether


@require_http_methods(["GET", "POST"])
def review(request: BoardRequest, board: str, number: int) -> HttpResponse:
    seat = request.seat
    access.check(seat, "review_impact")
    commitments = Commitment.objects.visible_to(seat).select_related("source", "agency")
    commitment = get_object_or_404(commitments, number=number, taken_back=False)
    answering = Action.objects.standing(seat).filter(answers__commitment=commitment, status=Status.SIGNED_OFF)
    offered = [one for one in answering.order_by("number") if access.may(seat, "review_impact", one)]
    form = ReviewTogether(request.POST or None, actions=offered)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            form.save(commitment, seat)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            status = 409 if isinstance(refusal, Changed) else 422
        else:
            messages.success(request, "The check is saved.")
            return redirect("commitment", board, number)
    context = {"commitment": commitment, "form": form, "offered": offered}
    return render(request, "frontend/impact/review.html", context, status=status)
