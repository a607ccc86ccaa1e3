"""What is typed to set a measure; and measures that are set and read already."""

from datetime import date
from decimal import Decimal
from typing import Any

from actions import measures
from actions.measures import Measured
from actions.models import Commitment, Measure, Reading
from tests.factories import TODAY, World, source

BEFORE, EARLIER = date(2026, 1, 5), date(2026, 5, 1)
FILLED = {
    "name": "Adults <b>asked</b>",
    "unit": "%",
    "source": "Audit of 40 records",
    "baseline": "41",
    "baseline_on": "2026-01-05",
    "target": "90",
    "target_on": "",
}


def commitment(w: World, number: int = 1) -> Commitment:
    return Commitment.objects.create(
        board=w.board,
        number=number,
        source=source(w),
        kind="recommendation",
        words="Ask every adult",
        agency=w.police,
        priority=w.priority,
    )


def measured(w: World, thing: Measured, name: str = "Adults asked", **given: Any) -> Measure:
    about = {
        "unit": "%",
        "source": "Audit",
        "baseline": Decimal(41),
        "baseline_on": BEFORE,
        "target": Decimal(90),
    }
    return measures.measure(thing, name=name, **about | given, by=w.mo, today=TODAY)


def was(w: World, measure: Measure, value: float, on: date = EARLIER, **given: Any) -> Reading:
    return measures.read(measure, value=Decimal(str(value)), on=on, by=w.mo, today=TODAY, **given)
