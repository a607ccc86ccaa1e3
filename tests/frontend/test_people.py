"""The people of a board: everybody reads them; the manager changes them and sees them off; nothing typed is lost."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import challenges, leaving, people
from actions.models import Action, Commitment, Event, Seat, Source, SubgroupSeat
from tests.factories import TODAY, World, action, seat, source, world
from tests.frontend.pages import BrowserOf
from tests.frontend.people import LIST, invited, sent


def names(client: Client, query: str = "") -> list[str]:
    return [one.name for one in client.get(LIST + query).context["page"]]


def test_everybody_reads_who_is_there_with_agency_and_roles_and_no_address(
    w: World, browser_of: BrowserOf
) -> None:
    for who in (w.alice, w.bob, w.carol, w.dan, w.ingrid, w.mo):
        page = browser_of(who).get(LIST)
        assert names(browser_of(who)) == [
            "Alice Owner",
            "Bob Chair",
            "Carol Lead",
            "Dan Member",
            "Ingrid Chair",
            "Mo Manager",
        ]
        assert "Chair of Learning and Review" in page.text
        assert "@wessex" not in page.text
        assert ("Invite people" in page.text) == (who == w.mo)
    assert "@wessex" not in browser_of(w.alice).get(f"{LIST}{w.bob.pk}/").text


def test_the_list_is_filtered_by_agency_role_state_and_name(w: World, mo: Client) -> None:
    invited(w)
    people.away(w.dan, since=TODAY, until=TODAY, by=w.mo, today=TODAY)
    leaving.leave_ahead(w.carol, on=TODAY, by=w.mo, today=TODAY)
    leaving.leave(w.alice, by=w.mo, today=TODAY)

    found = {query: names(mo, query) for query in (
        f"?agency={w.council.pk}", "?role=manager", "?role=chair", "?role=lead", "?role=independent_chair",
        "?role=member", "?state=invited", "?state=away", "?state=leaving", "?state=left", "?state=active",
        "?name=chair", "?state=nonsense",
    )}  # fmt: skip

    assert found == {
        f"?agency={w.council.pk}": ["Bob Chair", "Dan Member"],
        "?role=manager": ["Mo Manager"],
        "?role=chair": ["Bob Chair"],
        "?role=lead": ["Carol Lead"],
        "?role=independent_chair": ["Ingrid Chair"],
        "?role=member": [],
        "?state=invited": ["Nia New"],
        "?state=away": ["Dan Member"],
        "?state=leaving": ["Carol Lead"],
        "?state=left": ["Alice Owner"],
        "?state=active": ["Bob Chair", "Ingrid Chair", "Mo Manager"],
        "?name=chair": ["Bob Chair", "Ingrid Chair"],
        "?state=nonsense": [],
    }


def test_a_part_of_the_list_is_not_a_page_in_the_page(w: World, mo: Client) -> None:
    part = mo.get(LIST, headers={"HX-Request": "true"}).text

    assert "<html" not in part
    assert "6 people" in part


def test_another_boards_people_are_not_found_and_strangers_get_nothing(
    w: World, mo: Client, browser_of: BrowserOf
) -> None:
    other = world("mercia")
    paths = ["", "change/", "away/", "leave/"]

    assert [mo.get(f"{LIST}{other.alice.pk}/{path}").status_code for path in paths] == [404] * 4
    assert [mo.get(f"{LIST}99999/{path}").status_code for path in paths] == [404] * 4
    assert mo.post(f"{LIST}{other.alice.pk}/invite-again/").status_code == 404
    assert mo.get("/mercia/people/").status_code == 404
    assert browser_of(other.mo).get(LIST).status_code == 404
    assert Client().get(LIST).status_code == 302
    assert "Mercia" not in mo.get(f"{LIST}invite/").text


@pytest.mark.slow
def test_whoever_does_not_manage_changes_nothing(w: World, browser_of: BrowserOf) -> None:
    nia = invited(w)
    before = (list(Seat.objects.values()), Event.objects.count())
    for who in (w.alice, w.bob, w.carol, w.dan, w.ingrid):
        client = browser_of(who)
        for path in (f"{w.dan.pk}/change/", f"{w.dan.pk}/away/", f"{w.dan.pk}/leave/", "invite/"):
            assert client.get(LIST + path).status_code == 403
            assert client.post(LIST + path, sent(on="2026-06-03")).status_code == 403
        assert client.post(f"{LIST}{nia.pk}/invite-again/", {"email": "x@y.example"}).status_code == 403
        assert client.get("/wessex/setup/").status_code == 403
    assert (list(Seat.objects.values()), Event.objects.count()) == before


def test_a_person_is_changed_and_a_second_who_saved_first_is_seen(w: World, mo: Client) -> None:
    path = f"{LIST}{w.bob.pk}/change/"
    assert '<option value="chair" selected>' in mo.get(path).text
    given = sent(name="Robert Chair", agency=w.council.pk, **{f"subgroup_{w.subgroup.pk}": "chair"})
    mo.post(path, given)

    late = mo.post(path, sent(name="Bobby Chair", job="Typed"))

    assert late.status_code == 409
    assert "Somebody has changed Robert Chair since you opened the page." in late.text
    assert "As it stands now: Robert Chair, Wessex Council. Chair of Learning and Review" in late.text
    assert 'value="Bobby Chair"' in late.text
    seen = people.latest(w.bob)
    assert mo.post(path, sent(name="Bobby Chair", seen=seen)).status_code == 302
    w.bob.refresh_from_db()
    assert w.bob.name == "Bobby Chair"


def test_the_last_manager_cannot_be_unmade(w: World, mo: Client) -> None:
    change = mo.post(f"{LIST}{w.mo.pk}/change/", sent(name="Mo"))
    leave = mo.post(f"{LIST}{w.mo.pk}/leave/", {"on": "2026-06-03"})

    assert (change.status_code, leave.status_code) == (422, 422)
    assert "Mo Manager is the last board manager." in change.text
    assert "Mo Manager is the last board manager." in leave.text


def test_away_and_here_again_and_dates_the_wrong_way_round(w: World, mo: Client) -> None:
    path = f"{LIST}{w.alice.pk}/away/"

    wrong = mo.post(path, {"away_from": "2026-06-10", "away_until": "2026-06-09"})
    right = mo.post(path, {"away_from": "2026-06-03", "away_until": "2026-06-09"}, follow=True)

    assert (wrong.status_code, "before the first one" in wrong.text) == (422, True)
    assert "Alice Owner is away until 9 June 2026." in right.text
    assert "Away, from 3 June 2026 until 9 June 2026" in right.text
    empty = {"away_from": "", "away_until": ""}
    assert "is here again" in mo.post(path, empty, follow=True).text
    assert "is not away" in mo.post(path, empty, follow=True).text


def test_leaving_shows_what_moves_then_what_moved(w: World, mo: Client) -> None:
    action(w)
    SubgroupSeat.objects.create(subgroup=w.subgroup, seat=w.dan, role="vice_chair")
    path = f"{LIST}{w.alice.pk}/leave/"

    before = mo.get(path).text
    after = mo.post(path, {"on": "2026-06-03"}, follow=True).text
    chair = mo.post(f"{LIST}{w.bob.pk}/leave/", {"on": "2026-06-02"}, follow=True).text

    assert "A-1 Brief every custody sergeant goes to Carol Lead." in before
    assert "Alice Owner has left the board. Below is what moved to whom." in after
    assert "A-1 Brief every custody sergeant</a> went to Carol Lead." in after
    assert "Dan Member chairs Learning and Review now." in chair
    assert "Left on 2 June 2026" in chair


def test_questions_that_wait_for_a_leaver_are_shown_before_and_after_to_those_who_may_read_them(
    w: World, mo: Client, browser_of: BrowserOf
) -> None:
    sealed = source(w)
    Source.objects.filter(pk=sealed.pk).update(restricted=True)
    asked = Commitment.objects.create(
        board=w.board, number=1, source=sealed, kind="recommendation", words="Do", agency=w.police
    )
    lead = seat(w.board, "Lena Lead", w.police, is_lead=True)
    about: dict[str, Any] = {"whom": [lead], "due_on": TODAY, "by": w.mo, "today": TODAY}
    challenges.challenge("How do you know?", **about)
    challenges.challenge("CANARY", about=asked, **about)
    path = f"{LIST}{lead.pk}/"

    before = mo.get(f"{path}leave/").text
    after = mo.post(f"{path}leave/", {"on": "2026-06-03"}, follow=True).text
    member = browser_of(w.dan).get(path).text

    assert "Carol Lead is asked instead: “How do you know?”" in before
    assert after.count("Carol Lead was asked instead") == 2
    assert member.count("Carol Lead was asked instead") == 1
    assert "1 restricted." in member
    assert "CANARY" not in member


def test_a_last_day_ahead_is_set_and_taken_back(w: World, mo: Client) -> None:
    action(w)
    path = f"{LIST}{w.alice.pk}/leave/"

    ahead = mo.post(path, {"on": "2026-06-30"}, follow=True).text
    stays = mo.post(path, {"stay": "1"}, follow=True).text

    assert "Alice Owner leaves after 30 June 2026." in ahead
    assert "the last day is 30 June 2026" in ahead
    assert "Alice Owner stays." in stays
    assert Action.objects.get().owner == w.alice
    assert mo.post(path, {"on": "30/2/2026"}).status_code == 422
    assert mo.post(path, {"on": ""}).status_code == 422


def test_whoever_has_left_is_at_once_outside_on_every_page(
    w: World, mo: Client, browser_of: BrowserOf
) -> None:
    alice = browser_of(w.alice)
    assert alice.get(LIST).status_code == 200

    mo.post(f"{LIST}{w.alice.pk}/leave/", {"on": "2026-06-03"})

    assert [alice.get(path).status_code for path in (LIST, "/wessex/", "/wessex/actions/")] == [404] * 3


def test_a_restricted_action_that_moved_is_counted_not_named(w: World, browser_of: BrowserOf) -> None:
    closed = source(w)
    Source.objects.filter(pk=closed.pk).update(restricted=True)
    kept = Commitment.objects.create(
        board=w.board, number=1, source=closed, kind="recommendation", words="Secret"
    )
    action(w, commitments=(kept,), subgroup=None, title="Secret step")
    leaving.leave(w.alice, by=w.mo, today=TODAY)

    page = browser_of(w.dan).get(f"{LIST}{w.alice.pk}/").text

    assert "1 restricted." in page
    assert "Secret" not in page


def test_the_list_costs_the_same_queries_for_one_and_three(
    w: World, mo: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    invited(w, "One")
    with django_assert_num_queries(8):
        mo.get(LIST)
    for name in ("Two", "Three"):
        new = invited(w, name, agency=w.police, subgroups={w.subgroup.pk: "member"})
        seat(w.board, f"{name}ish", w.council)
        people.away(new, since=TODAY, until=date(2026, 7, 1), by=w.mo, today=TODAY)
    with django_assert_num_queries(8):
        mo.get(LIST)


def test_a_person_costs_the_same_queries_with_one_action_and_three(
    w: World, mo: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    action(w)
    path = f"{LIST}{w.alice.pk}/"
    with django_assert_num_queries(8):
        mo.get(path)
    for _ in range(2):
        action(w)
    with django_assert_num_queries(8):
        mo.get(path)
    leaving.leave(w.alice, by=w.mo, today=TODAY)
    with django_assert_num_queries(10):
        mo.get(path)


def test_of_whoever_has_left_nothing_can_be_changed_and_a_second_click_says_so(w: World, mo: Client) -> None:
    path = f"{LIST}{w.alice.pk}/"
    mo.post(path + "leave/", {"on": "2026-06-03"})
    before = Event.objects.count()

    again = mo.post(path + "leave/", {"on": "2026-06-03"}, follow=True)

    assert again.redirect_chain == [(path, 302)]
    assert "Alice Owner has left the board. To bring them back, invite them again." in again.text
    assert mo.get(path + "change/").status_code == 302
    assert mo.post(path + "away/", {"away_from": "2026-06-03", "away_until": "2026-06-04"}).status_code == 302
    assert Event.objects.count() == before


def test_an_agency_that_is_left_without_a_lead_is_named_beforehand(w: World, mo: Client) -> None:
    told = "Wessex Police will have no agency lead."

    only = mo.get(f"{LIST}{w.carol.pk}/leave/").text
    Seat.objects.filter(pk=w.alice.pk).update(is_lead=True)
    second = mo.get(f"{LIST}{w.carol.pk}/leave/").text

    assert (told in only, told in second) == (True, False)
