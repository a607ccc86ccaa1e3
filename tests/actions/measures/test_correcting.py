"""A measure or a reading that was entered wrongly is put right, and both values are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from actions import audit, measures
from actions.models import Measure, Reading
from actions.refusals import Changed, Invalid
from tests.actions.measures.measuring import BEFORE, EARLIER, by, corrected, lines
from tests.factories import TODAY, World

pytestmark = pytest.mark.django_db


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
