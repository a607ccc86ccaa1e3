"""Writes the invented example board through the verbs, on past days. It does not look whether one exists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.contrib.auth.hashers import make_password
from django.db import transaction

from actions import colours, links, planning, trail
from actions.intake import review, taking
from actions.management.commands import _example_board as data
from actions.management.commands import (
    _example_challenges,
    _example_measures,
    _example_papers,
    _example_responses,
)
from actions.management.commands import _example_return as returned
from actions.management.commands._example_play import Example, Happening, play
from actions.management.commands._example_stories import STORIES
from actions.models import (
    Agency,
    Board,
    BoardHead,
    Commitment,
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
from actions.rag import BEGUN, Scheme
from actions.rollup import months

YEAR = timedelta(days=365)


@transaction.atomic
def write(*, password: str, today: date) -> Board:
    example = Example(_board(data.SLUG, data.NAME), today)
    _standing(example)
    _people(example, password)
    _meetings(example)
    arrivals: list[Happening] = [(one.day, partial(_source, example, one)) for one in data.SOURCES]
    arrivals += [(returned.DAY, partial(_partner_return, example)), *_example_measures.happenings(example)]
    arrivals.append((-305, partial(_colours, example)))
    arrivals += _example_responses.happenings(example)
    arrivals += _example_challenges.happenings(example)
    arrivals += _example_papers.happenings(example)
    arrivals += list(_month_ends(example))
    play(example, STORIES, arrivals)
    _second_board(example)
    return example.board


def _colours(example: Example) -> None:
    """A word of its own for what is red."""
    scheme = Scheme.of(BEGUN.flat() | {"words_red": "Off track or long late"})
    colours.set_colours(
        scheme, by=example.manager, today=example.on(-305), saw=colours.mark(example.manager.board)
    )


def _month_ends(example: Example) -> Iterator[Happening]:
    """First thing on the day after: what the board has come to by then."""
    for on in months.month_ends(example.today - YEAR, example.today):
        yield (on - example.today).days + 1, partial(months.keep, example.board, on)


def exists() -> bool:
    return Board.objects.filter(slug=data.SLUG).exists()


def sign_ins() -> list[tuple[str, str, str]]:
    """What a newcomer may sign in as: role, name, address. All share one password."""
    return [(role, data.PEOPLE[key].name, address(key)) for role, key in data.SIGN_INS]


def address(key: str) -> str:
    first_and_last = data.PEOPLE[key].name.lower().split()[-2:]
    return f"{'.'.join(first_and_last)}@{data.DOMAIN}"


def _board(slug: str, name: str) -> Board:
    board = Board.objects.create(slug=slug, name=name, example=True)
    BoardHead.objects.create(board=board)
    SourceKind.objects.bulk_create(
        SourceKind(board=board, slug=kind, name=words) for kind, words in data.KINDS.items()
    )
    return board


def _standing(example: Example) -> None:
    board = example.board
    for key, (name, short_name, attendance) in data.AGENCIES.items():
        example.agencies[key] = Agency.objects.create(
            board=board, name=name, short_name=short_name, attendance=attendance
        )
    for key, name in data.SUBGROUPS.items():
        example.subgroups[key] = Subgroup.objects.create(board=board, name=name)
    plan = _plan(board, example.today)
    for number, name in data.PRIORITIES.items():
        example.priorities[number] = Priority.objects.create(board=board, plan=plan, number=number, name=name)


def _plan(board: Board, today: date) -> Plan:
    """Three financial years; the board is in the second."""
    year = (today.year if today.month >= 4 else today.year - 1) - 1
    return Plan.objects.create(
        board=board,
        name=f"{data.PLAN} {year} to {year + 3}",
        starts_on=date(year, 4, 1),
        ends_on=date(year + 3, 3, 31),
    )


def _people(example: Example, password: str) -> None:
    secret = make_password(password)  # made once: it is slow on purpose
    for key, person in data.PEOPLE.items():
        email = address(key)
        user = User.objects.create(email=email, name=person.name, password=secret)
        seat = Seat.objects.create(
            board=example.board,
            user=user,
            name=person.name,
            email=email,
            job=person.job,
            agency=example.agencies.get(person.agency),
            **dict.fromkeys(person.roles, True),
        )
        example.seats[key] = seat
        for group in person.sits_on:
            SubgroupSeat.objects.create(subgroup=example.subgroups[group], seat=seat)
        if person.chairs:
            SubgroupSeat.objects.create(
                subgroup=example.subgroups[person.chairs], seat=seat, role=SubgroupSeat.Role.CHAIR
            )


def _meetings(example: Example) -> None:
    for group, days in data.MEETINGS.items():
        for day in days:
            Meeting.objects.create(
                board=example.board,
                subgroup=example.subgroups.get(group),
                meets_on=example.on(day),
                cut_off_on=example.on(day - data.PAPERS_CLOSE),
                state=Meeting.State.HELD if day < 0 else Meeting.State.PLANNED,
            )


def _source(example: Example, one: data.From) -> None:
    source = Source.objects.create(
        board=example.board,
        number=trail.number(example.board, "sources"),
        kind=SourceKind.objects.get(board=example.board, slug=one.kind),
        title=one.title,
        short_title=one.short,
        published_on=example.on(one.day),
    )
    _keep(example, source, one)


def _keep(example: Example, source: Source, one: data.From) -> None:
    first = trail.number(example.board, "commitments", len(one.said))
    entries = [
        trail.Entry("take_in", example.manager, example.on(one.day), source=source, words=source.title)
    ]
    for place, said in enumerate(one.said):
        commitment = example.commitments[said.key] = Commitment.objects.create(
            board=example.board,
            number=first + place,
            source=source,
            kind=one.commitment_kind,
            printed_number=said.number,
            words=said.words,
            agency=example.agencies.get(said.agency),
            priority=example.priorities[said.priority],
            due_words=said.due_words,
        )
        entries.append(
            trail.Entry(
                "keep",
                example.manager,
                example.on(one.day),
                commitment=commitment,
                source=source,
                words=said.words,
            )
        )
    trail.append(example.board, entries)


def _partner_return(example: Example) -> None:
    """A document goes in; some of what was read is kept, some is context, the rest waits for a person."""
    today = example.on(returned.DAY)
    years = {"year": today.year, "next": today.year + 1}
    taken = taking.take_in(
        by=example.manager,
        data=returned.TEXT.format(**years).encode(),
        name=returned.NAME,
        kind=SourceKind.objects.get(board=example.board, slug="partner-return"),
        title=returned.TITLE,
        short_title=returned.SHORT,
        today=today,
    )
    for key, (words, number) in returned.KEPT.items():
        proposal = taken.document.proposals.get(text__contains=words)
        example.commitments[key] = review.keep(
            proposal,
            by=example.manager,
            version=proposal.version,
            today=today,
            priority=example.priorities[number],
            filing=review.Filing("planned_work", proposal.agency),  # whatever it was read as
        )
    seen = [(taken.document.proposals.get(text__contains=words).pk, 1) for words in returned.CONTEXT]
    review.mark_context(taken.document, seen, by=example.manager, today=today)
    for key, other, kind, why in returned.LINKS:
        one, another = example.commitments[key], example.commitments[other]
        links.link(one, another, kind=kind, words=why, by=example.manager, today=today)


def _second_board(example: Example) -> None:
    """A small one on which the manager has a seat too, so that switching between boards can be seen."""
    board = _board("saltwold", "Saltwold Safeguarding Adults Board")
    council = Agency.objects.create(board=board, name="Saltwold Council", short_name="Council")
    priority = Priority.objects.create(
        board=board, plan=_plan(board, example.today), number=1, name="People are asked what they want"
    )
    user = example.manager.user
    seat = Seat.objects.create(
        board=board,
        user=user,
        name=example.manager.name,
        email=example.manager.email,
        agency=council,
        is_manager=True,
    )
    wanted = [
        planning.Wanted(
            title="Compare our thresholds with Fenmarsh's",
            owner=seat,
            due_on=example.on(30),
            priority=priority,
        ),
        planning.Wanted(
            title="Write to every care home about the new number",
            owner=seat,
            due_on=example.on(-6),
            priority=priority,
        ),
    ]
    planning.plan_many(wanted, by=seat, today=example.on(-40))
