"""Who sits on the board: invited, changed, away, taken up; and how each refuses what does not fit."""

from datetime import date
from typing import Any

import pytest
import time_machine

from actions import audit, boards, founding, invitation, people
from actions.access import TABLE
from actions.models import Event, Seat, User
from actions.people import Person
from actions.refusals import Changed, Invalid, NotAllowed
from tests.factories import TODAY, World, seat, source, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def invite(w: World, **changes: Any) -> Seat:
    person = Person(**{"name": "Nia New", "email": "nia@wessex.example", "agency": w.police} | changes)
    return people.invite([person], by=w.mo, today=TODAY)[0]


def roles(one: Seat) -> dict[int, str]:
    return dict(one.subgroup_seats.values_list("subgroup", "role"))


def test_an_invited_person_has_a_seat_roles_and_a_line_in_the_trail_and_no_user(w: World) -> None:
    nia = invite(w, email=" Nia@Wessex.Example ", is_lead=True, subgroups={w.subgroup.pk: "vice_chair"})

    assert (nia.email, nia.user, nia.is_lead, roles(nia)) == (
        "nia@wessex.example",
        None,
        True,
        {w.subgroup.pk: "vice_chair"},
    )
    [line] = Event.objects.filter(seat=nia)
    assert (line.verb, line.by, line.words) == ("invite", w.mo, "")
    assert line.detail["now"] == {
        "name": "Nia New",
        "agency": w.police.pk,
        "roles": ["is_lead"],
        "subgroups": {str(w.subgroup.pk): "vice_chair"},
    }
    assert audit.verify(w.board) == []


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"email": "alice@wessex.example"}, "email", "alice@wessex.example is on this board already"),
        ({"email": "MO@wessex.example"}, "email", "your own address"),
        ({"email": "nobody"}, "email", "Enter an email address"),
        ({"name": "  "}, "name", "Give a name"),
        ({"agency": None, "is_lead": True}, "agency", "Choose the agency that they lead"),
    ],
)
def test_what_does_not_fit_invites_nobody(w: World, changes: dict[str, Any], field: str, says: str) -> None:
    before = Seat.objects.count()

    with pytest.raises(Invalid, match=says) as refused:
        invite(w, **changes)

    assert (refused.value.field, Seat.objects.count()) == (field, before)


def test_of_several_all_are_invited_or_none(w: World) -> None:
    before = Seat.objects.count()
    two = [Person("One", "one@x.example"), Person("Two", "ONE@x.example")]

    with pytest.raises(Invalid, match=r"one@x\.example is on this board already, as One"):
        people.invite(two, by=w.mo, today=TODAY)

    assert Seat.objects.count() == before


def test_another_boards_agency_and_subgroup_are_refused(w: World) -> None:
    other = world("mercia")

    with pytest.raises(Invalid):
        invite(w, agency=other.police)
    with pytest.raises(Invalid):
        invite(w, subgroups={other.subgroup.pk: "chair"})


def test_only_the_manager_keeps_the_people(w: World) -> None:
    for who in (w.alice, w.bob, w.carol, w.dan, w.ingrid, world("mercia").mo):
        with pytest.raises(NotAllowed):
            people.change(w.alice, Person("X"), by=who, seen=0, today=TODAY)
        with pytest.raises(NotAllowed):
            people.away(w.alice, since=TODAY, until=TODAY, by=who, today=TODAY)
    assert TABLE["keep_people"] == {"board manager"}


def test_roles_change_with_what_was_before_and_nothing_twice(w: World) -> None:
    to = Person("Bob Chair", agency=w.council, is_lead=True, subgroups={w.subgroup.pk: "member"})

    bob = people.change(w.bob, to, by=w.mo, seen=0, today=TODAY)
    people.change(bob, to, by=w.mo, seen=people.latest(bob), today=TODAY)

    assert (bob.is_lead, bob.chaired, roles(bob)) == (True, frozenset(), {w.subgroup.pk: "member"})
    [line] = Event.objects.filter(seat=bob)
    assert line.detail["before"]["subgroups"] == {str(w.subgroup.pk): "chair"}
    assert line.detail["now"]["roles"] == ["is_lead"]


def test_the_second_of_two_who_save_at_once_is_told(w: World) -> None:
    people.change(w.bob, Person("Robert"), by=w.mo, seen=0, today=TODAY)

    with pytest.raises(Changed, match="Somebody has changed Robert"):
        people.change(w.bob, Person("Bobby"), by=w.mo, seen=0, today=TODAY)

    w.bob.refresh_from_db()
    assert w.bob.name == "Robert"


