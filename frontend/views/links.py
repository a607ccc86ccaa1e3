"""Two commitments beside each other: what they have to do with each other, and work that is opened again for one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from actions import access, links
from actions.models import Action, Answer, Commitment, Seat, Status
from actions.refusals import Changed, Invalid
from frontend.context import BoardRequest
from frontend.forms.links import Link, ReopenFor
from frontend.saving import refused, saved
from frontend.sent import posted, whole


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: BoardRequest, board: str, number: int, other: int) -> HttpResponse:
    seat, today = request.seat, request.seat.board.today
    access.check(seat, "link")
    one, another = find(seat, number), find(seat, other)
    stands = links.between(one, another)
    given = posted(request)
    form = Link(given, commitment=one, other=another, stands=stands)
    status = 200
    if given is not None:
        status = taken_back(form, seat) if "remove" in given else saved(form, lambda: form.save(seat, today))
        if status == 200:
            messages.success(request, "The link is taken back." if "remove" in given else "It is saved.")
            return redirect("commitment", board, number)
    context = {
        "commitment": one,
        "other": another,
        "form": form,
        "stands": stands,
        "both": said_of(one, another),
    }
    return render(request, "frontend/links/link.html", context, status=status)


def find(seat: Seat, number: int) -> Commitment:
    standing = links.with_work(Commitment.objects.visible_to(seat).filter(taken_back=False), seat.board.today)
    found: Commitment = get_object_or_404(standing, number=number)
    return found


def said_of(*commitments: Commitment) -> list[tuple[Commitment, str]]:
    return [(one, links.standing_words(one)) for one in commitments]


def taken_back(form: Link, seat: Seat) -> int:
    about: dict[str, Any] = {"by": seat, "today": seat.board.today}
    try:
        links.unlink(form.commitment, form.other, saw=whole(form.data.get("saw", "")), **about)
    except (Changed, Invalid) as refusal:
        form.full_clean()
        form.errors.clear()
        return refused(form, refusal)
    return 200


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: BoardRequest, board: str, number: int, action: int) -> HttpResponse:
    """Work that was signed off is open again, and answers this commitment too."""
    seat, today = request.seat, request.seat.board.today
    one = find(seat, number)
    actions = Action.objects.visible_to(seat).select_related("owner", "subgroup")
    again = get_object_or_404(actions.prefetch_related("contributors"), number=action)
    access.check(seat, "reopen", again)
    given = posted(request)
    form = ReopenFor(given, action=again, commitment=one, by=seat)
    status = 200
    if given is not None:
        status = saved(form, lambda: form.save(seat, today))
        if status == 200:
            messages.success(request, f"{again.reference} is open again, and answers this too.")
            return redirect("commitment", board, number)
    over = again.status != Status.SIGNED_OFF
    context = {"commitment": one, "action": again, "form": form, "over": over}
    return render(request, "frontend/links/reopen.html", context, status=status)


def panel(seat: Seat, commitment: Commitment) -> dict[str, Any]:
    """What the fragment of a commitment's page shows: its links, what resembles it, and what may be opened again."""
    linked = links.of(seat, commitment)
    return {
        "links": linked,
        "alike": links.like(seat, commitment),
        "may_link": access.may(seat, "link", commitment),
        "again": to_open_again(seat, commitment, linked),
    }


def to_open_again(seat: Seat, commitment: Commitment, linked: list[links.Linked]) -> list[Answer]:
    """Signed-off answers to what this one repeats, is covered by or is related to: those that this seat may open."""
    ends = [one.commitment.pk for one in linked if one.link.kind != "not_the_same"]
    if not ends:
        return []
    answers = Answer.objects.filter(commitment__in=ends, action__status=Status.SIGNED_OFF)
    answers = answers.filter(action__in=Action.objects.visible_to(seat).order_by().values("pk"))
    mine = answers.exclude(action__answers__commitment=commitment).select_related("action__owner")
    return [
        one
        for one in mine.prefetch_related("action__contributors").order_by("action__number")
        if access.may(seat, "reopen", one.action)
    ]
