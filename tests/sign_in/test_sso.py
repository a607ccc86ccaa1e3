"""Single sign-on against a real OpenID provider: it opens the account of the same address, and never makes one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from actions.models import User
from frontend.account.policy import Shown
from frontend.account.session import KEY
from tests.factories import World
from tests.sign_in.conftest import give_app, is_in
from tests.sign_in.provider import Provider, provider

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning:authlib")


@pytest.fixture
def entra() -> Iterator[Provider]:
    with provider() as one:
        yield one


def test_it_is_offered_and_opens_the_account_of_the_same_address(
    w: World, client: Client, entra: Provider
) -> None:
    entra.knows("s-1", preferred_username="Mo@Wessex.example", name="Mo Manager")
    assert "Sign in with Wessex Council" in client.get("/accounts/login/").text

    answer = entra.sign_in(client, "s-1", next="/wessex/actions/")

    assert answer["Location"] == "/wessex/actions/"
    assert client.get("/wessex/actions/").status_code == 200
    assert client.session[KEY]["shown"] == Shown.STRONG
    linked = SocialAccount.objects.get()
    assert (linked.user, linked.provider, linked.uid) == (w.mo.user, "wessex", "s-1")
    assert User.objects.count() == 6


def test_it_counts_as_the_second_factor(w: World, client: Client, entra: Provider) -> None:
    give_app(w.mo.user)
    entra.knows("s-1", email="mo@wessex.example")

    entra.sign_in(client, "s-1")

    assert client.get("/wessex/").status_code == 200


def test_once_linked_the_person_stays_the_same_whatever_the_address_becomes(
    w: World, entra: Provider
) -> None:
    first, second = Client(), Client()
    entra.knows("s-1", email="mo@wessex.example")
    entra.sign_in(first, "s-1")
    entra.knows("s-1", email="alice@wessex.example")

    entra.sign_in(second, "s-1")

    assert second.session["_auth_user_id"] == str(w.mo.user.pk)
    assert SocialAccount.objects.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"email": "eve@wessex.example"}, "no Safeguarding Adults Board here has a seat for that address"),
        ({"email": "mo@elsewhere.example"}, "did not give an address that it may speak for"),
        (
            {"email": "mo@elsewhere.example", "email_verified": True},
            "did not give an address that it may speak for",
        ),
        (
            {"email": "mo@wessex.example", "email_verified": False},
            "did not give an address that it may speak for",
        ),
        ({"name": "Mo"}, "did not give an address that it may speak for"),
    ],
    ids=["unknown here", "not its domain", "not its domain, verified", "not verified", "no address"],
)
def test_who_is_not_known_here_gets_a_page_and_no_account(
    w: World, client: Client, entra: Provider, claims: dict[str, Any], says: str
) -> None:
    entra.knows("s-2", **claims)

    answer = entra.sign_in(client, "s-2")

    assert answer.status_code == 403
    assert says in answer.text
    assert not is_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (6, 0)


def test_who_has_left_every_board_is_not_let_in(w: World, entra: Provider) -> None:
    entra.knows("s-1", email="mo@wessex.example")
    entra.sign_in(Client(), "s-1")
    w.mo.left_on = date(2026, 6, 1)
    w.mo.save()
    client = Client()

    answer = entra.sign_in(client, "s-1")

    assert answer.status_code == 403
    assert not is_in(client)


def test_a_closed_account_stays_closed(w: World, client: Client, entra: Provider) -> None:
    User.objects.filter(pk=w.mo.user.pk).update(is_active=False)
    entra.knows("s-1", email="mo@wessex.example")

    assert entra.sign_in(client, "s-1").status_code == 403
    assert not is_in(client)


def test_nobody_links_an_identity_to_the_account_that_is_open(
    w: World, client: Client, entra: Provider
) -> None:
    client.force_login(w.alice.user)
    entra.knows("s-1", email="mo@wessex.example")

    answer = entra.sign_in(client, "s-1", process="connect")

    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()


def test_an_answer_that_was_not_asked_for_signs_nobody_in(w: World, client: Client, entra: Provider) -> None:
    answer = client.get("/accounts/sso/wessex/login/callback/", {"code": "made-up", "state": "made-up"})

    assert "did not finish" in answer.text
    assert not is_in(client)
