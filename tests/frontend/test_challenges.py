"""Questions of the board through the pages: asked of several, answered apart, closed, waited for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import challenges
from actions.models import Action, Agency, Asked, Challenge, Commitment, Event, Source
from tests.factories import TODAY, World, action, priority, seat, source
from tests.frontend.pages import BrowserOf, text

pytestmark = pytest.mark.django_db
DUE = date(2026, 7, 1)  # twenty working days after 3 June 2026
LIST = "/wessex/challenges/"


def asked(w: World, *whom: Any, words: str = "How do you know?", **more: Any) -> Challenge:
    given = {"due_on": DUE, "by": w.mo, "today": TODAY} | more
    return challenges.challenge(words, whom=whom or (w.alice,), **given)


def address(one: Challenge, name: str) -> str:
    """Where the one of this name answers."""
    place = next(place for place in one.asked.all() if place.name == name)
    return f"{LIST}{one.pk}/answer/{place.pk}/"


# -- asked, answered, closed ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_two_agencies_are_asked_answer_apart_and_who_asked_accepts(w: World, browser_of: BrowserOf) -> None:
    bob, carol = browser_of(w.bob), browser_of(w.carol)
    made = action(w, title="Brief them")
    page = text(bob.get("/wessex/actions/A-1/"))
    form = text(bob.get(f"{LIST}ask/?action=1"))
    sent = {"words": "Who was briefed?", "agencies": [w.police.pk, w.council.pk], "due_on": DUE}
    shown = text(bob.post(f"{LIST}ask/?action=1", sent, follow=True))

    one = Challenge.objects.get()
    assert "Nothing was asked about it." in page
    assert "/wessex/challenges/ask/?action=1" in page
    assert ("Brief them" in form, f'value="{DUE}"' in form) == (True, True)
    assert (one.action, one.by, one.due_on) == (made, w.bob, DUE)
    assert "0 of 2 answered" in shown
    assert (text(carol.get("/wessex/")).count("Questions that wait for you"), one.asked.count()) == (1, 2)
    assert "Who was briefed?" in text(carol.get("/wessex/actions/A-1/"))

    answered = text(carol.post(address(one, "Wessex Police"), {"words": "Forty of fifty."}, follow=True))
    assert "Forty of fifty." in answered
    assert "Carol Lead, 3 June 2026" in answered
    assert "1 of 2 answered" in answered
    assert "Questions that wait for you" not in text(carol.get("/wessex/"))

    lead = seat(w.board, "Dora Director", w.council, is_lead=True)
    browser_of(lead).post(address(one, "Wessex Council"), {"words": "All."})
    assert "All answered" in text(bob.get("/wessex/"))
    closed = text(bob.post(f"{LIST}{one.pk}/close/", {"words": "Good."}, follow=True))
    assert ("Closed</strong>" in closed, "Good." in closed) == (True, True)
    assert "Questions that wait for you" not in text(bob.get("/wessex/"))


def test_about_an_action_its_owner_is_asked_first_and_leaving_it_leads_back(
    w: World, browser_of: BrowserOf
) -> None:
    action(w)
    c = Commitment.objects.create(
        board=w.board, number=1, source=source(w), kind="recommendation", words="Do"
    )
    bob, alice = browser_of(w.bob), f'<option value="{w.alice.pk}" selected>'

    of_action = bob.get(f"{LIST}ask/?action=1").text
    of_commitment = bob.get(f"{LIST}ask/?commitment={c.number}").text
    nobody = bob.post(f"{LIST}ask/?action=1", {"words": "Why?", "person": "", "due_on": DUE}).text

    assert (alice in of_action, alice in of_commitment) == (True, False)
    assert of_action.count('href="/wessex/actions/A-1/"') == 2
    assert of_commitment.count('href="/wessex/commitments/C-1/"') == 2
    assert ("<details" in of_action, '<details class="govuk-details" open' in nobody) == (True, True)
    assert "Say who is asked" in nobody


def test_a_person_a_subgroup_and_the_office_are_asked_about_a_priority(
    w: World, browser_of: BrowserOf
) -> None:
    sent = {"words": "What next?", "person": w.alice.pk, "subgroups": [w.subgroup.pk], "office": "on"}

    shown = text(
        browser_of(w.ingrid).post(
            f"{LIST}ask/", sent | {"priority": w.priority.pk, "due_on": DUE}, follow=True
        )
    )

    one = Challenge.objects.get()
    assert [place.name for place in one.asked.all()] == [w.subgroup.name, "Alice Owner", "The board office"]
    assert (one.priority, f"Priority {w.priority}" in shown) == (w.priority, True)
    for who in (w.alice, w.bob, w.mo):
        assert "Questions that wait for you" in text(browser_of(who).get("/wessex/"))
    assert "Questions that wait for you" not in text(browser_of(w.dan).get("/wessex/"))


def test_from_a_priority_who_may_asks_about_it_and_nobody_else_is_led_there(
    w: World, browser_of: BrowserOf
) -> None:
    priority(w.board, 2, "Prevention")
    action(w)
    way = f"{LIST}ask/?priority={w.priority.pk}"
    led = {
        name: [
            f'href="{way}"' in client.get(f"/wessex/{page}/").content.decode()
            for page in ("plans", "summary")
        ]
        for name in ("ingrid", "bob", "dan")
        for client in [browser_of(getattr(w, name))]
    }
    bob = browser_of(w.bob)

    form = bob.get(way).content.decode()
    bob.post(way, {"words": "What next?", "office": "on", "priority": w.priority.pk, "due_on": DUE})

    assert led == {"ingrid": [True, True], "bob": [True, True], "dan": [False, False]}
    assert f'<option value="{w.priority.pk}" selected>' in form
    assert Challenge.objects.get().priority == w.priority
    assert [bob.get(f"{LIST}ask/?priority={one}").status_code for one in ("x", 10**9, "")] == [404, 404, 200]


def test_a_second_click_asks_answers_and_closes_once(w: World, browser_of: BrowserOf) -> None:
    mo, carol = browser_of(w.mo), browser_of(w.carol)
    sent = {"words": "Why?", "agencies": [w.police.pk], "due_on": DUE}
    answers = [mo.post(f"{LIST}ask/", sent) for _ in range(2)]
    one = Challenge.objects.get()
    answers += [carol.post(address(one, "Wessex Police"), {"words": "So."}) for _ in range(2)]
    answers += [mo.post(f"{LIST}{one.pk}/close/", {"words": "Thanks."}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302] * 6
    assert list(Event.objects.values_list("verb", flat=True)) == [
        "close_challenge",
        "answer_challenge",
        "challenge",
    ]


@pytest.mark.parametrize(
    ("given", "told", "place"),
    [
        ({"words": ""}, "Say what you ask.", "id_words"),
        (
            {"agencies": []},
            "Say who is asked: an agency, a subgroup, the board office or a person.",
            "agencies",
        ),
        ({"due_on": "2026-06-02"}, "Choose today or a later day.", "id_due_on"),
        ({"due_on": "soon"}, "Enter a real date", "id_due_on"),
    ],
)
def test_what_is_missing_is_named_at_its_place_and_nothing_typed_is_lost(
    w: World, browser_of: BrowserOf, given: dict[str, Any], told: str, place: str
) -> None:
    sent = {"words": "Who was briefed?", "agencies": [w.police.pk], "due_on": DUE} | given

    refused = browser_of(w.mo).post(f"{LIST}ask/", sent)

    assert refused.status_code == 422
    assert told in text(refused)
    assert f'href="#{place}' in text(refused).replace("#id_agencies", "#agencies")
    assert ("Who was briefed?" in text(refused)) == bool(sent["words"])
    assert not Challenge.objects.exists()


def test_who_answers_second_sees_what_stands_and_keeps_what_was_typed(
    w: World, browser_of: BrowserOf
) -> None:
    one = asked(w, w.subgroup)
    place = address(one, w.subgroup.name)
    challenges.answer(one.asked.get(), words="We read it.", by=w.bob, today=TODAY)

    refused = browser_of(w.bob).post(place, {"words": "Mine differs."})

    assert refused.status_code == 409
    assert "What stands now." in text(refused)
    assert ("We read it." in text(refused), "Mine differs." in text(refused)) == (True, True)
    assert "It is answered already." in text(browser_of(w.bob).get(place, follow=True))


def test_the_manager_writes_down_what_a_lead_said(w: World, browser_of: BrowserOf) -> None:
    one = asked(w, w.police)
    mo, place = browser_of(w.mo), address(one, "Wessex Police")
    form = text(mo.get(place))
    sent = {"words": "By phone.", "on_behalf_of": w.carol.pk, "said_on": "2026-06-02", "how": "phone"}

    shown = text(mo.post(place, sent, follow=True))

    assert "What Wessex Police answers" in form
    assert "Carol Lead, 2 June 2026" in shown
    line = Event.objects.get(verb="answer_challenge")
    assert (line.by, line.on_behalf_of) == (w.mo, w.carol)


def test_the_manager_writes_down_what_a_person_said(w: World, browser_of: BrowserOf) -> None:
    one = asked(w, w.alice)
    sent = {"words": "Yes.", "on_behalf_of": w.alice.pk, "said_on": "2026-06-02", "how": "mail"}

    browser_of(w.mo).post(address(one, "Alice Owner"), sent)

    assert Asked.objects.values_list("answered_by", "words").get() == (w.alice.pk, "Yes.")


def test_an_agency_that_nobody_leads_is_told_with_the_remedy(w: World, browser_of: BrowserOf) -> None:
    one = asked(w, w.council)

    page = text(browser_of(w.mo).get(address(one, "Wessex Council")))

    assert "Nobody on this board can answer for Wessex Council yet." in page


def test_without_every_answer_closing_asks_why(w: World, browser_of: BrowserOf) -> None:
    one = asked(w, w.police, w.council)
    mo = browser_of(w.mo)
    page = text(mo.get(f"{LIST}{one.pk}/close/"))

    silent = mo.post(f"{LIST}{one.pk}/close/", {"words": ""})
    mo.post(f"{LIST}{one.pk}/close/", {"words": "Overtaken."})
    late = browser_of(w.carol).post(address(one, "Wessex Police"), {"words": "Typed for long."})

    assert "2 of those asked have not answered." in page
    assert (silent.status_code, "Say why it is closed" in text(silent)) == (422, True)
    assert (late.status_code, "Typed for long." in text(late)) == (409, True)
    assert "Not answered</span>" in text(mo.get(f"{LIST}{one.pk}/"))


# -- who sees what --------------------------------------------------------------------------------------------


def test_of_an_unpublished_review_each_lead_reads_the_own_answer_alone(
    w: World, browser_of: BrowserOf
) -> None:
    closed = source(w)
    Source.objects.filter(pk=closed.pk).update(restricted=True)
    c = Commitment.objects.create(
        board=w.board,
        number=1,
        source=Source.objects.get(),
        kind="recommendation",
        words="Do",
        agency=w.police,
    )
    lead = seat(w.board, "Dora Director", w.council, is_lead=True)
    action(w, owner=lead, commitments=(c,))
    one = asked(w, w.police, w.council, about=c)
    of = {place.name: place for place in one.asked.all()}
    challenges.answer(of["Wessex Police"], words="Ours alone.", by=w.carol, today=TODAY)
    challenges.answer(of["Wessex Council"], words="Theirs alone.", by=lead, today=TODAY)

    page = text(browser_of(w.carol).get(f"{LIST}{one.pk}/"))
    whole = text(browser_of(w.ingrid).get(f"{LIST}{one.pk}/"))

    assert ("Ours alone." in page, "Theirs alone." in page, "Dora" in page) == (True, False, False)
    assert "Who else is asked, and what they answer, is not shown" in page
    assert ("Ours alone." in whole, "Theirs alone." in whole) == (True, True)
    assert browser_of(w.carol).get(address(one, "Wessex Council")).status_code == 404
    assert browser_of(w.dan).get(f"{LIST}{one.pk}/").status_code == 404


def test_words_are_removed_from_the_question_and_its_answers(w: World, browser_of: BrowserOf) -> None:
    one = asked(w, w.alice, words="What of Mrs Quince?")
    challenges.answer(one.asked.get(), words="Mrs Quince is well.", by=w.alice, today=TODAY)
    mo, place = browser_of(w.mo), f"/wessex/trail/remove/challenge/{one.pk}/"

    asks = text(mo.get(place))
    after = text(mo.post(place, {"reason": "A name", "sure": "on"}, follow=True))

    assert "Mrs Quince is well." in asks
    assert "Quince" not in after


# -- the list -------------------------------------------------------------------------------------------------


def test_the_list_shows_the_one_due_first_and_filters(w: World, browser_of: BrowserOf) -> None:
    carol, mo = browser_of(w.carol), browser_of(w.mo)
    empty = [text(mo.get(LIST)), text(carol.get(LIST))]
    asked(w, w.alice, words="Later one", due_on=DUE)
    asked(w, w.police, words="Late one", due_on=TODAY - timedelta(days=9), today=TODAY - timedelta(days=30))
    gone = asked(w, w.alice, words="Closed one", by=w.bob)
    challenges.close(gone, words="Enough.", by=w.bob, today=TODAY)

    def found(who: Client, state: str) -> list[str]:
        page = text(who.get(f"{LIST}?state={state}"))
        return [words for words in ("Late one", "Later one", "Closed one") if words in page]

    everything = text(mo.get(LIST))
    part = text(mo.get(f"{LIST}?state=late", headers={"HX-Request": "true"}))
    assert ("Ask a question" in empty[0], "The chairs and the board manager ask" in empty[1]) == (True, True)
    assert everything.index("Late one") < everything.index("Later one") < everything.index("Closed one")
    assert "9 days late" in everything
    assert found(mo, "open") == ["Late one", "Later one"]
    assert (found(mo, "late"), found(mo, "closed")) == (["Late one"], ["Closed one"])
    assert (found(carol, "mine"), found(mo, "mine")) == (["Late one"], [])
    assert (found(browser_of(w.bob), "asked"), found(carol, "asked")) == (["Closed one"], [])
    assert ("1 question<" in part, "<html" in part) == (True, False)
    assert "No question fits this filter" in text(carol.get(f"{LIST}?state=asked"))
    assert "cannot be read" in text(mo.get(f"{LIST}?state=nonsense"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("challenges/", 7),
        ("challenges/ask/", 8),
        ("challenges/ask/?action=1", 8),
        ("challenges/{one}/", 6),
        ("challenges/{one}/close/", 7),
        ("actions/A-1/", 13),
        ("commitments/C-1/", 15),
        ("", 8),
    ],
)
def test_pages_ask_the_same_however_much_there_is(
    w: World,
    browser_of: BrowserOf,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    queries: int,
) -> None:
    mo, made = browser_of(w.mo), action(w)
    c = Commitment.objects.create(
        board=w.board, number=1, source=source(w), kind="recommendation", words="Do"
    )
    one = one_of_each(w, made, c, 1)
    path = path.format(one=one.pk)
    mo.get(f"/wessex/{path}")

    with django_assert_num_queries(queries):
        mo.get(f"/wessex/{path}")

    for more in (2, 3):
        one_of_each(w, made, c, more)
        place = Asked.objects.create(board=w.board, challenge=one, agency=Agency.objects.latest("pk"))
        Asked.objects.filter(pk=place.pk).update(words="So", answered_on=TODAY, answered_by=w.carol)
    with django_assert_num_queries(queries):
        mo.get(f"/wessex/{path}")


def one_of_each(w: World, made: Action, c: Commitment, count: int) -> Challenge:
    """Asked of all kinds, about each kind of thing; one is closed."""
    agency = Agency.objects.create(board=w.board, name=f"Agency {count}", short_name=f"A{count}")
    person = seat(w.board, f"Person{count} Asked", agency)
    whom = (w.subgroup, agency, person, None)
    for about in (made, c, w.priority):
        asked(w, *whom, words=f"Why {count}?", about=about)
    gone = asked(w, *whom, words=f"Gone {count}", about=made)
    challenges.close(gone, words="Enough.", by=w.mo, today=TODAY)
    return asked(w, *whom, words=f"And {count}?")
