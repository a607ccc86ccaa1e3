"""Who sits on the board: invite, change, away, take up. It sends nothing: an invitation is a seat and an Event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils import timezone

from actions import access, trail
from actions.models import Agency, Board, Event, Seat, SubgroupSeat, User
from actions.refusals import Changed, Invalid
from actions.trail import Entry


@dataclass(frozen=True)
class Person:
    """What a board says about one of its people. `subgroups`: subgroup id → the role there."""

    name: str
    email: str = ""
    job: str = ""
    agency: Agency | None = None
    is_manager: bool = False
    is_independent_chair: bool = False
    is_lead: bool = False
    subgroups: Mapping[int, str] = field(default_factory=dict)


ROLES = ("is_manager", "is_independent_chair", "is_lead")


def address(email: str) -> str:
    return email.strip().lower()


@transaction.atomic
def invite(people: Sequence[Person], *, by: Seat, today: date) -> list[Seat]:
    """A seat for each, without a user: all or none. Who has left comes back to the seat they had.

    Each may own actions at once; the invitation waits for whoever sends it.
    """
    access.check(by, "keep_people")
    trail.lock_head(by.board)  # one at a time: an address is there once
    here = {seat.email: seat for seat in Seat.objects.on_board_of(by)}
    seats = []
    for person in people:
        before = here.get(address(person.email))
        _refuse_address(person.email, before, by)
        _refuse_unfit(person, by.board)
        seat = _seated(before or Seat(board=by.board, email=address(person.email)), person)
        here[seat.email] = seat
        seats.append(seat)
    Seat.objects.bulk_create(seat for seat in seats if seat.pk is None)
    SubgroupSeat.objects.bulk_create(
        SubgroupSeat(seat=seat, subgroup_id=pk, role=role)
        for seat, person in zip(seats, people, strict=True)
        for pk, role in person.subgroups.items()
    )
    trail.append(
        by.board,
        [
            Entry("invite", by, today, seat=seat, detail={"now": _facts(seat, person.subgroups)})
            for seat, person in zip(seats, people, strict=True)
        ],
    )
    return seats


def _seated(seat: Seat, person: Person) -> Seat:
    _fill(seat, person)
    seat.user = None
    seat.invited_at = timezone.now()
    seat.leaves_on = seat.left_on = seat.away_from = seat.away_until = None
    if seat.pk:  # who has left sits nowhere any more
        seat.save()
    return seat


def invite_again(seat: Seat, *, by: Seat, today: date, email: str = "") -> Seat:
    """A new invitation, to a corrected address where one is given. Every older one ends."""
    access.check(by, "keep_people", seat)
    to = address(email) or seat.email
    with transaction.atomic():
        _lock(seat)
        if to != seat.email:
            _refuse_address(to, Seat.objects.on_board_of(by).filter(email=to).first(), by)
        waiting = Seat.objects.active().filter(pk=seat.pk, user=None)
        if not waiting.update(email=to, invited_at=timezone.now()):
            raise Changed(
                f"{seat.name} has no invitation open any more. Reload the page to see where it stands."
            )
        before = seat.email
        seat.refresh_from_db()
        trail.append(by.board, [Entry("invite_again", by, today, seat=seat, detail=_addresses(before, to))])
    return seat


def _addresses(before: str, now: str) -> dict[str, Any]:
    """That it changed, not what it was: an address is a personal detail, and the trail is for ever."""
    return {"address": "corrected"} if before != now else {}


def latest(seat: Seat) -> int:
    """The place in the trail of the last thing said about this seat: what a form has seen."""
    return Event.objects.filter(board=seat.board_id, seat=seat).aggregate(seq=Max("seq"))["seq"] or 0


@transaction.atomic
def change(seat: Seat, to: Person, *, by: Seat, seen: int, today: date) -> Seat:
    """Name, job, agency and roles. The address stays; `seen` is what `latest` was when the form was opened."""
    access.check(by, "keep_people", seat)
    seat = held(seat)
    if latest(seat) != seen:
        raise Changed(
            f"Somebody has changed {seat.name} since you opened the page. Nothing of yours is lost: look at "
            "what stands now, then save again."
        )
    if seat.left_on is not None:
        raise Changed(f"{seat.name} has left the board. To bring them back, invite them again.")
    if seat.is_manager and not to.is_manager:
        refuse_last_manager(seat)
    _refuse_unfit(to, by.board)
    stands = {row.subgroup_id: row.role for row in seat.subgroup_seats.all()}
    before = _facts(seat, stands)
    _fill(seat, to)
    seat.save()
    _place(seat, stands, to.subgroups)
    detail = {"before": before, "now": _facts(seat, to.subgroups)}
    if detail["before"] != detail["now"]:
        trail.append(by.board, [Entry("change_person", by, today, seat=seat, detail=detail)])
    return seat


@transaction.atomic
def away(seat: Seat, *, since: date | None, until: date | None, by: Seat, today: date) -> Seat:
    """Away from a day until a day, both included; without days, here again."""
    access.check(by, "keep_people", seat)
    if (since is None) != (until is None):
        missing = "away_until" if until is None else "away_from"
        raise Invalid("Give both days: the first and the last one away.", field=missing)
    if since and until and until < since:
        raise Invalid("The last day away is before the first one.", field="away_until")
    if until and until < today:
        raise Invalid("That is over already. Choose today or a later day.", field="away_until")
    if not Seat.objects.active().filter(pk=seat.pk).update(away_from=since, away_until=until):
        raise Changed(f"{seat.name} has left the board.")
    seat.refresh_from_db()
    detail = {"from": str(since), "until": str(until)} if since else {}
    trail.append(by.board, [Entry("away", by, today, seat=seat, detail=detail)])
    return seat


def take_up(seat: Seat, user: User, *, today: date) -> Seat:
    """An invitation becomes a seat that one can act with. Once: the second finds it taken."""
    if user.email != seat.email:
        raise Invalid(f"This invitation is for {seat.email}. You are signed in as {user.email}.")
    try:
        with transaction.atomic():
            _lock(seat)
            waiting = Seat.objects.active().filter(pk=seat.pk, user=None, invited_at=seat.invited_at)
            if not waiting.update(user=user):
                raise Changed("This invitation is no longer open: it was taken up, withdrawn or sent anew.")
            seat.refresh_from_db()
            trail.append(seat.board, [Entry("take_up", seat, today, seat=seat)])
    except IntegrityError:
        raise Changed("You have a seat on this board already, under another address.") from None
    return seat


def _lock(seat: Seat) -> None:
    """Before its address or its user changes. Those are its keys, so it waits for the head too: whoever holds that
    may be about to name this seat."""
    trail.lock_seats(Q(pk=seat.pk))
    trail.lock_head(seat.board)


# -- what does not fit --------------------------------------------------------------------------------------


def held(seat: Seat) -> Seat:
    """The seat as it now stands, locked with those of the managers, so that the last two cannot both go at once."""
    locked = trail.lock_seats(Q(pk=seat.pk) | Q(board=seat.board_id, is_manager=True))
    return next(one for one in locked if one.pk == seat.pk)


def refuse_last_manager(seat: Seat) -> None:
    """A board without a manager who can sign in could never be changed again."""
    others = Seat.objects.active().filter(board=seat.board_id, is_manager=True, user__isnull=False)
    if not others.filter(leaves_on=None).exclude(pk=seat.pk).exists():
        raise Invalid(
            f"{seat.name} is the last board manager. Make somebody else manager first, and have them take up "
            "their invitation."
        )


def _refuse_address(email: str, taken: Seat | None, by: Seat) -> None:
    try:
        validate_email(address(email))
    except ValidationError:
        raise Invalid("Enter an email address such as name@example.org.", field="email") from None
    if taken is None or taken.left_on is not None:
        return
    if taken.pk == by.pk:
        raise Invalid("That is your own address: you are on the board already.", field="email")
    raise Invalid(f"{taken.email} is on this board already, as {taken.name}.", field="email")


def _refuse_unfit(person: Person, board: Board) -> None:
    if not person.name.strip():
        raise Invalid("Give a name.", field="name")
    if person.agency and person.agency.board_id != board.pk:
        raise Invalid("Choose one of this board's agencies.", field="agency")
    if person.is_lead and person.agency is None:
        raise Invalid("Choose the agency that they lead.", field="agency")
    if unknown := set(person.subgroups.values()) - set(SubgroupSeat.Role.values):
        raise ValueError(f"No such role in a subgroup: {unknown}")
    if person.subgroups and board.subgroups.filter(pk__in=person.subgroups).count() != len(person.subgroups):
        raise Invalid("Choose from this board's own subgroups.")


# -- writing them down --------------------------------------------------------------------------------------


def _fill(seat: Seat, person: Person) -> None:
    seat.name = person.name.strip()
    seat.job = person.job.strip()
    seat.agency = person.agency
    for role in ROLES:
        setattr(seat, role, getattr(person, role))


def _place(seat: Seat, stands: Mapping[int, str], subgroups: Mapping[int, str]) -> None:
    """Where they sit and as what. Rows that stay as they are are left alone."""
    changed = [pk for pk, role in stands.items() if subgroups.get(pk) != role]
    seat.subgroup_seats.filter(subgroup__in=changed).delete()
    SubgroupSeat.objects.bulk_create(
        SubgroupSeat(seat=seat, subgroup_id=pk, role=role)
        for pk, role in subgroups.items()
        if stands.get(pk) != role
    )
    seat.__dict__.pop("places", None)


def _facts(seat: Seat, subgroups: Mapping[int, str]) -> dict[str, Any]:
    """What the trail keeps: the name, ids and roles."""
    roles = [role for role in ROLES if getattr(seat, role)]
    placed = {str(pk): str(subgroups[pk]) for pk in sorted(subgroups)}
    return {"name": seat.name, "agency": seat.agency_id, "roles": roles, "subgroups": placed}
