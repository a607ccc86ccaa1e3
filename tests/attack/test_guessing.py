"""Guessing at sign-in over real HTTP: how many guesses are tried (P18), and what answers give away (P19).

`make promises` tries a thousand and prints the figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter
from typing import Any

import pytest
import requests
from django.core import mail
from django.core.cache import cache

from actions import triggers
from actions.models import User
from frontend.account.adapter import UNKNOWN, WAIT
from tests.factories import PASSWORD
from tests.sign_in.conftest import give_app
from tests.sizes import tried

pytestmark = [pytest.mark.slow, pytest.mark.promise]
GUESSES = tried(1000, each_run=60)
ROUNDS = tried(15, each_run=7)
ALLOWED = 7  # tried in five minutes
REAL_HASHER = "django.contrib.auth.hashers.PBKDF2PasswordHasher"


@pytest.fixture
def site(transactional_db: None, live_server: Any) -> Iterator[str]:
    cache.clear()
    yield live_server.url
    cache.clear()
    triggers.remove()  # the trail refuses to be emptied


@pytest.fixture
def mo(site: str) -> User:
    return User.objects.create_user("mo@wessex.example", PASSWORD)


class Stranger:
    """A client of its own, with the token that forms ask for."""

    def __init__(self, site: str) -> None:
        self.site, self.session = site, requests.Session()

    def post(self, path: str, data: dict[str, str], **headers: str) -> requests.Response:
        token = self.session.cookies.get("csrftoken") or self.fetch_token()
        return self.session.post(
            f"{self.site}{path}", data={**data, "csrfmiddlewaretoken": token}, headers=headers, timeout=60
        )

    def fetch_token(self) -> str:
        self.session.get(f"{self.site}/accounts/login/", timeout=60)
        return str(self.session.cookies["csrftoken"])


def outcome(answer: requests.Response) -> str:
    if "<h1" in answer.text and answer.url.endswith("/accounts/login/") and UNKNOWN not in answer.text:
        return "held"  # sent back to the start
    if UNKNOWN in answer.text or "That code is not right" in answer.text:
        return "tried"
    return "held" if WAIT in answer.text or answer.status_code == 429 else f"other {answer.status_code}"


def forged(number: int) -> dict[str, str]:
    address = f"10.{number % 250}.{number // 250}.{number % 97}"
    return {"X-Forwarded-For": f"{address}, {address}", "X-Real-IP": address, "Forwarded": f"for={address}"}


def counted(name: str, guess: Callable[[int], requests.Response]) -> Counter[str]:
    began = perf_counter()
    with ThreadPoolExecutor(4) as several:
        found = Counter(outcome(answer) for answer in several.map(guess, range(GUESSES)))
    print(f"\n{name}: {GUESSES} guesses in {perf_counter() - began:.0f} s: {dict(found)}")
    return found


def test_of_many_guesses_at_a_password_seven_at_most_are_tried(site: str, mo: User) -> None:
    strangers = [Stranger(site) for _ in range(4)]

    def guess(number: int) -> requests.Response:
        wrong = {"login": mo.email, "password": f"wrong guess {number}"}
        return strangers[number % 4].post("/accounts/login/", wrong, **forged(number))

    found = counted("One account, one machine, a forged address each time", guess)

    assert found["tried"] <= ALLOWED
    assert found["tried"] + found["held"] == GUESSES


def test_and_from_as_many_addresses_no_more(site: str, mo: User, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # behind a proxy of ours, whose word is the last in the list
    strangers = [Stranger(site) for _ in range(4)]

    def guess(number: int) -> requests.Response:
        wrong = {"login": mo.email, "password": f"wrong guess {number}"}
        return strangers[number % 4].post("/accounts/login/", wrong, **forged(number))

    found = counted("One account, as many machines", guess)

    assert found["tried"] <= ALLOWED
    assert found["tried"] + found["held"] == GUESSES


def test_of_many_guesses_at_an_apps_code_seven_at_most_are_tried(site: str, mo: User) -> None:
    give_app(mo)
    stranger = Stranger(site)
    stranger.post("/accounts/login/", {"login": mo.email, "password": PASSWORD})

    found = counted(
        "Codes of an app, the password known",
        lambda number: stranger.post("/accounts/factor/", {"code": f"{number:06}"}, **forged(number)),
    )

    assert found["tried"] <= ALLOWED
    assert found["tried"] + found["held"] == GUESSES


def test_of_many_guesses_at_a_mailed_code_seven_at_most_are_tried(site: str, mo: User) -> None:
    """Many at once, all from one half-way session: what it counts by itself is read before it is written."""
    first = Stranger(site)
    first.post("/accounts/login/", {"login": mo.email, "password": PASSWORD})
    half_way = dict(first.session.cookies)

    def guess(number: int) -> requests.Response:
        stranger = Stranger(site)
        stranger.session.cookies.update(half_way)
        return stranger.post("/accounts/login/code/", {"code": f"{number:08}"}, **forged(number))

    found = counted("Codes by mail, the password known", guess)

    assert found["tried"] <= ALLOWED
    assert found["tried"] + found["held"] == GUESSES


def plain(answer: requests.Response, address: str) -> str:
    """What a stranger sees, without the token and the address that they typed."""
    text = answer.text.replace(address, "ADDRESS")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "TOKEN", text)


@pytest.mark.parametrize(
    ("path", "field", "more"),
    [
        ("/accounts/login/", "login", {"password": "a wrong pass phrase"}),
        ("/accounts/password/reset/", "email", {}),
    ],
    ids=["sign-in", "new password"],
)
def test_known_and_unknown_addresses_look_alike(
    site: str, settings: Any, path: str, field: str, more: dict[str, str]
) -> None:
    settings.PASSWORD_HASHERS = [REAL_HASHER]
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "login": "",
        "login_failed": "",
        "reset_password": "",
    }
    User.objects.create_user("mo@wessex.example", PASSWORD)
    stranger = Stranger(site)
    took: dict[str, list[float]] = {"known": [], "unknown": []}
    seen: dict[str, set[tuple[int, str]]] = {"known": set(), "unknown": set()}
    addresses = {"known": "mo@wessex.example", "unknown": "no@wessex.example"}

    for _ in range(ROUNDS):
        for kind, address in addresses.items():
            began = perf_counter()
            answer = stranger.post(path, {field: address, **more})
            took[kind].append(perf_counter() - began)
            seen[kind].add((answer.status_code, plain(answer, address)))

    known, unknown = median(took["known"]), median(took["unknown"])
    print(f"\n{path}: known {known * 1000:.0f} ms, unknown {unknown * 1000:.0f} ms, medians of {ROUNDS}")
    assert seen["known"] == seen["unknown"]
    assert abs(known - unknown) <= 0.25 * max(known, unknown) + 0.01
    assert len(mail.outbox) == (0 if more else 2 * ROUNDS)
