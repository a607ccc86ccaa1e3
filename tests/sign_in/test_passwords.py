"""Which passwords are refused, with the breach list asked over real HTTP."""

import hashlib
import logging
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from actions.models import User

STOLEN, FINE = "a stolen pass phrase", "a fresh pass phrase of ours"
ALICE = User(email="alice.moore@wessex.example", name="Alice Moore")


@pytest.fixture
def asked(settings: Any) -> Iterator[list[str]]:
    """A stand-in for the list: what it was asked."""
    seen: list[str] = []
    digest = hashlib.sha1(STOLEN.encode()).hexdigest().upper()

    class List(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            padding = hashlib.sha1(FINE.encode()).hexdigest().upper()[5:] + ":0"
            known = f"{digest[5:]}:42\r\n{padding}" if self.path.endswith(digest[:5]) else padding
            self.send_response(200)
            self.end_headers()
            self.wfile.write(known.encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), List)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.PASSWORD_BREACH_URL = f"http://127.0.0.1:{server.server_port}/range/"
    yield seen
    server.shutdown()
    server.server_close()


def refusals(password: str) -> list[str]:
    try:
        validate_password(password, ALICE)
    except ValidationError as fault:
        return [str(one.code) for one in fault.error_list]
    return []


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("eleven char", ["password_too_short"]),
        ("1qaz2wsx3edc", ["password_too_common"]),
        ("alice.moore@wessex", ["password_too_similar"]),
        ("correct-horse-battery", []),
        ("три слова подряд", []),
    ],
)
def test_short_common_and_own_names_are_refused(password: str, codes: list[str]) -> None:
    assert refusals(password) == codes


def test_a_stolen_one_is_refused_and_the_list_learns_five_characters(asked: list[str]) -> None:
    assert refusals(STOLEN) == ["password_breached"]
    assert asked == [f"/range/{hashlib.sha1(STOLEN.encode()).hexdigest().upper()[:5]}"]


def test_a_padding_line_is_no_breach(asked: list[str]) -> None:
    assert refusals(FINE) == []


def test_where_the_list_is_not_reached_nobody_is_kept_out_and_the_log_says_so(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound, and not listening
        settings.PASSWORD_BREACH_URL = f"http://127.0.0.1:{nobody.getsockname()[1]}/range/"

        with caplog.at_level(logging.WARNING):
            assert refusals(STOLEN) == []

    assert "could not be asked" in caplog.text
    assert STOLEN not in caplog.text
