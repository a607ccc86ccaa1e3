"""From commitments to actions: choose which, then an owner and a date for each; all are planned or none."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from actions import access, planning
from actions.models import Action, Source
from actions.refusals import Changed, Refused
from frontend.context import BoardRequest
from frontend.forms.planning import AT_ONCE, Blocks, Places, another_for, begin_with, typed
from frontend.sent import whole
from frontend.views.sources import PER_PAGE, without_action


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: BoardRequest, board: str, number: int) -> HttpResponse:
    source = get_object_or_404(Source.objects.visible_to(request.seat), number=number)
    source.board = request.seat.board
    access.check(request.seat, "plan")
    if request.method == "POST":
        return planned(request, source)
    numbers = [whole(one) for one in request.GET.getlist("commitment")]
    if not numbers:
        return choose(request, source)
    places = Places.of(request.seat, source, numbers[:AT_ONCE])
    if len(numbers) > AT_ONCE:
        messages.info(request, f"These are the first {AT_ONCE} that you ticked. Plan them, then come back.")
    initial = [begin_with(about) for about in places.commitments.values()]
    return blocks(request, source, unsent(initial, places, request))


def choose(request: BoardRequest, source: Source) -> HttpResponse:
    """The commitments without an action, to tick."""
    standing = source.commitments.filter(taken_back=False).select_related("source", "agency", "priority")
    waiting = without_action(standing, request.seat.board.today)
    page = Paginator(waiting.order_by("number"), PER_PAGE).get_page(request.GET.get("page"))
    none_ticked = "chosen" in request.GET and bool(page.object_list)
    context = {"source": source, "page": page, "at_once": AT_ONCE, "none_ticked": none_ticked}
    return render(request, "frontend/planning/choose.html", context, status=422 if none_ticked else 200)


def planned(request: BoardRequest, source: Source) -> HttpResponse:
    total = min(whole(request.POST.get("form-TOTAL_FORMS", "")), 2 * AT_ONCE)
    numbers = [whole(request.POST.get(f"form-{index}-commitment", "")) for index in range(total)]
    places = Places.of(request.seat, source, numbers)
    if "add" in request.POST or "drop" in request.POST:
        return rearranged(request, source, places, total)
    forms = Blocks(request.POST, form_kwargs=kwargs(places, request))
    if not forms.is_valid() or not forms.forms:
        return blocks(request, source, forms, status=422)
    try:
        actions = planning.plan_many(
            [form.wanted() for form in forms],
            by=request.seat,
            today=request.seat.board.today,
            answered={form.about.pk: form.cleaned_data["answered"] for form in forms},
        )
    except Refused as refusal:
        return refused(request, source, places, refusal)
    messages.success(request, said(actions))
    return redirect("source", board=source.board.slug, number=source.number)


def said(actions: list[Action]) -> str:
    if len(actions) == 1:
        return f"{actions[0].reference} is planned."
    return f"{len(actions)} actions are planned: {actions[0].reference} to {actions[-1].reference}."


def refused(request: BoardRequest, source: Source, places: Places, refusal: Refused) -> HttpResponse:
    """Everything typed comes back, now with the actions that are there; sent again, it is meant."""
    sent = request.POST.copy()
    for index in range(whole(str(sent["form-TOTAL_FORMS"]))):
        about = places.commitments.get(whole(str(sent.get(f"form-{index}-commitment", ""))))
        if about:
            sent[f"form-{index}-answered"] = str(about.answers.count())
    forms = Blocks(sent, form_kwargs=kwargs(places, request))
    status = 409 if isinstance(refusal, Changed) else 422
    return blocks(request, source, forms, error=refusal.message, status=status)


def rearranged(request: BoardRequest, source: Source, places: Places, total: int) -> HttpResponse:
    """One block more for the same commitment, or one less; nothing is checked and nothing lost."""
    stand = [typed(request.POST, index) for index in range(total)]
    at = whole(request.POST.get("add", request.POST.get("drop", "")))
    if at < total:
        about = places.commitments.get(whole(stand[at]["commitment"]))
        if "drop" in request.POST:
            stand.pop(at)
        elif about and total < 2 * AT_ONCE:
            stand.insert(at + 1, another_for(about))
    return blocks(
        request, source, unsent(stand, places, request), focus=at + 1 if "add" in request.POST else at
    )


def unsent(initial: list[dict[str, Any]], places: Places, request: BoardRequest) -> Any:
    return Blocks(initial=initial, form_kwargs=kwargs(places, request))


def kwargs(places: Places, request: BoardRequest) -> dict[str, Any]:
    return {"places": places, "today": request.seat.board.today, "use_required_attribute": False}


def blocks(
    request: BoardRequest, source: Source, forms: Any, *, error: str = "", focus: int = -1, status: int = 200
) -> HttpResponse:
    context = {
        "source": source,
        "forms": forms,
        "error": error,
        "focus": focus,
        "answering": answering(request, forms),
    }
    part = "#blocks" if request.htmx else ""
    return render(request, "frontend/planning/plan.html" + part, context, status=status)


def answering(request: BoardRequest, forms: Any) -> list[Action]:
    """The actions that answer these commitments already: what a second action stands beside."""
    ids = {form.about.pk for form in forms if form.about and form.about.answered}
    if not ids:
        return []
    found = Action.objects.visible_to(request.seat).filter(commitments__in=ids)
    return list(found.distinct().order_by("number"))
