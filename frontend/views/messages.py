"""The ledger: who was told what, when, why, and whether it arrived; a mail in doubt is settled there. And the switches
of a board's post.

It sends nothing.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import access
from actions.refusals import Changed
from frontend.context import BoardRequest
from frontend.forms.messages import PolicyForm, SettleForm
from frontend.pages import narrowed, page_or_part
from frontend.views.people import mailed
from notifications import post
from notifications.filters import MessageFilter
from notifications.forecast import forecast, next_round
from notifications.health import is_silent
from notifications.models import Heartbeat, Message, Policy

PAGE_SIZE = 25
SHOWN = 50  # of those who would be told something
NEEDING = 10  # shown in the box; a link leads to the rest
State = Message.State

# What a person does about what the engine cannot settle.
TO_DO = {
    State.IN_DOUBT: "The connection ended before the mail service answered. Ask them whether it came.",
    State.FAILED: "It did not get through. Tell them yourself, and have the mail service looked at.",
    State.BOUNCED: "Their address does not take mail. Ask for the right one.",
    State.COMPLAINED: "They marked it as spam. Speak with them.",
    State.EXPIRED: "It could not be sent while it was still true. Tell them yourself.",
}
SETTLED = {
    post.Became.ARRIVED: "it arrived.",
    post.Became.AGAIN: "it is sent again, if it is still called for.",
    post.Became.LOST: "it did not arrive. Tell them yourself.",
}
TWICE = (
    "It was sent twice, and both times the connection ended before the mail service answered. There is no third copy: "
    "ask them whether it came, and if not, tell them yourself."
)


@require_safe
def index(request: BoardRequest, board: str) -> HttpResponse:
    access.check(request.seat, "read_ledger")
    ledger = Message.objects.visible_to(request.seat).with_reminders()
    shown = MessageFilter(request.GET, queryset=ledger, request=request)
    context = narrowed(request, shown, PAGE_SIZE)
    if not request.htmx:
        context |= _attention(request.seat)
    return page_or_part(request, "frontend/messages/index.html", "list", context)


def _attention(seat: Any) -> dict[str, Any]:
    """What stands above the list: the state of post and engine, and what a person has to settle."""
    needing = Message.objects.visible_to(seat).filter(state__in=TO_DO).select_related("seat__agency")
    policy = Policy.objects.filter(board=seat.board).first()
    last = Heartbeat.last()
    return {
        "post_on": policy is not None and policy.post_on,
        "may_set_post": access.may(seat, "set_post"),
        "engine_last": last,
        "engine_silent": is_silent(last, timezone.now()),
        "needing": [(one, to_do(one), choices(seat, one)) for one in needing[: NEEDING + 1]],
        "most": NEEDING,
    }


def to_do(message: Message) -> str:
    if message.state == State.IN_DOUBT and message.resent:
        return TWICE
    return TO_DO.get(State(message.state), "")


def choices(seat: Any, message: Message) -> list[post.Became]:
    """What this seat can say became of it."""
    return post.choices(message) if access.may(seat, "settle_doubt", message) else []


@require_safe
def show(request: BoardRequest, board: str, number: int) -> HttpResponse:
    access.check(request.seat, "read_ledger")
    return _shown(request, number)


def _shown(request: BoardRequest, number: int, status: int = 200) -> HttpResponse:
    seat = request.seat
    found = Message.objects.visible_to(seat).with_reminders()
    message = get_object_or_404(found, pk=number)
    context = {"message": message, "to_do": to_do(message), "choices": choices(seat, message)}
    return render(request, "frontend/messages/show.html", context, status=status)


@require_POST
def settle(request: BoardRequest, board: str, number: int) -> HttpResponse:
    access.check(request.seat, "settle_doubt")
    seat = request.seat
    message = get_object_or_404(Message.objects.visible_to(seat).select_related("seat"), pk=number)
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say what became of it.")
        return _shown(request, number, status=422)
    try:
        post.settle(message, **form.cleaned_data, by=seat, today=seat.board.today)
    except Changed as refusal:
        messages.error(request, refusal.message)
        return _shown(request, number, status=409)
    messages.success(request, f"The mail to {message.seat.name}: {SETTLED[form.cleaned_data['became']]}")
    return redirect("ledger", seat.board.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: BoardRequest, board: str) -> HttpResponse:
    """Before it is turned on, the page shows who would be told what."""
    access.check(request.seat, "set_post")
    seat = request.seat
    if request.method == "POST":
        return _set(request, seat, on=request.POST.get("on") == "1")
    at = next_round(timezone.now(), seat.board.division)
    policy = Policy.objects.filter(board=seat.board).first() or Policy(board=seat.board)
    context = {
        "post_on": policy.post_on,
        "policy": PolicyForm(initial=model_to_dict(policy)),
        "mails": [] if policy.post_on else forecast(seat.board, now=at),
        "at": at,
        "shown": SHOWN,
    }
    return render(request, "frontend/messages/post.html", context)


def _set(request: BoardRequest, seat: Any, *, on: bool) -> HttpResponse:
    turn = post.turn_on if on else post.turn_off
    changed = turn(seat.board, by=seat, today=seat.board.today)
    words = f"on. {mailed(seat)}" if on else "off. What waits is held."
    messages.success(request, f"The board's post is {'now ' if changed else 'already '}{words}")
    return redirect("ledger", seat.board.slug)


@require_POST
def policy(request: BoardRequest, board: str) -> HttpResponse:
    """How mail is sent: a box that is not ticked is off."""
    access.check(request.seat, "set_post")
    seat = request.seat
    form = PolicyForm(request.POST)
    form.full_clean()
    changed = post.set_policy(seat.board, **form.cleaned_data, by=seat, today=seat.board.today)
    said = "Saved. It holds from the next mail on." if changed else "It stood so already."
    messages.success(request, said)
    return redirect("post", seat.board.slug)
