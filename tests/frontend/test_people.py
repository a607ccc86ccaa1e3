"""The people of a board: everybody reads them, the manager keeps them; nothing typed is lost."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from actions import leaving, people
from actions.models import Action, Commitment, Event, Seat, Source, SubgroupSeat
from actions.models.board import UK
from actions.people import Person
from notifications import outbox, post
from notifications.models import Message
from tests.factories import TODAY, World, action, seat, source, world
from tests.frontend.conftest import NOON

BrowserOf = Callable[[Seat], Client]
LIST = "/wessex/people/"


@pytest.fixture
def mo(w: World, browser_of: BrowserOf) -> Client:
    return browser_of(w.mo)


def invited(w: World, name: str = "Nia New", **changes: Any) -> Seat:
    email = f"{name.split()[0].lower()}@wessex.example"
    return people.invite([Person(name, email, **changes)], by=w.mo, today=TODAY)[0]


def names(client: Client, query: str = "") -> list[str]:
    return [one.name for one in client.get(LIST + query).context["page"]]


def mailed(person: Seat, *, at: datetime) -> Message:
    """A mail that went out to them."""
    return Message.objects.create(
        board=person.board,
        seat=person,
        to=person.email,
        message_id="1",
        state="sent",
        dated_at=at,
        created_at=at,
        sent_at=at,
    )


def sent(**changes: Any) -> dict[str, Any]:
    return {"name": "Nia New", "email": "nia@wessex.example", "job": "", "agency": "", "seen": 0} | changes


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


def test_one_person_is_invited_with_roles_and_the_page_says_when_the_mail_goes(w: World, mo: Client) -> None:
    given = sent(agency=w.police.pk, is_lead="on", **{f"subgroup_{w.subgroup.pk}": "vice_chair"})

    off = mo.post(f"{LIST}invite/", given, follow=True).text
    post.turn_on(w.board, by=w.mo, today=TODAY)
    on = mo.post(f"{LIST}invite/", sent(email="two@wessex.example"), follow=True).text

    nia = Seat.objects.get(email="nia@wessex.example")
    assert (nia.name, nia.is_lead, nia.chaired, nia.user) == ("Nia New", True, {w.subgroup.pk}, None)
    assert "Nia New is invited. This board’s post is off" in off
    assert "Nia New is invited. The mail goes out within minutes." in on


def test_outside_office_hours_every_page_says_when_the_mail_goes(
    w: World, browser_of: BrowserOf, clock: time_machine.Traveller
) -> None:
    post.turn_on(w.board, by=w.mo, today=TODAY)
    clock.move_to(datetime(2026, 6, 5, 19, tzinfo=UK))  # a Friday evening
    mo = browser_of(w.mo)
    when = "The mail goes out on Monday 8 June at 7:00"

    form = mo.get(f"{LIST}invite/").text
    page = mo.post(f"{LIST}invite/", sent(), follow=True).text
    nia = Seat.objects.get(email="nia@wessex.example")
    mailed(nia, at=timezone.now() + timedelta(minutes=1))
    told = mo.get(f"{LIST}{nia.pk}/").text

    assert (when in form, page.count(when)) == (True, 2)
    assert ("Save the address" in page, "Invite again" in page) == (True, False)
    assert (when in told, "Invite again" in told) == (False, True)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"email": "alice@wessex.example"}, "alice@wessex.example is on this board already, as Alice Owner."),
        ({"email": "mo@wessex.example"}, "That is your own address"),
        ({"email": "nobody"}, "Enter an email address such as name@example.org."),
        ({"name": ""}, "Enter their name."),
        ({"is_lead": "on"}, "Choose the agency that they lead."),
        ({"agency": "99999"}, "Choose one of this board’s agencies."),
        ({"agency": "x"}, "Choose one of this board’s agencies."),
        ({"name": "x" * 121}, "at most 120"),
        ({"name": "a\0b"}, "Null characters"),
    ],
)
def test_what_does_not_fit_is_named_and_what_was_typed_stays(
    w: World, mo: Client, changes: dict[str, str], says: str
) -> None:
    page = mo.post(f"{LIST}invite/", sent(job="Kept job title", **changes))

    assert (page.status_code, Seat.objects.filter(board=w.board).count()) == (422, 6)
    assert says in page.text
    assert "Kept job title" in page.text


def test_several_are_invited_from_pasted_lines(w: World, mo: Client) -> None:
    lines = "Nia New, nia@wessex.example, police\n\nOli Old\toli@wessex.example\tWessex Council\nPat, PAT@x.example"

    page = mo.post(f"{LIST}invite/?several=1", {"lines": lines}, follow=True)

    assert "3 people are invited." in page.text
    new = Seat.objects.filter(board=w.board, user=None).values_list("name", "email", "agency__short_name")
    assert list(new) == [
        ("Nia New", "nia@wessex.example", "Police"),
        ("Oli Old", "oli@wessex.example", "Council"),
        ("Pat", "pat@x.example", None),
    ]


def test_lines_are_read_as_a_mail_program_or_a_spreadsheet_writes_them(w: World, mo: Client) -> None:
    lines = (
        'Sue Hart <sue@x.example>; "Lee, Tom" <tom@x.example>; kim.o@x.example <kim@x.example>;\n'
        '"Lamb, Jo", jo@x.example, police\n'
        '"Oduya, Max"\tmax@x.example\tCouncil\n'
        "Ann O'Hara <ann@x.example>, Police"
    )

    page = mo.post(f"{LIST}invite/?several=1", {"lines": lines}, follow=True)

    assert "6 people are invited." in page.text
    new = Seat.objects.filter(board=w.board, user=None).order_by("pk")
    assert list(new.values_list("name", "email", "agency__short_name")) == [
        ("Sue Hart", "sue@x.example", None),
        ("Tom Lee", "tom@x.example", None),
        ("kim.o@x.example", "kim@x.example", None),
        ("Jo Lamb", "jo@x.example", "Police"),
        ("Max Oduya", "max@x.example", "Council"),
        ("Ann O'Hara", "ann@x.example", "Police"),
    ]


def test_faults_are_told_by_line_and_nobody_is_invited(w: World, mo: Client) -> None:
    lines = [
        "Nia New, nia@wessex.example, Police",
        "Nobody",
        "Al, alice@wessex.example",
        "Twice, NIA@wessex.example",
        "Far, far@x.example, Mercia Police",
        "Bad, not an address",
        f"{'x' * 121}, x@x.example",
    ]

    page = mo.post(f"{LIST}invite/?several=1", {"lines": "\n".join(lines)})

    assert (page.status_code, Seat.objects.filter(user=None).count()) == (422, 0)
    for words in (
        "Line 2: Write a name, a comma and an email address.",
        "Line 3: alice@wessex.example is here already, as Alice Owner.",
        "Line 4: nia@wessex.example is here already, as Nia New.",
        "Line 5: No agency of this board is called “Mercia Police”. The board’s agencies are Council, Police.",
        "Line 6: “not an address” is no email address.",
        "Line 7: Keep the name within 120 characters.",
    ):
        assert words in page.text
    assert "Line 1:" not in page.text
    assert lines[0] in page.text


def test_too_many_lines_and_none_are_refused(w: World, mo: Client) -> None:
    many = "\n".join(f"P{n}, p{n}@x.example" for n in range(101))

    assert "Invite up to 100 at once" in mo.post(f"{LIST}invite/?several=1", {"lines": many}).text
    assert "Paste at least one line." in mo.post(f"{LIST}invite/?several=1", {"lines": " "}).text


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


def test_an_open_invitation_is_sent_again_to_another_address_and_withdrawn(w: World, mo: Client) -> None:
    nia = invited(w)
    again = f"{LIST}{nia.pk}/invite-again/"

    wrong = mo.post(again, {"email": "alice@wessex.example"}, follow=True).text
    right = mo.post(again, {"email": "n.new@wessex.example"}, follow=True).text
    mailed(nia, at=NOON)
    second = mo.post(again, {"email": "n.new@wessex.example"}, follow=True).text
    gone = mo.post(f"{LIST}{nia.pk}/leave/", {"on": "2026-06-03"}, follow=True).text

    assert "alice@wessex.example is on this board already" in wrong
    assert "Nia New is invited at this address." in right
    assert "Nia New is invited again. Every older link has ended." in second
    assert "n.new@wessex.example" in right
    assert "The invitation is open" not in gone
    assert "has no invitation open any more" in mo.post(again, {"email": "n@x.example"}, follow=True).text


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


@pytest.mark.parametrize("count", [1, 3])
def test_inviting_several_costs_the_same_for_each(
    w: World, mo: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lines = "\n".join(f"P{n}, p{n}@x.example" for n in range(count))

    with django_assert_num_queries(16):
        mo.post(f"{LIST}invite/?several=1", {"lines": lines})


def test_an_invitation_stands_in_the_forecast_and_in_the_ledger(w: World, mo: Client) -> None:
    invited(w)

    forecast = mo.get("/wessex/messages/post/").text
    post.turn_on(w.board, by=w.mo, today=TODAY)
    outbox.plan(w.board, now=NOON)
    outbox.group(w.board, now=NOON)
    ledger = mo.get("/wessex/messages/").text
    message = mo.get(f"/wessex/messages/{Message.objects.get().pk}/")

    assert ("Nia New" in forecast, "Invited to the board" in forecast) == (True, True)
    assert "Invited to the board" in ledger
    assert (message.status_code, "Invited to the board" in message.text) == (200, True)


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
