"""The two hands of one rule: what SQL says of many actions, and what is said in words of one."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from actions import rollup
from actions.because import Because, explain
from actions.models import Action, Status
from actions.rag import STATES, Calendar, Rules
from tests.factories import TODAY, World, action, world

pytestmark = pytest.mark.django_db

BOARDS = 40
ACTIONS = 120


def some_day(dice: random.Random) -> date:
    """Near the edges more often than far from them."""
    return TODAY + timedelta(days=dice.choice([0, 1, -1, -28, -29, -90, -91, dice.randint(-400, 60)]))


def some_action(dice: random.Random, w: World, number: int) -> Action:
    status = dice.choice(Status.values)
    continuing = dice.random() < 0.1
    day = some_day(dice)
    return Action(
        board=w.board,
        number=number,
        title="Some action",
        status=status,
        owner=w.alice,
        subgroup=dice.choice([None, w.subgroup]),
        start_on=dice.choice([None, some_day(dice)]),
        planned_on=TODAY - timedelta(days=400),
        due_on=None if continuing else day,
        first_due_on=None if continuing else day,
        continuing=continuing,
        look_again_on=some_day(dice) if continuing or status == Status.ON_HOLD else None,
        confidence=dice.choice(["", "on_track", "at_risk", "off_track"]),
        said_on=dice.choice([None, some_day(dice)]),
        done_on=day,
        signed_off_on=TODAY,
        withdrawal="overtaken" if status == Status.WITHDRAWN else "",
    )


def some_calendar(dice: random.Random, w: World) -> Calendar:
    held = sorted({some_day(dice) for _ in range(dice.randint(0, 5))}, reverse=True)
    groups = [group for group in (None, w.subgroup.pk) if dice.random() < 0.6]
    cut_offs = {
        group: tuple(sorted((some_day(dice) for _ in range(dice.randint(1, 2))), reverse=True))
        for group in groups
    }
    rules = Rules(
        red_after_meetings=dice.randint(1, 4),
        red_after_days=dice.choice([1, 28, 90]),
        silent_after_days=dice.choice([7, 90]),
        off_track_is_red=dice.random() < 0.5,
    )
    return Calendar(TODAY, tuple(day for day in held if day <= TODAY), cut_offs, rules)


@pytest.mark.slow
def test_the_words_of_one_action_and_the_sql_of_many_say_the_same_of_thousands_of_them() -> None:
    dice, w = random.Random(20260603), world()
    Action.objects.bulk_create(some_action(dice, w, number) for number in range(1, ACTIONS + 1))
    calendars = [some_calendar(dice, w) for _ in range(BOARDS)]

    apart: list[tuple[str, str, Calendar]] = []
    seen: set[str] = set()
    for calendar in calendars:
        for one in Action.objects.filter(board=w.board).with_rag(calendar):
            said = explain(one, calendar)
            seen.add(said.key)
            if said.key != one.rag:
                apart.append((said.key, one.rag, calendar))

    assert apart == []
    assert seen == {*STATES, "none"}


def test_the_figures_count_by_the_same_rules() -> None:
    dice, w = random.Random(7), world()
    Action.objects.bulk_create(some_action(dice, w, number) for number in range(1, ACTIONS + 1))
    counted = Action.objects.filter(board=w.board).counted()

    for calendar in [some_calendar(dice, w) for _ in range(10)]:
        (figures,) = rollup.figures(Action.objects.filter(board=w.board), calendar)
        found = [explain(one, calendar).key for one in counted]

        assert figures.colours == {key: found.count(key) for key in STATES}


def told(**changes: object) -> Because:
    w = world()
    one = action(w)
    Action.objects.filter(pk=one.pk).update(**changes)
    one.refresh_from_db()
    return explain(one, Calendar(TODAY, (date(2026, 5, 20), date(2026, 3, 11)), {None: (date(2026, 5, 6),)}))


@pytest.mark.parametrize(
    ("changes", "key", "words"),
    [
        (
            {"due_on": date(2026, 5, 22)},
            "amber",
            "past its date of 22 May 2026 by 12 days, not yet by two board meetings",
        ),
        (
            {"due_on": date(2026, 3, 10)},
            "red",
            "past its date of 10 March 2026 by 85 days and two board meetings held",
        ),
        (
            {"confidence": "off_track", "said_on": date(2026, 6, 1)},
            "red",
            "said to be off track on 1 June 2026",
        ),
        (
            {"confidence": "at_risk", "said_on": date(2026, 6, 1)},
            "amber",
            "said to be at risk on 1 June 2026",
        ),
        (
            {"confidence": "on_track", "said_on": date(2026, 5, 7), "subgroup": None},
            "green",
            "said to be on track on 7 May 2026, since the last cut-off for papers, 6 May 2026",
        ),
        (
            {"confidence": "on_track", "said_on": date(2026, 5, 6), "subgroup": None},
            "silent",
            "not said to be on track since the last cut-off for papers, 6 May 2026; the last word is of 6 May 2026",
        ),
        ({}, "silent", "nothing was said of it yet"),
        (
            {"status": "on_hold", "look_again_on": date(2026, 7, 1)},
            "waiting",
            "on hold, to be looked at again on 1 July 2026",
        ),
        ({"start_on": date(2026, 6, 4)}, "waiting", "not to begin before 4 June 2026"),
        ({"status": "withdrawn"}, "none", "withdrawn"),
    ],
)
def test_the_first_rule_that_holds_says_why(changes: dict[str, object], key: str, words: str) -> None:
    said = told(**changes)

    assert (said.key, said.words) == (key, words)
    assert [rule.key for rule in said.agenda if rule.first] == [key]


def test_a_later_rule_that_holds_too_is_not_the_first() -> None:
    said = told(due_on=date(2026, 3, 10), confidence="at_risk", said_on=date(2026, 6, 1))

    assert [(rule.key, rule.holds, rule.first) for rule in said.agenda] == [
        ("complete", False, False),
        ("awaiting", False, False),
        ("none", False, False),
        ("waiting", False, False),
        ("red", True, True),
        ("amber", True, False),
        ("green", False, False),
        ("silent", False, False),
    ]
