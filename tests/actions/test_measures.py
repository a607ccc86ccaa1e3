"""Numbers that show impact: who sets and reads them, what is refused, what is kept of a slip, what can be destroyed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from actions import audit, boards, kept, measures, redaction
from actions.models import Action, Commitment, Event, Measure, Reading, Source
from actions.refusals import Changed, Invalid, NotAllowed
from tests.actions.test_redaction import SECRET, holding
from tests.factories import TODAY, World, action, source, world

pytestmark = pytest.mark.django_db

BEFORE, EARLIER = date(2026, 1, 5), date(2026, 5, 1)
ASKED: dict[str, Any] = {
    "name": "Adults asked what they want",
    "unit": "%",
    "source": "Audit of 40 records",
    "baseline": Decimal(41),
    "baseline_on": BEFORE,
    "target": Decimal(90),
}


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def asked(w: World) -> Measure:
    """Of Alice's action: from 41% towards 90%."""
    return measured(w)


def measured(w: World, **given: Any) -> Measure:
    return measures.measure(given.pop("thing", None) or action(w), **by(w, **ASKED | given))


def by(w: World, **given: Any) -> dict[str, Any]:
    return {"by": w.alice, "today": TODAY} | given


def commitment(w: World, **given: Any) -> Commitment:
    about = {"kind": "recommendation", "words": "Ask every adult", "agency": w.police, "priority": w.priority}
    return Commitment.objects.create(board=w.board, number=1, **{"source": source(w)} | about | given)


def lines(measure: Measure) -> list[tuple[str, str, str | None, dict[str, Any]]]:
    """The trail about it, the earliest first."""
    found = Event.objects.filter(detail__measure=measure.pk).select_related("by").order_by("seq")
    about = ("measure", "priority")
    return [
        (e.verb, e.by.name, e.words, {k: v for k, v in e.detail.items() if k not in about})
        for e in found
        if e.by
    ]


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


# -- corrected ----------------------------------------------------------------------------------------------


def corrected(w: World, measure: Measure, **given: Any) -> Measure:
    saw = given.pop("saw", None) or measures.mark(measure)
    return measures.correct(measure, saw=saw, **by(w, **{"reason": "Slip"} | given))


def test_a_measure_entered_wrongly_is_put_right_and_both_values_are_kept(w: World, asked: Measure) -> None:
    corrected(w, asked, by=w.carol, name="Adults heard", baseline=Decimal("14.5"), target_on=date(2027, 1, 1))

    now = Measure.objects.get()
    assert (now.name, now.baseline, now.target, now.target_on, now.by) == (
        "Adults heard",
        Decimal("14.5"),
        Decimal(90),
        date(2027, 1, 1),
        w.alice,
    )
    assert lines(asked)[-1] == (
        "correct_measure",
        "Carol Lead",
        "Slip\n\nName was: Adults asked what they want\nNow: Adults heard\n\nBaseline was: 41\nNow: 14.5\n\n"
        "By when was: nothing\nNow: 1 January 2027",
        {"baseline": ["41", "14.5"], "target_on": [None, "2027-01-01"]},
    )
    assert audit.verify(w.board) == []


def test_a_reading_entered_wrongly_is_put_right_its_day_too(w: World, asked: Measure) -> None:
    reading = measures.read(asked, value=Decimal(26), on=date(2026, 5, 11), **by(w))

    measures.correct_reading(
        reading,
        value=Decimal(62),
        on=date(2026, 5, 1),
        source="",
        **by(w, reason="Typed backwards", saw=measures.mark(asked)),
    )

    now = Reading.objects.get()
    assert (now.pk, now.value, now.on) == (reading.pk, Decimal(62), date(2026, 5, 1))
    assert lines(asked)[-1] == (
        "correct_reading",
        "Alice Owner",
        "Typed backwards\n\nValue was: 26\nNow: 62\n\nDay was: 11 May 2026\nNow: 1 May 2026",
        {"reading": reading.pk, "value": ["26", "62"], "on": ["2026-05-11", "2026-05-01"]},
    )


