"""Responses that wait for a person: asked of the agency they lead, or for a chair or the manager to see to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from actions import access
from actions.models import Response, Seat
from actions.models.response import NOT_SHOWN, TO_JUDGE, WAITING, to_decide

SHORT = 5  # lines of a list on the first page


@dataclass(frozen=True)
class Part:
    """A list that a role asks for: which responses, and the same said as filters of the list."""

    key: str
    title: str
    which: Q
    filters: dict[str, Any]


@dataclass(frozen=True)
class Asked:
    title: str
    responses: list[Response]
    total: int
    url: str


@dataclass(frozen=True)
class Figure:
    count: int
    words: str
    url: str


def waiting(seat: Seat) -> tuple[list[Asked], list[Figure]]:
    """The lists of this seat, most urgent first, and the manager's figures. Nothing is asked for who has none."""
    parts, figures = [*as_lead(seat), *as_chair(seat)], as_manager(seat)
    if not (parts or figures):
        return [], []
    visible = Response.objects.visible_to(seat).standing()
    counts = visible.aggregate(**{one.key: Count("pk", filter=one.which) for one in [*parts, *figures]})
    lists = [listed(seat, visible, one, counts[one.key]) for one in parts if counts[one.key]]
    told = [Figure(counts[one.key], one.title, address(seat, one)) for one in figures if counts[one.key]]
    return lists, told


def as_lead(seat: Seat) -> list[Part]:
    if not seat.is_lead:
        return []
    ours, own = Q(agency=seat.agency_id), {"agency": seat.agency_id}
    return [
        Part("asked", "Responses asked of your agency", ours & WAITING, own | {"state": "waiting"}),
        Part("not_shown", "Not shown to be in place", ours & NOT_SHOWN, own | {"state": "not_shown"}),
    ]


def as_chair(seat: Seat) -> list[Part]:
    """What an agency says is in place: for the chair of the subgroup that watches over the review."""
    if not (seat.is_independent_chair or seat.chaired):
        return []
    under = Q() if seat.is_independent_chair else Q(commitment__source__subgroup__in=seat.chaired)
    which = TO_JUDGE & under & ~Q(answered_by=seat)
    return [Part("to_judge", "Said to be in place already: is it shown?", which, {"state": "to_judge"})]


def as_manager(seat: Seat) -> list[Part]:
    if not access.may(seat, "share_out"):
        return []
    today = seat.board.today
    late = WAITING & Q(due_on__lt=today)
    return [
        Part("unanswered", "responses not answered yet", WAITING, {"state": "waiting"}),
        Part("late", "responses late", late, {"state": "late"}),
        Part("unjudged", "said to be in place, to be judged", TO_JUDGE, {"state": "to_judge"}),
        Part("undecided", "proposals for the board to decide", to_decide(today), {"state": "to_decide"}),
    ]


def listed(seat: Seat, visible: Any, part: Part, total: int) -> Asked:
    lines = visible.filter(part.which).with_names().most_urgent_first()[:SHORT]
    return Asked(part.title, list(lines), total, address(seat, part))


def address(seat: Seat, part: Part) -> str:
    return f"{reverse('responses', args=[seat.board.slug])}?{urlencode(part.filters)}"
