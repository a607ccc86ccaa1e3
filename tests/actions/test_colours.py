"""A board's own words, colours and rules: who sets them, what they change, what the trail keeps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from actions import colours
from actions.models import Action, Board, Event
from actions.rag import BEGUN, Calendar, Rules, Scheme
from actions.refusals import Changed, Invalid, NotAllowed
from tests.factories import TODAY, World, action, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def scheme(**changes: Any) -> Scheme:
    return Scheme.of(BEGUN.flat() | changes)


def set_(w: World, **changes: Any) -> Board:
    return colours.set_colours(scheme(**changes), by=w.mo, today=TODAY, saw=colours.mark(w.board))


def rag_of(w: World, one: Action) -> str:
    shown: Any = Action.objects.with_rag(w.mo.calendar(TODAY)).get(pk=one.pk)
    return str(shown.rag)


def test_a_board_keeps_what_differs_and_the_trail_keeps_both(w: World) -> None:
    set_(w, words_red="Behind", colour_green="teal", red_after_days=42)

    board = Board.objects.get(pk=w.board.pk)
    assert board.colours == {
        "words": {"red": "Behind"},
        "colours": {"green": "teal"},
        "rules": {"red_after_days": 42},
    }
    line = Event.objects.get(board=board, verb="set_colours")
    assert line.by == w.mo
    assert line.detail == {
        "changed": {
            "words_red": ["Off track", "Behind"],
            "colour_green": ["green", "teal"],
            "red_after_days": [28, 42],
        }
    }


def test_the_same_again_leaves_no_line(w: World) -> None:
    set_(w, words_red="Behind")
    set_(w, words_red="  Behind ")

    assert Event.objects.filter(verb="set_colours").count() == 1


def test_another_boards_are_as_they_were(w: World) -> None:
    other = world("mercia")
    set_(w, words_red="Behind")

    assert Board.objects.get(pk=other.board.pk).scheme == BEGUN


def test_the_days_decide_what_is_long_late_where_no_meeting_was_held(w: World) -> None:
    late = action(w, due_on=TODAY - timedelta(days=30))
    assert rag_of(w, late) == "red"

    set_(w, red_after_days=42)

    assert rag_of(w, late) == "amber"


def test_the_owners_word_off_track_may_make_it_amber_alone(w: World) -> None:
    doubtful = action(w)
    Action.objects.filter(pk=doubtful.pk).update(confidence="off_track", said_on=TODAY)
    assert rag_of(w, doubtful) == "red"

    set_(w, off_track_is_red=False)

    assert rag_of(w, doubtful) == "amber"


def test_it_is_said_beforehand_how_many_actions_change(w: World) -> None:
    for days in (30, 35, 50):
        action(w, due_on=TODAY - timedelta(days=days))
    action(w)

    found = colours.moves(w.mo, Rules(red_after_days=42), TODAY)

    assert found == [("red", "amber", 2), ("red", "red", 1), ("silent", "silent", 1)]


def test_what_stood_before_can_be_had_again(w: World) -> None:
    assert colours.before_last_change(w.mo) is None
    set_(w, words_red="Behind", red_after_meetings=3)
    set_(w, words_red="Late", red_after_meetings=3)

    before = colours.before_last_change(w.mo)

    assert before == scheme(words_red="Behind", red_after_meetings=3)


def test_a_second_manager_does_not_write_over_the_first_unseen(w: World) -> None:
    seen = colours.mark(w.board)
    set_(w, words_red="Behind")

    with pytest.raises(Changed, match="What you chose is still here"):
        colours.set_colours(scheme(words_red="Late"), by=w.mo, today=TODAY, saw=seen)

    assert Board.objects.get(pk=w.board.pk).scheme["red"].words == "Behind"


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "dan", "ingrid"])
def test_nobody_but_the_manager_sets_them(w: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        colours.set_colours(BEGUN, by=getattr(w, who), today=TODAY, saw=colours.mark(w.board))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words_red": " "}, "words_red"),
        ({"words_red": "x" * 41}, "words_red"),
        ({"words_red": "on TRACK"}, "words_green"),
        ({"colour_red": "yellow"}, "colour_red"),
        ({"colour_red": "red;}"}, "colour_red"),
        ({"red_after_meetings": 0}, "red_after_meetings"),
        ({"red_after_days": 366}, "red_after_days"),
        ({"silent_after_days": 6}, "silent_after_days"),
    ],
)
def test_what_does_not_fit_is_refused_and_named(w: World, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        set_(w, **changes)

    assert refused.value.field == field
    assert Board.objects.get(pk=w.board.pk).colours == {}


def test_so_many_meetings_as_the_board_says(w: World) -> None:
    held = (date(2026, 5, 20), date(2026, 3, 11), date(2025, 12, 3))

    assert Calendar(TODAY, held, rules=Rules(red_after_meetings=3)).red_before == date(2025, 12, 3)
    assert Calendar(TODAY, held, rules=Rules(red_after_meetings=1)).red_before == date(2026, 5, 20)
    assert Calendar(TODAY, held, rules=Rules(red_after_meetings=4)).red_before == TODAY - timedelta(days=28)
