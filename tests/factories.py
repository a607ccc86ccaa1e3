"""A board to test on: Alice owns, Bob chairs, Carol leads, Mo manages, Ingrid is the independent chair, Zed is a
stranger from another board. Plain functions, each with what it needs and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client

from actions.models import (
    Agency,
    Board,
    BoardHead,
    Plan,
    Priority,
    Seat,
    Source,
    SourceKind,
    Subgroup,
    SubgroupSeat,
    User,
)
from actions.planning import Wanted, plan_many
from frontend.account.policy import Shown
from frontend.account.session import begin

TODAY = date(2026, 6, 3)
PASSWORD = "correct-horse-battery"


@dataclass
class World:
    """One board with one of everything that most tests need."""

    board: Board
    police: Agency
    council: Agency
    subgroup: Subgroup
    priority: Priority
    alice: Seat  # owns, Police
    bob: Seat  # chairs the subgroup, Council
    carol: Seat  # leads Police
    dan: Seat  # a board member, Council
    mo: Seat  # board manager
    ingrid: Seat  # independent chair
    sar: SourceKind


def world(slug: str = "wessex") -> World:
    board = make_board(slug)
    police = Agency.objects.create(board=board, name="Wessex Police", short_name="Police")
    council = Agency.objects.create(board=board, name="Wessex Council", short_name="Council")
    subgroup = Subgroup.objects.create(board=board, name="Learning and Review")
    bob = seat(board, "Bob Chair", council)
    SubgroupSeat.objects.create(subgroup=subgroup, seat=bob, role=SubgroupSeat.Role.CHAIR)
    return World(
        board=board,
        police=police,
        council=council,
        subgroup=subgroup,
        priority=priority(board),
        alice=seat(board, "Alice Owner", police),
        bob=bob,
        carol=seat(board, "Carol Lead", police, is_lead=True),
        dan=seat(board, "Dan Member", council),
        mo=seat(board, "Mo Manager", None, is_manager=True),
        ingrid=seat(board, "Ingrid Chair", None, is_independent_chair=True),
        sar=SourceKind.objects.create(board=board, slug="sar", name="Safeguarding Adults Review"),
    )


def make_board(slug: str) -> Board:
    board = Board.objects.create(slug=slug, name=f"{slug.title()} Safeguarding Adults Board")
    BoardHead.objects.create(board=board)
    return board


def priority(board: Board, number: int = 1, name: str = "Making safeguarding personal") -> Priority:
    plan, _ = Plan.objects.get_or_create(
        board=board, name="Strategic plan", starts_on=date(2025, 4, 1), ends_on=date(2028, 3, 31)
    )
    return Priority.objects.create(board=board, plan=plan, number=number, name=name)


def seat(board: Board, name: str, agency: Agency | None, **roles: Any) -> Seat:
    address = f"{name.split()[0].lower()}@{board.slug}.example"
    user = User.objects.create(email=address, name=name)
    return Seat.objects.create(board=board, user=user, name=name, email=address, agency=agency, **roles)


def source(w: World, title: str = "SAR Katherine", short_title: str = "Katherine") -> Source:
    number = Source.objects.filter(board=w.board).count() + 1
    return Source.objects.create(
        board=w.board, number=number, kind=w.sar, title=title, short_title=short_title
    )


def action(w: World, **changes: Any) -> Any:
    """A planned action of Alice's under the subgroup, due in four weeks, by way of the verb."""
    wanted = {
        "title": "Brief every custody sergeant",
        "owner": w.alice,
        "due_on": date(2026, 7, 1),
        "subgroup": w.subgroup,
        "priority": w.priority,
    } | changes
    return plan_many([Wanted(**wanted)], by=w.mo, today=TODAY)[0]


def sign_in(client: Client, user: User, shown: Shown = Shown.STRONG) -> None:
    """Signed in as if through the pages, with a second factor: what `force_login` alone does not vouch for."""
    client.force_login(user)
    session = client.session
    begin(session, user, shown)
    session.save()
