"""Updates that tell the truth: how it stands and why, what it waits for, and on which day it was said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from actions import progress
from actions.access import Behalf
from actions.filters import ActionFilter
from actions.models import Action, Event, Seat
from actions.refusals import Invalid
from tests.actions.api.client import api
from tests.actions.progress import lives
from tests.factories import TODAY, World, action, seat, world

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 20)


@pytest.fixture
def w(time_machine: Any) -> World:
    time_machine.move_to(f"{TODAY}T12:00:00+01:00")
    return world()


def said(a: Action, by: Seat, **more: Any) -> Action:
    about = {"confidence": "on_track", "words": "Two of five"} | more
    return progress.update(a, **about, by=by, **lives.now(a))


@pytest.mark.parametrize(
    ("due_on", "confidence", "needed"),
    [
        (date(2026, 7, 1), "on_track", False),
        (TODAY, "on_track", False),
        (date(2026, 6, 2), "on_track", True),
        (date(2026, 7, 1), "at_risk", True),
        (date(2026, 7, 1), "off_track", True),
    ],
)
def test_late_at_risk_or_off_track_needs_why_and_the_risk_meanwhile(
    w: World, due_on: date, confidence: str, needed: bool
) -> None:
    action(w, due_on=due_on)
    body = {"version": 1, "confidence": confidence, "words": "Two of five"}

    without, _ = api(w.alice).post("actions/1/update/", **body)
    told = {"why": "The room was lost; two teams wait."}
    with_it, _ = api(w.alice).post("actions/1/update/", **body | {"version": 1 if needed else 2}, **told)

    assert (without, with_it) == (400 if needed else 200, 200)
    assert "Why, and the risk meanwhile: The room was lost" in Event.objects.latest("seq").words


def test_the_page_asks_why_at_its_place_and_keeps_what_was_typed(w: World, client: Any) -> None:
    action(w)
    client.force_login(w.alice.user)

    answer = client.post(
        "/wessex/actions/A-1/update/", {"version": 1, "confidence": "off_track", "words": "Nothing moved"}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"why": ["Say why, and what the risk is meanwhile."]}
    assert "Nothing moved</textarea>" in answer.text


def test_of_what_is_late_the_page_says_so_where_it_asks_why(w: World, client: Any) -> None:
    action(w, due_on=MAY)
    client.force_login(w.alice.user)

    form = client.get("/wessex/actions/A-1/").context["form"]

    assert form.fields["why"].label == "It is late. Why, and what is the risk meanwhile?"


def test_an_update_starts_what_was_planned_unless_it_has_not_begun(w: World) -> None:
    first, second = action(w), action(w)

    said(first, w.alice)
    said(second, w.alice, not_begun=True)

    assert [one.status for one in (first, second)] == ["started", "planned"]
    assert second.said_on == TODAY


def test_what_it_waits_on_and_what_is_needed_can_be_found_until_the_next_word(w: World) -> None:
    a, other = action(w), action(w)
    said(other, w.alice)

    def found(**asked: str) -> list[int]:
        request = type("Request", (), {"seat": w.bob})()
        rows = Action.objects.standing(w.bob)
        return [one.number for one in ActionFilter(asked, queryset=rows, request=request, beside=()).qs]

    said(a, w.alice, waiting_on="The new rota", needed_from_board="A letter")
    waiting = [found(waits="true"), found(asks_board="true"), found(waits="false")]
    said(a, w.alice, words="The rota is here")

    assert waiting == [[1], [1], [2]]
    assert [found(waits="true"), found(asks_board="true")] == [[], []]


def test_the_chair_arrives_at_what_waits_and_what_is_needed(w: World, client: Any) -> None:
    a = action(w)
    said(a, w.alice, waiting_on="The new rota", needed_from_board="A letter")
    client.force_login(w.bob.user)

    lists = {
        part.title: [one.number for one in part.actions] for part in client.get("/wessex/").context["waiting"]
    }

    assert lists["Needed from the board in your subgroups"] == [1]
    assert lists["Waiting on somebody in your subgroups"] == [1]


def test_said_on_a_day_and_written_down_on_another(w: World) -> None:
    a = action(w)

    said(a, w.mo, confidence="at_risk", why="Staff left", behalf=Behalf(w.alice, MAY, "phone"))

    event = Event.objects.latest("seq")
    assert (a.said_on, a.confidence, event.on, event.at.date()) == (MAY, "at_risk", MAY, TODAY)


def test_an_older_word_written_down_later_does_not_undo_a_newer_one(w: World) -> None:
    a = action(w)
    said(a, w.alice, words="All is well", waiting_on="Nobody but the printer")

    older = {"words": "Staff left", "why": "Two teams wait", "needed_from_board": "A letter"}
    said(a, w.mo, confidence="off_track", **older, behalf=Behalf(w.alice, MAY, "mail"))

    event = Event.objects.latest("seq")
    assert (a.said_on, a.confidence, a.waits, a.asks_board) == (TODAY, "on_track", True, False)
    assert (event.on, event.detail["confidence"], event.on_behalf_of) == (MAY, "off_track", w.alice)
    assert event.words.startswith("Staff left\n\nWhy, and the risk meanwhile: Two teams wait")


def test_the_trail_says_what_the_older_word_was(w: World, client: Any) -> None:
    a = action(w)
    said(a, w.alice, words="All is well")
    said(a, w.mo, confidence="off_track", why="Staff left", behalf=Behalf(w.alice, MAY, "mail"))
    client.force_login(w.dan.user)

    shown = " ".join(client.get("/wessex/actions/A-1/").text.split())

    assert "Update: off track" in shown
    assert "20 May 2026, written down" in shown
    assert "Last said: on track, 3 June 2026" in shown


def test_a_contributor_updates_and_attaches_and_neither_finishes_nor_is_chased(w: World) -> None:
    helper = seat(w.board, "Hal Helps", w.council)
    a = action(w)
    progress.share(a, contributors=[helper], by=w.alice, **lives.now(a))

    said(a, helper)
    one = progress.attach(a, words="The list", file=("List.txt", b"One"), by=helper, **lives.now(a))

    assert (a.owner, one.by, a.said_on) == (w.alice, helper, TODAY)
    assert api(helper).post("actions/1/finish/", version=4, words="Done", done_on=str(TODAY))[0] == 403


def test_done_or_withdrawn_it_waits_on_nobody(w: World) -> None:
    first, second = action(w), action(w)
    for one in (first, second):
        said(one, w.alice, waiting_on="The rota")

    progress.finish(first, words="Done", done_on=TODAY, by=w.alice, **lives.now(first))
    progress.withdraw(second, kind="error", words="Twice", by=w.mo, **lives.now(second))

    assert [first.waits, second.waits] == [False, False]


def test_a_day_that_has_not_come_is_no_day_on_which_it_was_said(w: World) -> None:
    with pytest.raises(Invalid, match="cannot be in the future"):
        said(action(w), w.mo, behalf=Behalf(w.alice, date(2026, 6, 4), "phone"))
