"""Numbers that show impact: who sets and reads them, and what is refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from actions import audit, measures
from actions.models import Action, Event, Measure, Reading
from actions.refusals import Invalid, NotAllowed
from tests.actions.measures.measuring import BEFORE, EARLIER, by, commitment, corrected, lines, measured
from tests.factories import World, action, world

pytestmark = pytest.mark.django_db


# -- set and read -------------------------------------------------------------------------------------------


def test_a_number_is_set_and_read_and_each_step_is_a_line_of_the_trail(w: World, asked: Measure) -> None:
    reading = measures.read(asked, value=Decimal("62.5"), on=EARLIER, source="Second audit", **by(w))

    assert str(asked) == asked.name
    assert (asked.thing, asked.should_rise, str(reading)) == (
        Action.objects.get(),
        True,
        "62.5 on 2026-05-01",
    )
    assert lines(asked) == [
        ("measure", "Alice Owner", "Adults asked what they want", {"baseline": "41", "target": "90"}),
        (
            "read_measure",
            "Alice Owner",
            "Adults asked what they want: 62.5% (Second audit)",
            {"reading": reading.pk, "value": "62.5"},
        ),
    ]
    last = Event.objects.latest("seq")
    assert (last.action, last.on) == (asked.action, EARLIER)
    assert audit.verify(w.board) == []


def test_what_should_fall_has_a_lower_target(w: World) -> None:
    days = measured(w, name="Days until a worker is named", unit="days", target=Decimal("2.5"))

    assert (days.should_rise, days.target) == (False, Decimal("2.5"))


@pytest.mark.parametrize("what", ["action", "commitment", "priority"])
def test_an_action_a_recommendation_and_a_priority_are_measured(w: World, what: str) -> None:
    thing = {"action": action, "commitment": commitment, "priority": lambda w: w.priority}[what](w)

    made = measured(w, thing=thing, by=w.mo)

    assert {name: getattr(made, name) for name in ("action", "commitment", "priority")} == dict.fromkeys(
        ("action", "commitment", "priority")
    ) | {what: thing}
    assert made.thing == thing


def test_a_day_read_twice_keeps_both_on_the_trail(w: World, asked: Measure) -> None:
    first = measures.read(asked, value=Decimal(60), on=EARLIER, **by(w))

    measures.read(asked, value=Decimal(62), on=EARLIER, source="The log", **by(w, by=w.carol))

    reading = Reading.objects.get()
    assert (reading.pk, reading.value, reading.source, reading.by) == (
        first.pk,
        Decimal(62),
        "The log",
        w.carol,
    )
    assert lines(asked)[-1] == (
        "read_measure",
        "Carol Lead",
        "Adults asked what they want: 62% (The log)\nBefore: Adults asked what they want: 60%",
        {"reading": first.pk, "value": "62", "was": "60"},
    )


def test_the_same_sent_twice_is_kept_once(w: World, asked: Measure) -> None:
    measures.read(asked, value=Decimal(60), on=EARLIER, **by(w))
    before = Event.objects.count()

    again = measured(w, thing=asked.action)
    measures.read(asked, value=Decimal("60.00"), on=EARLIER, **by(w))

    assert (again, Measure.objects.count(), Reading.objects.count()) == (asked, 1, 1)
    assert Event.objects.count() == before


def test_a_reading_changes_nothing_that_is_open_on_the_action(w: World, asked: Measure) -> None:
    measures.read(asked, value=Decimal(60), on=EARLIER, **by(w))

    assert Action.objects.get().version == 1


# -- refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "words", "field"),
    [
        ({"name": " "}, "Say what is measured", "name"),
        ({"name": "x" * 201}, "within 200", "name"),
        ({"unit": "x" * 41}, "within 40", "unit"),
        ({"source": ""}, "where the number comes from", "source"),
        ({"baseline_on": date(2026, 6, 4)}, "today or before", "baseline_on"),
        ({"target": Decimal("41.00")}, "stands already", "target"),
        ({"target_on": BEFORE}, "lies after the baseline", "target_on"),
        ({"baseline": Decimal("41.005")}, "at most two decimals", "baseline"),
        ({"target": Decimal(10) ** 10}, "at most two decimals", "target"),
        ({"target": Decimal("NaN")}, "at most two decimals", "target"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_set(
    w: World, given: dict[str, Any], words: str, field: str
) -> None:
    thing = action(w)

    with pytest.raises(Invalid, match=words) as refused:
        measured(w, thing=thing, **given)

    assert (refused.value.field, Measure.objects.count(), Event.objects.count()) == (field, 0, 1)


def test_two_measures_of_one_thing_are_not_called_the_same(w: World, asked: Measure) -> None:
    with pytest.raises(Invalid, match="is measured here already") as refused:
        measured(w, thing=asked.action, name="adults ASKED what they want", target=Decimal(80))

    assert refused.value.field == "name"
    assert measured(w).name == asked.name  # of another action


@pytest.mark.parametrize(
    ("given", "words", "field"),
    [
        ({"on": date(2026, 6, 4)}, "today or before", "on"),
        ({"on": BEFORE}, "The baseline was read on 5 January 2026", "on"),
        ({"value": Decimal("0.001")}, "at most two decimals", "value"),
        ({"source": "x" * 201}, "within 200", "source"),
    ],
)
def test_what_cannot_be_a_reading_is_refused(
    w: World, asked: Measure, given: dict[str, Any], words: str, field: str
) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        measures.read(asked, **by(w, **{"value": Decimal(60), "on": EARLIER} | given))

    assert (refused.value.field, Reading.objects.count()) == (field, 0)


@pytest.mark.parametrize(
    ("what", "may"),
    [
        ("action", {"alice", "bob", "carol", "mo", "ingrid"}),
        ("commitment", {"carol", "mo", "ingrid"}),
        ("priority", {"mo", "ingrid"}),
    ],
)
def test_who_may_measure_what(w: World, what: str, may: set[str]) -> None:
    thing = {"action": action, "commitment": commitment, "priority": lambda w: w.priority}[what](w)
    made = measured(w, thing=thing, by=w.mo)

    def reads(who: str) -> bool:
        try:
            measures.read(made, value=Decimal(60), on=EARLIER, **by(w, by=getattr(w, who)))
        except NotAllowed:
            return False
        return True

    assert {who for who in ("alice", "bob", "carol", "dan", "mo", "ingrid") if reads(who)} == may


def test_another_boards_manager_measures_nothing_here(w: World, asked: Measure) -> None:
    other = world("mercia")

    for refused in (
        lambda: measured(w, thing=asked.action, by=other.mo),
        lambda: measures.read(asked, value=Decimal(1), on=EARLIER, **by(w, by=other.mo)),
        lambda: corrected(w, asked, by=other.mo, name="Theirs"),
    ):
        with pytest.raises(NotAllowed):
            refused()
