"""Somebody leaves: what waits moves at once to whom it should, with the dates it had."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from actions import access, audit, leaving, people
from actions.models import Action, Event, Seat, SubgroupSeat
from actions.people import Person
from actions.refusals import Changed, Invalid, NotAllowed
from tests.factories import TODAY, World, action, seat, world

pytestmark = pytest.mark.django_db
CHAIR, VICE_CHAIR = SubgroupSeat.Role.CHAIR, SubgroupSeat.Role.VICE_CHAIR


@pytest.fixture
def w() -> World:
    return world()


def test_the_leavers_actions_go_to_the_agencys_lead_with_their_dates_and_a_new_ladder(w: World) -> None:
    late = action(w, due_on=date(2026, 5, 1))
    action(w, owner=w.dan)

    moved = leaving.leave(w.alice, by=w.mo, today=TODAY)

    late.refresh_from_db()
    assert [(one.number, to) for one, to in moved.actions] == [(1, w.carol)]
    assert (late.owner, late.agency, late.due_on, late.first_due_on) == (
        w.carol,
        w.police,
        date(2026, 5, 1),
        date(2026, 5, 1),
    )
    assert (late.version, late.due_version, late.times_moved) == (2, 2, 0)
    lines = list(Event.objects.order_by("seq").values_list("verb", "owner", "seat", "by"))[2:]
    assert lines == [("reassign", w.carol.pk, None, w.mo.pk), ("leave", None, w.alice.pk, w.mo.pk)]
    assert audit.verify(w.board) == []


def test_a_leaver_holds_nothing_and_reaches_nothing(w: World) -> None:
    seat(w.board, "Max Manager", None, is_manager=True)

    leaving.leave(w.mo, by=w.mo, today=TODAY)
    leaving.leave(w.bob, by=Seat.objects.get(name="Max Manager"), today=TODAY)

    bob, mo = Seat.objects.get(pk=w.bob.pk), Seat.objects.get(pk=w.mo.pk)
    assert (bob.left_on, bob.chaired, mo.is_manager) == (TODAY, frozenset(), False)
    assert not access.may(mo, "keep_people")
    assert not Seat.objects.active().filter(pk__in=[bob.pk, mo.pk]).exists()


def test_a_leads_actions_go_to_the_second_lead_else_to_the_manager(w: World) -> None:
    action(w, owner=w.carol)
    second = seat(w.board, "Sue Second", w.police, is_lead=True)

    leaving.leave(w.carol, by=w.mo, today=TODAY)
    assert Action.objects.get().owner == second
    leaving.leave(second, by=w.mo, today=TODAY)

    assert (Action.objects.get().owner, Action.objects.get().agency) == (w.mo, w.police)


def test_a_lead_who_is_away_or_leaving_or_only_invited_comes_after_one_who_is_here(w: World) -> None:
    action(w)
    people.away(w.carol, since=TODAY, until=TODAY, by=w.mo, today=TODAY)
    people.invite([Person("Ivy", "ivy@w.example", agency=w.police, is_lead=True)], by=w.mo, today=TODAY)
    here = seat(w.board, "Sue Second", w.police, is_lead=True)

    assert leaving.handover(w.alice, today=TODAY).actions[0][1] == here


def test_the_vice_chair_becomes_chair_else_the_independent_chair_acts(w: World) -> None:
    vice = seat(w.board, "Vic Vice", w.council)
    SubgroupSeat.objects.create(subgroup=w.subgroup, seat=vice, role=VICE_CHAIR)

    first = leaving.leave(w.bob, by=w.mo, today=TODAY)
    second = leaving.leave(vice, by=w.mo, today=TODAY)

    assert first.chairs == [(w.subgroup, vice)]
    assert second.chairs == [(w.subgroup, None)]
    assert not SubgroupSeat.objects.exists()
    assert access.may(w.ingrid, "sign_off", action(w))


def test_a_vice_chair_who_leaves_moves_nothing(w: World) -> None:
    vice = seat(w.board, "Vic Vice", w.council)
    SubgroupSeat.objects.create(subgroup=w.subgroup, seat=vice, role=VICE_CHAIR)

    assert leaving.leave(vice, by=w.mo, today=TODAY).is_empty
    assert SubgroupSeat.objects.get().role == CHAIR


def test_what_was_shown_before_is_what_moves(w: World) -> None:
    action(w)
    action(w)

    shown = leaving.handover(w.alice, today=TODAY)

    assert leaving.leave(w.alice, by=w.mo, today=TODAY) == shown


def test_an_open_invitation_is_withdrawn_like_a_leaver(w: World) -> None:
    [ivy] = people.invite([Person("Ivy", "ivy@w.example", agency=w.police)], by=w.mo, today=TODAY)
    action(w, owner=ivy)

    leaving.leave(ivy, by=w.mo, today=TODAY)

    assert Action.objects.get().owner == w.carol
    line = leaving.what_moved(ivy)
    assert line is not None
    assert (line.detail["actions"], line.detail["invited"]) == ({"1": w.carol.pk}, True)


def test_who_has_left_comes_back_by_a_new_invitation_to_the_same_seat(w: World) -> None:
    leaving.leave(w.alice, by=w.mo, today=TODAY)

    [back] = people.invite(
        [Person("Alice Owner", "alice@wessex.example", agency=w.council)], by=w.mo, today=TODAY
    )

    assert (back.pk, back.user, back.left_on, back.agency) == (w.alice.pk, None, None, w.council)


def test_refused_are_the_last_manager_a_second_time_a_day_ahead_and_everybody_else(w: World) -> None:
    with pytest.raises(Invalid, match="last board manager"):
        leaving.leave(w.mo, by=w.mo, today=TODAY)
    with pytest.raises(Invalid, match="last board manager"):
        leaving.leave_ahead(w.mo, on=TODAY, by=w.mo, today=TODAY)
    with pytest.raises(Invalid, match="lies ahead"):
        leaving.leave(w.alice, by=w.mo, today=TODAY, on=date(2026, 6, 4))
    with pytest.raises(Invalid, match="today or a later day"):
        leaving.leave_ahead(w.alice, on=date(2026, 6, 2), by=w.mo, today=TODAY)
    for who in (w.alice, w.bob, w.carol, w.ingrid, world("mercia").mo):
        with pytest.raises(NotAllowed):
            leaving.leave(w.dan, by=who, today=TODAY)
        with pytest.raises(NotAllowed):
            leaving.leave_ahead(w.dan, on=TODAY, by=who, today=TODAY)
    leaving.leave(w.alice, by=w.mo, today=TODAY)
    with pytest.raises(Changed, match="already"):
        leaving.leave(w.alice, by=w.mo, today=TODAY)


def test_a_last_day_set_ahead_is_carried_out_the_day_after_and_once(w: World) -> None:
    action(w)
    leaving.leave_ahead(w.alice, on=date(2026, 6, 10), by=w.mo, today=TODAY)

    assert leaving.day(w.board, date(2026, 6, 10)) == []
    assert leaving.day(w.board, date(2026, 6, 12)) == [w.alice]
    assert leaving.day(w.board, date(2026, 6, 12)) == []

    w.alice.refresh_from_db()
    assert (w.alice.left_on, w.alice.leaves_on) == (date(2026, 6, 10), None)
    assert Action.objects.get().owner == w.carol
    last = Event.objects.get(verb="leave")
    assert (last.by, last.on) == (None, date(2026, 6, 10))
    assert audit.verify(w.board) == []


def test_a_last_day_can_be_taken_back(w: World) -> None:
    leaving.leave_ahead(w.alice, on=TODAY, by=w.mo, today=TODAY)

    leaving.leave_ahead(w.alice, on=None, by=w.mo, today=TODAY)

    assert leaving.day(w.board, date(2027, 1, 1)) == []


def test_leaving_costs_the_same_queries_with_one_action_and_with_three(
    w: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    action(w)
    for _ in range(3):
        action(w, owner=w.dan)

    with django_assert_num_queries(16):
        leaving.leave(w.alice, by=w.mo, today=TODAY)
    with django_assert_num_queries(16):
        leaving.leave(w.dan, by=w.mo, today=TODAY)
