"""Somebody leaves at the very moment at which others give them something to do: nothing is left with who has left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from actions import audit, invitation, people, planning, progress
from actions.leaving import WAITING
from actions.models import Action, Agency, Board, Commitment, Seat, User
from tests import factories
from tests.concurrency.conftest import Answer, Person, at_once
from tests.factories import World, action, source, world
from tests.sizes import tried

pytestmark = [pytest.mark.slow, pytest.mark.promise]

ROUNDS = tried(40, each_run=12)
DUE = "2099-03-31"
SAVED, KEPT = 302, (409, 422)  # what was typed comes back beside the reason
SEATED = "Choose an owner who has a seat on this board."  # said to those who came when it was over


@pytest.fixture
def w(server: object) -> World:
    made = world()
    source(made)
    return made


def left_behind(board: Board) -> list[str]:
    """Whatever waits for somebody who has left."""
    waiting = Action.objects.filter(board=board, status__in=WAITING, owner__left_on__isnull=False)
    return [f"{one.reference} is {one.owner}'s" for one in waiting.select_related("owner")]


def reassign(by: Person, a: Action, to: Seat, reason: str) -> Callable[[], Answer]:
    path = f"/wessex/actions/{a.reference}/reassign/"
    return partial(by.post, path, version=a.version, owner=to.pk, reason=reason)


def plan(by: Person, w: World, number: int, owner: Seat, title: str) -> Callable[[], Answer]:
    of = w.board.sources.get()
    about = {"kind": "recommendation", "words": "Brief them", "source": of, "number": number}
    Commitment.objects.create(board=w.board, **about)
    block = {"commitment": number, "answered": 0, "title": title, "owner": owner.pk, "due_on": DUE}
    named = {f"form-0-{name}": value for name, value in block.items()}
    return partial(
        by.post, f"/wessex/sources/{of.reference}/plan/", **{"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0}, **named
    )  # fmt: skip


def leave(by: Person, leaver: Seat) -> Callable[[], Answer]:
    return partial(by.post, f"/wessex/people/{leaver.pk}/leave/", on=leaver.board.today)


def fault(answer: Answer, typed: str, name: str) -> str:
    """What is wrong with the answer to somebody who gave an action to `name` as they left."""
    if answer.status == SAVED:
        return ""
    if answer.status not in KEPT:
        return f"answered {answer.status}"
    if answer.typed != typed:
        return "what was typed is lost"
    return "" if f"{name} has left the board." in answer.text or SEATED in answer.text else "not told why"


def test_nothing_is_left_with_somebody_who_leaves_meanwhile(
    w: World, person: Callable[[Seat], Person]
) -> None:
    max_ = factories.seat(w.board, "Max Manager", None, is_manager=True)
    mo, bob, carol, max_page = person(w.mo), person(w.bob), person(w.carol), person(max_)
    found, faults = Counter[str](), Counter[str]()

    for n in range(1, ROUNDS + 1):
        leaver = factories.seat(w.board, f"Leaver{n}", w.police)
        action(w, owner=leaver)
        typed = [f"They know it {n}", f"I am away {n}", f"Brief them {n}"]

        leaves, *given = at_once([
            leave(mo, leaver),
            reassign(bob, action(w), leaver, typed[0]),
            reassign(carol, action(w), leaver, typed[1]),
            plan(max_page, w, n, leaver, typed[2]),
        ])  # fmt: skip

        found.update("saved" if one.status == SAVED else "told" for one in given)
        faults.update(fault(one, words, leaver.name) for one, words in zip(given, typed, strict=True))
        faults[f"leaving was answered {leaves.status}"] += leaves.status != SAVED

    print(f"\n{ROUNDS} leavers, {3 * ROUNDS} actions given to them meanwhile: {dict(found)}")
    del faults[""]
    print(f"{len(left_behind(w.board))} left behind; faults: {dict(+faults)}")
    assert left_behind(w.board) == []
    assert +faults == {}
    assert audit.verify(w.board) == []


def test_nothing_that_was_closed_is_opened_again_with_somebody_who_leaves_meanwhile(
    w: World, person: Callable[[Seat], Person]
) -> None:
    max_ = factories.seat(w.board, "Max Manager", None, is_manager=True)
    mo, bob, ingrid, max_page = person(w.mo), person(w.bob), person(w.ingrid), person(max_)
    found, faults = Counter[str](), Counter[str]()

    for n in range(1, ROUNDS + 1):
        leaver = factories.seat(w.board, f"Leaver{n}", w.police)
        gone, closed, draft = withdrawn(w, leaver), signed_off(w, leaver), raised(w)
        typed = [f"It is needed {n}", f"It did not hold {n}", ""]
        again: dict[str, Any] = {"version": closed.version, "words": typed[1], "cause": "evidence"}

        leaves, *given = at_once([
            leave(mo, leaver),
            partial(max_page.post, f"/wessex/actions/{gone.reference}/restore/", version=gone.version, words=typed[0]),
            partial(bob.post, f"/wessex/actions/{closed.reference}/reopen/", due_on=DUE, **again),
            partial(
                ingrid.post, f"/wessex/actions/{draft.reference}/plan/", version=1, owner=leaver.pk, due_on=DUE
            ),
        ])  # fmt: skip

        found.update("saved" if one.status == SAVED else "told" for one in given)
        faults.update(fault(one, words, leaver.name) for one, words in zip(given, typed, strict=True))
        faults[f"leaving was answered {leaves.status}"] += leaves.status != SAVED

    del faults[""]
    print(f"\n{ROUNDS} leavers, {3 * ROUNDS} actions opened for them meanwhile: {dict(found)}")
    print(f"{len(left_behind(w.board))} left behind; faults: {dict(+faults)}")
    assert left_behind(w.board) == []
    assert +faults == {}
    assert audit.verify(w.board) == []


def withdrawn(w: World, owner: Seat) -> Action:
    a, today = action(w, owner=owner), w.board.today
    return progress.withdraw(a, kind="error", words="Twice", by=w.mo, version=1, today=today)


def signed_off(w: World, owner: Seat) -> Action:
    a, today = action(w, owner=owner), w.board.today
    proof = progress.attach(a, words="List", link="https://example.org/l", by=owner, version=1, today=today)
    progress.finish(a, words="Done", done_on=today, by=owner, version=2, today=today)
    said = {"relied_on": [proof], "words": "A step.", "step_only": True}
    return progress.sign_off(a, **said, by=w.bob, version=3, today=today)


def raised(w: World) -> Action:
    return planning.raise_draft("Look into it", by=w.mo, today=w.board.today, priority=w.priority)


def test_nothing_is_left_with_a_successor_who_leaves_too(w: World, person: Callable[[Seat], Person]) -> None:
    max_ = factories.seat(w.board, "Max Manager", None, is_manager=True)
    mo, max_page = person(w.mo), person(max_)
    answers = Counter[int]()

    for n in range(1, ROUNDS + 1):
        fire = Agency.objects.create(board=w.board, name=f"Fire {n}", short_name=f"Fire {n}")
        leaver = factories.seat(w.board, f"Leaver{n}", fire)
        lead = factories.seat(w.board, f"Lead{n}", fire, is_lead=True)
        action(w, owner=leaver)

        both = at_once([leave(mo, leaver), leave(max_page, lead)])

        answers.update(answer.status for answer in both)

    print(f"\n{ROUNDS} leavers and their successors at once: {dict(answers)}")
    assert answers == {SAVED: 2 * ROUNDS}
    assert left_behind(w.board) == []
    assert audit.verify(w.board) == []


def test_an_invitation_is_withdrawn_renewed_and_taken_up_while_an_action_is_given(
    w: World, person: Callable[[Seat], Person]
) -> None:
    max_ = factories.seat(w.board, "Max Manager", None, is_manager=True)
    mo, bob, carol, max_page = person(w.mo), person(w.bob), person(w.carol), person(max_)
    statuses, faults = Counter[tuple[int, ...]](), Counter[str]()

    for n in range(1, ROUNDS + 1):
        ivy, opened = invited(w, n)
        theirs = action(w, owner=ivy, due_on=w.board.today + timedelta(days=90))
        said: dict[str, Any] = {"confidence": "on_track", "words": f"Half of it {n}", "version": 1}

        withdrawn, renewed, given, told, taken = at_once([
            leave(mo, ivy),
            partial(max_page.post, f"/wessex/people/{ivy.pk}/invite-again/", email=f"new{n}@wessex.example"),
            reassign(bob, action(w), ivy, f"Theirs {n}"),
            partial(carol.post, f"/wessex/actions/{theirs.reference}/update/", **said),
            partial(person(ivy).post, opened),
        ])  # fmt: skip

        statuses[withdrawn.status, renewed.status, taken.status] += 1
        faults[f"withdrawing was answered {withdrawn.status}"] += withdrawn.status != SAVED
        faults[f"renewing was answered {renewed.status}"] += renewed.status != SAVED
        faults[f"taking up was answered {taken.status}"] += taken.status not in (SAVED, 409, 410)
        faults[fault(given, f"Theirs {n}", ivy.name)] += 1
        faults[f"an update was answered {told.status}"] += told.status not in (SAVED, 409)

    del faults[""]
    print(f"\n{ROUNDS} invitations (withdrawn, renewed, taken up): {dict(statuses)}; faults: {dict(+faults)}")
    assert left_behind(w.board) == []
    assert +faults == {}
    assert audit.verify(w.board) == []


def invited(w: World, n: int) -> tuple[Seat, str]:
    """Somebody with an account, signed in, and the address that takes the seat up."""
    invitee = people.Person(f"Ivy{n}", f"ivy{n}@wessex.example", agency=w.police)
    [ivy] = people.invite([invitee], by=w.mo, today=w.board.today)
    opened = f"/invitation/{invitation.token(ivy)}/"
    ivy.user = User.objects.create_user(ivy.email)
    return ivy, opened
