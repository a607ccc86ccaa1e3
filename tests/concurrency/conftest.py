"""A server as a real one is: a few threads, each with its own connection to the database, and many at its door."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection
from threading import Barrier, Thread
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.db import connections
from django.test import Client

from actions.models import Seat
from tracker.wsgi import application

THREADS = 8
CSRF = "a" * 32


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """A refusal is no news here."""


class Server(WSGIServer):
    request_queue_size = 512

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Quiet)
        self.set_app(application)
        self.pool = ThreadPoolExecutor(THREADS)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.pool.submit(self.answer, request, client_address)

    def answer(self, request: Any, client_address: Any) -> None:
        try:
            self.finish_request(request, client_address)
        finally:
            self.shutdown_request(request)
            connections.close_all()


@pytest.fixture
def server(emptied_after: None) -> Iterator[Server]:
    made = Server()
    serving = Thread(target=made.serve_forever, daemon=True)
    serving.start()
    yield made
    made.shutdown()
    made.pool.shutdown()
    made.server_close()
    serving.join()


@dataclass
class Answer:
    """What came back, and whose it is."""

    status: int
    text: str

    @property
    def version(self) -> int:
        """The version that the form of the page can be saved over."""
        found = re.search(r'name="version" value="(\d+)"', self.text)
        assert found, self.text[:2000]
        return int(found[1])

    @property
    def typed(self) -> str:
        found = re.search(
            r'<textarea name="(?:words|reason|seen|form-0-title)"[^>]*>\s*([^<]*)</textarea>', self.text
        )
        return unescape(found[1]) if found else ""


@dataclass
class Person:
    """Somebody who is signed in, in a browser of their own."""

    seat: Seat
    session: str
    port: int

    def post(self, path: str, **fields: Any) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={CSRF}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"csrfmiddlewaretoken": CSRF, **fields})
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        answer = Answer(response.status, response.read().decode())
        connection.close()
        return answer


@pytest.fixture
def person(server: Server) -> Callable[[Seat], Person]:
    def signed_in(seat: Seat) -> Person:
        client = Client()
        client.force_login(seat.user)
        return Person(seat, client.cookies[settings.SESSION_COOKIE_NAME].value, server.server_port)

    return signed_in


def at_once(calls: list[Callable[[], Answer]]) -> list[Answer]:
    """All of them from behind one barrier; the answers in the order of the calls."""
    barrier = Barrier(len(calls))

    def one(call: Callable[[], Answer]) -> Answer:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(one, call) for call in calls]]