def test_the_last_manager_stays_until_another_can_sign_in(w: World) -> None:
    invite(w, is_manager=True)

    with pytest.raises(Invalid, match="last board manager"):
        people.change(w.mo, Person("Mo"), by=w.mo, seen=0, today=TODAY)

    seat(w.board, "Max Manager", None, is_manager=True)
    assert not people.change(w.mo, Person("Mo"), by=w.mo, seen=0, today=TODAY).is_manager


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        (date(2026, 6, 10), date(2026, 6, 9), "away_until"),
        (date(2026, 6, 10), None, "away_until"),
        (None, date(2026, 6, 10), "away_from"),
        (date(2026, 5, 1), date(2026, 5, 2), "away_until"),
    ],
)
def test_days_away_that_do_not_fit(w: World, since: date | None, until: date | None, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        people.away(w.alice, since=since, until=until, by=w.mo, today=TODAY)

    assert refused.value.field == field


def test_away_and_here_again(w: World) -> None:
    people.away(w.alice, since=TODAY, until=date(2026, 6, 20), by=w.mo, today=TODAY)
    w.alice.refresh_from_db()
    assert (w.alice.away_from, w.alice.away_until) == (TODAY, date(2026, 6, 20))

    people.away(w.alice, since=None, until=None, by=w.mo, today=TODAY)
    w.alice.refresh_from_db()
    assert (w.alice.away_from, w.alice.away_until) == (None, None)


def test_an_invitation_is_taken_up_once_by_its_own_address(w: World) -> None:
    nia = invite(w)
    first = Seat.objects.get(pk=nia.pk)
    user = User.objects.create_user("nia@wessex.example", "a long pass phrase")
    stranger = User.objects.create_user("eve@wessex.example", "a long pass phrase")

    with pytest.raises(Invalid, match=r"for nia@wessex\.example\. You are signed in as eve@"):
        people.take_up(nia, stranger, today=TODAY)
    people.take_up(nia, user, today=TODAY)
    with pytest.raises(Changed):
        people.take_up(first, user, today=TODAY)

    nia.refresh_from_db()
    assert nia.user == user
    assert list(Event.objects.filter(seat=nia).values_list("verb", "by")) == [
        ("take_up", nia.pk),
        ("invite", w.mo.pk),
    ]


def test_an_invitation_opens_until_it_is_sent_anew_taken_up_or_two_weeks_old(w: World) -> None:
    with time_machine.travel("2026-06-03T12:00:00+00:00", tick=False):
        nia = invite(w)
        first = invitation.token(nia)
    with time_machine.travel("2026-06-17T11:59:00+00:00", tick=False):
        assert invitation.read(first) == invitation.Found(nia, True)
    with time_machine.travel("2026-06-17T12:01:00+00:00", tick=False):
        assert invitation.read(first) == invitation.Found(nia, False)
        fresh = invitation.token(nia)
        nia = people.invite_again(nia, by=w.mo, today=TODAY, email="nia.new@wessex.example")
        assert invitation.read(fresh) == invitation.Found(nia, False)
        fresh = invitation.token(nia)
        assert invitation.read(fresh) == invitation.Found(nia, True)
        people.take_up(nia, User.objects.create_user("nia.new@wessex.example"), today=TODAY)
        assert invitation.read(fresh) == invitation.Found(nia, False)
    assert invitation.read(fresh[:-1]) is None
    assert invitation.read("") is None


def test_an_invitation_taken_up_is_not_sent_again(w: World) -> None:
    with pytest.raises(Changed):
        people.invite_again(w.alice, by=w.mo, today=TODAY)


def test_a_corrected_address_is_no_other_persons_and_stays_out_of_the_trail(w: World) -> None:
    nia = invite(w)

    with pytest.raises(Invalid, match="as Alice Owner"):
        people.invite_again(nia, by=w.mo, today=TODAY, email="alice@wessex.example")
    people.invite_again(nia, by=w.mo, today=TODAY, email="n@wessex.example")

    assert "@" not in str(list(Event.objects.filter(seat=nia).values_list("detail", "words")))


def test_a_board_begins_with_its_manager_and_its_kinds_of_source(w: World) -> None:
    user = User.objects.create_user("fay@fens.example", "a long pass phrase")
    assert not founding.is_first()

    fay = founding.found(
        name="Fens SAB",
        slug="fens",
        division="ENG",
        manager="Fay",
        email="Fay@fens.example",
        today=TODAY,
        user=user,
    )

    assert (fay.is_manager, fay.email, fay.invited_at) == (True, "fay@fens.example", None)
    assert fay.board.source_kinds.count() == len(boards.KINDS)
    assert audit.verify(fay.board) == []
    with pytest.raises(Invalid, match="There is a board at “fens” already"):
        founding.found(name="F", slug="fens", division="ENG", manager="F", email="f@f.example", today=TODAY)
    assert source(w).board != fay.board
