"""Each verb of an action through its form: with htmx, without, stale, twice, refused."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from actions import planning, progress
from actions.models import Action, Event, Status
from tests.actions.progress.lives import done
from tests.factories import TODAY, World, action, world
from tests.frontend.pages import HTMX, BrowserOf, send, text

UPDATE = {
    "confidence": "at_risk",
    "words": "Two of five briefed",
    "why": "The room was lost",
    "waiting_on": "Rotas",
    "needed_from_board": "A letter",
}


def test_an_update_is_kept_word_for_word_and_the_page_comes_back(w: World, browser_of: BrowserOf) -> None:
    action(w)

    response = send(browser_of(w.alice), "update", **UPDATE)

    event = Event.objects.latest("seq")
    assert (response.status_code, response["Location"]) == (302, "/wessex/actions/A-1/")
    assert (event.verb, event.by, event.confidence) == ("update", w.alice, "at_risk")
    assert event.words == (
        "Two of five briefed\n\nWhy, and the risk meanwhile: The room was lost\n\nWaiting on: Rotas\n\n"
        "Needed from the board: A letter"
    )


def test_with_htmx_the_action_comes_back_in_place_and_says_so(w: World, browser_of: BrowserOf) -> None:
    action(w)

    response = send(browser_of(w.alice), "update", htmx=True, **UPDATE)

    shown = text(response)
    assert (response.status_code, response["HX-Retarget"]) == (200, "#action")
    assert shown.startswith('<div id="messages" hx-swap-oob="true">')
    assert "Your update is saved." in shown
    assert "<html" not in shown


def test_what_is_missing_is_asked_for_in_place_and_what_was_typed_stays(
    w: World, browser_of: BrowserOf
) -> None:
    action(w)
    client = browser_of(w.alice)

    for htmx in (True, False):
        response = send(client, "update", htmx=htmx, words="Two of five briefed")
        assert response.status_code == 422
        assert "Say how it stands: on track, at risk or off track." in text(response)
        assert "Two of five briefed</textarea>" in text(response)
    assert Action.objects.get().version == 1


@pytest.mark.parametrize(
    ("who", "verb", "data", "field", "words"),
    [
        ("alice", "finish", {"words": "Done", "done_on": "2026-06-04"}, "done_on", "cannot be in the future"),
        ("alice", "finish", {"words": "Done", "done_on": "2026-02-30"}, "done_on", "Enter a real date"),
        ("bob", "reschedule", {"reason": "Leave", "due_on": "2026-07-01"}, "due_on", "the date it has now"),
        ("bob", "reassign", {"owner": "99999999999999999999", "reason": ""}, "owner", "a seat on this board"),
        (
            "alice",
            "attach",
            {"words": "x", "link": "javascript:alert(1)", "shows": "completion"},
            "link",
            "web address",
        ),
    ],
)
def test_a_refusal_stands_at_its_field(
    w: World, browser_of: BrowserOf, who: str, verb: str, data: dict[str, str], field: str, words: str
) -> None:
    action(w)

    response = send(browser_of(getattr(w, who)), verb, **data)

    assert response.status_code == 422
    assert words in str(response.context["form"].errors[field])


def test_an_owner_from_another_board_is_an_error_of_the_field(w: World, browser_of: BrowserOf) -> None:
    other = world("mercia")
    action(w)

    response = send(browser_of(w.mo), "reassign", owner=other.alice.pk)

    assert response.context["form"].errors["owner"] == ["Choose an owner who has a seat on this board."]
    assert Action.objects.get(board=w.board).owner == w.alice


def test_a_lead_is_offered_the_people_of_the_agency_only(w: World, browser_of: BrowserOf) -> None:
    action(w)

    as_lead = (
        browser_of(w.carol).get("/wessex/actions/A-1/reassign/").context["form"].fields["owner"].queryset
    )
    as_chair = browser_of(w.bob).get("/wessex/actions/A-1/reassign/").context["form"].fields["owner"].queryset

    assert set(as_lead) == {w.alice, w.carol}
    assert w.dan in as_chair


@pytest.mark.parametrize("htmx", [True, False])
def test_of_two_who_save_at_once_the_second_sees_both_and_can_save_again(
    w: World, browser_of: BrowserOf, htmx: bool
) -> None:
    a = action(w)
    progress.update(a, confidence="on_track", words="Carol says fine", by=w.carol, version=1, today=TODAY)
    client = browser_of(w.alice)

    stale = send(client, "update", htmx=htmx, **UPDATE)
    again = send(
        client, "update", htmx=htmx, **UPDATE | {"version": stale.context["form"]["version"].value()}
    )

    assert stale.status_code == 409
    assert "Carol Lead saved this action while you were writing." in text(stale)
    assert "Carol says fine" in text(stale)
    for typed in UPDATE.values():
        assert typed in text(stale)
    assert again.status_code == (200 if htmx else 302)
    assert list(a.events.values_list("verb", "by__name"))[:2] == [
        ("update", "Alice Owner"),
        ("update", "Carol Lead"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "verb", "data"),
    [
        ("alice", "update", UPDATE),
        ("alice", "start", {"words": ""}),
        ("alice", "finish", {"words": "All done", "done_on": "2026-06-02"}),
        (
            "alice",
            "attach",
            {"words": "Policy", "link": "https://example.org/p", "shows": "completion", "kind": "policy"},
        ),
        ("bob", "reschedule", {"reason": "Leave", "due_on": "2026-07-09"}),
        ("bob", "reassign", {"owner": "dan", "reason": "Moved on"}),
    ],
)
def test_the_same_form_sent_twice_is_saved_once_and_says_so_kindly(
    w: World, browser_of: BrowserOf, who: str, verb: str, data: dict[str, Any]
) -> None:
    action(w)
    data = {name: w.dan.pk if value == "dan" else value for name, value in data.items()}
    client = browser_of(getattr(w, who))

    send(client, verb, **data)
    second = send(client, verb, **data)

    assert second.status_code == 302
    assert "This was saved already, once." in text(client.get(second["Location"]))
    assert Event.objects.exclude(verb="plan").count() == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (UPDATE, UPDATE | {"words": "Three of five"}),
        (UPDATE, UPDATE | {"confidence": "off_track"}),
        (UPDATE, UPDATE | {"waiting_on": "Nobody"}),
    ],
)
def test_a_second_thought_from_a_stale_page_is_not_taken_for_a_double_click(
    w: World, browser_of: BrowserOf, first: dict[str, str], second: dict[str, str]
) -> None:
    action(w)
    client = browser_of(w.alice)

    send(client, "update", **first)
    response = send(client, "update", **second)

    assert response.status_code == 409
    assert second["words"] in text(response)


def test_a_step_that_no_longer_fits_keeps_what_was_typed_and_offers_no_button(
    w: World, browser_of: BrowserOf
) -> None:
    a = action(w)
    progress.finish(a, words="Done", done_on=TODAY, by=w.carol, version=1, today=TODAY)

    response = send(browser_of(w.alice), "update", **UPDATE)

    shown = text(response)
    assert response.status_code == 409
    assert "Two of five briefed</textarea>" in shown
    assert "copy what you need" in shown
    assert "Save again" not in shown


def test_whoever_lost_the_right_meanwhile_keeps_what_was_typed(w: World, browser_of: BrowserOf) -> None:
    a = action(w)
    planning.reassign(a, to=w.dan, by=w.mo, reason="Moved on", version=1, today=TODAY)

    response = send(browser_of(w.alice), "update", **UPDATE)

    assert response.status_code == 403
    assert "It is for the action owner, agency lead or contributor." in text(response)
    assert "Two of five briefed</textarea>" in text(response)


def test_a_verb_that_is_not_for_this_person_is_refused_and_says_for_whom(
    w: World, browser_of: BrowserOf
) -> None:
    action(w)
    client = browser_of(w.dan)

    asked = client.get("/wessex/actions/A-1/reschedule/")
    sent = send(client, "reschedule", reason="x", due_on="2026-08-01")

    for response in (asked, sent):
        assert response.status_code == 403
        assert "It is for the board manager, independent chair or subgroup chair." in text(response)
    assert Action.objects.get().due_on == date(2026, 7, 1)


def test_asking_for_a_step_that_does_not_fit_leads_back_and_says_why(w: World, browser_of: BrowserOf) -> None:
    done(w)
    client = browser_of(w.alice)

    response = client.get("/wessex/actions/A-1/update/")

    assert response["Location"] == "/wessex/actions/A-1/"
    assert "A-1 is “Done, awaiting check”, so this step does not fit now." in text(
        client.get("/wessex/actions/A-1/")
    )
    assert client.get("/wessex/actions/A-1/update/", headers=HTMX)["HX-Retarget"] == "#action"


def test_reading_alone_changes_nothing_and_a_form_from_elsewhere_is_refused(
    w: World, browser_of: BrowserOf
) -> None:
    action(w)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(w.alice.user)

    assert browser_of(w.alice).get("/wessex/actions/A-1/start/", {"version": 1}).status_code == 200
    assert send(strict, "start").status_code == 403
    assert Action.objects.get().version == 1


@pytest.mark.parametrize("version", ["", "x", "-1", "0", "99999999999999999999", "²"])
def test_a_garbled_version_saves_nothing(w: World, browser_of: BrowserOf, version: str) -> None:
    action(w)

    assert send(browser_of(w.alice), "start", version=version).status_code == 422
    assert Action.objects.get().status == Status.PLANNED
