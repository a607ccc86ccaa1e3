"""On hold and going on; withdrawn and standing again: what moves, what the trail says, and what is refused."""

from datetime import date
from typing import Any

import pytest

from actions import leaving, planning, progress
from actions.models import Action, Seat
from actions.refusals import Changed, Invalid, NotAllowed
from actions.trail import FROM
from tests import factories
from tests.actions.progress.lives import (
    LATER,
    asked,
    continuing,
    done,
    held,
    line,
    now,
    signed_off,
    withdrawn,
)
from tests.factories import TODAY, World, action, world

WATCHERS = r"^You cannot do this here\. It is for the board manager, independent chair or subgroup chair\.$"


@pytest.mark.parametrize("who", ["bob", "ingrid", "mo"])
@pytest.mark.parametrize("started", [True, False])
def test_it_goes_on_where_it_stood(w: World, who: str, started: bool) -> None:
    a, by = action(w), getattr(w, who)
    if started:
        progress.start(a, by=w.alice, **now(a))
    stood = a.status

    progress.hold(a, words=" The new rota ", look_again_on=LATER, by=by, **now(a))
    on_hold, said = (a.status, a.look_again_on, a.due_on), line(a)
    progress.resume(a, words="The rota is here", by=w.alice, **now(a))

    assert on_hold == ("on_hold", LATER, date(2026, 7, 1))
    assert said == {
        "verb": "hold",
        "by": by,
        "status": "on_hold",
        "words": "The new rota",
        "detail": {"from": stood, "until": "2026-08-01"},
    }
    assert (a.status, a.look_again_on, a.due_on, a.times_moved) == (stood, None, date(2026, 7, 1), 0)
    assert line(a) == {
        "verb": "resume",
        "by": w.alice,
        "status": stood,
        "words": "The rota is here",
        "detail": {},
    }


def test_the_second_time_it_goes_on_where_it_stood_the_second_time(w: World) -> None:
    a = held(w)
    progress.resume(a, by=w.bob, **now(a))
    progress.start(a, by=w.alice, **now(a))
    progress.hold(a, words="Again", look_again_on=LATER, by=w.bob, **now(a))

    progress.resume(a, by=w.bob, **now(a))

    assert a.status == "started"


def test_continuing_work_keeps_a_day_to_look_again(w: World) -> None:
    a = continuing(w)
    progress.hold(a, words="The new rota", look_again_on=LATER, by=w.bob, **now(a))

    progress.resume(a, by=w.bob, **now(a))

    assert (a.status, a.look_again_on) == ("planned", LATER)


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"words": " "}, "words", "Say what it waits for."),
        ({"look_again_on": TODAY}, "look_again_on", "Choose a later day to look again."),
        ({"look_again_on": date(2026, 6, 2)}, "look_again_on", "Choose a later day to look again."),
    ],
)
def test_a_hold_says_what_it_waits_for_and_looks_ahead(
    w: World, given: dict[str, Any], field: str, words: str
) -> None:
    a = action(w)

    with pytest.raises(Invalid) as refused:
        progress.hold(a, **({"words": "x", "look_again_on": LATER} | given), by=w.bob, **now(a))

    assert (refused.value.field, refused.value.message) == (field, words)
    assert Action.objects.get().version == 1


@pytest.mark.parametrize("who", ["alice", "carol", "dan"])
def test_the_owner_asks_and_does_not_hold(w: World, who: str) -> None:
    a = action(w)

    with pytest.raises(NotAllowed, match=WATCHERS):
        progress.hold(a, words="x", look_again_on=LATER, by=getattr(w, who), **now(a))


@pytest.mark.parametrize("who", ["carol", "dan"])
def test_who_watches_or_owns_lets_it_go_on_and_nobody_else(w: World, who: str) -> None:
    a = held(w)

    with pytest.raises(NotAllowed, match="action owner, board manager, independent chair or subgroup chair"):
        progress.resume(a, by=getattr(w, who), **now(a))


