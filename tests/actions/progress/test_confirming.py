"""Continuing work still happens: its owner says so, and the next look rolls on."""

from datetime import date, timedelta
from typing import Any

import pytest

from actions import progress
from actions.access import Behalf
from actions.models import Action, Evidence
from actions.refusals import Changed, Invalid, NotAllowed
from tests.actions.progress.lives import continuing, done, line, now
from tests.factories import TODAY, World, action

NEXT = date(2026, 12, 1)
GIVEN: dict[str, Any] = {"words": "In every briefing", "look_again_on": NEXT}


def confirmed(a: Action) -> tuple[Any, ...]:
    return a.status, a.look_again_on, a.confirmed_on, a.confirmed_in_time, a.said_on


def test_the_next_look_rolls_on_and_what_shows_it_is_evidence(w: World) -> None:
    a = continuing(w)

    progress.confirm(a, **GIVEN, link="https://example.org/minutes", by=w.alice, **now(a))

    assert confirmed(a) == ("planned", NEXT, TODAY, True, TODAY)
    assert line(a) == {
        "verb": "confirm",
        "by": w.alice,
        "status": "planned",
        "words": "In every briefing",
        "detail": {"from": "2026-06-10", "to": "2026-12-01"},
    }
    assert list(Evidence.objects.values_list("words", "link", "by", "shows")) == [
        ("In every briefing", "https://example.org/minutes", w.alice.pk, "completion")
    ]


def test_what_still_happens_is_on_track_whatever_was_said_before(w: World) -> None:
    a = continuing(w)
    progress.update(a, confidence="off_track", words="Two months missed", by=w.alice, **now(a))

    progress.confirm(a, **GIVEN, by=w.alice, **now(a))

    coloured = Action.objects.with_rag(w.board.calendar(TODAY)).get()
    assert (coloured.confidence, coloured.rag) == ("on_track", "green")


def test_a_word_of_an_earlier_day_does_not_take_back_what_was_said_last(w: World) -> None:
    a = continuing(w)
    progress.update(a, confidence="off_track", words="It has stopped", by=w.alice, **now(a))

    earlier = Behalf(of=w.alice, said_on=TODAY - timedelta(days=2), how="phone")
    progress.confirm(a, **GIVEN, by=w.mo, **now(a), behalf=earlier)

    assert (a.confidence, a.said_on, a.look_again_on) == ("off_track", TODAY, GIVEN["look_again_on"])


def test_without_a_link_there_is_no_evidence_but_the_owners_word(w: World) -> None:
    a = continuing(w)

    progress.confirm(a, **GIVEN, by=w.alice, **now(a))

    assert not Evidence.objects.exists()


@pytest.mark.parametrize(("said_on", "in_time"), [(date(2026, 6, 10), True), (date(2026, 6, 11), False)])
def test_by_the_day_it_was_said_it_is_in_time_or_late(w: World, said_on: date, in_time: bool) -> None:
    a = continuing(w)
    behalf = Behalf(of=w.alice, said_on=said_on, how="mail")

    progress.confirm(a, **GIVEN, behalf=behalf, by=w.mo, version=1, today=date(2026, 6, 12))

    assert confirmed(a) == ("planned", NEXT, said_on, in_time, said_on)


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"words": " "}, "words", "Say how you know that it still happens."),
        ({"look_again_on": TODAY}, "look_again_on", "The next look lies in the future: choose a later day."),
    ],
)
def test_it_needs_words_and_a_look_ahead(w: World, given: dict[str, Any], field: str, words: str) -> None:
    a = continuing(w)

    with pytest.raises(Invalid) as refused:
        progress.confirm(a, **GIVEN | given, by=w.alice, **now(a))

    assert (refused.value.field, refused.value.message) == (field, words)


def test_what_has_an_end_is_not_confirmed(w: World) -> None:
    a = action(w)

    with pytest.raises(Invalid) as refused:
        progress.confirm(a, **GIVEN, by=w.alice, **now(a))

    assert (
        refused.value.message == "Only continuing work is confirmed. Say that it is done, or how it stands."
    )


@pytest.mark.parametrize("who", ["bob", "carol", "dan", "ingrid", "mo"])
def test_only_the_owner_confirms(w: World, who: str) -> None:
    a = continuing(w)

    with pytest.raises(NotAllowed, match=r"It is for the action owner\.$"):
        progress.confirm(a, **GIVEN, by=getattr(w, who), **now(a))


def test_what_is_done_is_not_confirmed(w: World) -> None:
    a = done(w, due_on=None, look_again_on=NEXT)

    with pytest.raises(Changed, match="A-1 is “Done, awaiting check”, so this step does not fit"):
        progress.confirm(a, **GIVEN, by=w.alice, **now(a))