@pytest.mark.parametrize(
    ("given", "words", "field"),
    [
        ({"reason": " "}, "what was wrong", "reason"),
        ({}, "Nothing here differs", ""),
        ({"name": " Adults asked what they want "}, "Nothing here differs", ""),
        ({"name": ""}, "Say what is measured", "name"),
        ({"target": Decimal(41)}, "stands already", "target"),
        ({"baseline_on": EARLIER}, "It was read on 1 May 2026 already", "baseline_on"),
    ],
)
def test_a_correction_says_why_and_changes_something_that_can_be(
    w: World, asked: Measure, given: dict[str, Any], words: str, field: str
) -> None:
    measures.read(asked, value=Decimal(60), on=EARLIER, **by(w))
    before = measures.mark(asked)

    with pytest.raises(Invalid, match=words) as refused:
        corrected(w, asked, **given)

    assert (refused.value.field, measures.mark(Measure.objects.get())) == (field, before)


@pytest.mark.parametrize(
    ("given", "words", "field"),
    [
        ({"reason": ""}, "what was wrong", "reason"),
        ({}, "Nothing here differs", ""),
        ({"on": BEFORE}, "The baseline was read", "on"),
        ({"on": TODAY}, "Another reading stands on 3 June 2026", "on"),
    ],
)
def test_so_does_a_correction_of_a_reading(
    w: World, asked: Measure, given: dict[str, Any], words: str, field: str
) -> None:
    reading = measures.read(asked, value=Decimal(60), on=EARLIER, **by(w))
    measures.read(asked, value=Decimal(70), on=TODAY, **by(w))
    as_it_was = {"value": Decimal(60), "on": EARLIER, "source": "", "reason": "Slip"}

    with pytest.raises(Invalid, match=words) as refused:
        measures.correct_reading(reading, **by(w, saw=measures.mark(asked), **as_it_was | given))

    assert (refused.value.field, Reading.objects.get(pk=reading.pk).on) == (field, EARLIER)


def test_who_corrects_second_sees_what_stands_first(w: World, asked: Measure) -> None:
    reading = measures.read(asked, value=Decimal(60), on=EARLIER, **by(w))
    saw = measures.mark(asked)
    corrected(w, asked, name="Adults heard", saw=saw)

    with pytest.raises(Changed, match="since you opened the page"):
        corrected(w, asked, name="Adults asked", saw=saw)
    with pytest.raises(Changed, match="since you opened the page"):
        measures.correct_reading(
            reading, value=Decimal(61), on=EARLIER, source="", **by(w, reason="Slip", saw=saw)
        )

    assert (Measure.objects.get().name, Reading.objects.get().value) == ("Adults heard", Decimal(60))


# -- seen, kept, destroyed ----------------------------------------------------------------------------------


def test_it_is_as_closed_as_what_it_measures(w: World) -> None:
    s = source(w)
    kept_back = commitment(w, source=s)
    closed = action(w, commitments=(kept_back,), subgroup=None)
    for thing in (closed, kept_back, w.priority):
        made = measured(w, thing=thing, by=w.mo)
        measures.read(made, value=Decimal(50), on=EARLIER, **by(w, by=w.mo))
    Source.objects.filter(pk=s.pk).update(restricted=True, subgroup=w.subgroup)

    def sees(who: str) -> tuple[set[str], int]:
        seen = Measure.objects.visible_to(getattr(w, who))
        names = ("action", "commitment", "priority")
        found = {name for one in seen for name in names if getattr(one, f"{name}_id")}
        return found, Reading.objects.visible_to(getattr(w, who)).count()

    everything = ({"action", "commitment", "priority"}, 3)
    assert {who: sees(who) for who in ("mo", "ingrid", "bob", "carol", "alice", "dan")} == {
        "mo": everything,
        "ingrid": everything,
        "bob": everything,  # chairs the subgroup that watches over it
        "carol": everything,  # leads the agency asked
        "alice": everything,  # owns what answers it
        "dan": ({"priority"}, 1),
    }
    assert not Measure.objects.visible_to(world("mercia").mo).exists()


