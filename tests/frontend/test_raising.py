"""An action is put forward: from a commitment, a priority, a meeting, or from nothing, which is told."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from actions.models import Action, Answer, Commitment, Event, Meeting, Priority, Seat, Source, Subgroup
from tests import factories
from tests.factories import World, world
from tests.frontend.pages import BrowserOf, text

RAISE = "/wessex/actions/raise/"
TYPED = {"title": "Ask families to the meeting", "detail": "By default", "priority": "", "meeting": ""}


def commitment(w: World, agency: Any = None, **about: Any) -> Commitment:
    source = factories.source(w)
    Source.objects.filter(pk=source.pk).update(**about)
    number = Commitment.objects.filter(board=w.board).count() + 1
    return Commitment.objects.create(
        board=w.board, number=number, source=source, kind="recommendation", words="Families must be asked.",
        agency=agency, priority=w.priority,
    )  # fmt: skip


def meeting(w: World, **about: Any) -> Meeting:
    days = {"meets_on": date(2026, 5, 20), "cut_off_on": date(2026, 5, 6), "state": "held"}
    return Meeting.objects.create(board=w.board, **days | about)


def offered(client: Client, query: str = "") -> dict[str, set[Any]]:
    """What can be chosen, by field."""
    form = client.get(RAISE + query).context["form"]
    return {name: set(field.queryset) for name, field in form.fields.items() if hasattr(field, "queryset")}


def test_from_a_commitment_it_answers_it_and_takes_its_priority(w: World, browser_of: BrowserOf) -> None:
    asked = commitment(w)
    client = browser_of(w.mo)
    page = client.get("/wessex/commitments/C-1/")

    opened = client.get(RAISE + "?commitment=1")
    saved = client.post(RAISE + "?commitment=1", TYPED)

    assert f'href="{RAISE}?commitment=1"' in page.text
    assert "Families must be asked." in opened.text
    assert saved["Location"] == "/wessex/actions/A-1/"
    assert "It is put forward as a draft, until it is planned." in text(client.get(saved["Location"]))
    made = Action.objects.get()
    assert (made.title, made.detail, made.status, made.priority, made.owner, made.agency) == (
        "Ask families to the meeting", "By default", "draft", w.priority, None, None,
    )  # fmt: skip
    assert list(Answer.objects.values_list("action", "commitment")) == [(made.pk, asked.pk)]
    line = Event.objects.get()
    assert (line.verb, line.by, line.action, line.commitment, line.words, line.detail) == (
        "raise", w.mo, made, asked, "Ask families to the meeting", {"answers": [asked.pk]},
    )  # fmt: skip


@pytest.mark.parametrize("of", ["priority", "meeting"])
def test_from_a_priority_or_a_meeting_that_the_address_names(
    w: World, browser_of: BrowserOf, of: str
) -> None:
    pk = {"priority": w.priority, "meeting": meeting(w)}[of].pk
    client = browser_of(w.mo)
    opened = client.get(f"{RAISE}?{of}={pk}")

    client.post(RAISE, TYPED | {of: opened.context["form"][of].value()})

    made = Action.objects.get()
    assert (made.priority_id if of == "priority" else made.meeting_id) == pk
    assert list(Event.objects.values_list("verb", "detail")) == [("raise", {"answers": []})]


def test_from_nothing_it_is_told_what_is_missing_and_nothing_typed_is_lost(
    w: World, browser_of: BrowserOf
) -> None:
    client = browser_of(w.mo)

    nothing = client.post(RAISE, TYPED)
    untitled = client.post(RAISE, TYPED | {"title": " ", "priority": w.priority.pk})
    empty = client.post(RAISE)

    assert (nothing.status_code, nothing.context["form"].errors) == (
        422,
        {
            "priority": [
                "Say what the action answers: a commitment, or the meeting or priority it comes from."
            ]
        },
    )
    assert "Ask families to the meeting</textarea>" in text(nothing)
    assert "Which priority is it for?</label>" in text(nothing)  # not called optional: one of two is needed
    assert (untitled.status_code, untitled.context["form"].errors) == (
        422,
        {"title": ["Say in a line what should be done."]},
    )
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["title"])
    assert not Action.objects.exists()


def test_sent_twice_there_is_one_draft_and_another_is_another(w: World, browser_of: BrowserOf) -> None:
    client = browser_of(w.mo)
    since = client.get(RAISE).context["form"]["since"].value()
    sent = TYPED | {"priority": w.priority.pk, "since": since}

    answers = [
        client.post(RAISE, sent),
        client.post(RAISE, sent),
        client.post(RAISE, sent | {"detail": "Again"}),
    ]
    later = client.get(RAISE).context["form"]["since"].value()
    answers += [client.post(RAISE, sent | {"since": later})]

    assert [one["Location"][-5:] for one in answers] == ["/A-1/", "/A-1/", "/A-2/", "/A-3/"]
    assert list(Event.objects.order_by("seq").values_list("seq", "verb")) == [(n, "raise") for n in (1, 2, 3)]


def test_two_people_who_put_the_same_forward_make_two(w: World, browser_of: BrowserOf) -> None:
    sent = TYPED | {"priority": w.priority.pk, "since": 0}

    for who in (w.mo, w.ingrid):
        browser_of(who).post(RAISE, sent)

    assert Action.objects.count() == 2


# -- who puts forward what ------------------------------------------------------------------------------------


def test_a_lead_puts_forward_for_the_own_agency(w: World, browser_of: BrowserOf) -> None:
    client = browser_of(w.carol)

    fields = client.get(RAISE).context["form"].fields
    client.post(RAISE, TYPED | {"priority": w.priority.pk, "agency": w.council.pk})

    assert "agency" not in fields
    assert Action.objects.get().agency == w.police


def test_a_chair_puts_forward_for_the_own_subgroup(w: World, browser_of: BrowserOf) -> None:
    quality = Subgroup.objects.create(board=w.board, name="Quality")
    client = browser_of(w.bob)

    found = offered(client)
    refused = client.post(RAISE, TYPED | {"priority": w.priority.pk, "subgroup": quality.pk})
    unsaid = client.post(RAISE, TYPED | {"priority": w.priority.pk})
    client.post(RAISE, TYPED | {"priority": w.priority.pk, "subgroup": w.subgroup.pk})

    assert (found["subgroup"], found["agency"]) == ({w.subgroup}, {w.police, w.council})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["subgroup"])
    assert unsaid.context["form"].errors == {"subgroup": ["Choose the subgroup that watches over it."]}
    made = Action.objects.get()
    assert (made.subgroup, made.agency) == (w.subgroup, None)


def test_a_chair_who_leads_too_puts_forward_for_the_own_agency_elsewhere(
    w: World, browser_of: BrowserOf
) -> None:
    Seat.objects.filter(pk=w.bob.pk).update(is_lead=True)
    client = browser_of(w.bob)

    found = offered(client)
    for subgroup in ("", w.subgroup.pk):
        client.post(RAISE, TYPED | {"priority": w.priority.pk, "subgroup": subgroup})

    assert (found["agency"], found["subgroup"]) == ({w.council}, {w.subgroup})
    assert list(Action.objects.order_by("number").values_list("agency", "subgroup")) == [
        (w.council.pk, None),
        (None, w.subgroup.pk),
    ]


@pytest.mark.parametrize("who", ["alice", "dan"])
def test_owner_and_member_put_nothing_forward_and_are_not_offered_to(
    w: World, browser_of: BrowserOf, who: str
) -> None:
    client = browser_of(getattr(w, who))

    page, opened, sent = client.get("/wessex/actions/"), client.get(RAISE), client.post(RAISE, TYPED)

    assert RAISE not in page.text
    for answer in (opened, sent):
        assert answer.status_code == 403
        assert "It is for the agency lead, board manager, independent chair or subgroup chair." in text(
            answer
        )
    assert not Action.objects.exists()


# -- what is not there -----------------------------------------------------------------------------------------


def test_a_commitment_that_is_not_for_this_seat_is_not_there(w: World, browser_of: BrowserOf) -> None:
    other = world("mercia")
    commitment(w, w.council, restricted=True, subgroup=w.subgroup)
    commitment(w, w.police, restricted=True, subgroup=w.subgroup)
    commitment(w)
    Commitment.objects.filter(number=3).update(taken_back=True)
    commitment(other)

    found = {
        who: [
            browser_of(getattr(w, who)).get(f"{RAISE}?commitment={n}").status_code for n in (1, 2, 3, 4, "x")
        ]
        for who in ("carol", "bob", "mo")
    }
    sent = browser_of(w.carol).post(RAISE + "?commitment=1", TYPED | {"priority": w.priority.pk})

    assert found == {
        "carol": [404, 200, 404, 404, 404],
        "bob": [200, 200, 404, 404, 404],
        "mo": [200, 200, 404, 404, 404],
    }
    assert (sent.status_code, Action.objects.count()) == (404, 0)


def test_another_boards_rows_cannot_be_chosen(w: World, browser_of: BrowserOf) -> None:
    other = world("mercia")
    theirs = {"priority": other.priority.pk, "meeting": meeting(other).pk, "agency": other.police.pk}

    found = {
        name: list(
            browser_of(w.mo).post(RAISE, TYPED | {"priority": w.priority.pk, name: pk}).context["form"].errors
        )
        for name, pk in theirs.items()
    }

    assert found == {name: [name] for name in theirs}


@pytest.mark.parametrize("query", ["?priority=x", "?meeting=99999999999999999999", "?priority=%00"])
def test_an_address_that_names_nothing_starts_empty(w: World, browser_of: BrowserOf, query: str) -> None:
    assert browser_of(w.mo).get(RAISE + query).status_code == 200


def test_a_cancelled_meeting_raised_nothing(w: World, browser_of: BrowserOf) -> None:
    held = meeting(w)
    meeting(w, meets_on=date(2026, 5, 21), state="cancelled")

    assert offered(browser_of(w.mo))["meeting"] == {held}


def test_an_empty_board_says_what_is_missing_and_where_it_is_entered(w: World, browser_of: BrowserOf) -> None:
    Priority.objects.all().delete()

    shown = {who: browser_of(getattr(w, who)).get(RAISE).text for who in ("mo", "carol")}

    for words in shown.values():
        assert "This board has no priority and no meeting yet" in words
        assert "Put it forward" not in words
    assert ["/wessex/setup/" in shown["mo"], "/wessex/setup/" in shown["carol"]] == [True, False]


def test_a_draft_that_was_put_forward_waits_for_its_chair(w: World, browser_of: BrowserOf) -> None:
    browser_of(w.carol).post(RAISE, TYPED | {"priority": w.priority.pk, "subgroup": w.subgroup.pk})

    waiting = browser_of(w.bob).get("/wessex/").context["waiting"]

    assert [(part.title, part.total) for part in waiting if part.total] == [("Put forward, to be planned", 1)]
