"""The first board is made in a browser by whoever can read the console; a second by a command."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver
from pytest_django import DjangoAssertNumQueries

from actions import audit, people
from actions.models import Agency, Board, Seat, User
from actions.people import Person
from frontend import founding
from frontend.forms.founding import RESERVED, FirstBoardForm
from notifications import post
from notifications.models import Message
from tests.factories import TODAY, World, action, sign_in, world
from tests.frontend.conftest import NOON
from tests.frontend.pages import BrowserOf

GIVEN = {
    "board": "Fenshire Safeguarding Adults Board",
    "slug": "fenshire",
    "division": "ENG",
    "name": "Fay Fen",
    "email": "Fay@fenshire.example",
    "password": "some words of mine alone",
}


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def path() -> str:
    return founding.address().removeprefix("http://localhost:8000")


def test_the_first_board_its_manager_and_the_way_on_come_from_one_page(clock: time_machine.Traveller) -> None:
    client = Client()
    link = path()

    assert client.get(link).status_code == 200
    answer = client.post(link, GIVEN, follow=True)

    assert answer.redirect_chain == [("/fenshire/setup/", 302), ("/accounts/second-factor/", 302)]
    sign_in(client, User.objects.get())
    assert client.get("/fenshire/setup/").status_code == 200
    fay = Seat.objects.get()
    assert (fay.name, fay.email, fay.is_manager, fay.user) == (
        "Fay Fen",
        "fay@fenshire.example",
        True,
        User.objects.get(),
    )
    assert (fay.board.name, fay.board.division, audit.verify(fay.board)) == (
        "Fenshire Safeguarding Adults Board",
        "ENG",
        [],
    )
    assert client.get("/fenshire/sources/take-in/").text.count("<option") > 5
    assert client.get("/")["Location"] == "/fenshire/"
    assert Client().get(link).status_code == 410
    assert Client().post(link, GIVEN | {"slug": "second", "email": "b@b.example"}).status_code == 410
    assert Board.objects.count() == 1


def test_the_second_of_two_clicks_at_once_is_told_that_there_is_a_board(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = path()
    Client().post(link, GIVEN)
    monkeypatch.setattr("frontend.views.founding.opens", lambda token: True)  # as it was when both looked
    for field in ("slug", "email"):
        monkeypatch.setattr(
            FirstBoardForm, f"clean_{field}", lambda form, name=field: form.data[name].lower()
        )

    answer = Client().post(link, GIVEN)

    assert (answer.status_code, "There is a board by now" in answer.text) == (410, True)
    assert (Board.objects.count(), User.objects.count()) == (1, 1)


def test_the_example_board_does_not_stand_in_the_way(clock: time_machine.Traveller) -> None:
    made = world("example")
    assert Client().get(path()).status_code == 410
    Board.objects.filter(pk=made.board.pk).update(example=True)
    assert Client().get(path()).status_code == 200


@pytest.mark.parametrize("token", ["x", "first:1:2", "é"])
def test_without_the_consoles_word_there_is_no_way_in(clock: time_machine.Traveller, token: str) -> None:
    assert Client().get(f"/first-board/{token}/").status_code == 410
    assert Client().post(f"/first-board/{token}/", GIVEN).status_code == 410
    assert not Board.objects.exists()


def test_the_address_ends_after_a_week(clock: time_machine.Traveller) -> None:
    link = path()
    clock.shift(timedelta(days=7, minutes=1))

    assert Client().post(link, GIVEN).status_code == 410


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"slug": "accounts"}, "is an address of the tracker itself"),
        ({"slug": "Caught-Mail"}, "is an address of the tracker itself"),
        ({"slug": "fen shire"}, "Use small letters, digits and hyphens only"),
        ({"slug": ""}, "Enter a short name."),
        ({"board": " "}, "Enter the name of the board."),
        ({"email": "fay"}, "Enter an email address such as"),
        ({"password": "short"}, "at least 12 characters"),
        ({"division": "FRA"}, "Choose one from the list."),
    ],
)
def test_what_does_not_fit_makes_nothing_and_keeps_what_was_typed(
    clock: time_machine.Traveller, changes: dict[str, str], says: str
) -> None:
    answer = Client().post(path(), GIVEN | changes)

    assert (answer.status_code, says in answer.text, 'value="Fay Fen"' in answer.text) == (422, True, True)
    assert (Board.objects.count(), User.objects.count()) == (0, 0)


def test_every_first_part_of_an_address_is_reserved() -> None:
    first = {str(pattern.pattern).split("/")[0] for pattern in get_resolver().url_patterns}
    pages = next(one for one in get_resolver().url_patterns if getattr(one, "urlconf_name", None)
                 and getattr(one.urlconf_name, "__name__", "") == "frontend.urls")  # fmt: skip
    first |= {str(pattern.pattern).split("/")[0] for pattern in pages.url_patterns}

    assert {one for one in first if one and not one.startswith("<")} <= RESERVED
    assert {"invitation", "first-board", "accounts", "api", "healthz", "help"} <= first


def test_without_a_board_a_stranger_is_told_where_to_look(clock: time_machine.Traveller) -> None:
    assert "There is no board here yet" in Client().get("/", follow=True).text
    out = StringIO()

    call_command("prepare", stdout=out)

    assert "Set up the first board at\n  http://localhost:8000/first-board/" in out.getvalue()


def test_a_later_start_plays_no_past_beside_a_board_that_writes_to_people(
    w: World, settings: Any, tmp_path: Path
) -> None:
    settings.DEBUG, settings.CAUGHT_MAIL = True, tmp_path
    post.turn_on(w.board, by=w.mo, today=TODAY)
    people.invite([Person("Nia New", "nia@wessex.example")], by=w.mo, today=TODAY)
    for slug in ("fenmarsh", "saltwold"):
        made = world(slug)
        action(made, due_on=TODAY)
        Board.objects.filter(pk=made.board.pk).update(example=True)

    call_command("prepare", site="http://localhost:8137", stdout=StringIO())

    assert not Message.objects.exists()


def test_where_it_is_served_stands_in_every_address(clock: time_machine.Traveller, settings: Any) -> None:
    settings.SITE_URL = "http://localhost:8000"
    out = StringIO()

    call_command("prepare", site="http://localhost:8137", stdout=out)

    assert "  http://localhost:8137/first-board/" in out.getvalue()


def test_a_second_board_comes_by_a_command_that_prints_its_managers_invitation(w: World) -> None:
    out = StringIO()

    call_command("new_board", "fens", "Fens SAB", manager="Fay", email="fay@fens.example", stdout=out)

    link = out.getvalue().split()[-1].removeprefix("http://localhost:8000")
    answer = Client().post(link, {"name": "Fay", "password": GIVEN["password"]}, follow=True)
    assert answer.redirect_chain == [("/fens/", 302), ("/accounts/second-factor/", 302)]
    for slug in ("fens", "api", "a b"):
        with pytest.raises(CommandError):
            call_command("new_board", slug, "X", manager="Fay", email="f@f.example")


def test_the_set_up_list_counts_what_is_there_and_leads_on(w: World, browser_of: BrowserOf) -> None:
    mo = browser_of(w.mo)

    steps = {one.name: (one.said, one.done) for one in mo.get("/wessex/setup/").context["steps"]}

    assert steps == {
        "Agencies": ("2 so far", True),
        "Subgroups": ("1 so far", True),
        "People": ("6 so far", True),
        "Meetings": ("None yet", False),
        "Strategic plan": ("1 so far", True),
        "Post": ("Off", False),
    }


def test_the_set_up_list_costs_the_same_queries_for_one_and_three(
    w: World, browser_of: BrowserOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mo = browser_of(w.mo)
    with django_assert_num_queries(5):
        mo.get("/wessex/setup/")
    for n in range(3):
        Agency.objects.create(board=w.board, name=f"A{n}", short_name=f"A{n}")
    with django_assert_num_queries(5):
        mo.get("/wessex/setup/")
