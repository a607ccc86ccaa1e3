"""Questions that wait for a person, and where one about something is asked: for the pages that only mention them."""

from __future__ import annotations

from django.urls import reverse

from actions import access
from actions.models import Challenge, Seat

MOST = 6  # one more than the first page shows, so that it knows of more


def questions_for(seat: Seat) -> list[Challenge]:
    """To be answered or closed by this seat, those due first at the top."""
    waiting = Challenge.objects.visible_to(seat).waiting_for(seat)
    return list(waiting.select_related("by").most_urgent_first()[:MOST])


def ask_about(seat: Seat, name: str, number: int) -> str:
    """The address at which this seat asks about an action or a commitment; empty where it may not."""
    if not access.may(seat, "challenge"):
        return ""
    return f"{reverse('challenge_ask', args=[seat.board.slug])}?{name}={number}"
