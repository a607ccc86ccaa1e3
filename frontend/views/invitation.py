"""Taking up a seat. Opening the link changes nothing, however often and by whomever: only the button does."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from actions import invitation, people
from actions.models import Event, Seat, User
from actions.refusals import Changed, Refused
from frontend.account import arrival
from frontend.forms.founding import NewAccountForm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    found = invitation.read(token)
    if found is None or not found.open:
        return over(request, found)
    seat = found.seat
    account = User.objects.filter(email=seat.email).first()
    if request.method == "POST":
        return taken_up(request, seat, account)
    form = None if account or request.user.is_authenticated else NewAccountForm(initial={"name": seat.name})
    return offered(request, seat, form)


def over(request: HttpRequest, found: invitation.Found | None) -> HttpResponse:
    if found is None:
        return render(request, "frontend/invitation/over.html", status=404)
    managers = Seat.objects.active().filter(board=found.seat.board, is_manager=True, user__isnull=False)
    context = {
        "invited": found.seat,
        "taken_up": found.taken_up,
        "managers": list(managers.values_list("name", flat=True)),
    }
    return render(request, "frontend/invitation/over.html", context, status=410)


def offered(request: HttpRequest, seat: Seat, form: NewAccountForm | None, status: int = 200) -> HttpResponse:
    line = Event.objects.filter(board=seat.board, seat=seat, verb__in=("invite", "invite_again"))
    by = line.order_by("-seq").values_list("by__name", flat=True).first()
    mine = request.user.is_authenticated and request.user.email == seat.email
    context: dict[str, Any] = {
        "invited": seat,
        "inviter": by,
        "will": will(seat),
        "form": form,
        "ready": mine,
        "other": request.user.is_authenticated and not mine,
    }
    return render(request, "frontend/invitation/show.html", context, status=status)


def will(seat: Seat) -> list[str]:
    """What awaits them, in words."""
    owned = seat.owned.open().count()  # type: ignore[attr-defined]
    lines = [
        f"answer for {owned} action{'' if owned == 1 else 's'} that {'is' if owned == 1 else 'are'} yours"
    ]
    if seat.is_lead and seat.agency:
        lines.append(f"lead for {seat.agency.name}")
    if seat.is_manager:
        lines.append("manage the board")
    if seat.is_independent_chair:
        lines.append("act as independent chair")
    subgroups = seat.subgroup_seats.select_related("subgroup").order_by("subgroup__name")
    said = {"chair": "chair", "vice_chair": "act as vice-chair of", "member": "sit on"}
    lines += [f"{said[row.role]} {row.subgroup.name}" for row in subgroups]
    return [*(lines if owned else lines[1:]), "read how far the board’s actions have got"]


def taken_up(request: HttpRequest, seat: Seat, account: User | None) -> HttpResponse:
    if account is None and not request.user.is_authenticated:
        return with_a_new_account(request, seat)
    if not request.user.is_authenticated:
        return offered(request, seat, None, 403)
    try:
        people.take_up(seat, request.user, today=seat.board.today)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return offered(request, seat, None, 409)
    welcome(request, seat)
    return redirect("board", seat.board.slug)


def with_a_new_account(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = NewAccountForm(request.POST, email=seat.email)
    if not form.is_valid():
        return offered(request, seat, form, 422)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                seat.email, form.cleaned_data["password"], name=form.cleaned_data["name"]
            )
            people.take_up(seat, user, today=seat.board.today)
    except (IntegrityError, Changed):  # the other one of two clicks
        return over(request, invitation.Found(Seat.objects.select_related("board").get(pk=seat.pk), False))
    welcome(request, seat)
    return arrival.sign_in(request, user, to=reverse("board", args=[seat.board.slug]))


def welcome(request: HttpRequest, seat: Seat) -> None:
    messages.success(request, f"Welcome to {seat.board.name}.")
