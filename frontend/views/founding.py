"""The first board, made by whoever can read the console; and what a new board still needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actions import access, founding
from actions.models import Agency, Board, Meeting, Plan, Seat, Subgroup, User
from actions.models.board import UK
from actions.refusals import Invalid
from frontend.account import arrival
from frontend.context import BoardRequest, address
from frontend.forms.founding import FirstBoardForm
from frontend.founding import LASTS, opens
from frontend.sent import posted
from notifications.models import Policy


@login_not_required
@require_safe
def no_board(request: HttpRequest) -> HttpResponse:
    """Where a stranger is sent while there is no board at all."""
    return render(request, "frontend/founding/over.html", {"none": founding.is_first(), "lasts": LASTS.days})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_board(request: HttpRequest, token: str) -> HttpResponse:
    if not opens(token):
        return over(request)
    form = FirstBoardForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            seat = found(form.cleaned_data)
        except Invalid as refusal:
            form.add_error(refusal.field or None, refusal.message)
        except IntegrityError:  # the other one of two clicks
            return over(request)
        else:
            assert seat.user
            return arrival.sign_in(request, seat.user, to=reverse("setup", args=[seat.board.slug]))
    return render(
        request, "frontend/founding/first_board.html", {"form": form}, status=422 if form.errors else 200
    )


def over(request: HttpRequest) -> HttpResponse:
    return render(request, "frontend/founding/over.html", {"lasts": LASTS.days}, status=410)


@transaction.atomic
def found(given: dict[str, Any]) -> Seat:
    user = User.objects.create_user(given["email"], given["password"], name=given["name"])
    return founding.found(
        name=given["board"],
        slug=given["slug"],
        division=given["division"],
        manager=given["name"],
        email=given["email"],
        user=user,
        today=timezone.localdate(timezone=UK),
    )


@dataclass(frozen=True)
class Step:
    name: str
    hint: str
    said: str
    done: bool
    url: str


@require_safe
def setup(request: BoardRequest, board: str) -> HttpResponse:
    access.check(request.seat, "keep_people")
    return render(request, "frontend/founding/setup.html", {"steps": steps(request.seat)})


def steps(seat: Seat) -> list[Step]:
    """Every count in one statement."""
    there = counts(seat)
    slug = seat.board.slug
    on = bool(there["post_there"])
    asked = [
        ("agencies", "Agencies", "The partners of the board.", there["agencies_there"], 1),
        (
            "subgroups",
            "Subgroups",
            "Standing groups of the board. They watch over actions, and their chairs sign them off.",
            there["subgroups_there"],
            1,
        ),
        ("people", "People", "Invite them, with their agency and roles.", there["people_there"], 2),
        (
            "meetings",
            "Meetings",
            "Each with the day on which papers close. What was said since that day counts as recent.",
            there["meetings_there"],
            1,
        ),
        ("plans", "Strategic plan", "Its priorities are what progress is read by.", there["plans_there"], 1),
    ]
    made = [
        Step(name, hint, f"{count} so far" if count else "None yet", count >= enough, address(key, slug))
        for key, name, hint, count, enough in asked
    ]
    hint = "The board’s mail, invitations too. You see first who would be told what; then you turn it on."
    return [*made, Step("Post", hint, "On" if on else "Off", on, address("post", slug))]


def counts(seat: Seat) -> dict[str, Any]:
    def of(rows: Any) -> Subquery:
        return Subquery(
            rows.filter(board=OuterRef("pk")).order_by().values("board").annotate(n=Count("pk")).values("n")
        )

    found = Board.objects.filter(pk=seat.board_id).values(
        agencies_there=of(Agency.objects),
        subgroups_there=of(Subgroup.objects),
        people_there=of(Seat.objects.active()),
        meetings_there=of(Meeting.objects.filter(~Q(state=Meeting.State.CANCELLED))),
        plans_there=of(Plan.objects),
        post_there=of(Policy.objects.filter(post_on=True)),
    )
    return {key: count or 0 for key, count in found.get().items()}
