"""Boards made anew: the example with a key of its own and on any day, and large ones with their proportions."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError
from django.test import Client, override_settings

from actions import audit
from actions.management.commands import _example, _example_board
from actions.models import (
    Action,
    Agency,
    Answer,
    Board,
    Commitment,
    Event,
    Meeting,
    Seat,
    Source,
    Status,
)
from tests.actions.test_make_board import make

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_where_a_key_of_its_own_is_set_the_public_password_opens_nothing() -> None:
    with override_settings(SECRET_KEY="of-this-installation-alone"):
        said = make(example=True)
        again = make(example=True)
    _, _, address = _example.sign_ins()[0]
    password = said.split("Sign in with the password ")[1].split()[0]

    assert not Client().login(email=address, password=_example_board.PASSWORD)
    assert Client().login(email=address, password=password)
    assert "password" not in again


@pytest.mark.slow
@pytest.mark.parametrize("today", [date(2026, 4, 1), date(2028, 2, 29)])
def test_the_example_can_be_made_on_any_day(today: date) -> None:
    board = _example.write(password="x", today=today)

    assert Action.objects.filter(board=board).count() == 57


@pytest.fixture
def big() -> Board:
    make(actions=400, slug="big")
    return Board.objects.get(slug="big")


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_large_boards_trail_stands_and_ends_where_each_action_stands(big: Board) -> None:
    last = (
        Event.objects.filter(board=big, action__isnull=False)
        .order_by("seq")
        .values_list("action", "status", "due_on")
    )
    ends = {action: (status, due_on) for action, status, due_on in last}

    assert audit.verify(big) == []
    assert ends == {a.pk: (a.status, a.due_on) for a in Action.objects.filter(board=big)}


@pytest.mark.slow
def test_several_large_boards_are_made_at_once_and_none_over_another() -> None:
    make(actions=20, slug="big", boards=3)

    assert list(Board.objects.order_by("slug").values_list("slug", flat=True)) == ["big", "big-2", "big-3"]
    with pytest.raises(CommandError, match="There is a board at big-2 already"):
        make(actions=20, slug="big-2")


def test_asked_for_nothing_it_says_what_can_be_asked() -> None:
    with pytest.raises(CommandError, match="--example, or --actions 10000"):
        make()
