"""The frame of every page: sign-in, refusals and faults in plain words, nothing that the content policy would block."""

import json
import re
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from actions.models import User
from actions.refusals import NotAllowed
from frontend.views import errors

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice@example.org", "a long pass phrase", name="Alice Moore")


@pytest.fixture
def request_from() -> RequestFactory:
    return RequestFactory()


def says(response: HttpResponse, words: str) -> bool:
    return words in response.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/signup/"],
)
def test_sign_in_pages_need_nothing_inline(client: Client, path: str) -> None:
    page = client.get(path)

    assert page.status_code == 200
    assert not INLINE.search(page.content.decode())
    assert "unsafe" not in page["Content-Security-Policy"]


def test_sign_in_and_out(client: Client, alice: User) -> None:
    wrong = client.post("/accounts/login/", {"login": "alice@example.org", "password": "wrong"})
    assert says(wrong, "There is a problem")
    assert says(wrong, 'value="alice@example.org"')

    right = client.post(
        "/accounts/login/",
        {"login": "Alice@Example.org", "password": "a long pass phrase", "next": "/healthz"},
    )
    assert right["Location"] == "/accounts/login/code/"
    assert "_auth_user_id" not in client.session

    code = mail.outbox[-1].body.split("\n\n")[1]
    client.post("/accounts/login/code/", {"code": code})
    client.post("/accounts/factor/trust/", {"action": "skip"})
    assert "_auth_user_id" in client.session

    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client: Client) -> None:
    client.post(
        "/accounts/signup/", {"email": "eve@example.org", "password1": "x" * 20, "password2": "x" * 20}
    )

    assert not User.objects.exists()


def test_a_new_password_by_mail(client: Client, alice: User) -> None:
    client.post("/accounts/password/reset/", {"email": "alice@example.org"})

    sent = mail.outbox[0]
    assert sent.subject == "Action tracker: set a new password"
    link = re.search(r"http://testserver(\S+)", sent.body)
    assert link
    page = client.get(link[1], follow=True)
    assert says(page, "Choose a new password")
    done = client.post(
        page.request["PATH_INFO"], {"password1": "another long phrase", "password2": "another long phrase"}
    )
    assert done.status_code == 302
    alice.refresh_from_db()
    assert alice.check_password("another long phrase")


def test_asking_for_an_unknown_address_tells_nothing(client: Client) -> None:
    page = client.post("/accounts/password/reset/", {"email": "eve@example.org"}, follow=True)

    assert says(page, "If that address is known here")
    assert "/signup/" not in mail.outbox[0].body


def test_not_found_says_what_to_do(client: Client, alice: User) -> None:
    client.force_login(alice)

    page = client.get("/nothing/at/all/")

    assert page.status_code == 404
    assert says(page, "Page not found")
    assert says(page, "Alice Moore")


@pytest.mark.parametrize("path", ["/nothing/at/all/", "/nobody/actions/A-999/"])
def test_not_found_says_the_same_on_one_machine(
    path: str, client: Client, alice: User, settings: LazySettings
) -> None:
    settings.DEBUG = True
    client.force_login(alice)

    page = client.get(path)

    assert (page.status_code, says(page, "Page not found")) == (404, True)
    assert "URLconf" not in page.content.decode()


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (lambda r: errors.bad_request(r, SuspiciousOperation()), 400, "could not read that"),
        (lambda r: errors.forbidden(r, PermissionDenied()), 403, "ask your board manager"),
        (lambda r: errors.not_found(r, Exception()), 404, "nothing at this address"),
        (lambda r: errors.form_expired(r), 403, "This form has expired"),
        (lambda r: errors.server_error(r), 500, "The fault is ours"),
    ],
)
def test_each_fault_in_plain_words(answer, status: int, words: str, request_from: RequestFactory) -> None:
    page = answer(request_from.get("/b/actions/"))

    assert page.status_code == status
    assert says(page, words)
    assert not INLINE.search(page.content.decode())


def test_a_refusal_keeps_its_own_words(request_from: RequestFactory) -> None:
    page = errors.forbidden(request_from.get("/"), NotAllowed("It is for the board manager."))  # type: ignore[arg-type]

    assert says(page, "It is for the board manager.")


def test_machines_get_json(request_from: RequestFactory) -> None:
    answer = errors.not_found(request_from.get("/api/v1/boards/x/"), Exception())

    assert answer.status_code == 404
    assert "nothing at this address" in json.loads(answer.content)["detail"]


def test_htmx_gets_the_words_alone(request_from: RequestFactory) -> None:
    request: HttpRequest = request_from.post("/b/actions/")
    request.htmx = True  # type: ignore[attr-defined]

    answer = errors.form_expired(request)

    assert answer["HX-Retarget"] == "#messages"
    assert says(answer, "This form has expired")
    assert not says(answer, "<html")


def test_our_own_fault_needs_no_database(request_from: RequestFactory, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        errors.server_error(request_from.get("/"))


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get("/accounts/password/change/")

    assert answer["Location"] == "/accounts/login/?next=/accounts/password/change/"


def test_a_part_of_a_page_says_that_one_was_signed_out(client: Client) -> None:
    answer = client.get("/accounts/password/change/", headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert answer["HX-Retarget"] == "#messages"
    assert says(answer, "You have been signed out")


@pytest.mark.parametrize("debug", [True, False])
def test_an_address_that_is_not_there_lists_no_others(
    client: Client, alice: User, settings: Any, debug: bool
) -> None:
    settings.DEBUG = debug
    client.force_login(alice)

    page, api = client.get("/nowhere/at/all/"), client.get("/api/v1/boards/nowhere/actions/")

    assert (page.status_code, api.status_code) == (404, 404)
    assert says(page, "Page not found")
    assert not says(page, "urlpatterns")
    assert "belongs to a board on which you have no seat" in api.json()["detail"]


@pytest.mark.parametrize("debug", [True, False])
def test_too_many_words_at_once_are_refused_in_ours(client: Client, settings: Any, debug: bool) -> None:
    settings.DEBUG, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = debug, 1000

    page = client.post("/accounts/login/", {"login": "x" * 2000})

    assert page.status_code == 400
    assert says(page, "too large")
    assert says(page, "Go back")


def test_a_fault_of_ours_is_shown_to_whoever_mends_it(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    client.raise_request_exception = False

    with patch("tracker.health.connection.cursor", side_effect=RuntimeError("No database")):
        page = client.get("/healthz")

    assert page.status_code == 500
    assert says(page, "No database")
