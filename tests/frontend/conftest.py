"""Pages are looked at on one day, by people who are signed in."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from actions.models import Seat
from actions.models.board import UK
from tests.factories import TODAY, World, world
from tests.frontend.pages import BrowserOf

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UK)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def w(db: None, clock: time_machine.Traveller) -> World:
    return world()


@pytest.fixture
def browser_of() -> BrowserOf:
    def signed_in(seat: Seat) -> Client:
        client = Client()
        client.force_login(seat.user)
        return client

    return signed_in


@pytest.fixture
def mo(w: World, browser_of: BrowserOf) -> Client:
    return browser_of(w.mo)
