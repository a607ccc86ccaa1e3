"""Somebody leaves: what waits for them moves at once, all or nothing, and the trail says what went to whom.

The dates stay, and with them the lateness; the reminders start anew with the successor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from actions import access, trail
from actions.models import Action, Asked, Board, Event, Seat, Status, Subgroup, SubgroupSeat
from actions.people import ROLES, held, refuse_last_manager
from actions.refusals import Changed, Invalid
from actions.trail import Entry

# What still waits for its owner. One that is done does too: it may be sent back.
WAITING = (Status.DRAFT, Status.PLANNED, Status.STARTED, Status.ON_HOLD, Status.DONE)
Role = SubgroupSeat.Role


@dataclass(frozen=True)
class Handover:
    """What moves to whom. A chair that goes to nobody is acted for by the independent chair."""

    actions: list[tuple[Action, Seat]]
    chairs: list[tuple[Subgroup, Seat | None]]
    asked: list[tuple[Asked, Seat]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.actions or self.chairs or self.asked)


def handover(seat: Seat, *, today: date, locked: bool = False) -> Handover:
    """What would move if they left today. It writes nothing; `locked` keeps the actions as they are until then."""
    owned = seat.owned.filter(status__in=WAITING).select_related("board", "agency").order_by("pk")
    if locked:
        owned = owned.select_for_update(of=("self",), no_key=True)
    successors = _Successors(seat, today)
    return Handover(
        [(action, successors.of(action.agency_id or seat.agency_id)) for action in owned],
        _chairs(seat),
        [(one, successors.of(seat.agency_id)) for one in _unanswered(seat)],
    )


def _unanswered(seat: Seat) -> list[Asked]:
    """What they were asked themselves; what their subgroup or agency was asked stays with it."""
    waiting = Asked.objects.filter(seat=seat, answered_on=None, challenge__closed_on=None)
    return list(waiting.select_related("challenge__commitment__source", "challenge__action").order_by("pk"))


class _Successors:
    """Another lead of the agency, else a manager: one who is here before one who is away or leaving."""

    def __init__(self, leaver: Seat, today: date) -> None:
        others = Seat.objects.active().filter(board=leaver.board_id).exclude(pk=leaver.pk)
        answering = others.filter(Q(is_lead=True) | Q(is_manager=True)).order_by("pk")
        self.seats = sorted(answering, key=lambda one: (one.user_id is None, _is_away(one, today)))

    def of(self, agency: int | None) -> Seat:
        leads = (one for one in self.seats if one.is_lead and one.agency_id == agency)
        managers = (one for one in self.seats if one.is_manager)
        found = next(leads, None) or next(managers, None)
        if found is None:
            raise Invalid("Nobody could take over what waits for them. Make somebody else manager first.")
        return found


def _is_away(seat: Seat, today: date) -> bool:
    away = seat.away_from is not None and seat.away_until is not None
    return seat.leaves_on is not None or (away and seat.away_from <= today <= seat.away_until)  # type: ignore[operator]


def _chairs(seat: Seat) -> list[tuple[Subgroup, Seat | None]]:
    chaired = Subgroup.objects.filter(subgroup_seats__seat=seat, subgroup_seats__role=Role.CHAIR)
    others = (
        SubgroupSeat.objects.filter(subgroup__in=chaired, role__in=(Role.CHAIR, Role.VICE_CHAIR))
        .filter(seat__left_on=None)
        .exclude(seat=seat)
        .select_related("seat")
        .order_by("-role", "pk")  # the vice-chair; then a second chair
    )
    found: dict[int, Seat] = {}
    for row in others:
        found.setdefault(row.subgroup_id, row.seat)
    return [(subgroup, found.get(subgroup.pk)) for subgroup in chaired.order_by("name")]


@transaction.atomic
def leave(seat: Seat, *, by: Seat | None, today: date, on: date | None = None) -> Handover:
    """Their last day was `on` (none: today), and nothing waits for them any more. Returns what moved to whom.

    `by` None is the tracker itself, on a day that was set ahead. An invitation that is open ends the same way.
    """
    if by is not None:
        access.check(by, "keep_people", seat)
    if on is not None and on > today:
        raise Invalid("That day lies ahead: set it as the last day instead.", field="on")
    seat = held(seat)
    if seat.left_on is not None:
        raise Changed(f"{seat.name} has left the board already.")
    if seat.is_manager:
        refuse_last_manager(seat)
    moved = handover(seat, today=today, locked=True)
    entries = [
        *_pass_on(moved, seat, by, today),
        *_ask_instead(moved, seat, by, today),
        _left(seat, moved, by, on or today),
    ]
    _promote(moved)
    _end(seat, on or today)
    trail.append(seat.board, entries)
    return moved


def _pass_on(moved: Handover, leaver: Seat, by: Seat | None, today: date) -> Iterable[Entry]:
    """One statement for each successor, whatever the number of actions."""
    for _, pairs in groupby(sorted(moved.actions, key=lambda pair: pair[1].pk), key=lambda pair: pair[1].pk):
        given = list(pairs)
        to = given[0][1]
        actions = Action.objects.filter(pk__in=[action.pk for action, _ in given])
        raised = {"version": F("version") + 1, "due_version": F("due_version") + 1}
        actions.update(owner=to, disowned_on=None, **raised)
        for action, _ in given:
            action.owner = to
            detail = {"from": leaver.pk, "to": to.pk, "left": True}
            words = f"{leaver.name} has left the board."
            yield Entry("reassign", by, today, action=action, words=words, detail=detail)


def _ask_instead(moved: Handover, leaver: Seat, by: Seat | None, today: date) -> Iterable[Entry]:
    """Whoever takes over answers; the day stays."""
    for one, to in moved.asked:
        Asked.objects.filter(pk=one.pk, answered_on=None).update(seat=to)
        about = one.challenge
        yield Entry(
            "challenge",
            by,
            today,
            action=about.action,
            commitment=about.commitment,
            source=about.commitment.source if about.commitment else None,
            words=f"{leaver.name} has left the board: {to.name} is asked instead.",
            detail={"challenge": about.pk, "asked": one.pk, "from": leaver.pk, "to": to.pk, "left": True},
        )


def _left(seat: Seat, moved: Handover, by: Seat | None, on: date) -> Entry:
    """The one list of what moved, by ids, with the roles that ended."""
    detail: dict[str, Any] = {
        "actions": {str(action.number): to.pk for action, to in moved.actions},
        "chairs": {str(subgroup.pk): to.pk if to else None for subgroup, to in moved.chairs},
        "asked": {str(one.challenge_id): to.pk for one, to in moved.asked},
        "roles": [role for role in ROLES if getattr(seat, role)],
        "subgroups": {str(row.subgroup_id): str(row.role) for row in seat.subgroup_seats.all()},
        "invited": seat.user_id is None,
    }
    return Entry("leave", by, on, seat=seat, detail=detail)


def _promote(moved: Handover) -> None:
    for subgroup, to in moved.chairs:
        SubgroupSeat.objects.filter(subgroup=subgroup, seat=to).update(role=Role.CHAIR)


def _end(seat: Seat, on: date) -> None:
    """Who has left holds nothing, so that no query that asks for a role can find them."""
    seat.subgroup_seats.all().delete()
    Seat.objects.filter(pk=seat.pk).update(
        left_on=on, leaves_on=None, away_from=None, away_until=None, **dict.fromkeys(ROLES, False)
    )


@transaction.atomic
def leave_ahead(seat: Seat, *, on: date | None, by: Seat, today: date) -> Seat:
    """Sets the last day ahead, or with none takes it back. The tracker carries it out the day after."""
    access.check(by, "keep_people", seat)
    if on is not None and on < today:
        raise Invalid("Choose today or a later day.", field="on")
    seat = held(seat)
    if on is not None and seat.is_manager:
        refuse_last_manager(seat)
    if not Seat.objects.active().filter(pk=seat.pk).update(leaves_on=on):
        raise Changed(f"{seat.name} has left the board already.")
    seat.refresh_from_db()
    trail.append(
        seat.board, [Entry("leave_ahead", by, today, seat=seat, detail={"on": str(on) if on else None})]
    )
    return seat


def day(board: Board, today: date) -> list[Seat]:
    """Carries out the last days that have passed. Run twice, it does nothing more. Returns who left.

    The last manager stays until there is another: the page of that person says that the day has passed.
    """
    left = []
    for seat in Seat.objects.active().filter(board=board, leaves_on__lt=today).select_related("board"):
        try:
            leave(seat, by=None, today=today, on=seat.leaves_on)
        except (Changed, Invalid):
            continue
        left.append(seat)
    return left


def what_moved(seat: Seat) -> Event | None:
    """The line of the trail that says what moved when they left, of the last time that they did."""
    return Event.objects.filter(board=seat.board_id, seat=seat, verb="leave").order_by("-seq").first()