def test_of_what_is_no_commitment_any_more_nothing_is_shown(w: World) -> None:
    put_back = commitment(w)
    measured(w, thing=put_back, by=w.mo)

    Commitment.objects.update(taken_back=True)

    assert not Measure.objects.visible_to(w.mo).exists()


def test_a_priority_that_is_measured_is_in_use_and_stays(w: World) -> None:
    measured(w, thing=w.priority, by=w.mo)

    with pytest.raises(Invalid, match="in use: 1 measure"):
        boards.remove(w.priority, by=w.mo, today=TODAY, saw=kept.mark(w.priority))


def one_line(verb: str) -> Callable[[World, Measure], None]:
    def remove(w: World, measure: Measure) -> None:
        line = Event.objects.filter(verb=verb, board=w.board).latest("seq")
        redaction.line(line, by=w.mo, reason="Named the adult", today=TODAY)

    return remove


def itself(w: World, measure: Measure) -> None:
    redaction.measure(measure, by=w.mo, reason="Named the adult", today=TODAY)


@pytest.mark.parametrize("what", ["action", "commitment", "priority"])
@pytest.mark.parametrize(
    "remove",
    [
        itself,
        one_line("measure"),
        one_line("read_measure"),
        one_line("correct_measure"),
        one_line("correct_reading"),
    ],
)
def test_words_that_name_an_adult_go_wherever_they_stand_and_the_numbers_stay(
    w: World, what: str, remove: Callable[[World, Measure], None]
) -> None:
    thing = {"action": action, "commitment": commitment, "priority": lambda w: w.priority}[what](w)
    made = measured(w, thing=thing, by=w.mo, name=f"{SECRET} asked", unit=SECRET, source=f"File of {SECRET}")
    reading = measures.read(
        made, value=Decimal(60), on=EARLIER, source=f"Visit to {SECRET}", **by(w, by=w.mo)
    )
    corrected(w, made, by=w.mo, name="Adults asked", reason=f"{SECRET} is named")
    measures.correct_reading(
        reading,
        value=Decimal(61),
        on=EARLIER,
        source="Visit",
        **by(w, by=w.mo, reason=f"Not {SECRET}", saw=measures.mark(Measure.objects.get())),
    )

    remove(w, made)

    now, reading = Measure.objects.get(), Reading.objects.get()
    gone = "Removed by Mo Manager on 3 June 2026: Named the adult"
    assert (now.name, now.unit, now.source, reading.source) == (gone, "", gone, gone)
    assert (now.baseline, now.target, reading.value) == (Decimal(41), Decimal(90), Decimal(61))
    assert holding(SECRET) == []
    assert audit.verify(w.board) == []


def test_afterwards_it_gets_a_new_name_that_a_removed_reason_does_not_take_away(w: World) -> None:
    made = measured(w, name=SECRET)
    itself(w, made)
    now = corrected(w, Measure.objects.get(), name="Adults asked", source="Audit", unit="%")

    redaction.line(
        Event.objects.filter(verb="redact").latest("seq"), by=w.mo, reason="Said too much", today=TODAY
    )

    now.refresh_from_db()
    assert (now.name, now.unit, now.source) == ("Adults asked", "%", "Audit")


def test_the_words_of_another_measure_stay(w: World, asked: Measure) -> None:
    other = measured(w, thing=asked.action, name="Adults heard")

    itself(w, asked)

    other.refresh_from_db()
    assert (other.name, lines(other)[0][2]) == ("Adults heard", "Adults heard")
