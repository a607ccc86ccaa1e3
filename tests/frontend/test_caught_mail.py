"""Caught mail: there only where mail is caught, safe whatever a mail says. And help, which anybody may read."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage, mailers
from django.test import Client

from tests.factories import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Mail caught as on one machine, by Django's own backend."""
    settings.DEBUG = True
    settings.EMAIL_URL = ""
    settings.CAUGHT_MAIL = tmp_path
    settings.SITE_URL = "http://localhost:8000"
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(tmp_path)},
        }
    }
    return tmp_path


def send(*bodies: str, subject: str = "Hello") -> None:
    """Several mails over one connection: one file."""
    mailer = mailers["default"]
    mailer.open()
    mails = [
        EmailMessage(f"{subject} {n}", body, "tracker@localhost", ["alice@wessex.example"])
        for n, body in enumerate(bodies)
    ]
    mailer.send_messages(mails)
    mailer.close()


def page(path: str = "/caught-mail/") -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def only_file(folder: Path) -> str:
    (found,) = folder.glob("*.log")
    return found.name


def test_mails_of_one_file_are_listed_the_newest_first(folder: Path) -> None:
    send("One", "Two")

    html = page()

    assert html.index("Hello 1") < html.index("Hello 0")
    assert "alice@wessex.example" in html


def test_a_mail_is_read_without_signing_in(folder: Path) -> None:
    send("First", "Your code is 428 917.")

    html = page(f"/caught-mail/{only_file(folder)}/1/")

    assert "Your code is 428 917." in html
    assert '<h1 class="govuk-heading-l">Hello 1</h1>' in html


def test_only_links_into_this_installation_can_be_followed(folder: Path) -> None:
    send(
        "Go to http://localhost:8000/wessex/actions/A-1/. Not to http://localhost:8000.evil.example/ "
        "nor https://evil.example/ nor javascript:alert(1)\n<script>alert(1)</script> "
        'http://localhost:8000/"onclick="x'
    )

    html = page(f"/caught-mail/{only_file(folder)}/0/")

    mail = html[html.index('<div class="app-mail">') :]
    mail = mail[: mail.index("</div>")]
    assert mail.count("<a ") == 2
    assert '<a class="govuk-link" href="http://localhost:8000/wessex/actions/A-1/">' in mail
    assert '<a class="govuk-link" href="http://localhost:8000/">' in mail
    assert "<script" not in mail


def test_headers_are_text(folder: Path) -> None:
    send("x", subject="<img src=x onerror=alert(1)> é")

    for path in ("/caught-mail/", f"/caught-mail/{only_file(folder)}/0/"):
        assert "<img" not in page(path)
        assert "onerror=alert(1)&gt; é 0" in page(path)


def test_what_is_no_mail_does_not_break_the_page(folder: Path) -> None:
    (folder / "20260101-000000-1.log").write_bytes(b"\xff\xfe not a mail \n" + b"-" * 79 + b"\n\n")

    assert "(no subject)" in page()
    assert Client().get("/caught-mail/20260101-000000-1.log/0/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/caught-mail/nothing.log/0/",
        "/caught-mail/..%2F..%2Fsecret.log/0/",
        "/caught-mail/..%5Csecret.log/0/",
        "/caught-mail/%2Fetc%2Fpasswd/0/",
        "/caught-mail/secret.txt/0/",
    ],
)
def test_no_name_leads_out_of_the_folder(folder: Path, path: str) -> None:
    (folder.parent / "secret.log").write_text("Subject: secret\n\nsecret")
    (folder / "secret.txt").write_text("Subject: secret\n\nsecret")

    assert Client().get(path).status_code == 404


def test_a_place_that_is_not_there(folder: Path) -> None:
    send("One")

    assert Client().get(f"/caught-mail/{only_file(folder)}/1/").status_code == 404


def test_pages_of_twenty_five(folder: Path) -> None:
    send(*("x" for _ in range(27)))

    assert "Showing 1 to 25 of 27" in page()
    assert "Showing 26 to 27 of 27" in page("/caught-mail/?page=2")


def test_no_mail_yet(folder: Path) -> None:
    assert "No mail has been caught yet" in page()


@pytest.mark.parametrize(("debug", "email_url"), [(False, ""), (True, "smtp://mail.example:25")])
def test_where_mail_is_sent_there_is_no_such_page(
    folder: Path, settings: Any, debug: bool, email_url: str
) -> None:
    send("Secret")
    settings.DEBUG, settings.EMAIL_URL = debug, email_url
    client = Client()
    client.force_login(world().mo.user)

    assert client.get("/caught-mail/").status_code == 404
    assert client.get(f"/caught-mail/{only_file(folder)}/0/").status_code == 404


@pytest.mark.parametrize("path", ["/help/", "/accessibility/"])
def test_help_needs_no_sign_in_and_no_database(path: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert "<h1" in page(path)


def test_help_explains_every_status_and_every_colour() -> None:
    html = page("/help/")

    for words in ("Draft", "Planned", "On hold", "Signed off", "Withdrawn", "Off track", "No recent update"):
        assert words in html