def test_only_what_runs_is_held_and_only_what_is_held_goes_on(w: World) -> None:
    finished = done(w)
    with pytest.raises(Changed) as refused:
        progress.hold(finished, words="x", look_again_on=LATER, by=w.bob, **now(finished))
    possible = ", ".join(verb.replace("_", " ") for verb, states in FROM.items() if "done" in states)
    assert refused.value.message == (
        f"A-1 is “Done, awaiting check”, so this step does not fit. What is possible now: {possible}."
    )

    running = action(w)
    with pytest.raises(Changed, match="A-2 is “Planned”, so this step does not fit"):
        progress.resume(running, by=w.bob, **now(running))


# -- withdrawn ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["not_implemented", "referred", "overtaken", "error"])
def test_withdrawn_with_a_reason_for_everybody(w: World, kind: str) -> None:
    a = action(w)
    words = {"confidence": "at_risk", "words": "Stuck", "needed_from_board": "A letter"}
    progress.update(a, **words, by=w.alice, **now(a))

    progress.withdraw(a, kind=kind, words=" The law has changed ", by=w.bob, **now(a))

    assert (a.status, a.withdrawal, a.duplicate_of, a.asks_board) == ("withdrawn", kind, None, False)
    assert line(a) == {
        "verb": "withdraw",
        "by": w.bob,
        "status": "withdrawn",
        "words": "The law has changed",
        "detail": {"from": "started", "kind": kind, "duplicate_of": None},
    }


def test_a_duplicate_names_the_one_that_stays(w: World) -> None:
    stays, a = action(w), action(w)

    progress.withdraw(a, kind="duplicate", duplicate_of=stays, words="Planned twice", by=w.mo, **now(a))

    assert (a.withdrawal, a.duplicate_of) == ("duplicate", stays)
    assert line(a)["detail"] == {"from": "planned", "kind": "duplicate", "duplicate_of": 1}


def test_what_is_wrong_with_a_withdrawal_is_said_at_its_field(w: World) -> None:
    a, other, gone, foreign = action(w), action(w), withdrawn(w), action(world("mercia"))
    wrong: list[tuple[dict[str, Any], str, str]] = [
        ({"kind": "bored"}, "kind", "Choose why it is withdrawn."),
        ({"words": " "}, "words", "Say why, in a sentence fit to be read by everybody."),
        ({"kind": "duplicate"}, "duplicate_of", "A duplicate names the action that stays, and nothing else does."),
        ({"duplicate_of": other}, "duplicate_of", "A duplicate names the action that stays, and nothing else does."),
        ({"kind": "duplicate", "duplicate_of": a}, "duplicate_of", "Choose another action of this board."),
        ({"kind": "duplicate", "duplicate_of": foreign}, "duplicate_of", "Choose another action of this board."),
        (
            {"kind": "duplicate", "duplicate_of": gone},
            "duplicate_of",
            "A-3 is withdrawn itself. Choose the action that stays.",
        ),
    ]  # fmt: skip

    for given, field, words in wrong:
        with pytest.raises(Invalid) as refused:
            progress.withdraw(a, **({"kind": "error", "words": "x"} | given), by=w.mo, **now(a))
        assert (refused.value.field, refused.value.message) == (field, words)
    a.refresh_from_db()
    assert (a.version, a.status) == (1, "planned")


def test_from_a_draft_to_a_done_one_all_can_be_withdrawn_but_nothing_signed_off(w: World) -> None:
    draft = planning.raise_draft("Ask families", by=w.mo, today=TODAY, priority=w.priority)
    for a in (draft, action(w), held(w), done(w)):
        progress.withdraw(a, kind="error", words="x", by=w.mo, **now(a))
        assert a.status == "withdrawn"

    complete = signed_off(w)
    with pytest.raises(Changed) as refused:
        progress.withdraw(complete, kind="error", words="x", by=w.mo, **now(complete))
    assert refused.value.message.startswith(
        "A-5 is “Signed off”, so this step does not fit. What is possible now: "
    )


