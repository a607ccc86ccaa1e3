"""Numbers that show impact: set up beside what they measure, then read, on a page of their own."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actions import access
from actions.measures import Measured
from actions.models import Action, Measure, Priority, Reading, Seat
from frontend.context import BoardRequest
from frontend.forms.measures import Add, Correct, CorrectReading, Read
from frontend.saving import saved
from frontend.sent import posted, whole
from frontend.views.responses import standing


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: BoardRequest, board: str) -> HttpResponse:
    thing = measured(request)
    access.check(request.seat, "measure", thing)
    form, status = Add(posted(request)), 200
    if request.method == "POST":
        status = saved(form, lambda: form.save(thing, request.seat, request.seat.board.today))
        if status == 200:
            messages.success(request, "From now on it is measured. Add what is read of it on its page.")
            return redirect(back(board, thing))
    context = {"form": form, "thing": thing, "back": back(board, thing)}
    return render(request, "frontend/measures/add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: BoardRequest, board: str, number: int) -> HttpResponse:
    seat, today = request.seat, request.seat.board.today
    measure = get_object_or_404(of(seat), pk=number)
    may_measure, status = access.may(seat, "measure", measure.thing), 200
    form = Read(posted(request), initial={"on": today}) if may_measure else None
    if request.method == "POST":
        access.check(seat, "measure", measure.thing)
        assert form is not None
        status = saved(form, lambda: form.save(measure, seat, today))
        if status == 200:
            messages.success(request, "The reading is saved.")
            return redirect("measure", board, number)
    context = {
        "measure": measure,
        "form": form,
        "may_redact": access.may(seat, "redact"),
        "who": "" if may_measure else access.who_may("measure"),
        "back": back(board, measure.thing),
    }
    return render(request, "frontend/measures/show.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: BoardRequest, board: str, number: int) -> HttpResponse:
    """What was entered wrongly of a measure, or with `?reading=` of one of its readings."""
    seat = request.seat
    measure = get_object_or_404(of(seat), pk=number)
    reading = asked_for(request, measure)
    access.check(seat, "measure", measure.thing)
    form = correction(request, measure, reading)
    status = 200
    if request.method == "POST":
        status = saved(form, lambda: form.save(seat, seat.board.today))
        if status == 200:
            messages.success(request, "It is corrected. Both values are kept in the trail.")
            return redirect("measure", board, number)
    if status == 409:
        measure = of(seat).get(pk=number)
        form.now_seen(measure)
    context = {"measure": measure, "reading": reading, "form": form, "stands": status == 409}
    return render(request, "frontend/measures/correct.html", context, status=status)


def asked_for(request: BoardRequest, measure: Measure) -> Reading | None:
    if "reading" not in request.GET:
        return None
    readings = Reading.objects.visible_to(request.seat).filter(measure=measure)
    return get_object_or_404(readings, pk=whole(request.GET["reading"]))


def correction(request: BoardRequest, measure: Measure, reading: Reading | None) -> Correct | CorrectReading:
    sent = posted(request)
    if reading is None:
        return Correct(sent, of=measure)
    return CorrectReading(sent, of=measure, reading=reading)


def of(seat: Seat) -> QuerySet[Measure]:
    """Measures with all that a page of them shows."""
    found = Measure.objects.visible_to(seat).prefetch_related("readings__by")
    return found.select_related("action", "commitment__source", "commitment__agency", "priority", "by")


def measured(request: BoardRequest) -> Measured:
    """The action, commitment or priority that the address names, one of them."""
    seat, asked = request.seat, request.GET
    if asked.get("action"):
        return get_object_or_404(Action.objects.visible_to(seat), number=whole(asked["action"]))
    if asked.get("commitment"):
        return standing(seat, whole(asked["commitment"]))
    if asked.get("priority"):
        return get_object_or_404(Priority.objects.visible_to(seat), pk=whole(asked["priority"]))
    raise Http404("Nothing to measure")


def add_to(seat: Seat, thing: Measured, what: str) -> str:
    """Where this seat adds a measure of it; nothing where it may not."""
    if not access.may(seat, "measure", thing):
        return ""
    number = thing.pk if isinstance(thing, Priority) else thing.number
    return f"{reverse('measure_add', args=[seat.board.slug])}?{what}={number}"


def back(board: str, thing: Measured) -> str:
    """The page of what is measured."""
    if isinstance(thing, Priority):
        return reverse("plans", args=[board])
    return reverse("action" if isinstance(thing, Action) else "commitment", args=[board, thing.number])
