"""A source is published, or restricted again: each asks first, and says who may read it then."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actions import access
from actions.models import Source
from frontend.context import BoardRequest
from frontend.forms.publishing import PublishForm, RestrictForm
from frontend.saving import saved
from frontend.sent import posted


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: BoardRequest, board: str, number: int) -> HttpResponse:
    context = {
        "title": "Publish it",
        "intro": "Then everyone on the board may read it, with every recommendation and action that answers it.",
        "button": "Publish it",
    }
    said = "It is published: everyone on the board may read it."
    return step(request, number, "publish", PublishForm, context, said)


@require_http_methods(["GET", "HEAD", "POST"])
def restrict(request: BoardRequest, board: str, number: int) -> HttpResponse:
    context = {
        "title": "Restrict it",
        "intro": "Then only the board manager, the independent chair and the chair of the subgroup that watches over "
        "it may read it. Those who are asked to act still read their own recommendation.",
        "button": "Restrict it",
        "warning": True,
    }
    return step(
        request, number, "restrict", RestrictForm, context, "It is restricted: few may read its words."
    )


def step(
    request: BoardRequest,
    number: int,
    verb: str,
    kind: type[PublishForm | RestrictForm],
    about: Mapping[str, object],
    said: str,
) -> HttpResponse:
    source = get_object_or_404(Source.objects.visible_to(request.seat), number=number)
    access.check(request.seat, verb, source)
    back = reverse("source", args=[request.seat.board.slug, number])
    form = kind(posted(request), source=source, by=request.seat)
    status = 200
    if request.method == "POST":
        status = saved(form)
        if status == 200:
            messages.success(request, said)
            return redirect(back)
    context = {**about, "form": form, "back": back, "back_words": source.title}
    return render(request, "frontend/boards/step.html", context, status=status)
