"""The example board: made once, and it looks alive."""

from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from actions import audit, links, rag, reporting
from actions.management.commands import _example, _example_board
from actions.models import (
    Action,
    Board,
    CommitmentLink,
    Event,
    Priority,
    Proposal,
    Seat,
    Status,
)

pytestmark = pytest.mark.django_db


def make(**options: object) -> str:
    out = StringIO()
    call_command("make_board", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def said(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The example, made once for this file, and what making it printed; each test is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make(example=True)
        transaction.set_rollback(True)


@pytest.fixture
def fenmarsh(said: str, db: None) -> Board:
    return Board.objects.get(slug=_example_board.SLUG)


@pytest.mark.slow
def test_the_example_twice_changes_nothing(fenmarsh: Board) -> None:
    before = list(Action.objects.order_by("pk").values()), Event.objects.count(), Seat.objects.count()

    again = make(example=True)

    assert (
        list(Action.objects.order_by("pk").values()),
        Event.objects.count(),
        Seat.objects.count(),
    ) == before
    assert again.startswith("The example board, Fenmarsh Safeguarding Adults Board, is there already")


@pytest.mark.slow
def test_a_year_of_month_ends_can_be_looked_back_on(fenmarsh: Board) -> None:
    manager = Seat.objects.get(board=fenmarsh, is_manager=True)

    months = reporting.trend(manager, fenmarsh.today)

    assert len(months) >= 12
    assert all(month.figures for month in months)
    counted = [month.figures.counted for month in months if month.figures]
    assert counted == sorted(counted)
    assert counted[0] < counted[-1]


@pytest.mark.slow
def test_whoever_is_named_can_sign_in_with_the_password_it_says(said: str) -> None:
    assert _example_board.PASSWORD in said
    for role, _, address in _example.sign_ins():
        assert f"{role:<18} {address}" in said
        assert Client().login(email=address, password=_example_board.PASSWORD), address


def test_the_example_shows_every_colour_and_a_date_moved_more_than_once(fenmarsh: Board) -> None:
    actions = Action.objects.filter(board=fenmarsh).with_rag(fenmarsh.calendar(fenmarsh.today))

    assert set(actions.values_list("rag", flat=True)) == {*rag.STATES, "none"}
    assert actions.filter(times_moved__gte=2).exists()
    assert actions.filter(asks_board=True).exists()
    assert actions.filter(continuing=True).exists()
    assert actions.overdue(fenmarsh.today).count() >= 8


def test_the_example_shows_every_turn_that_an_action_takes(fenmarsh: Board) -> None:
    actions, today = Action.objects.filter(board=fenmarsh), fenmarsh.today
    verbs = set(Event.objects.filter(board=fenmarsh).values_list("verb", flat=True))

    assert set(actions.values_list("status", flat=True)) == set(Status)
    assert {
        "ask_for_time",
        "grant",
        "refuse",
        "hold",
        "withdraw",
        "restore",
        "reopen",
        "confirm",
        "raise",
    } <= verbs
    assert {
        "on hold, past its day": actions.filter(status=Status.ON_HOLD, look_again_on__lt=today).count(),
        "time asked for": actions.filter(wanted_on__gt=today).count(),
        "a duplicate": actions.filter(status=Status.WITHDRAWN, duplicate_of__isnull=False).count(),
        "confirmed in time": actions.filter(confirmed_in_time=True).count(),
    } == {
        "on hold, past its day": 1,
        "time asked for": 1,
        "a duplicate": 1,
        "confirmed in time": 1,
    }
    [draft] = actions.filter(status=Status.DRAFT)
    line = draft.events.get()
    assert line.by is not None
    assert (line.verb, line.by.is_lead, draft.agency) == ("raise", True, line.by.agency)


def test_the_examples_trail_reads_in_the_order_of_days_and_stands(fenmarsh: Board) -> None:
    told = [event.on for event in Event.objects.filter(board=fenmarsh).order_by("seq")]

    assert audit.verify(fenmarsh) == []
    assert told == sorted(told)
    assert told[-1] <= fenmarsh.today


def test_the_example_took_in_a_document_and_left_some_of_it_to_decide(fenmarsh: Board) -> None:
    states = Counter(Proposal.objects.filter(board=fenmarsh).values_list("state", flat=True))

    assert states["kept"] == 5
    assert states["context"] == 4
    assert states["waiting"] >= 10


def test_the_example_was_measured_and_its_impact_checked(fenmarsh: Board) -> None:
    reviews = fenmarsh.impact_reviews.order_by("pk")
    read = [(one.name, len(one.readings.all()), one.thing) for one in fenmarsh.measures.order_by("pk")]

    assert [(one.verdict, *(action.status for action in one.actions.all())) for one in reviews] == [
        ("embedded", "signed_off"),
        ("not_effective", "started"),
    ]
    assert read == [
        ("Adults who say at closing that they were heard", 3, Priority.objects.get(board=fenmarsh, number=1)),
        ("Agencies met within ten working days", 3, reviews[0].actions.get()),
    ]


def test_the_example_shows_what_repeats_and_what_waits_to_be_compared(fenmarsh: Board) -> None:
    [said] = CommitmentLink.objects.filter(board=fenmarsh)
    manager = Seat.objects.get(board=fenmarsh, is_manager=True)
    waiting = Proposal.objects.filter(board=fenmarsh, state="waiting")

    near = links.resembling(manager, {one.pk: one.text for one in waiting})

    assert (said.kind, said.commitment.words[:19], said.other.reference) == (
        "repeats",
        "A single front page",
        "Desmond 4.2",
    )
    [told] = [one for found in near.values() for one in found]
    assert (told.commitment.reference, told.stands) == ("Marjorie 3", "under way, 4 actions, 1 signed off")
