"""Signed off, and open again: with a cause, a new date, and nothing left of the sign-off."""

from datetime import date
from typing import Any

import pytest

from actions import leaving, progress
from actions.models import Action, Evidence
from actions.refusals import Changed, Invalid, NotAllowed
from tests.actions.progress.lives import LATER, continuing, done, line, now, signed_off
from tests.factories import TODAY, World

GIVEN: dict[str, Any] = {"cause": "evidence", "words": "The list was of another course", "due_on": LATER}


@pytest.mark.slow
@pytest.mark.parametrize("who", ["bob", "ingrid", "mo"])
@pytest.mark.parametrize("cause", progress.Cause.values)
def test_open_again_nothing_is_left_of_the_sign_off(w: World, who: str, cause: str) -> None:
    a = signed_off(w)

    progress.reopen(a, **GIVEN | {"cause": cause}, by=getattr(w, who), **now(a))

    assert (a.status, a.due_on, a.first_due_on, a.times_moved, a.due_version) == (
        "started",
        LATER,
        date(2026, 7, 1),
        1,
        2,
    )
    assert (a.done_on, a.signed_off_on, a.review_on, a.step_only, a.confidence) == (
        None,
        None,
        None,
        False,
        "",
    )
    assert list(Evidence.objects.values_list("words", "relied_on")) == [("List", False)]
    assert line(a) == {
        "verb": "reopen",
        "by": getattr(w, who),
        "status": "started",
        "words": "The list was of another course",
        "detail": {"cause": cause, "from": "2026-07-01", "to": "2026-08-01"},
    }


def test_its_colour_is_not_what_was_said_before(w: World) -> None:
    a = signed_off(w)
    progress.reopen(a, **GIVEN, by=w.bob, **now(a))
    calendar = w.board.calendar(TODAY)

    assert Action.objects.with_rag(calendar).values_list("rag", flat=True).get() == "silent"


def test_the_same_date_is_no_move(w: World) -> None:
    a = signed_off(w)

    progress.reopen(a, **GIVEN | {"due_on": date(2026, 7, 1)}, by=w.bob, **now(a))

    assert (a.due_on, a.times_moved) == (date(2026, 7, 1), 0)


def test_what_went_on_for_ever_gets_an_end(w: World) -> None:
    a = continuing(w)
    evidence = progress.attach(a, words="List", link="https://example.org/l", by=w.alice, **now(a))
    progress.finish(a, words="Done", done_on=TODAY, by=w.alice, **now(a))
    progress.sign_off(a, relied_on=[evidence], review_on=LATER, by=w.bob, **now(a))

    progress.reopen(a, **GIVEN, by=w.bob, **now(a))

    assert (a.continuing, a.look_again_on, a.due_on, a.first_due_on, a.due_precision) == (
        False,
        None,
        LATER,
        LATER,
        "day",
    )


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"cause": "mood"}, "cause", "Choose why it is opened again."),
        ({"words": " "}, "words", "Say what was found, so that the owner knows what to do."),
        ({"due_on": date(2026, 6, 2)}, "due_on", "Choose today or a later day."),
    ],
)
def test_it_needs_a_cause_words_and_a_day_ahead(
    w: World, given: dict[str, Any], field: str, words: str
) -> None:
    a = signed_off(w)
    version = a.version

    with pytest.raises(Invalid) as refused:
        progress.reopen(a, **GIVEN | given, by=w.bob, **now(a))

    assert (refused.value.field, refused.value.message) == (field, words)
    assert Action.objects.get().version == version


@pytest.mark.parametrize("who", ["alice", "carol", "dan"])
def test_owner_lead_and_member_do_not_open_again(w: World, who: str) -> None:
    a = signed_off(w)

    with pytest.raises(NotAllowed, match="It is for the board manager, independent chair or subgroup chair"):
        progress.reopen(a, **GIVEN, by=getattr(w, who), **now(a))


def test_what_is_not_signed_off_is_sent_back_and_not_opened_again(w: World) -> None:
    a = done(w)

    with pytest.raises(Changed, match="What is possible now: take back, sign off, send back, "):
        progress.reopen(a, **GIVEN, by=w.bob, **now(a))


def test_where_the_owner_has_left_meanwhile_somebody_else_is_named(w: World) -> None:
    a = signed_off(w)
    leaving.leave(w.alice, by=w.mo, today=TODAY)

    with pytest.raises(Invalid) as refused:
        progress.reopen(a, **GIVEN, by=w.bob, **now(a))
    progress.reopen(a, **GIVEN, owner=w.carol, by=w.bob, **now(a))

    assert (refused.value.field, refused.value.message) == (
        "owner",
        "Alice Owner has left the board. Choose who owns it now.",
    )
    assert (a.status, a.owner, a.agency, a.due_version) == ("started", w.carol, w.police, 2)
