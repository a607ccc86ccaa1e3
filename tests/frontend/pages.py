"""What tests of pages share: who looks, how htmx asks, how a step is sent, and what a page then says."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.test import Client

from actions.models import Seat

HTMX = {"HX-Request": "true"}
BrowserOf = Callable[[Seat], Client]


def text(response: HttpResponse) -> str:
    """What the page says, in one line per run of spaces."""
    return " ".join(response.content.decode().split())


def send(client: Client, verb: str, number: int = 1, *, htmx: bool = False, **data: Any) -> HttpResponse:
    headers = HTMX if htmx else {}
    return client.post(f"/wessex/actions/A-{number}/{verb}/", {"version": 1, **data}, headers=headers)
