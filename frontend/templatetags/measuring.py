"""A measure in words and as a small line. No queries of its own: its readings come with it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from actions.measures import spaced
from actions.models import Measure

register = template.Library()
WIDTH, HEIGHT, EDGE = 300, 60, 6
NO_BREAK = "\N{NO-BREAK SPACE}"


@register.filter
def value(number: Decimal, measure: Measure) -> str:
    """ "62%", "7.5 days", never parted at a line's end."""
    return f"{number.normalize():f}{spaced(measure.unit, NO_BREAK)}"


@register.filter
def stands(measure: Measure) -> str:
    """ "62% on 3 June 2026, from 41% towards 90%"."""
    last = next(reversed(measure.readings.all()), None)
    way = f"from {value(measure.baseline, measure)} towards {value(measure.target, measure)}"
    if last is None:
        return f"{way}, not read since"
    return f"{value(last.value, measure)} on {last.on:%-d %B %Y}, {way}"


@register.inclusion_tag("frontend/measures/line.html")
def line(measure: Measure, size: str = "") -> dict[str, Any]:
    """Baseline and readings joined up, the target across. The table or the sentence beside it says the same."""
    points = [(measure.baseline_on, measure.baseline)]
    points += [(reading.on, reading.value) for reading in measure.readings.all()]
    values = [number for _, number in points] + [measure.target]
    lowest, span = min(values), (max(values) - min(values)) or Decimal(1)
    first, days = points[0][0], max(1, (points[-1][0] - points[0][0]).days)

    def y(number: Decimal) -> float:
        return round(HEIGHT - EDGE - float((number - lowest) / span) * (HEIGHT - 2 * EDGE), 1)

    def x(day: Any) -> float:
        return round(EDGE + (day - first).days / days * (WIDTH - 2 * EDGE), 1)

    drawn = [(x(day), y(number)) for day, number in points]
    return {
        "drawn": drawn if len(drawn) > 1 else [],
        "points": " ".join(f"{left},{top}" for left, top in drawn),
        "target": y(measure.target),
        "width": WIDTH,
        "height": HEIGHT,
        "said": stands(measure),
        "name": measure.name,
        "size": size,
    }
