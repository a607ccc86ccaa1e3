"""Checks the impact of everything that answers one commitment, in one go."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import access
from actions.models import Action, Commitment, Event, ImpactReview, Seat, Status
from frontend.context import BoardRequest
from frontend.forms.impact import ReviewTogether
from frontend.saving import saved
from frontend.sent import posted
from frontend.views.responses import standing

MOMENTS = timedelta(minutes=2)  # the same check sent again within this is a double click


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: BoardRequest, board: str, number: int) -> HttpResponse:
    seat = request.seat
    access.check(seat, "review_impact")
    commitment = standing(seat, number)
    offered, others = signed_off(seat, commitment)
    form = ReviewTogether(posted(request), actions=offered, by=seat)
    status = 200
    if request.method == "POST":
        status = saved(form, lambda: form.save(commitment, seat))
        status = 409 if form.stale else status
        if status == 200 or sent_twice(form, commitment, seat):
            messages.success(
                request, "The check is saved." if status == 200 else "This was saved already, once."
            )
            return redirect("commitment", board, number)
    context = {
        "commitment": commitment,
        "form": form,
        "offered": offered,
        "others": others,
        "closed": status != 200 and not offered,
        "stands": status == 409,
    }
    return render(request, "frontend/impact/review.html", context, status=status)


def signed_off(seat: Seat, commitment: Commitment) -> tuple[list[Action], list[Action]]:
    """What answers it and is signed off: what this seat may check, and what others may."""
    answering = Action.objects.standing(seat).filter(answers__commitment=commitment, status=Status.SIGNED_OFF)
    every = list(answering.prefetch_related("contributors").order_by("number"))
    mine = [one for one in every if access.may(seat, "review_impact", one)]
    return mine, [one for one in every if one not in mine]


def sent_twice(form: ReviewTogether, commitment: Commitment, seat: Seat) -> bool:
    """The last check of this commitment says the same, by the same person, moments ago."""
    last = ImpactReview.objects.visible_to(seat).filter(commitment=commitment, by=seat).first()
    if last is None or not form.stale or not form.is_saved_in(last):
        return False
    lines = Event.objects.visible_to(seat).filter(verb="review_impact", by=seat, detail__review=last.pk)
    line = lines.order_by("-seq").first()
    return line is not None and timezone.now() - line.at < MOMENTS
