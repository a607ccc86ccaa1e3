"""What a machine needs to show where an action stands as the board does."""

from __future__ import annotations

import pytest

from actions import colours
from actions.models import Action
from actions.rag import BEGUN, STATES, Scheme
from tests.actions.api.client import api
from tests.factories import TODAY, World, action

pytestmark = pytest.mark.django_db


@pytest.fixture
def red(w: World) -> Action:
    """Long late, on a board with a word, a colour and a rule of its own."""
    flat = BEGUN.flat() | {"words_red": "Behind", "colour_red": "purple", "off_track_is_red": False}
    colours.set_colours(Scheme.of(flat), by=w.mo, today=TODAY, saw=colours.mark(w.board))
    one: Action = action(w)
    Action.objects.filter(pk=one.pk).update(due_on="2026-03-10")
    return one


def test_the_boards_words_colours_and_rules_are_read(w: World, red: Action) -> None:
    status, body = api(w.dan).get("colours/")

    assert status == 200
    assert [state["rag"] for state in body["states"]] == list(STATES)
    assert body["states"][2] == {"rag": "red", "colour": "purple", "words": "Behind"}
    assert body["rules"] == {
        "red_after_meetings": 2,
        "red_after_days": 28,
        "silent_after_days": 90,
        "off_track_is_red": False,
    }


@pytest.mark.parametrize("path", ["actions/", "actions/1/"])
def test_an_action_says_where_it_stands_in_them_and_why(w: World, red: Action, path: str) -> None:
    _, body = api(w.dan).get(path)
    row = body["results"][0] if "results" in body else body

    assert (row["rag"], row["rag_words"], row["rag_colour"]) == ("red", "Behind", "purple")
    assert row["rag_because"] == "past its date of 10 March 2026 by 85 days"


def test_nobody_sets_them_through_the_api(w: World) -> None:
    assert api(w.mo).post("colours/", words_red="Behind")[0] == 405


def test_what_the_figures_mean_is_said_by_the_boards_rules(w: World) -> None:
    flat = BEGUN.flat() | {"silent_after_days": 60}
    colours.set_colours(Scheme.of(flat), by=w.mo, today=TODAY, saw=colours.mark(w.board))

    _, body = api(w.dan).get("rollup/")

    assert "60 days where there are no meetings" in body["words"]["silent"]
