"""Questions with a day for the answer: the list, asking, one question with each answer side by side, and its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from actions import access
from actions.challenges import About
from actions.filters import ChallengeFilter
from actions.models import Action, Asked, Challenge, Commitment, Priority
from frontend.context import BoardRequest
from frontend.forms.challenges import Answer, Ask, Close
from frontend.pages import narrowed, page_or_part
from frontend.saving import saved
from frontend.sent import posted, whole
from frontend.views.responses import standing

PER_PAGE = 50


@require_safe
def index(request: BoardRequest, board: str) -> HttpResponse:
    rows = of(request).counted().most_urgent_first()
    shown = ChallengeFilter(request.GET, queryset=rows, request=request)
    context = narrowed(request, shown, PER_PAGE) | {
        "today": request.seat.board.today,
        "may_ask": access.may(request.seat, "challenge"),
    }
    return page_or_part(request, "frontend/challenges/index.html", "list", context)


@require_safe
def show(request: BoardRequest, board: str, number: int) -> HttpResponse:
    one = get_object_or_404(of(request).counted(), pk=number)
    answering = [] if one.closed_on else [asked for asked in one.shown if not asked.answered_on]
    for asked in answering:
        asked.mine = access.may(request.seat, "answer_challenge", asked)
        asked.may_write = asked.mine or access.may_for_another(request.seat, "answer_challenge", asked)
    context = {
        "challenge": one,
        "today": request.seat.board.today,
        "may_close": not one.closed_on and access.may(request.seat, "close_challenge", one),
        "may_redact": access.may(request.seat, "redact"),
    }
    return render(request, "frontend/challenges/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: BoardRequest, board: str) -> HttpResponse:
    """`?action=12` or `?commitment=3`: about that; else about a priority, or nothing in particular. `?priority=5`, by
    its id, chooses that one to begin with."""
    access.check(request.seat, "challenge")
    about = thing(request)
    form = Ask(
        posted(request),
        about=about,
        by=request.seat,
        today=request.seat.board.today,
        chosen=chosen(request),
    )
    status = 200
    if request.method == "POST":
        status = saved(form)
        if status == 200:
            messages.success(request, "It is asked. Each one asked finds it on the first page.")
            return redirect("challenge", board, form.made.pk)
    context = {
        "form": form,
        "about": about,
        "back": back(board, about),
        "person_first": isinstance(about, Action),
    }
    return render(request, "frontend/challenges/ask.html", context, status=status)


def back(board: str, about: About | None) -> str:
    """Where one came from: the page of what is asked about, or the list."""
    if isinstance(about, Action):
        return reverse("action", args=[board, about.number])
    if isinstance(about, Commitment):
        return reverse("commitment", args=[board, about.number])
    return reverse("challenges", args=[board])


def chosen(request: BoardRequest) -> Priority | None:
    asked = request.GET.get("priority")
    if not asked:
        return None
    pk = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    return get_object_or_404(Priority.objects.visible_to(request.seat), pk=pk)


def thing(request: BoardRequest) -> About | None:
    seat, asked = request.seat, request.GET
    if asked.get("action"):
        return get_object_or_404(Action.objects.visible_to(seat), number=whole(asked["action"]))
    if asked.get("commitment"):
        return standing(seat, whole(asked["commitment"]))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: BoardRequest, board: str, number: int, asked: int) -> HttpResponse:
    one = get_object_or_404(of(request), pk=number)
    place = get_object_or_404(Asked.objects.visible_to(request.seat).with_names(), pk=asked, challenge=one)
    if not access.may_for_another(request.seat, "answer_challenge", place):
        access.check(request.seat, "answer_challenge", place)
    if request.method != "POST" and (place.answered_on or one.closed_on):
        messages.info(request, "It is closed." if one.closed_on else "It is answered already.")
        return redirect("challenge", board, number)
    form = Answer(posted(request), asked=place, by=request.seat, today=request.seat.board.today)
    context = {
        "title": "Your answer"
        if access.may(request.seat, "answer_challenge", place)
        else f"What {place} answers",
        "button": "Send the answer",
        "nobody": form.for_another and not form.people,
        "place": place,
    }
    return finished(request, one, form, "The answer is saved.", context)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: BoardRequest, board: str, number: int) -> HttpResponse:
    one = get_object_or_404(of(request), pk=number)
    access.check(request.seat, "close_challenge", one)
    if request.method != "POST" and one.closed_on:
        messages.info(request, "It is closed.")
        return redirect("challenge", board, number)
    form = Close(posted(request), challenge=one, by=request.seat, today=request.seat.board.today)
    context = {"title": "Close the question", "button": "Close it", "missing": form.missing}
    return finished(request, one, form, "The question is closed.", context)


def finished(
    request: BoardRequest, one: Challenge, form: Any, said: str, context: dict[str, Any]
) -> HttpResponse:
    """The page of a form, or on to the question where it is saved."""
    status = 200
    if request.method == "POST":
        status = saved(form)
        if status == 200:
            messages.success(request, said)
            return redirect("challenge", request.seat.board.slug, one.pk)
    context |= {"form": form, "challenge": one, "today": request.seat.board.today}
    return render(request, "frontend/challenges/step.html", context, status=status)


def of(request: BoardRequest) -> Any:
    """Those this seat may read, each with the answers that it may read, as `shown`."""
    places = Asked.objects.visible_to(request.seat).with_names()
    rows = Challenge.objects.visible_to(request.seat).with_names()
    return rows.prefetch_related(Prefetch("asked", places, to_attr="shown"))
