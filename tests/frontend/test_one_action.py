"""An action’s page: where it stands, what happened, and what this person may do now."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import planning, progress
from actions.models import Action, Answer, Commitment
from tests import factories
from tests.actions.progress import lives
from tests.factories import TODAY, World, action, world
from tests.frontend.pages import BrowserOf, text


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


@pytest.mark.slow
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
    lives.done(w)

    shown = text(browser_of(w.alice).get("/wessex/actions/A-1/"))

    assert "Sign-off is for the subgroup chair: Bob Chair; the independent chair: Ingrid Chair." in shown


def test_what_was_said_last_stands_above_what_is_to_be_done(w: World, browser_of: BrowserOf) -> None:
    a = action(w)
    progress.update(a, confidence="on_track", words="Half done.", by=w.alice, version=1, today=TODAY)
    progress.attach(a, words="The list", by=w.alice, version=2, today=TODAY)
    progress.finish(a, words="All briefed.", done_on=TODAY, by=w.alice, version=3, today=TODAY)

    chair = browser_of(w.bob).get("/wessex/actions/A-1/")
    paged = browser_of(w.bob).get("/wessex/actions/A-1/?before=1")

    assert (chair.context["said"].words, paged.context["said"].words) == ("All briefed.", "All briefed.")
    assert 0 < chair.text.index("All briefed.") < chair.text.index("What did you see yourself?")
    assert "What you said last" in browser_of(w.alice).get("/wessex/actions/A-1/").text


def test_the_way_back_leads_to_where_one_came_from(w: World, browser_of: BrowserOf) -> None:
    action(w)
    alice, bob = browser_of(w.alice), browser_of(w.bob)

    def back(client: Client, before: str) -> tuple[str, str]:
        headers = {"Referer": before} if before else {}
        found: tuple[str, str] = client.get("/wessex/actions/A-1/", headers=headers).context["came_from"]
        return found

    listed = back(bob, "https://testserver/wessex/actions/?overdue=true&page=2")
    assert listed == ("Actions", "/wessex/actions/?overdue=true&page=2")
    assert back(bob, "https://testserver/wessex/") == ("My actions", "/wessex/")
    assert back(bob, "") == back(bob, "https://evil.example/wessex/people/")
    assert back(bob, "") == ("Actions", "/wessex/actions/?status=planned&status=started&status=on_hold")
    assert back(alice, "") == ("My actions", "/wessex/")


def test_who_may_ask_finds_it_among_what_can_be_done(w: World, browser_of: BrowserOf) -> None:
    action(w)
    offer = ">Ask Alice Owner</a>"

    found = [
        offer in browser_of(who).get("/wessex/actions/A-1/").text for who in (w.bob, w.mo, w.dan, w.alice)
    ]

    assert found == [True, True, False, False]


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
