"""Writes a board to measure on: in bulk, the same one each time, its trail chained like any other.

It goes past the verbs, which take one action at a time, and keeps their rules by construction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import batched, cycle, islice
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from actions import trail
from actions.management.commands import _large_lives as lives
from actions.models import (
    Action,
    Agency,
    Answer,
    Board,
    BoardHead,
    Commitment,
    Evidence,
    Meeting,
    Plan,
    Priority,
    Seat,
    Source,
    SourceKind,
    Subgroup,
    SubgroupSeat,
    User,
)

AGENCIES, PRIORITIES, SUBGROUPS, OWNERS, SOURCES, PER_SOURCE = 12, 8, 10, 500, 40, 8
EVENTS_AT_ONCE = 2000


@dataclass
class Large:
    board: Board
    today: date
    chance: Random
    agencies: list[Agency] = field(default_factory=list)
    subgroups: list[Subgroup] = field(default_factory=list)
    priorities: list[Priority] = field(default_factory=list)
    owners: list[Seat] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    manager: Seat = field(init=False)
    chairs: dict[int, Seat] = field(default_factory=dict)


@transaction.atomic
def write(slug: str, *, actions: int, password: str, today: date) -> Board:
    board = Board.objects.create(slug=slug, name=f"Measured Safeguarding Adults Board ({slug})", example=True)
    BoardHead.objects.create(board=board)
    large = Large(board, today, Random(slug))
    _standing(large)
    _people(large, password)
    _meetings(large)
    _sources(large)
    _actions(large, actions)
    return board


def _standing(large: Large) -> None:
    board, today = large.board, large.today
    large.agencies = Agency.objects.bulk_create(
        Agency(board=board, name=f"Agency {n:02} of {board.slug}", short_name=f"Agency {n:02}")
        for n in range(1, AGENCIES + 1)
    )
    large.subgroups = Subgroup.objects.bulk_create(
        Subgroup(board=board, name=f"Subgroup {n:02}") for n in range(1, SUBGROUPS + 1)
    )
    plan = Plan.objects.create(
        board=board,
        name="Strategic plan",
        starts_on=date(today.year - 1, 4, 1),
        ends_on=date(today.year + 2, 3, 31),
    )
    large.priorities = Priority.objects.bulk_create(
        Priority(board=board, plan=plan, number=n, name=f"Priority that is called number {n}")
        for n in range(1, PRIORITIES + 1)
    )


def _people(large: Large, password: str) -> None:
    """Owners are spread over the agencies; the first of each leads it, the first ten chair."""
    board, secret = large.board, make_password(password)
    names = ["manager", "chair", *(f"owner-{n:03}" for n in range(1, OWNERS + 1))]
    users = User.objects.bulk_create(
        User(email=f"{name}@{board.slug}.example", name=f"{name} of {board.slug}", password=secret)
        for name in names
    )
    homes = [None, None, *islice(cycle(large.agencies), OWNERS)]
    seats = Seat.objects.bulk_create(
        Seat(
            board=board,
            user=user,
            name=user.name,
            email=user.email,
            agency=home,
            is_lead=2 <= place < AGENCIES + 2,
        )
        for place, (user, home) in enumerate(zip(users, homes, strict=True))
    )
    Seat.objects.filter(pk=seats[0].pk).update(is_manager=True)
    Seat.objects.filter(pk=seats[1].pk).update(is_independent_chair=True)
    large.manager, large.owners = seats[0], seats[2:]
    large.chairs = {subgroup.pk: seat for subgroup, seat in zip(large.subgroups, large.owners, strict=False)}
    SubgroupSeat.objects.bulk_create(
        SubgroupSeat(subgroup_id=pk, seat=seat, role=SubgroupSeat.Role.CHAIR)
        for pk, seat in large.chairs.items()
    )


def _meetings(large: Large) -> None:
    groups = [None, *large.subgroups]
    days = [large.today + timedelta(days=91 * quarter + 20) for quarter in range(-8, 3)]
    Meeting.objects.bulk_create(
        Meeting(
            board=large.board,
            subgroup=group,
            meets_on=day,
            cut_off_on=day - timedelta(days=14),
            state=Meeting.State.HELD if day <= large.today else Meeting.State.PLANNED,
        )
        for group in groups
        for day in days
    )


def _sources(large: Large) -> None:
    board = large.board
    kind = SourceKind.objects.create(board=board, slug="sar", name="Safeguarding Adults Review")
    first = trail.number(board, "sources", SOURCES)
    sources = Source.objects.bulk_create(
        Source(
            board=board, number=first + n, kind=kind, title=f"Review {n + 1:02}", short_title=f"R{n + 1:02}"
        )
        for n in range(SOURCES)
    )
    first = trail.number(board, "commitments", SOURCES * PER_SOURCE)
    large.commitments = Commitment.objects.bulk_create(
        Commitment(
            board=board,
            number=first + n,
            source=sources[n // PER_SOURCE],
            kind="recommendation",
            printed_number=str(n % PER_SOURCE + 1),
            words=f"Agencies should {lives.piece_of_work(large.chance).lower()}.",
            priority=large.chance.choice(large.priorities),
        )
        for n in range(SOURCES * PER_SOURCE)
    )
    entries = [
        trail.Entry("take_in", large.manager, large.today, source=source, words=source.title)
        for source in sources
    ] + [
        trail.Entry("keep", large.manager, large.today, commitment=one, source=one.source, words=one.words)
        for one in large.commitments
    ]
    trail.append(board, entries)


def _actions(large: Large, count: int) -> None:
    first = trail.number(large.board, "actions", count)
    told = [
        lives.live(_begun(large, first + place), status, late=late, today=large.today, chance=large.chance)
        for place, (status, late) in enumerate(lives.shares(count, large.chance))
    ]
    Action.objects.bulk_create([life.action for life in told], batch_size=EVENTS_AT_ONCE)
    _answers(large, told)
    _evidence(large, told)
    lines = sorted(
        ((line.on, place, line) for place, life in enumerate(told) for line in life.lines), key=_order
    )
    for some in batched(lines, EVENTS_AT_ONCE):
        trail.append(large.board, (_entry(large, told[place].action, line) for _, place, line in some))


def _order(line: tuple[date, int, lives.Line]) -> tuple[date, int]:
    return line[0], line[1]


def _begun(large: Large, number: int) -> Action:
    owner = large.chance.choice(large.owners)
    return Action(
        board=large.board,
        number=number,
        title=f"{lives.piece_of_work(large.chance)} ({number})",
        owner=owner,
        agency_id=owner.agency_id,
        subgroup=large.chance.choice(large.subgroups),
        priority=large.chance.choice(large.priorities),
    )


def _answers(large: Large, told: list[lives.Life]) -> None:
    """One in five answers nothing, one in ten answers two."""
    pairs = [
        (life.action, one)
        for life in told
        for one in large.chance.sample(large.commitments, large.chance.choice([0, 0, 1, 1, 1, 1, 1, 1, 1, 2]))
    ]
    Answer.objects.bulk_create(
        (Answer(action=action, commitment=one, source_id=one.source_id) for action, one in pairs),
        batch_size=EVENTS_AT_ONCE,
    )


def _evidence(large: Large, told: list[lives.Life]) -> None:
    finished = [life.action for life in told if life.action.done_on is not None]
    Evidence.objects.bulk_create(
        (
            Evidence(
                board=large.board,
                action=action,
                words="Attendance list and slides",
                link="https://example.org/evidence",
                by=action.owner,
                relied_on=action.signed_off_on is not None,
            )
            for action in finished
        ),
        batch_size=EVENTS_AT_ONCE,
    )


def _entry(large: Large, action: Action, line: lives.Line) -> trail.Entry:
    """An event says how its action stood then, so the action is put back into that state."""
    action.status, action.due_on, action.confidence = line.status, line.due_on, line.confidence
    by = {"office": large.manager, "owner": action.owner, "chair": large.chairs[action.subgroup_id or 0]}[
        line.by
    ]
    if line.verb == "sign_off" and by == action.owner:
        by = large.manager
    return trail.Entry(line.verb, by, line.on, action=action, words=line.words)
