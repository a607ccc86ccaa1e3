"""An invitation is opened as often as one likes, and taken up once, by a press of its button."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from actions import invitation, leaving, people
from actions.models import Seat, User
from actions.people import Person
from tests.factories import TODAY, World, action, world
from tests.frontend.pages import BrowserOf

WORDS = "some words of mine alone"


@pytest.fixture
def nia(w: World) -> Seat:
    person = Person("Nia New", "nia@wessex.example", agency=w.police, is_lead=True)
    return people.invite([person], by=w.mo, today=TODAY)[0]


def path(seat: Seat) -> str:
    return f"/invitation/{invitation.token(seat)}/"


def everything() -> dict[str, Any]:
    """Every row of every table of ours, and the sessions."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if not name.startswith("sqlite")]
        found = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            found[table] = cursor.fetchall()
        return found


def test_a_new_person_sees_the_board_who_invited_and_what_to_do_then_signs_in_with_a_password(
    w: World, nia: Seat
) -> None:
    action(w, owner=nia)
    client = Client()

    page = client.get(path(nia)).text
    answer = client.post(path(nia), {"name": "Nia Newton", "password": WORDS}, follow=True)

    for words in ("Wessex Safeguarding Adults Board invites you", "Mo Manager has invited you",
                  "answer for 1 action that is yours", "lead for Wessex Police"):  # fmt: skip
        assert words in page
    assert 'value="Nia New"' in page
    assert answer.redirect_chain == [("/wessex/", 302)]
    user = User.objects.get(email="nia@wessex.example")
    assert (user.name, user.check_password(WORDS), Seat.objects.get(pk=nia.pk).user) == (
        "Nia Newton",
        True,
        user,
    )
    assert Client().login(email="nia@wessex.example", password=WORDS)


def test_opening_it_changes_nothing_whoever_opens_it(w: World, nia: Seat, browser_of: BrowserOf) -> None:
    link = path(nia)
    clients = [Client(), browser_of(w.alice), browser_of(w.mo), browser_of(world("mercia").mo)]
    before = everything()

    answers = [
        (client.get(link).status_code, client.head(link).status_code, client.get(link + "?x=1").status_code)
        for client in clients
    ]

    assert answers == [(200, 200, 200)] * 4
    assert everything() == before


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"password": "short"}, "at least 12 characters"),
        ({"password": "nia@wessex.example"}, "too similar"),
        ({"password": ""}, "Choose a password."),
        ({"name": "", "password": WORDS}, "Enter your name."),
        ({"name": "x" * 121, "password": WORDS}, "at most 120"),
    ],
)
def test_a_password_or_name_that_does_not_fit_makes_no_account(
    w: World, nia: Seat, given: dict[str, str], says: str
) -> None:
    answer = Client().post(path(nia), {"name": "Nia"} | given)

    assert (answer.status_code, says in answer.text) == (422, True)
    assert not User.objects.filter(email="nia@wessex.example").exists()


def test_who_has_an_account_signs_in_and_accepts_with_one_press(w: World, browser_of: BrowserOf) -> None:
    other = world("mercia")
    [seat] = people.invite([Person("Alice", "alice@wessex.example")], by=other.mo, today=TODAY)
    stranger, alice = Client(), browser_of(w.alice)

    assert "/accounts/login/?next=/invitation/" in stranger.get(path(seat)).text
    assert "There is an account for alice@wessex.example already" in stranger.get(path(seat)).text
    assert stranger.post(path(seat), {"name": "Eve", "password": WORDS}).status_code == 403
    assert "Take up your place" in alice.get(path(seat)).text
    answer = alice.post(path(seat), follow=True)

    assert answer.redirect_chain == [("/mercia/", 302)]
    assert Seat.objects.get(pk=seat.pk).user == w.alice.user
    assert 'href="/?switch=1"' in answer.text
    assert "Mercia" in alice.get("/?switch=1").text


def test_another_account_cannot_take_it(w: World, nia: Seat, browser_of: BrowserOf) -> None:
    bob = browser_of(w.bob)

    assert "You are signed in as bob@wessex.example" in bob.get(path(nia)).text
    assert bob.post(path(nia)).status_code == 409
    assert Seat.objects.get(pk=nia.pk).user is None


def test_what_has_ended_says_what_to_do_and_whom_to_ask(
    w: World, nia: Seat, clock: time_machine.Traveller
) -> None:
    old = path(nia)
    clock.shift(timedelta(seconds=1))
    people.invite_again(nia, by=w.mo, today=TODAY)
    nia.refresh_from_db()
    current = path(nia)

    assert Client().get(old).status_code == 410
    clock.shift(timedelta(days=15))
    late = Client().get(current)
    posted = Client().post(current, {"name": "Nia", "password": WORDS})

    assert (late.status_code, posted.status_code) == (410, 410)
    assert "ask Mo Manager, who manages the board," in late.text
    leaving.leave(nia, by=w.mo, today=TODAY)
    assert Client().get(path(nia)).status_code == 410
    assert not User.objects.filter(email="nia@wessex.example").exists()


def test_what_was_taken_up_leads_to_the_board(w: World, nia: Seat) -> None:
    link = path(nia)
    Client().post(link, {"name": "Nia", "password": WORDS})

    again = Client().post(link, {"name": "Eve", "password": WORDS + " too"})

    assert again.status_code == 410
    assert "This invitation was taken up" in again.text
    assert User.objects.get(email="nia@wessex.example").check_password(WORDS)


@pytest.mark.parametrize("given", ["x", "a:b:c", "é", "a" * 3000])
def test_what_is_no_invitation_is_not_found_and_says_why(w: World, given: str) -> None:
    answer = Client().get(f"/invitation/{given}/")

    assert answer.status_code == 404
    assert "copy all of it from the mail" in answer.text
