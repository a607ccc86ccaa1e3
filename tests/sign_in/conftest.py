"""People who sign in through the pages: with a password, then whatever is asked next."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client, RequestFactory

from actions.models import Seat, User
from tests.factories import PASSWORD, World, world


@pytest.fixture
def w(db: None) -> World:
    w = world()
    for seat in (w.alice, w.bob, w.dan, w.mo, w.ingrid):
        seat.user.set_password(PASSWORD)
        seat.user.save()
    return w


@pytest.fixture
def password_of() -> Callable[..., Any]:
    """Gives address and password; answers with what the tracker says to that."""

    def give(client: Client, seat: Seat, password: str = PASSWORD, **more: str) -> Any:
        return client.post("/accounts/login/", {"login": seat.user.email, "password": password, **more})

    return give


@pytest.fixture
def in_by_code(password_of: Callable[..., Any]) -> Callable[..., Client]:
    """A browser that is signed in with a password and a code by mail."""

    def signed_in(seat: Seat, *, trust: str = "skip", **headers: str) -> Client:
        client = Client(**headers)  # type: ignore[arg-type]
        password_of(client, seat)
        client.post("/accounts/login/code/", {"code": code_sent()})
        if "account_login" in client.session:  # asked whether to trust the browser
            client.post("/accounts/factor/trust/", {"action": trust})
        return client

    return signed_in


def code_sent() -> str:
    found = re.search(r"^\S{6,9}$", mail.outbox[-1].body, re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[0]


def give_app(user: User) -> tuple[str, list[str]]:
    """An authenticator app and recovery codes: the app's key, the codes."""
    from allauth.core import context

    with context.request_context(RequestFactory().get("/")):
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(user, secret)
        return secret, RecoveryCodes.activate(user).get_unused_codes()


def app_code(secret: str) -> str:
    import time

    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def has_app(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
