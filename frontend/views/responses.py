"""What agencies were asked and answer: the list, sharing a commitment out, and each step of one response."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from actions import access
from actions.filters import ResponseFilter
from actions.models import Commitment, Response, Seat
from frontend.context import BoardRequest
from frontend.forms.responses import Judge, OfResponse, Respond, ShareOut, Unask
from frontend.pages import narrowed, page_or_part
from frontend.saving import saved
from frontend.sent import posted

PER_PAGE = 50
FORMS: dict[str, type[OfResponse]] = {"respond": Respond, "judge": Judge, "unask": Unask}


@require_safe
def index(request: BoardRequest, board: str) -> HttpResponse:
    rows = Response.objects.visible_to(request.seat).standing().with_names().most_urgent_first()
    shown = ResponseFilter(request.GET, queryset=rows, request=request)
    context = narrowed(request, shown, PER_PAGE) | {
        "today": request.seat.board.today,
        "may_share_out": access.may(request.seat, "share_out"),
    }
    return page_or_part(request, "frontend/responses/index.html", "list", context)


@require_http_methods(["GET", "HEAD", "POST"])
def share_out(request: BoardRequest, board: str, number: int) -> HttpResponse:
    commitment = standing(request.seat, number)
    access.check(request.seat, "share_out", commitment)
    form = ShareOut(
        posted(request),
        commitment=commitment,
        by=request.seat,
        today=request.seat.board.today,
    )
    status = 200
    if request.method == "POST":
        status = saved(form)
        if status == 200:
            messages.success(request, "They are asked. Each agency’s lead finds it on the first page.")
            return redirect("commitment", board, number)
    context = {
        "form": form,
        "commitment": commitment,
        "title": "Share it out",
        "button": "Ask them",
        "intro": "Each agency’s lead is asked what the agency makes of it, and may put actions forward.",
        "nobody": not form.offered,
    }
    return render(request, "frontend/responses/step.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: BoardRequest, board: str, number: int, verb: str) -> HttpResponse:
    """Answer, judge, or withdraw the request: for the lead, or by the manager on behalf of one."""
    kind = FORMS.get(verb)
    if kind is None:
        raise Http404("There is no such step")
    response = get_object_or_404(of(request), pk=number)
    check(request.seat, kind, response)
    form = kind(posted(request), response=response, by=request.seat, today=request.seat.board.today)
    status = 200
    if request.method == "POST":
        status = saved(form)
        if status == 409 and form.is_saved():
            status = 200
        if status == 200:
            messages.success(request, form.said)
            return redirect(f"{reverse('commitment', args=[board, response.commitment.number])}#agencies")
    if status == 409:
        form.now_seen()
    context = {
        "form": form,
        "response": response,
        "commitment": response.commitment,
        "title": title(form, request.seat),
        "button": form.button,
        "intro": form.intro,
        "stands": status == 409,
        "nobody_leads": form.for_another and not form.people,
    }
    return render(request, "frontend/responses/step.html", context, status=status)


def of(request: BoardRequest) -> Any:
    """A request that was withdrawn is gone, except for who was just answering it: their words are not lost."""
    rows = Response.objects.visible_to(request.seat).filter(commitment__taken_back=False)
    rows = rows.with_names().select_related("board", "judged_by")
    return rows if request.method == "POST" else rows.standing()


def standing(seat: Seat, number: int) -> Commitment:
    commitments = Commitment.objects.visible_to(seat).select_related("source", "agency")
    return get_object_or_404(commitments, number=number, taken_back=False)


def check(seat: Seat, kind: type[OfResponse], response: Response) -> None:
    """403 for those who may not, with who may."""
    if access.may_for_another(seat, kind.verb, response):
        return
    access.check(seat, kind.verb, response)


def title(form: OfResponse, seat: Seat) -> str:
    if isinstance(form, Respond):
        own = form.response.agency_id == seat.agency_id and not form.for_another
        return "What does your agency answer?" if own else f"What does {form.response.agency} answer?"
    return f"{form.title} {form.response.agency}" if isinstance(form, Unask) else form.title
