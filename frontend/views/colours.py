"""A board's own words and colours: everybody reads them; the manager changes them, having seen what changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

from actions import access, colours
from actions.rag import BEGUN, Scheme
from actions.refusals import Refused
from frontend.colours import states
from frontend.context import BoardRequest
from frontend.forms.colours import ColoursForm


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: BoardRequest, board: str) -> HttpResponse:
    if request.method == "POST":
        return filled_in(request)
    seat = request.seat
    if not access.may(seat, "keep_board"):
        return page(request, None)
    before = colours.before_last_change(seat)
    starts: dict[str, Scheme | None] = {"begun": BEGUN, "before": before}
    start = starts.get(request.GET.get("start", "")) or seat.board.scheme
    form = ColoursForm(start=start, by=seat, today=seat.board.today)
    return page(request, form, has_before=before is not None)


def filled_in(request: BoardRequest) -> HttpResponse:
    """Looked at first. Saved where what was looked at is what is sent, and the person said so."""
    seat = request.seat
    access.check(seat, "keep_board")
    form = ColoursForm(request.POST, start=seat.board.scheme, by=seat, today=seat.board.today)
    if not form.is_valid():
        return page(request, form, 422)
    if "sure" not in request.POST or request.POST.get("seen") != form.mark:
        return page(request, form)
    try:
        form.save()
    except Refused as refusal:
        return page(request, form, form.refuse(refusal))
    messages.success(request, "The words and colours are saved. Every page shows them now.")
    return redirect("colours", seat.board.slug)


def page(request: BoardRequest, form: ColoursForm | None, status: int = 200, **more: Any) -> HttpResponse:
    scheme = request.seat.board.scheme
    context: dict[str, Any] = {"states": states(scheme), "rules": scheme.rules, "form": form, **more}
    if form is not None and not (form.errors and status == 422):
        changed = colours.differences(scheme, form.scheme)
        context["changed"] = bool(changed)
        if changed:
            context |= colours_ahead(form)
    part = "#preview" if request.htmx and request.method == "POST" else ""
    # What a script asks for as one types is no failure to be shown apart: the words stand in the part itself.
    response = render(request, "frontend/boards/colours.html" + part, context, status=200 if part else status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def colours_ahead(form: ColoursForm) -> dict[str, Any]:
    """What would be different: each state that is called or coloured otherwise, and how many actions change."""
    before, after = form.by.board.scheme, form.scheme
    moves = colours.moves(form.by, after.rules, form.today)
    shown = [(before[a], after[b], count) for a, b, count in moves if before[a] != after[b]]
    counts: dict[str, int] = {}
    for _, state, count in moves:
        counts[state] = counts.get(state, 0) + count
    was, now = states(before), states(after)
    return {
        "moves": shown,
        "recoloured": sum(count for a, b, count in shown if a.colour != b.colour),
        "restated": [(a, b) for a, b in zip(was, now, strict=True) if a != b],
        "shared": shared(after),
        "segments": [(one.words, counts.get(one.key, 0), one.colour) for one in now],
    }


def shared(scheme: Scheme) -> list[str]:
    """Colours that two states share: allowed, since words stand beside them, and said."""
    of: dict[str, list[str]] = {}
    for one in states(scheme):
        of.setdefault(one.colour, []).append(one.words)
    return [" and ".join(f"“{one}”" for one in words) for words in of.values() if len(words) > 1]
