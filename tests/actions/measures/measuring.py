"""Measures that are set, read or corrected, each by way of the verbs; and what the trail says about one."""

from datetime import date
from decimal import Decimal
from typing import Any

from actions import measures
from actions.models import Commitment, Event, Measure
from tests.factories import TODAY, World, action, source

BEFORE, EARLIER = date(2026, 1, 5), date(2026, 5, 1)
ASKED: dict[str, Any] = {
    "name": "Adults asked what they want",
    "unit": "%",
    "source": "Audit of 40 records",
    "baseline": Decimal(41),
    "baseline_on": BEFORE,
    "target": Decimal(90),
}


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


def corrected(w: World, measure: Measure, **given: Any) -> Measure:
    saw = given.pop("saw", None) or measures.mark(measure)
    return measures.correct(measure, saw=saw, **by(w, **{"reason": "Slip"} | given))
