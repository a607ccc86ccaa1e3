"""The same sent twice at one moment, and two that name each other: one of each is made, and one stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from actions import audit
from actions.models import Action, Seat
from tests.concurrency.conftest import Person, at_once
from tests.factories import World, action, world

pytestmark = pytest.mark.slow

ROUNDS = 20


@pytest.fixture
def w(server: object) -> World:
    return world()


def test_a_double_click_puts_one_draft_forward(w: World, person: Callable[[Seat], Person]) -> None:
    mo = person(w.mo)

    for n in range(ROUNDS):
        sent = {"title": f"Ask families {n}", "priority": w.priority.pk, "since": n}
        answers = at_once([partial(mo.post, "/wessex/actions/raise/", **sent)] * 3)
        assert [one.status for one in answers] == [302] * 3

    assert Action.objects.count() == ROUNDS
    assert list(Action.objects.order_by("number").values_list("number", flat=True)) == [*range(1, ROUNDS + 1)]
    assert audit.verify(w.board) == []


def test_of_two_duplicates_that_name_each_other_one_stays(w: World, person: Callable[[Seat], Person]) -> None:
    mo, ingrid = person(w.mo), person(w.ingrid)
    found = set()

    for _ in range(ROUNDS):
        one, other = action(w), action(w)
        answers = at_once([
            partial(by.post, f"/wessex/actions/{a.reference}/withdraw/", version=1, kind="duplicate", words="Twice",
                    duplicate_of=stays.reference)
            for by, a, stays in ((mo, one, other), (ingrid, other, one))
        ])  # fmt: skip
        found.add(tuple(sorted(one.status for one in answers)))
        stand = Action.objects.filter(pk__in=[one.pk, other.pk], status="planned").count()
        assert stand == 1

    assert found == {(302, 422)}
    assert audit.verify(w.board) == []
