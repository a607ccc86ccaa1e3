"""Where a person arrives, and what waits for them there."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import challenges, progress, redaction
from actions.models import Seat, User
from tests import factories
from tests.factories import TODAY, World, action, world
from tests.frontend.pages import BrowserOf


def lists(client: Client) -> dict[str, list[str]]:
    """Title → references, of the lists that have something in them."""
    waiting = client.get("/wessex/").context["waiting"]
    return {part.title: [a.reference for a in part.actions] for part in waiting if part.total}


def test_whoever_has_one_seat_goes_straight_to_the_board(w: World, browser_of: BrowserOf) -> None:
    response = browser_of(w.alice).get("/")

    assert (response.status_code, response["Location"]) == (302, "/wessex/")


def test_whoever_has_several_seats_chooses(w: World, browser_of: BrowserOf) -> None:
    other = world("mercia")
    Seat.objects.create(board=other.board, user=w.alice.user, name="Alice", email="a@mercia.example")

    shown = browser_of(w.alice).get("/").content.decode()

    assert 'href="/wessex/"' in shown
    assert 'href="/mercia/"' in shown


def test_whoever_has_no_seat_is_told_what_to_do(w: World) -> None:
    client = Client()
    client.force_login(User.objects.create(email="zed@nowhere.example"))

    shown = client.get("/").content.decode()

    assert "You have no seat on a board" in shown
    assert "zed@nowhere.example" in shown


def test_a_seat_that_has_ended_opens_nothing(w: World, browser_of: BrowserOf) -> None:
    Seat.objects.filter(pk=w.alice.pk).update(left_on=TODAY)
    client = browser_of(w.alice)

    assert "You have no seat on a board" in client.get("/").content.decode()
    assert client.get("/wessex/").status_code == 404


def test_strangers_are_sent_to_sign_in(w: World) -> None:
    for path in ("/", "/wessex/", "/wessex/actions/", "/nowhere/"):
        assert Client().get(path)["Location"] == f"/accounts/login/?next={path}"


def test_the_owner_sees_the_late_then_the_near_then_the_rest(w: World, browser_of: BrowserOf) -> None:
    action(w, title="Later", due_on=date(2026, 9, 1))
    action(w, title="Near", due_on=date(2026, 6, 20))
    action(w, title="Late", due_on=date(2026, 6, 2))
    action(w, title="Not mine", owner=w.dan)

    found = lists(browser_of(w.alice))

    assert list(found.items()) == [
        ("Yours, and late", ["A-3"]),
        ("Yours, due in the next four weeks", ["A-2"]),
        ("Yours, later", ["A-1"]),
    ]


def test_the_chair_sees_what_waits_and_what_is_late_in_the_subgroup_alone(
    w: World, browser_of: BrowserOf
) -> None:
    ready = action(w, title="Ready")
    progress.finish(ready, words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY)
    action(w, title="Late here", due_on=date(2026, 5, 1))
    action(w, title="Late elsewhere", due_on=date(2026, 5, 1), subgroup=None)

    assert lists(browser_of(w.bob)) == {
        "Waiting for your sign-off": ["A-1"],
        "Late in your subgroups": ["A-2"],
    }
    assert lists(browser_of(w.ingrid)) == {
        "Waiting for your sign-off": ["A-1"],
        "Late on this board": ["A-2", "A-3"],
    }
    assert lists(browser_of(w.carol)) == {"Late in your agency": ["A-2", "A-3"]}


def test_a_chair_reads_what_was_said_and_asks_from_the_first_page(w: World, browser_of: BrowserOf) -> None:
    ready = action(w, title="Ready")
    progress.finish(ready, words="All five briefed", done_on=TODAY, by=w.alice, version=1, today=TODAY)
    stuck = action(w, title="Stuck", due_on=date(2026, 5, 1))
    said = {"confidence": "off_track", "words": "No rota", "by": w.alice, "version": 1, "today": TODAY}
    progress.update(stuck, **said, waiting_on="The college", needed_from_board="A letter to the college")

    waiting = browser_of(w.bob).get("/wessex/").context["waiting"]
    page = browser_of(w.bob).get("/wessex/").text

    told = {part.title: [getattr(a, "told", "") for a in part.actions] for part in waiting if part.total}
    assert told == {
        "Waiting for your sign-off": ["All five briefed"],
        "Needed from the board in your subgroups": ["A letter to the college"],
        "Late in your subgroups": [""],
        "Waiting on somebody in your subgroups": ["The college"],
    }
    assert [part.title for part in waiting if part.total and part.folded] == [
        "Waiting on somebody in your subgroups"
    ]
    assert 'href="/wessex/challenges/ask/?action=2">Ask Alice Owner<' in page
    assert "/wessex/challenges/ask/" not in browser_of(w.carol).get("/wessex/").text


def test_of_a_chair_nothing_is_folded_where_nothing_is_more_urgent(w: World, browser_of: BrowserOf) -> None:
    action(w, owner=w.bob, due_on=date(2026, 12, 1))
    alone = browser_of(w.bob).get("/wessex/").context["waiting"]
    action(w, due_on=date(2026, 5, 1))

    beneath = browser_of(w.bob).get("/wessex/").context["waiting"]

    folded = [[part.title for part in waiting if part.total and part.folded] for waiting in (alone, beneath)]
    assert folded == [[], ["Yours, later"]]


def test_what_is_asked_already_says_so_until_it_is_closed(w: World, browser_of: BrowserOf) -> None:
    late = action(w, due_on=date(2026, 5, 1))
    given: Any = {"by": w.bob, "today": TODAY}
    one = challenges.challenge("Why?", whom=[w.alice], due_on=date(2026, 7, 1), about=late, **given)
    client, told = browser_of(w.bob), "Asked, answer due 1 July 2026"

    asked = client.get("/wessex/").text
    challenges.close(one, words="Said at the meeting", **given)
    closed = client.get("/wessex/").text

    assert (told in asked, ">Ask Alice Owner<" in asked) == (True, False)
    assert (told in closed, ">Ask Alice Owner<" in closed) == (False, True)


def test_words_that_were_removed_are_told_nowhere_on_the_first_page(w: World, browser_of: BrowserOf) -> None:
    ready = action(w)
    progress.finish(ready, words="All five briefed", done_on=TODAY, by=w.alice, version=1, today=TODAY)
    line = ready.events.get(verb="finish")
    redaction.line(line, reason="A name", by=w.mo, today=TODAY)

    page = browser_of(w.bob).get("/wessex/").text

    assert ("Waiting for your sign-off" in page, "All five briefed" in page) == (True, False)


def test_what_a_lead_owns_and_is_late_stands_once(w: World, browser_of: BrowserOf) -> None:
    action(w, owner=w.carol, due_on=date(2026, 5, 1))
    action(w, due_on=date(2026, 5, 1))
    client = browser_of(w.carol)

    found = lists(client)
    ours = next(
        part for part in client.get("/wessex/").context["waiting"] if part.title == "Late in your agency"
    )

    assert found == {"Yours, and late": ["A-1"], "Late in your agency": ["A-2"]}
    assert [a.reference for a in client.get(ours.url).context["page"]] == ["A-2"]


def test_a_long_list_shows_five_and_leads_to_the_rest(w: World, browser_of: BrowserOf) -> None:
    for _ in range(7):
        action(w, due_on=date(2026, 5, 1))
    client = browser_of(w.alice)

    late = client.get("/wessex/").context["waiting"][0]
    rest = client.get(late.url)

    assert (len(late.actions), late.total) == (5, 7)
    assert rest.context["page"].paginator.count == 7


@pytest.mark.slow
@pytest.mark.parametrize("who", ["alice", "bob", "carol", "ingrid", "mo"])
def test_every_figure_and_list_leads_to_exactly_what_it_counts(
    w: World, browser_of: BrowserOf, who: str
) -> None:
    a = action(w, due_on=date(2026, 5, 1))
    progress.update(
        a,
        confidence="off_track",
        words="Stuck",
        needed_from_board="A letter",
        by=w.alice,
        version=1,
        today=TODAY,
    )
    b = action(w, title="Ready")
    progress.finish(b, words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY)
    action(w, title="Near", due_on=date(2026, 6, 20))
    action(w, title="Bob's own", owner=w.bob, due_on=date(2026, 12, 1))
    action(w, title="Continuing", due_on=None, look_again_on=date(2026, 12, 1))
    client = browser_of(getattr(w, who))

    context = client.get("/wessex/").context

    shown = [(part.total, part.url) for part in context["waiting"] if part.title != "Yours, later"]
    shown += [(figure.count, figure.url) for figure in context["figures"] if "/actions/" in figure.url]
    if who in ("alice", "bob", "mo"):
        assert any(total for total, _ in shown)
    for total, url in shown:
        assert client.get(url).context["page"].paginator.count == total, url


def test_nothing_waiting_is_said(w: World, browser_of: BrowserOf) -> None:
    assert "Nothing waits for you." in browser_of(w.dan).get("/wessex/").content.decode()


def test_the_manager_of_a_new_board_is_led_to_setting_it_up_and_of_another_is_not(
    w: World, browser_of: BrowserOf
) -> None:
    mo = browser_of(w.mo)

    new = mo.get("/wessex/").text
    action(w)
    running = mo.get("/wessex/").text

    assert ("This board has no action yet" in new, "Needs attention" in new) == (True, False)
    assert 'href="/wessex/agencies/"' in new
    assert ("This board has no action yet" in running, "Needs attention" in running) == (False, True)
    assert "no action yet" not in browser_of(w.dan).get("/wessex/").text


@pytest.mark.slow
@pytest.mark.parametrize(("who", "queries"), [("dan", 6), ("alice", 9), ("bob", 9), ("mo", 8)])
def test_the_board_asks_the_same_questions_however_much_waits(
    w: World, browser_of: BrowserOf, django_assert_num_queries: DjangoAssertNumQueries, who: str, queries: int
) -> None:
    client = browser_of(getattr(w, who))

    def one_of_each() -> None:
        for changes in ({}, {"due_on": date(2026, 5, 1)}, {"due_on": date(2026, 12, 1)}):
            action(w, **changes)
        a: Any = action(w)
        progress.finish(a, words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY)

    one_of_each()
    with django_assert_num_queries(queries):
        client.get("/wessex/")
    one_of_each()
    one_of_each()
    factories.seat(w.board, "Another", w.council)
    with django_assert_num_queries(queries):
        client.get("/wessex/")