@pytest.mark.parametrize("who", ["alice", "carol", "dan"])
def test_owner_lead_and_member_do_not_withdraw(w: World, who: str) -> None:
    a = action(w)

    with pytest.raises(NotAllowed, match=WATCHERS):
        progress.withdraw(a, kind="error", words="x", by=getattr(w, who), **now(a))


# -- and standing again ---------------------------------------------------------------------------------------


def test_restored_it_stands_where_it_stood(w: World) -> None:
    draft = planning.raise_draft("Ask families", by=w.mo, today=TODAY, priority=w.priority)
    stood = [draft, action(w), asked(w), held(w), done(w)]
    before = [(a.status, a.due_on, a.look_again_on, a.done_on, a.owner) for a in stood]

    for a in stood:
        progress.withdraw(a, kind="error", words="x", by=w.mo, **now(a))
        progress.restore(a, words=" It was not twice ", by=w.mo, **now(a))

    assert [(a.status, a.due_on, a.look_again_on, a.done_on, a.owner) for a in stood] == before
    assert {(a.withdrawal, a.duplicate_of, a.wanted_on) for a in stood} == {("", None, None)}
    assert line(stood[1]) == {
        "verb": "restore",
        "by": w.mo,
        "status": "planned",
        "words": "It was not twice",
        "detail": {},
    }


def test_a_held_one_that_was_withdrawn_and_restored_still_goes_on_where_it_stood(w: World) -> None:
    a = action(w)
    progress.start(a, by=w.alice, **now(a))
    progress.hold(a, words="x", look_again_on=LATER, by=w.bob, **now(a))
    progress.withdraw(a, kind="error", words="x", by=w.mo, **now(a))
    progress.restore(a, words="x", by=w.mo, **now(a))

    progress.resume(a, by=w.bob, **now(a))

    assert a.status == "started"


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "dan", "ingrid"])
def test_only_the_manager_restores(w: World, who: str) -> None:
    a = withdrawn(w)

    with pytest.raises(NotAllowed, match=r"^You cannot do this here\. It is for the board manager\.$"):
        progress.restore(a, words="x", by=getattr(w, who), **now(a))


def test_a_restoring_says_why_and_fits_only_what_is_withdrawn(w: World) -> None:
    a, running = withdrawn(w), action(w)

    with pytest.raises(Invalid, match=r"^Say why it stands again\.$"):
        progress.restore(a, words=" ", by=w.mo, **now(a))
    with pytest.raises(Changed, match="A-2 is “Planned”, so this step does not fit"):
        progress.restore(running, words="x", by=w.mo, **now(running))


def left(w: World) -> Seat:
    leaving.leave(w.alice, by=w.mo, today=TODAY)
    return Seat.objects.get(pk=w.alice.pk)


def test_where_the_owner_has_left_meanwhile_somebody_else_is_named(w: World) -> None:
    a = withdrawn(w)
    left(w)
    foreign, gone = world("mercia").alice, factories.seat(w.board, "Gus Gone", w.police, left_on=TODAY)
    refused = {}
    for name, owner in (("nobody", None), ("gone", gone), ("foreign", foreign)):
        with pytest.raises(Invalid) as refusal:
            progress.restore(a, words="x", owner=owner, by=w.mo, **now(a))
        refused[name] = (refusal.value.field, refusal.value.message)

    progress.restore(a, words="x", owner=w.dan, by=w.mo, **now(a))

    assert refused == {
        "nobody": ("owner", "Alice Owner has left the board. Choose who owns it now."),
        "gone": ("owner", "Gus Gone has left the board. Choose who owns it now."),
        "foreign": ("owner", "Choose an owner who has a seat on this board."),
    }
    assert (a.owner, a.agency, a.due_version) == (w.dan, w.council, 2)
