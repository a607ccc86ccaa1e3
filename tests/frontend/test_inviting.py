"""People are invited, one or several at once, and again; each page says when the mail goes."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from actions.models import Seat
from actions.models.board import UK
from notifications import outbox, post
from notifications.models import Message
from tests.factories import TODAY, World
from tests.frontend.conftest import NOON
from tests.frontend.pages import BrowserOf
from tests.frontend.people import LIST, invited, sent


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
