"""Sessions: they change their key, they end, a person sees and ends their own, and the browser keeps nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import World, action, sign_in
from tests.sign_in.conftest import code_sent, is_in

InByCode = Callable[..., Client]
NOON = "2026-06-03T12:00:00+01:00"


@pytest.fixture
def alice(w: World, time_machine: Any) -> Client:
    time_machine.move_to(NOON, tick=False)
    client = Client()
    sign_in(client, w.alice.user)
    return client


def test_the_key_changes_at_sign_in(w: World, client: Client, password_of: Callable[..., Any]) -> None:
    client.get("/accounts/login/?next=/wessex/")
    password_of(client, w.alice)
    half_way = client.session.session_key

    client.post("/accounts/login/code/", {"code": code_sent()})
    client.post("/accounts/factor/trust/", {"action": "skip"})

    assert is_in(client)
    assert client.session.session_key != half_way


def test_it_ends_after_half_an_hour_of_nothing(alice: Client, time_machine: Any) -> None:
    time_machine.shift(29 * 60)
    assert alice.get("/wessex/").status_code == 200
    time_machine.shift(29 * 60)
    assert alice.get("/wessex/").status_code == 200
    time_machine.shift(31 * 60)

    page = alice.get("/wessex/actions/?q=x", follow=True)

    assert page.request["PATH_INFO"] == "/accounts/login/"
    assert "Your session ended" in page.text
    assert 'value="/wessex/actions/?q=x"' in page.text
    assert not is_in(alice)


@pytest.mark.slow
def test_it_ends_after_twelve_hours_however_busy(alice: Client, time_machine: Any) -> None:
    answers = []
    for _ in range(25):
        time_machine.shift(29 * 60)
        answers.append(alice.get("/wessex/").status_code)

    assert answers == [200] * 24 + [302]


def test_how_long_is_left_is_asked_without_using_it_and_said_to_be_used(
    alice: Client, time_machine: Any
) -> None:
    time_machine.shift(28 * 60)
    assert alice.get("/accounts/session/").json() == {"left": 120, "extends": True}
    time_machine.shift(60)
    assert alice.get("/accounts/session/").json() == {"left": 60, "extends": True}

    assert alice.post("/accounts/session/").json() == {"left": 1800, "extends": True}

    time_machine.shift(31 * 60)
    assert alice.get("/accounts/session/").json() == {"left": 0, "extends": False}
    assert alice.post("/accounts/session/").json() == {"left": 0, "extends": False}


@pytest.mark.slow
def test_near_the_twelve_hours_nothing_puts_it_off(alice: Client, time_machine: Any) -> None:
    for _ in range(24):
        time_machine.shift(29 * 60)
        alice.get("/wessex/")
    time_machine.shift(22 * 60)

    assert alice.post("/accounts/session/").json() == {"left": 120, "extends": False}


def test_what_was_typed_comes_back_when_it_came_too_late(w: World, alice: Client, time_machine: Any) -> None:
    action(w)
    time_machine.shift(31 * 60)

    answer = alice.post(
        "/wessex/actions/A-1/update/", {"words": "Two of five briefed.", "password": "not this one"}
    )

    assert answer.status_code == 401
    assert "Two of five briefed." in answer.text
    assert "not this one" not in answer.text
    assert "What you sent was not saved" in answer.text


def test_a_request_that_uses_a_session_writes_at_most_once_a_minute(alice: Client, time_machine: Any) -> None:
    alice.get("/wessex/")

    def writes() -> int:
        with CaptureQueriesContext(connection) as seen:
            alice.get("/wessex/")
        return sum(not query["sql"].startswith("SELECT") for query in seen)

    assert writes() == 0
    time_machine.shift(61)
    assert writes() > 0
    assert writes() == 0


def test_a_person_sees_their_sessions_and_ends_one(w: World, in_by_code: InByCode) -> None:
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
    desk = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
    here = in_by_code(w.alice, headers={"user-agent": desk})
    there = in_by_code(w.alice, headers={"user-agent": phone})

    page = here.get("/accounts/")
    assert "Chrome on Windows</strong> – this one" in page.text
    assert "Safari on an iPhone</strong><br>" in page.text
    (other,) = [one for one in page.context["sessions"] if one.session_key != here.session.session_key]
    here.post("/accounts/sessions/end/", {"which": str(other.pk)})

    assert there.get("/wessex/").status_code == 302
    assert here.get("/wessex/").status_code == 200


def test_all_others_are_ended_at_once_and_nobody_elses(w: World, in_by_code: InByCode) -> None:
    here, there, dan = in_by_code(w.alice), in_by_code(w.alice), in_by_code(w.dan)

    here.post("/accounts/sessions/end/", {"which": "others"})

    assert [one.get("/wessex/").status_code for one in (here, there, dan)] == [200, 302, 200]


def test_nobody_ends_the_session_of_somebody_else(w: World, in_by_code: InByCode) -> None:
    alice, dan = in_by_code(w.alice), in_by_code(w.dan)
    (his,) = dan.get("/accounts/").context["sessions"]

    alice.post("/accounts/sessions/end/", {"which": str(his.pk)})

    assert dan.get("/wessex/").status_code == 200


def test_a_new_password_ends_the_other_sessions(w: World, in_by_code: InByCode) -> None:
    here, there = in_by_code(w.alice), in_by_code(w.alice)
    new = "another-long-phrase"

    here.post(
        "/accounts/password/change/",
        {"oldpassword": "correct-horse-battery", "password1": new, "password2": new},
    )

    assert [one.get("/wessex/").status_code for one in (here, there)] == [200, 302]


@pytest.mark.parametrize("seconds", [1, 61])
@pytest.mark.parametrize("who", ["alice", "mo"])
def test_a_session_of_the_password_before_is_none_however_long_ago_it_was_used(
    w: World, in_by_code: InByCode, time_machine: Any, who: str, seconds: int
) -> None:
    time_machine.move_to(NOON, tick=False)
    seat = getattr(w, who)
    other = in_by_code(seat)
    seat.user.set_password("another-long-phrase")
    seat.user.save()
    time_machine.shift(seconds)

    answer = other.get("/wessex/")

    assert answer["Location"] == "/accounts/login/?next=/wessex/"
    assert "Your session ended" in other.get(answer["Location"]).text
    assert not is_in(other)


@pytest.mark.parametrize(
    "path", ["/wessex/", "/accounts/", "/wessex/actions/", "/api/v1/boards/wessex/actions/"]
)
def test_the_browser_keeps_no_copy(alice: Client, path: str) -> None:
    assert alice.get(path)["Cache-Control"] == "no-store, private"


def test_signing_out_clears_the_browser_but_leaves_its_trust(w: World, in_by_code: InByCode) -> None:
    client = in_by_code(w.alice, trust="trust")

    answer = client.post("/accounts/logout/")

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert "mfa_trusted" not in answer.cookies


def test_a_name_is_changed_and_an_empty_one_refused(w: World, alice: Client) -> None:
    refused = alice.post("/accounts/name/", {"name": " "})
    assert "Enter your name." in refused.text

    alice.post("/accounts/name/", {"name": "Alice M. Owner"})

    w.alice.user.refresh_from_db()
    assert w.alice.user.name == "Alice M. Owner"
