"""What every page needs to draw its frame; asks the database nothing that the frame does not show."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django_htmx.middleware import HtmxDetails

from actions import access
from actions.models import Seat
from frontend.account import session


class BoardRequest(HttpRequest):
    """A request for a page of one board, as our middleware leaves it: what views annotate."""

    seat: Seat
    htmx: HtmxDetails


OPEN_ACTIONS = "?status=planned&status=started&status=on_hold"  # what most people come to the list for


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    current: str  # for aria-current: "page", "true" (a page below it), or nothing


def page(request: HttpRequest) -> dict[str, Any]:
    """Lazy where it costs something: a part of a page that htmx fetches pays for no navigation."""
    seat = getattr(request, "seat", None)
    return {
        "seat": seat,
        "board": seat.board if seat else None,
        "nav": partial(navigation, seat, request.path),
        "several_boards": seat is not None and seat.on_other_boards,
        "session_left": partial(session.left, request.session) if hasattr(request, "session") else None,
        "on_one_machine": settings.DEBUG and not settings.EMAIL_URL and seat is not None,
        "caught_mail_url": partial(address, "caught_mail"),
        "accessibility_url": partial(address, "accessibility"),
        "help_url": partial(address, "help"),
    }


def navigation(seat: Seat | None, path: str) -> list[NavItem]:
    if seat is None:
        return []
    named = [("My actions", "board"), ("Actions", "actions"), ("Sources", "sources"), ("Summary", "summary")]
    named += [("Papers", "papers"), ("People", "people")]
    if access.may(seat, "read_ledger"):
        named.append(("Messages", "ledger"))
    if access.may(seat, "read_trail"):
        named.append(("Trail", "trail"))
    if access.may(seat, "keep_people"):
        named.append(("Set up", "setup"))
    items = []
    for label, name in named:
        url = address(name, seat.board.slug)
        if url:
            shown = current(path, url, exactly=name == "board")
            items.append(NavItem(label, url + (OPEN_ACTIONS if name == "actions" else ""), shown))
    return items


def current(path: str, url: str, *, exactly: bool) -> str:
    if path == url:
        return "page"
    return "true" if not exactly and path.startswith(url) else ""


def address(name: str, *args: str | int) -> str:
    """The address of a page, or nothing where this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
