"""Two people press at the same moment: one wins, and the board is never left without a manager."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from actions import audit, leaving, people
from actions.models import Event, Seat, User
from actions.people import Person
from actions.refusals import Refused
from tests.factories import TODAY, action, seat, world


def at_once(*calls: Callable[[], Any]) -> list[bool]:
    """Whether each was carried out; each in a thread and a connection of its own."""
    ready = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> bool:
        try:
            ready.wait(10)
            call()
        except Refused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.usefixtures("emptied_after")
def test_the_last_two_managers_cannot_both_leave() -> None:
    w = world()
    max_ = seat(w.board, "Max Manager", None, is_manager=True)
    action(w, owner=w.mo)
    action(w, owner=max_)

    done = at_once(
        lambda: leaving.leave(Seat.objects.get(pk=w.mo.pk), by=w.mo, today=TODAY),
        lambda: leaving.leave(Seat.objects.get(pk=max_.pk), by=max_, today=TODAY),
    )

    assert sorted(done) == [False, True]
    assert Seat.objects.active().filter(board=w.board, is_manager=True).count() == 1
    assert Event.objects.filter(verb="leave").count() == 1
    assert audit.verify(w.board) == []


@pytest.mark.usefixtures("emptied_after")
def test_an_invitation_is_taken_up_by_one_of_eight_presses() -> None:
    w = world()
    [nia] = people.invite([Person("Nia", "nia@wessex.example")], by=w.mo, today=TODAY)
    user = User.objects.create_user("nia@wessex.example")

    done = at_once(*[lambda: people.take_up(Seat.objects.get(pk=nia.pk), user, today=TODAY)] * 8)

    assert sorted(done) == [False] * 7 + [True]
    assert Event.objects.filter(verb="take_up").count() == 1


@pytest.mark.usefixtures("emptied_after")
def test_one_address_is_invited_once() -> None:
    w = world()
    person = Person("Nia", "nia@wessex.example")

    done = at_once(*[lambda: people.invite([person], by=w.mo, today=TODAY)] * 4)

    assert sorted(done) == [False] * 3 + [True]
    assert Seat.objects.filter(email="nia@wessex.example").count() == 1
