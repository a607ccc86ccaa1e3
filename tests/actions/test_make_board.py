"""The invented boards: the example is made once and looks alive; the large one has its proportions."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from actions import audit, rag
from actions.management.commands import _example, _example_board
from actions.models import (
    Action,
    Agency,
    Answer,
    Board,
    Commitment,
    Event,
    Meeting,
    Priority,
    Proposal,
    Seat,
    Source,
    Status,
)

pytestmark = pytest.mark.django_db


def make(**options: object) -> str:
    out = StringIO()
    call_command("make_board", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def fenmarsh() -> Board:
    make(example=True)
    return Board.objects.get(slug=_example_board.SLUG)


def test_the_example_twice_changes_nothing(fenmarsh: Board) -> None:
    before = list(Action.objects.order_by("pk").values()), Event.objects.count(), Seat.objects.count()

    said = make(example=True)

    assert (
        list(Action.objects.order_by("pk").values()),
        Event.objects.count(),
        Seat.objects.count(),
    ) == before
    assert said.startswith("The example board, Fenmarsh Safeguarding Adults Board, is there already")


def test_whoever_is_named_can_sign_in_with_the_password_it_says() -> None:
    said = make(example=True)

    assert _example_board.PASSWORD in said
    for role, _, address in _example.sign_ins():
        assert f"{role:<18} {address}" in said
        assert Client().login(email=address, password=_example_board.PASSWORD), address


def test_where_a_key_of_its_own_is_set_the_public_password_opens_nothing() -> None:
    with override_settings(SECRET_KEY="of-this-installation-alone"):
        said = make(example=True)
        again = make(example=True)
    _, _, address = _example.sign_ins()[0]
    password = said.split("Sign in with the password ")[1].split()[0]

    assert not Client().login(email=address, password=_example_board.PASSWORD)
    assert Client().login(email=address, password=password)
    assert "password" not in again


def test_the_example_shows_every_colour_and_a_date_moved_more_than_once(fenmarsh: Board) -> None:
    actions = Action.objects.filter(board=fenmarsh).with_rag(fenmarsh.calendar(fenmarsh.today))

    assert set(actions.values_list("rag", flat=True)) == set(rag.WORDS)
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


@pytest.mark.parametrize("today", [date(2026, 4, 1), date(2028, 2, 29)])
def test_the_example_can_be_made_on_any_day(today: date) -> None:
    board = _example.write(password="x", today=today)

    assert Action.objects.filter(board=board).count() == 57


@pytest.fixture
def big() -> Board:
    make(actions=400, slug="big")
    return Board.objects.get(slug="big")


def test_the_large_board_has_its_proportions(big: Board) -> None:
    actions = Action.objects.filter(board=big)

    assert Counter(actions.values_list("status", flat=True)) == {
        Status.DRAFT: 12,
        Status.PLANNED: 68,
        Status.STARTED: 180,
        Status.ON_HOLD: 12,
        Status.DONE: 28,
        Status.SIGNED_OFF: 80,
        Status.WITHDRAWN: 20,
    }
    assert actions.overdue(big.today).count() == 100
    assert {
        model: model.objects.filter(board=big).count()
        for model in (Agency, Source, Commitment, Seat, Meeting)
    } == {Agency: 12, Source: 40, Commitment: 320, Seat: 502, Meeting: 121}
    assert Answer.objects.filter(action__board=big).count() > 250


def test_the_large_boards_trail_stands_and_ends_where_each_action_stands(big: Board) -> None:
    last = (
        Event.objects.filter(board=big, action__isnull=False)
        .order_by("seq")
        .values_list("action", "status", "due_on")
    )
    ends = {action: (status, due_on) for action, status, due_on in last}

    assert audit.verify(big) == []
    assert ends == {a.pk: (a.status, a.due_on) for a in Action.objects.filter(board=big)}


def test_several_large_boards_are_made_at_once_and_none_over_another() -> None:
    make(actions=20, slug="big", boards=3)

    assert list(Board.objects.order_by("slug").values_list("slug", flat=True)) == ["big", "big-2", "big-3"]
    with pytest.raises(CommandError, match="There is a board at big-2 already"):
        make(actions=20, slug="big-2")


def test_asked_for_nothing_it_says_what_can_be_asked() -> None:
    with pytest.raises(CommandError, match="--example, or --actions 10000"):
        make()


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
