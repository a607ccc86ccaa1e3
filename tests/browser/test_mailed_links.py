"""Mail scanners open every link of every mail, some in a browser that runs scripts. Nothing changes by it (P28)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests
from django.db import connection
from django.utils import timezone

from actions import people, progress
from actions.access import Behalf
from actions.people import Person
from notifications import post, tasks
from notifications.forecast import next_round
from tests.factories import World, action, world
from tests.notifications.conftest import Sink, sink

post_box = sink  # a fixture, under a name of its own here

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LINK = re.compile(r"https?://[^\s>)\"]+")
OF_SESSIONS = (
    "session",
    "cache",
)  # who is signed in where, and how often somebody asked: no work of the board's


@pytest.fixture
def w(site: str, settings: Any) -> World:
    settings.SITE_URL = site
    return world()


def mailed(w: World, site: str, post_box: Sink) -> set[str]:
    """The links of one mail of every kind that there is."""
    today = w.board.today
    post.turn_on(w.board, by=w.mo, today=today)
    people.invite([Person("Nia New", "nia@wessex.example", agency=w.police)], by=w.mo, today=today)
    people.away(w.alice, since=today, until=today + timedelta(days=9), by=w.mo, today=today)
    for days in (-40, -1, 0, 5):
        spoken_for = action(w, due_on=today + timedelta(days=days))
    said = Behalf(w.alice, said_on=today, how="phone")
    progress.update(
        spoken_for, confidence="at_risk", words="Late", by=w.mo, version=1, today=today, behalf=said
    )
    for hours in (0, 1, 24, 48):
        morning = next_round(timezone.now() + timedelta(hours=hours), w.board.division)
        tasks.run(clock=lambda: morning)  # noqa: B023 - called at once
    forgot(site, "alice@wessex.example", "nia@wessex.example", "nobody@wessex.example")
    return {link.rstrip(".,") for text in post_box.texts for link in LINK.findall(text)}


def forgot(site: str, *addresses: str) -> None:
    for address in addresses:
        stranger = requests.Session()
        stranger.get(f"{site}/accounts/password/reset/", timeout=60)
        token = stranger.cookies["csrftoken"]
        asked = {"email": address, "csrfmiddlewaretoken": token}
        stranger.post(f"{site}/accounts/password/reset/", data=asked, timeout=60)


def everything() -> dict[str, list[str]]:
    """Every row of every table of the board's work and of sign-in."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if not is_of_sessions(name)]
        found = {}
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


def is_of_sessions(name: str) -> bool:
    return any(word in name for word in OF_SESSIONS)


def test_opening_every_link_of_every_mail_changes_nothing(
    w: World,
    site: str,
    post_box: Sink,
    page_of: Callable[..., Any],
) -> None:
    links = mailed(w, site, post_box)
    readers = [page_of(who) for who in (None, w.alice, w.carol)]
    before = everything()

    answers = {
        link: [
            ask(link, timeout=60, allow_redirects=True).status_code for ask in (requests.get, requests.head)
        ]
        for link in links
    }
    for page in readers:
        for link in sorted(links):
            page.goto(link, wait_until="load")
            page.wait_for_timeout(100)  # what a script would do at once

    assert everything() == before
    assert {code for codes in answers.values() for code in codes} == {200}
    kinds = {re.sub(r"\d+|[\w=:-]{20,}", "…", link.removeprefix(site)) for link in links}
    print(
        f"P28: {len(post_box.got)} mails, {len(links)} links of {len(kinds)} kinds, three readers: nothing changed"
    )
    assert any("/invitation/" in kind for kind in kinds), kinds
    assert any("/actions/" in kind for kind in kinds), kinds
    assert any("/password/reset/" in kind for kind in kinds), kinds
