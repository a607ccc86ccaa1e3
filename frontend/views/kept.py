"""Lists that the board manager keeps: agencies, subgroups, kinds of source. Everybody on the board reads them.

One address each: the list; with `?change=3` a form for one row, with `?remove=3` the question before it goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actions import access, kept
from actions.models import Agency, Seat, SourceKind, Subgroup, SubgroupSeat
from actions.refusals import Refused
from frontend.context import BoardRequest
from frontend.forms.kept import AgencyForm, Keeping, RemoveForm, SourceKindForm, SubgroupForm, TheBoardForm
from frontend.sent import posted, whole


@dataclass(frozen=True)
class Kept:
    """A list of one kind of row: how it is called and what a person fills in."""

    address: str
    model: type[Any]
    form: type[Keeping]
    title: str
    one: str
    what: str  # what these are for, in a sentence
    empty: str
    then: str = ""  # the address of what a new board sets up next, and its name
    then_words: str = ""


AGENCIES = Kept(
    "agencies",
    Agency,
    AgencyForm,
    "Agencies",
    "agency",
    "The partners on this board. People and actions belong to one.",
    "There are no agencies yet. The people who own actions each belong to one.",
    "subgroups",
    "subgroups",
)
SUBGROUPS = Kept(
    "subgroups",
    Subgroup,
    SubgroupForm,
    "Subgroups",
    "subgroup",
    "Standing groups that watch over actions. Their chairs sign off what is done.",
    "There are no subgroups yet. Without one, the independent chair signs off every action.",
    "people",
    "people",
)
SOURCE_KINDS = Kept(
    "source_kinds",
    SourceKind,
    SourceKindForm,
    "Kinds of source",
    "kind of source",
    "What asks for change or promises it. A partner return is read for planned work by agency, every other kind for "
    "recommendations and findings.",
    "There are no kinds of source yet. A document cannot be taken in without one.",
)


@require_http_methods(["GET", "HEAD", "POST"])
def agencies(request: BoardRequest, board: str) -> HttpResponse:
    return page(request, AGENCIES)


@require_http_methods(["GET", "HEAD", "POST"])
def subgroups(request: BoardRequest, board: str) -> HttpResponse:
    return page(request, SUBGROUPS)


@require_http_methods(["GET", "HEAD", "POST"])
def source_kinds(request: BoardRequest, board: str) -> HttpResponse:
    return page(request, SOURCE_KINDS)


@require_http_methods(["GET", "HEAD", "POST"])
def the_board(request: BoardRequest, board: str) -> HttpResponse:
    """What the board itself is called, and whose bank holidays count."""
    seat = request.seat
    access.check(seat, "keep_board")
    form, status = TheBoardForm(posted(request), row=seat.board, by=seat, today=seat.board.today), 200
    if request.method == "POST":
        status = saved(form)
        if status == 200:
            messages.success(request, f"“{seat.board}” is saved.")
            return redirect("setup", board)
    context = {
        "title": "Name and bank holidays",
        "intro": "Papers that are issued keep the name that they had. The short name in addresses stays.",
        "form": form,
        "button": "Save",
        "back": reverse("setup", args=[board]),
        "back_words": "Set up the board",
    }
    return render(request, "frontend/boards/step.html", context, status=status)


def page(request: BoardRequest, about: Kept) -> HttpResponse:
    seat = request.seat
    removing = "remove" in request.GET
    row = chosen(request, about.model, "remove" if removing else "change")
    if request.method == "POST" or row.pk:
        access.check(seat, "keep_board", row)
    form = (RemoveForm if removing else about.form)(
        request.POST or None, row=row, by=seat, today=seat.board.today
    )
    status = 200
    if request.method == "POST":
        status = saved(form)
        if status == 200:
            messages.success(request, said(about, row, removing))
            return redirect(about.address, seat.board.slug)
    if row.pk:
        return step(request, about, form, removing, status)
    return listed(request, about, form, status)


def chosen(request: BoardRequest, model: type[Any], name: str) -> Any:
    """The row that the address names, or a new one; another board's is not found."""
    if name not in request.GET:
        return model(board=request.seat.board)
    pk = request.GET[name]
    rows = kept.with_uses(model.objects.visible_to(request.seat))
    return get_object_or_404(rows, pk=whole(pk))


def saved(form: Keeping) -> int:
    """The answer's status: 200 where it is saved."""
    if not form.is_valid():
        return 422
    try:
        form.save()
    except Refused as refusal:
        return form.refuse(refusal)
    return 200


def said(about: Kept, row: Model, removing: bool) -> str:
    return f"“{row}” is removed." if removing else f"“{row}” is saved."


def listed(request: BoardRequest, about: Kept, form: Keeping, status: int) -> HttpResponse:
    rows = kept.with_uses(about.model.objects.visible_to(request.seat))
    if about.model is Subgroup:
        chairs = SubgroupSeat.objects.exclude(role=SubgroupSeat.Role.MEMBER).select_related("seat")
        rows = rows.prefetch_related(Prefetch("subgroup_seats", chairs.order_by("role", "pk"), "chairing"))
    context = {
        "about": about,
        "rows": [(row, kept.uses(row)) for row in rows],
        "form": form,
        "may_keep": may_keep(request.seat),
        "then": reverse(about.then, args=[request.seat.board.slug]) if about.then else "",
    }
    return render(request, "frontend/boards/kept.html", context, status=status)


def may_keep(seat: Seat) -> bool:
    return access.may(seat, "keep_board")


def step(request: BoardRequest, about: Kept, form: Keeping, removing: bool, status: int) -> HttpResponse:
    """One row, to be changed or to be removed. What is in use says so and offers no button."""
    stands = form.row if status == 200 else type(form.row).objects.filter(pk=form.row.pk).first()
    context = {
        "title": f"{'Remove' if removing else 'Change'} “{stands or form.row}”",
        "intro": "It goes from every list of choices. The trail keeps that it was there." if removing else "",
        "used": kept.uses(form.row) if removing else "",
        "form": form,
        "button": "Remove it" if removing else "Save",
        "warning": removing,
        "back": reverse(about.address, args=[request.seat.board.slug]),
        "back_words": about.title,
    }
    return render(request, "frontend/boards/step.html", context, status=status)
