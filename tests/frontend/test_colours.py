"""Colours and words on a page: everybody reads them; the manager looks at what changes, then saves it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import colours
from actions.models import Action, Board, Event
from actions.rag import BEGUN, Scheme
from tests.factories import World, action, world
from tests.frontend.pages import BrowserOf

pytestmark = pytest.mark.django_db
URL = "/wessex/colours/"
QUERIES = {"mo": 5, "dan": 4}  # session, user, seat, what it chairs; for the manager the last change


def given(w: World, **changes: Any) -> dict[str, Any]:
    """What the form sends, filled in as it stands but for `changes`. A box that is off is not sent."""
    sent = Scheme.of(w.board.scheme.flat() | changes).flat() | {"saw": colours.mark(w.board)}
    return {name: value for name, value in sent.items() if value is not False}


def seen(html: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', html)
    assert found
    return found[1]


def late(w: World, days: int) -> Action:
    today = w.board.today
    one: Action = action(w, due_on=today + timedelta(days=30))
    Action.objects.filter(pk=one.pk).update(due_on=today - timedelta(days=days))
    return one


def test_everybody_reads_them_and_the_manager_alone_changes_them(w: World, browser_of: BrowserOf) -> None:
    for who in ("mo", "ingrid", "bob", "carol", "alice", "dan"):
        client = browser_of(getattr(w, who))
        page = client.get(URL)

        assert page.status_code == 200
        assert "Off track" in page.text
        assert ('name="words_red"' in page.text) == (who == "mo")
        if who != "mo":
            assert client.post(URL, given(w, words_red="Behind")).status_code == 403
    assert Board.objects.get(pk=w.board.pk).colours == {}


def test_nothing_is_saved_before_what_changes_was_seen(w: World, mo: Client) -> None:
    late(w, 30)
    late(w, 35)

    page = mo.post(URL, given(w, words_red="Behind", red_after_days=42))

    assert page.status_code == 200
    assert "2 actions change colour." in page.text
    assert "Save these words and colours" in page.text
    assert Board.objects.get(pk=w.board.pk).colours == {}


def test_what_was_seen_is_saved_and_every_page_shows_it(w: World, mo: Client) -> None:
    one = late(w, 50)
    form = given(w, words_red="Behind", colour_red="purple")
    looked = mo.post(URL, form)

    saved = mo.post(URL, form | {"sure": "on", "seen": seen(looked.text)}, follow=True)

    assert "The words and colours are saved." in saved.text
    tag = '<strong class="govuk-tag govuk-tag--purple">Behind</strong>'
    for address in (f"/wessex/actions/A-{one.number}/", "/wessex/actions/", "/wessex/summary/"):
        assert tag in mo.get(address).text
    assert "Purple because: past its date" in mo.get(f"/wessex/actions/A-{one.number}/").text
    assert '<option value="red">Behind</option>' in mo.get("/wessex/actions/").text
    assert "Words and colours changed" in mo.get("/wessex/trail/").text


def test_the_filter_says_them_also_in_a_process_that_has_described_the_api(w: World, mo: Client) -> None:
    assert mo.get("/api/v1/schema/").status_code == 200
    Board.objects.filter(pk=w.board.pk).update(colours={"words": {"red": "Behind"}})

    page = mo.get("/wessex/actions/").text

    assert '<option value="red">Behind</option>' in page
    assert '<option value="" selected>Any</option>' in page


def test_what_was_changed_after_the_look_is_looked_at_again(w: World, mo: Client) -> None:
    looked = mo.post(URL, given(w, words_red="Behind"))

    again = mo.post(URL, given(w, words_red="Late") | {"sure": "on", "seen": seen(looked.text)})

    assert "Late" in again.text
    assert Board.objects.get(pk=w.board.pk).colours == {}


def test_what_does_not_fit_is_named_and_stays(w: World, mo: Client) -> None:
    page = mo.post(URL, given(w, words_red="On track", red_after_days=0))

    assert page.status_code == 422
    assert "Give a number from 1 to 365." in page.text
    assert 'value="On track"' in page.text
    twice = mo.post(URL, given(w, words_red="on track"))
    assert "stands for another state already" in twice.text


def test_somebody_saved_first_and_nothing_typed_is_lost(w: World, mo: Client) -> None:
    form = given(w, words_red="Behind")
    looked = mo.post(URL, form)
    other = Scheme.of(BEGUN.flat() | {"words_amber": "Slipping"})
    colours.set_colours(other, by=w.mo, today=w.board.today, saw=colours.mark(w.board))

    page = mo.post(URL, form | {"sure": "on", "seen": seen(looked.text)})

    assert page.status_code == 409
    assert "Somebody changed the words and colours" in page.text
    assert 'value="Behind"' in page.text
    sure = {"sure": "on", "seen": seen(page.text), "saw": colours.mark(Board.objects.get(pk=w.board.pk))}
    assert mo.post(URL, form | sure).status_code == 302


def test_back_to_what_stood_and_to_what_a_board_begins_with(w: World, mo: Client) -> None:
    for words in ("Behind", "Late"):
        scheme = Scheme.of(BEGUN.flat() | {"words_red": words})
        colours.set_colours(scheme, by=w.mo, today=w.board.today, saw=colours.mark(w.board))

    before = mo.get(f"{URL}?start=before")
    begun = mo.get(f"{URL}?start=begun")

    assert 'value="Behind"' in before.text
    assert 'value="Off track"' in begun.text
    assert "What changes" in begun.text
    assert Event.objects.filter(verb="set_colours").count() == 2


def test_as_one_types_the_part_alone_is_answered(w: World, mo: Client) -> None:
    part = mo.post(URL, given(w, words_red="Behind"), headers={"HX-Request": "true"})
    wrong = mo.post(URL, given(w, words_red=""), headers={"HX-Request": "true"})

    assert part.text.lstrip().startswith('<section id="preview"')
    assert "Behind" in part.text
    assert (wrong.status_code, "Give it words" in wrong.text) == (200, True)


def test_another_boards_words_are_its_own(w: World, mo: Client, browser_of: BrowserOf) -> None:
    other = world("mercia")
    scheme = Scheme.of(BEGUN.flat() | {"words_red": "Behind"})
    colours.set_colours(scheme, by=other.mo, today=w.board.today, saw=colours.mark(other.board))

    assert "Behind" not in mo.get(URL).text
    assert mo.get("/mercia/colours/").status_code == 404
    assert "Behind" in browser_of(other.dan).get("/mercia/colours/").text


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_the_same_whatever_the_board_has(
    w: World, browser_of: BrowserOf, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        late(w, 50)

    for who, queries in QUERIES.items():
        client = browser_of(getattr(w, who))
        client.get(URL)
        with django_assert_num_queries(queries):
            client.get(URL)


@pytest.mark.parametrize("count", [1, 3])
def test_looking_at_what_changes_is_one_statement_more(
    w: World, mo: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        late(w, 50)
    form = given(w, red_after_days=42)

    with django_assert_num_queries(5):
        mo.post(URL, form)


def test_the_agenda_stands_on_the_actions_page(w: World, mo: Client) -> None:
    one = late(w, 12)

    html = mo.get(f"/wessex/actions/A-{one.number}/").text

    due = one.due_on and w.board.today - timedelta(days=12)
    assert (
        f"Amber because: past its date of {due.day} {due:%B %Y} by 12 days, not yet by more than 28" in html
    )
    agenda = html.partition("app-agenda")[2].partition("</ol>")[0]
    assert agenda.count("<li") == 8
    assert agenda.count("Holds, and decides") == 1
