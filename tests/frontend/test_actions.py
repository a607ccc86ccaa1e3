"""The list of actions, an action's page, and each verb through its form: with htmx, without, stale, twice, refused."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import planning, progress
from actions.models import (
    Action,
    Agency,
    Answer,
    Commitment,
    Event,
    Evidence,
    Meeting,
    Seat,
    Status,
    Subgroup,
)
from tests import factories
from tests.actions.progress import lives
from tests.factories import TODAY, World, action, world

HTMX = {"HX-Request": "true"}
BrowserOf = Callable[[Seat], Client]


def text(response: HttpResponse) -> str:
    """What the page says, in one line per run of spaces."""
    return " ".join(response.content.decode().split())


def send(client: Client, verb: str, number: int = 1, *, htmx: bool = False, **data: Any) -> HttpResponse:
    headers = HTMX if htmx else {}
    return client.post(f"/wessex/actions/A-{number}/{verb}/", {"version": 1, **data}, headers=headers)


def commitment(
    w: World, a: Action, number: int = 1, words: str = "Every sergeant must know the pathway."
) -> None:
    source = factories.source(w)
    kept = Commitment.objects.create(
        board=w.board,
        number=number,
        source=source,
        kind="recommendation",
        printed_number="4.2",
        words=words,
        agency=w.police,
    )
    Answer.objects.create(action=a, commitment=kept, source=source)


def done(w: World, **changes: Any) -> Action:
    a = action(w, **changes)
    progress.finish(a, words="All briefed", done_on=TODAY, by=w.alice, version=1, today=TODAY)
    return a


# -- the list -----------------------------------------------------------------------------------------------


def test_the_list_says_how_late_and_how_often_moved_beside_the_colour_in_words(
    w: World, browser_of: BrowserOf
) -> None:
    a = action(w, due_on=date(2026, 5, 22))
    planning.reschedule(a, due_on=date(2026, 6, 8), reason="Leave", by=w.bob, version=1, today=TODAY)
    b = action(w, title="Publish the protocol", due_on=date(2026, 5, 22))

    shown = text(browser_of(w.dan).get("/wessex/actions/"))

    assert f"{a.title}</a>" in shown
    assert "Due in 5 days" in shown
    assert "Moved once" in shown
    assert f"{b.title}</a>" in shown
    assert "12 days late" in shown
    assert "At risk or late</strong>" in shown
    assert "2 actions" in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["A-1", "A-2", "A-3"]),
        ("?overdue=true", ["A-2"]),
        ("?status=done", ["A-3"]),
        ("?q=protocol", ["A-2"]),
        ("?q=A-3", ["A-3"]),
        ("?mine=true&status=planned", []),
        ("?ordering=-number", ["A-3", "A-2", "A-1"]),
        ("?status=nonsense", []),
    ],
)
def test_filters_narrow_the_list(w: World, browser_of: BrowserOf, query: str, found: list[str]) -> None:
    action(w)
    action(w, title="Publish the protocol", due_on=date(2026, 5, 22))
    third = action(w, title="Audit", due_on=date(2026, 8, 1))
    progress.finish(third, words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY)

    response = browser_of(w.dan).get(f"/wessex/actions/{query}")

    assert sorted(found) == sorted(a.reference for a in response.context["page"])
    if "ordering" in query:
        assert found == [a.reference for a in response.context["page"]]


def test_htmx_gets_the_table_and_its_count_and_nothing_else(w: World, browser_of: BrowserOf) -> None:
    action(w)

    response = browser_of(w.dan).get("/wessex/actions/?q=&overdue=false&agency=", headers=HTMX)

    shown = text(response)
    assert shown.startswith('<div hx-swap-oob="innerHTML:#count">1 action found')
    assert "<html" not in shown
    assert "HX-Request" in response["Vary"]
    assert response["HX-Push-Url"] == "/wessex/actions/?overdue=false"


def test_each_filter_that_is_on_stands_in_words_with_a_link_that_takes_it_off(
    w: World, browser_of: BrowserOf
) -> None:
    query = (
        f"?status=done&status=planned&agency={w.police.pk}&subgroup=none&overdue=true&page=2&ordering=title"
    )

    response = browser_of(w.dan).get(f"/wessex/actions/{query}")

    kept = f"status=planned&agency={w.police.pk}&subgroup=none&overdue=true&ordering=title"
    assert [(c.label, c.words) for c in response.context["chosen"]] == [
        ("Status", "Done, awaiting check"),
        ("Status", "Planned"),
        ("Overdue", "yes"),
        ("Agency", "Wessex Police"),
        ("Subgroup", "The board's own"),
    ]
    assert response.context["chosen"][0].without == f"?{kept}"


def test_an_empty_list_says_what_to_do(w: World, browser_of: BrowserOf) -> None:
    client = browser_of(w.mo)

    assert "There are no actions yet. They come from sources" in text(client.get("/wessex/actions/"))
    assert "No action fits these filters." in text(client.get("/wessex/actions/?overdue=true"))
    assert "These filters cannot be read (agency)" in text(client.get("/wessex/actions/?agency=x"))


def test_the_list_and_its_filters_name_nobody_of_another_board(w: World, browser_of: BrowserOf) -> None:
    other = world("mercia")
    action(other, title="Secret of Mercia")

    shown = text(browser_of(w.mo).get(f"/wessex/actions/?owner={other.alice.pk}"))

    assert "0 actions" in shown
    assert "Secret of Mercia" not in shown
    assert f'value="{other.alice.pk}"' not in shown.replace('name="owner"', "")


@pytest.mark.slow
def test_the_list_asks_the_same_questions_however_long_it_is(
    w: World, browser_of: BrowserOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    action(w)
    client = browser_of(w.dan)
    for size in (25, 100):
        with django_assert_num_queries(LIST_QUERIES):
            client.get(f"/wessex/actions/?page_size={size}")
    for n in (2, 3):
        agency = Agency.objects.create(board=w.board, name=f"Agency {n}", short_name=f"A{n}")
        factories.source(w, f"Review {n}", f"R{n}")
        action(
            w,
            title=f"Action {n}",
            owner=factories.seat(w.board, f"Owner{n}", agency),
            subgroup=Subgroup.objects.create(board=w.board, name=f"Subgroup {n}"),
            priority=factories.priority(w.board, n, f"Priority {n}"),
        )
    for n in range(4, 40):
        action(w, title=f"Action {n}")
    for size in (25, 100):
        with django_assert_num_queries(LIST_QUERIES):
            client.get(f"/wessex/actions/?page_size={size}")
        with django_assert_num_queries(TABLE_QUERIES):
            client.get(f"/wessex/actions/?page_size={size}", headers=HTMX)


LIST_QUERIES = 12  # session, user, seat; what it chairs; 5 drop-downs; count, rows; what is restricted
TABLE_QUERIES = 5  # session, user, seat; count, rows


# -- one action ---------------------------------------------------------------------------------------------


def test_the_page_leads_back_to_the_words_of_the_document(w: World, browser_of: BrowserOf) -> None:
    a = action(w)
    commitment(w, a)

    shown = text(browser_of(w.dan).get("/wessex/actions/A-1/"))

    assert "Katherine 4.2 Police" in shown
    assert "Recommendation of Wessex Police, from Safeguarding Adults Review" in shown
    assert '<p class="govuk-body app-lines">Every sergeant must know the pathway.</p>' in shown


def test_what_people_typed_is_shown_as_they_typed_it_and_never_as_markup(
    w: World, browser_of: BrowserOf
) -> None:
    a = action(w, title="<script>alert(1)</script>")
    progress.attach(
        a, words="<b>bold</b>", link="https://example.org/?a=1&b=2", by=w.alice, version=1, today=TODAY
    )

    shown = browser_of(w.dan).get("/wessex/actions/A-1/").content.decode()

    assert "<script>alert" not in shown
    assert "<b>bold" not in shown
    assert "&lt;b&gt;bold&lt;/b&gt;" in shown


OWN, HELD, GONE = "not_mine share", "share hold withdraw", "share hold withdraw correct"
LIVES = {
    "draft": lambda w: planning.raise_draft(
        "Ask", by=w.mo, today=TODAY, priority=w.priority, subgroup=w.subgroup
    ),
    "planned": action,
    "asked": lives.asked,
    "continuing": lives.continuing,
    "on hold": lives.held,
    "done": lives.done,
    "signed off": lives.signed_off,
    "withdrawn": lives.withdrawn,
}


@pytest.mark.parametrize(
    ("who", "status", "opened", "offered", "rare", "for_others"),
    [
        ("alice", "planned", "update", "start finish ask_for_time attach", OWN, ""),
        ("carol", "planned", "update", "start finish reassign attach", "share", ""),
        (
            "bob",
            "planned",
            "",
            "start reschedule reassign attach",
            HELD,
            "update finish ask_for_time not_mine",
        ),
        (
            "mo",
            "planned",
            "",
            "start reschedule reassign attach",
            GONE,
            "update finish ask_for_time not_mine",
        ),
        ("dan", "planned", "", "", "", ""),
        ("bob", "draft", "plan", "reassign", "share withdraw", ""),
        ("mo", "draft", "plan", "reassign", "share withdraw correct", ""),
        ("alice", "asked", "update", "start finish ask_for_time attach", OWN, ""),
        (
            "bob",
            "asked",
            "grant",
            "start refuse reassign attach",
            HELD,
            "update finish ask_for_time not_mine",
        ),
        ("alice", "continuing", "update", "confirm start finish attach", OWN, ""),
        ("bob", "continuing", "", "start reassign attach", HELD, "update confirm finish not_mine"),
        ("alice", "on hold", "", "resume ask_for_time attach", OWN, ""),
        ("carol", "on hold", "", "reassign attach", "share", ""),
        (
            "mo",
            "on hold",
            "",
            "resume reschedule reassign attach",
            "share withdraw correct",
            "ask_for_time not_mine",
        ),
        ("alice", "done", "", "take_back attach", "share", ""),
        ("bob", "done", "sign_off", "send_back attach", "share withdraw", "take_back"),
        ("ingrid", "done", "sign_off", "send_back attach", "share withdraw", "take_back"),
        ("mo", "done", "", "send_back attach", "share withdraw correct", "take_back sign_off"),
        ("dan", "done", "", "", "", ""),
        ("alice", "signed off", "", "attach", "", ""),
        ("bob", "signed off", "", "review_impact attach reopen", "", ""),
        ("mo", "signed off", "", "review_impact attach reopen", "correct", ""),
        ("bob", "withdrawn", "", "", "", ""),
        ("mo", "withdrawn", "", "restore", "correct", ""),
    ],
)
def test_the_page_offers_what_this_person_may_do_now_and_nothing_else(
    w: World,
    browser_of: BrowserOf,
    who: str,
    status: str,
    opened: str,
    offered: str,
    rare: str,
    for_others: str,
) -> None:
    LIVES[status](w)

    context = browser_of(getattr(w, who)).get("/wessex/actions/A-1/").context

    found = {name: " ".join(step.verb for step in context[name]) for name in ("steps", "rare", "for_others")}
    assert (context["form"].verb if context["form"] else "") == opened
    assert found == {"steps": offered, "rare": rare, "for_others": for_others}


def test_the_page_says_by_name_who_may_do_the_rest(w: World, browser_of: BrowserOf) -> None:
    done(w)

    shown = text(browser_of(w.alice).get("/wessex/actions/A-1/"))

    assert "Sign-off is for the subgroup chair: Bob Chair; the independent chair: Ingrid Chair." in shown


def test_a_long_trail_is_paged(w: World, browser_of: BrowserOf) -> None:
    a = action(w)
    for n in range(25):
        progress.update(a, confidence="on_track", words=f"Week {n}.", by=w.alice, version=n + 1, today=TODAY)
    client = browser_of(w.dan)

    first = client.get("/wessex/actions/A-1/")
    second = client.get(f"/wessex/actions/A-1/?before={first.context['earlier_than']}")

    assert [e.words for e in first.context["events"]] == [f"Week {n}." for n in range(24, 4, -1)]
    assert [e.words for e in second.context["events"]] == [f"Week {n}." for n in range(4, -1, -1)] + [a.title]
    assert client.get("/wessex/actions/A-1/?before=²").status_code == 200


def test_the_page_asks_the_same_questions_however_much_it_shows(
    w: World, browser_of: BrowserOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a = action(w)
    commitment(w, a)
    progress.attach(a, words="One", by=w.alice, version=1, today=TODAY)
    client = browser_of(w.bob)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get("/wessex/actions/A-1/")
    for n in (2, 3):
        commitment(w, a, n)
        progress.attach(a, words=f"More {n}", by=w.carol, version=n, today=TODAY)
        a.contributors.add(factories.seat(w.board, f"Helper{n}", w.council))
        factories.seat(w.board, f"Lead{n}", w.police, is_lead=True)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get("/wessex/actions/A-1/")


PAGE_QUERIES = 13  # the last of them: what was decided on it, what was asked about it


def test_another_boards_action_or_an_unknown_one_is_not_there(w: World, browser_of: BrowserOf) -> None:
    other = world("mercia")
    action(other)
    client = browser_of(w.mo)

    for path in (
        "/mercia/actions/",
        "/mercia/actions/A-1/",
        "/mercia/actions/A-1/update/",
        "/wessex/actions/A-1/",
    ):
        assert client.get(path).status_code == 404
    assert client.post("/mercia/actions/A-1/start/", {"version": 1}).status_code == 404


@pytest.mark.parametrize("path", ["A-1/fly/", "A-1/take_back/", "A-99/start/", "A-99999999999999999999/"])
def test_an_address_that_nothing_stands_at_is_404(w: World, browser_of: BrowserOf, path: str) -> None:
    action(w)

    assert browser_of(w.mo).get(f"/wessex/actions/{path}").status_code == 404


# -- the verbs ----------------------------------------------------------------------------------------------

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


# -- sign-off -----------------------------------------------------------------------------------------------


def test_the_chair_signs_off_on_evidence_with_a_day_for_the_impact_check(
    w: World, browser_of: BrowserOf
) -> None:
    a = action(w)
    evidence = progress.attach(
        a, words="List", link="https://example.org/l", by=w.alice, version=1, today=TODAY
    )
    progress.finish(a, words="Done", done_on=TODAY, by=w.alice, version=2, today=TODAY)
    client = browser_of(w.bob)
    offered = client.get("/wessex/actions/A-1/").context["form"]

    send(
        client,
        "sign-off",
        version=3,
        relied_on=evidence.pk,
        impact="review",
        review_on=offered["review_on"].value().isoformat(),
    )

    a.refresh_from_db()
    assert (a.status, a.review_on, a.step_only) == ("signed_off", TODAY + timedelta(days=182), False)
    assert Evidence.objects.get().relied_on


def test_what_the_chair_saw_becomes_evidence_and_is_relied_on(w: World, browser_of: BrowserOf) -> None:
    a = done(w)
    sent = {"version": 2, "seen": "Sat in on a briefing", "impact": "step", "words": "Only a briefing"}
    client = browser_of(w.bob)

    first = send(client, "sign-off", **sent)
    second = send(client, "sign-off", **sent)

    a.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 302)
    assert (a.status, a.step_only) == ("signed_off", True)
    assert list(Evidence.objects.values_list("words", "by__name", "relied_on")) == [
        ("Sat in on a briefing", "Bob Chair", True)
    ]
    assert list(a.events.values_list("verb", flat=True)[:2]) == ["sign_off", "attach"]


def test_a_sign_off_that_is_refused_leaves_no_half_of_it_behind(w: World, browser_of: BrowserOf) -> None:
    a = done(w)

    response = send(
        browser_of(w.bob), "sign-off", version=2, seen="Sat in", impact="review", review_on=TODAY.isoformat()
    )

    a.refresh_from_db()
    assert response.status_code == 422
    assert "The impact check lies in the future" in str(response.context["form"].errors["review_on"])
    assert (a.version, a.status, Evidence.objects.count()) == (2, "done", 0)


def test_the_owners_word_alone_is_refused_at_its_ticks(w: World, browser_of: BrowserOf) -> None:
    a = action(w)
    word = progress.attach(a, words="I did it", by=w.alice, version=1, today=TODAY)
    progress.finish(a, words="Done", done_on=TODAY, by=w.alice, version=2, today=TODAY)

    response = send(
        browser_of(w.bob), "sign-off", version=3, relied_on=word.pk, impact="review", review_on="2026-12-01"
    )

    assert response.status_code == 422
    assert "owner's word alone is none" in response.context["form"].errors["relied_on"][0]


def test_with_nothing_to_rely_on_the_refusal_stands_on_top(w: World, browser_of: BrowserOf) -> None:
    done(w)

    response = send(browser_of(w.bob), "sign-off", version=2, impact="review", review_on="2026-12-01")

    assert response.status_code == 422
    assert "owner's word alone is none" in response.context["form"].non_field_errors()[0]


def test_evidence_of_another_action_cannot_be_ticked(w: World, browser_of: BrowserOf) -> None:
    a, other = action(w), action(w, title="Another")
    link = "https://example.org"
    progress.attach(a, words="Own", link=link, by=w.alice, version=1, today=TODAY)
    foreign = progress.attach(other, words="Foreign", link=link, by=w.alice, version=1, today=TODAY)
    progress.finish(a, words="Done", done_on=TODAY, by=w.alice, version=2, today=TODAY)
    sent = {"version": 3, "impact": "review", "review_on": "2026-12-01"}

    for ticked in (foreign.pk, "99999999999999999999"):
        response = send(browser_of(w.bob), "sign-off", relied_on=ticked, **sent)
        assert response.context["form"].errors["relied_on"] == ["Tick evidence of this action only."]


def test_send_back_and_take_back_start_it_again(w: World, browser_of: BrowserOf) -> None:
    a = done(w)

    send(browser_of(w.mo), "send-back", version=2, reason="No list of names", due_on="2026-07-10")
    a.refresh_from_db()
    sent_back = (a.status, a.due_on, a.times_moved)
    progress.finish(a, words="Done", done_on=TODAY, by=w.alice, version=3, today=TODAY)
    send(browser_of(w.alice), "take-back", version=4, words="Two are missing")

    a.refresh_from_db()
    assert sent_back == ("started", date(2026, 7, 10), 1)
    assert (a.status, a.done_on, a.version) == ("started", None, 5)


# -- on behalf ----------------------------------------------------------------------------------------------


def test_the_manager_writes_down_what_the_owner_said_on_the_phone(w: World, browser_of: BrowserOf) -> None:
    action(w)
    client = browser_of(w.mo)
    page = client.get("/wessex/actions/A-1/")
    assert [step.verb for step in page.context["for_others"]] == [
        "update",
        "finish",
        "ask_for_time",
        "not_mine",
    ]

    said = {"version": 1, "confidence": "at_risk", "words": "Two rooms lost", "said_on": "2026-06-02"}
    said["why"] = "A flood, and two teams wait"
    refused = client.post("/wessex/actions/A-1/update/", said | {"how": "phone"})
    saved = client.post(
        "/wessex/actions/A-1/update/", said | {"how": "phone", "on_behalf_of": w.alice.pk}, follow=True
    )

    assert refused.status_code == 422
    assert "Choose the person whose words these are." in refused.text
    assert "Two rooms lost" in refused.text
    assert "by Mo Manager, on behalf of Alice Owner" in saved.text


def test_a_sign_off_is_written_down_for_a_chair_with_its_meeting(w: World, browser_of: BrowserOf) -> None:
    done(w)
    meeting = Meeting.objects.create(
        board=w.board, subgroup=w.subgroup, meets_on=TODAY, cut_off_on=TODAY, state="held"
    )
    client = browser_of(w.mo)
    version = Action.objects.get().version
    said = {
        "version": version, "seen": "Attendance lists", "impact": "review", "review_on": "2026-12-01", "words": "",
        "on_behalf_of": w.bob.pk, "said_on": "2026-06-03", "how": "meeting",
    }  # fmt: skip

    nameless = client.post("/wessex/actions/A-1/sign-off/", said)
    saved = client.post("/wessex/actions/A-1/sign-off/", said | {"meeting": meeting.pk})

    assert (nameless.status_code, saved.status_code) == (422, 302)
    event = Event.objects.get(verb="sign_off")
    assert (event.by, event.on_behalf_of, event.detail["meeting"]) == (w.mo, w.bob, meeting.pk)


def test_a_member_cannot_write_down_for_anybody(w: World, browser_of: BrowserOf) -> None:
    action(w)

    answer = browser_of(w.dan).post("/wessex/actions/A-1/start/", {"version": 1, "on_behalf_of": w.alice.pk})

    assert answer.status_code == 403
    assert Action.objects.get().status == "planned"
