"""Keeps the numbers that show impact, and what was read of them. It judges nothing: a review does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from actions import access, trail
from actions.models import Action, Commitment, Measure, Priority, Reading, Seat
from actions.refusals import Changed, Invalid

Measured = Action | Commitment | Priority

SENTENCES = {
    "name": 200,
    "unit": 40,
    "source": 200,
}  # how long each may be; old and new stand in a line's words
FIELDS = (*SENTENCES, "baseline", "baseline_on", "target", "target_on")
CALLED = {"name": "Name", "unit": "Unit", "value": "Value", "on": "Day", "source": "Source"}
CALLED |= {
    "baseline": "Baseline",
    "baseline_on": "Day of the baseline",
    "target": "Target",
    "target_on": "By when",
}
HIGHEST = Decimal(10) ** 10  # a number has ten digits before its point, two after it


@transaction.atomic
def measure(
    thing: Measured,
    *,
    name: str,
    source: str,
    baseline: Decimal,
    baseline_on: date,
    target: Decimal,
    by: Seat,
    today: date,
    unit: str = "",
    target_on: date | None = None,
) -> Measure:
    """From now on this number shows whether `thing` makes a difference. Whether it should rise, its target says.

    Asked for the same once more, it gives what stands: a form sent twice makes one.
    """
    access.check(by, "measure", thing)
    made = Measure(
        board=by.board,
        name=name.strip(),
        unit=unit.strip(),
        source=source.strip(),
        baseline=baseline,
        baseline_on=baseline_on,
        target=target,
        target_on=target_on,
        by=by,
        **{_place(thing): thing},
    )
    trail.lock_head(by.board)
    if (same := _same_name(made)) and _values(same) == _values(made):
        return same
    _refuse_unfit(made, today)
    made.save()
    detail = {"baseline": _plain(baseline), "target": _plain(target)}
    _append(made, "measure", by, today, made.name, detail)
    return made


@transaction.atomic
def read(of: Measure, *, value: Decimal, on: date, by: Seat, today: date, source: str = "") -> Reading:
    """What the number was `on` a day. For a day that was read before, the new value stands and both are kept."""
    access.check(by, "measure", of.thing)
    _refuse_reading(of, value, on, source, today)
    trail.lock_head(by.board)
    before = of.readings.filter(on=on).first()
    if before and (before.value, before.source) == (value, source.strip()):
        return before
    reading, _ = Reading.objects.update_or_create(
        measure=of, on=on, defaults={"board": by.board, "value": value, "source": source.strip(), "by": by}
    )
    detail = {"reading": reading.pk, "value": _plain(value)}
    words = _said(of, value, source)
    if before:
        detail |= {"was": _plain(before.value)}
        words += f"\nBefore: {_said(of, before.value, before.source)}"
    _append(of, "read_measure", by, today, words, detail, on)
    return reading


@transaction.atomic
def correct(of: Measure, *, reason: str, by: Seat, today: date, saw: str, **entered: Any) -> Measure:
    """`entered`: any of FIELDS, as it should have been. Both values are kept. `saw`: its mark as the person saw it."""
    access.check(by, "measure", of.thing)
    now = _as_seen(of, saw, by)
    given = {name: value.strip() if isinstance(value, str) else value for name, value in entered.items()}
    changed = {name: value for name, value in given.items() if getattr(now, name) != value}
    _refuse_idle(changed, reason)
    before = {name: getattr(now, name) for name in changed}
    for name, value in changed.items():
        setattr(now, name, value)
    _refuse_unfit(now, today)
    if early := now.readings.filter(on__lte=now.baseline_on).first():
        raise Invalid(
            f"It was read on {early.on:%-d %B %Y} already: the baseline lies before that.",
            field="baseline_on",
        )
    now.save()
    _append(now, "correct_measure", by, today, _both(reason, before, changed), _numbers(before, changed))
    return now


@transaction.atomic
def correct_reading(
    reading: Reading, *, reason: str, value: Decimal, on: date, source: str, by: Seat, today: date, saw: str
) -> Reading:
    """What was entered wrongly of one reading, its day too. Both are kept. `saw`: the mark of its measure."""
    of = reading.measure
    access.check(by, "measure", of.thing)
    _as_seen(of, saw, by)
    now = of.readings.get(pk=reading.pk)
    given = {"value": value, "on": on, "source": source.strip()}
    changed = {name: one for name, one in given.items() if getattr(now, name) != one}
    _refuse_idle(changed, reason)
    _refuse_reading(of, value, on, source, today)
    if of.readings.filter(on=on).exclude(pk=now.pk).exists():
        raise Invalid(f"Another reading stands on {on:%-d %B %Y} already.", field="on")
    before = {name: getattr(now, name) for name in changed}
    for name, one in changed.items():
        setattr(now, name, one)
    now.save()
    detail = {"reading": now.pk} | _numbers(before, changed)
    _append(of, "correct_reading", by, today, _both(reason, before, changed), detail, on)
    return now


def spaced(unit: str, space: str = " ") -> str:
    """ "62%", "62 people"."""
    return unit if unit.startswith("%") else f"{space}{unit}" if unit else ""


def mark(of: Measure) -> str:
    """A short mark of all that stands of it, so that a correction made on something older is seen."""
    readings = sorted((one.on, one.value, one.source) for one in of.readings.all())
    stands = [_plain(value) for row in (_values(of), *readings) for value in row]
    return hashlib.sha256(json.dumps(stands).encode()).hexdigest()[:16]


def _as_seen(of: Measure, saw: str, by: Seat) -> Measure:
    """The row as it now stands, under the board's head, so that nobody changes it between the look and the save."""
    trail.lock_head(by.board)
    now = Measure.objects.get(pk=of.pk)
    if mark(now) != saw:
        raise Changed(
            "Somebody read or corrected this measure since you opened the page. Nothing of yours is lost: look at "
            "what stands now, then save again."
        )
    return now


def _refuse_unfit(one: Measure, today: date) -> None:
    """What holds of every measure, new or corrected."""
    if not one.name:
        raise Invalid("Say what is measured.", field="name")
    if not one.source:
        raise Invalid("Say where the number comes from.", field="source")
    for name, longest in SENTENCES.items():
        if len(getattr(one, name)) > longest:
            raise Invalid(f"Keep it within {longest} characters.", field=name)
    if _same_name(one):
        raise Invalid(
            f"“{one.name}” is measured here already. Add a reading to it, or say how this one differs.",
            field="name",
        )
    for name in ("baseline", "target"):
        _refuse_number(getattr(one, name), name)
    if one.baseline_on > today:
        raise Invalid("The baseline was read today or before.", field="baseline_on")
    if one.target == one.baseline:
        raise Invalid(
            "The target is where the number stands already. Say where it should go.", field="target"
        )
    if one.target_on and one.target_on <= one.baseline_on:
        raise Invalid("The target lies after the baseline.", field="target_on")


def _refuse_reading(of: Measure, value: Decimal, on: date, source: str, today: date) -> None:
    _refuse_number(value, "value")
    if on > today:
        raise Invalid("A number is read today or before.", field="on")
    if on <= of.baseline_on:
        raise Invalid(f"The baseline was read on {of.baseline_on:%-d %B %Y}: choose a later day.", field="on")
    if len(source.strip()) > SENTENCES["source"]:
        raise Invalid(f"Keep it within {SENTENCES['source']} characters.", field="source")


def _refuse_number(number: Decimal, field: str) -> None:
    if not number.is_finite() or abs(number) >= HIGHEST or number != round(number, 2):
        raise Invalid("Give a number with at most two decimals, such as 62 or 7.5.", field=field)


def _refuse_idle(changed: dict[str, Any], reason: str) -> None:
    if not reason.strip():
        raise Invalid("Say what was wrong.", field="reason")
    if not changed:
        raise Invalid("Nothing here differs from what stands. Change what was entered wrongly.")


def _same_name(one: Measure) -> Measure | None:
    """Another measure of the same thing that is called the same."""
    place = _place(one.thing)
    others = Measure.objects.filter(**{place: one.thing, "name__iexact": one.name})
    return others.exclude(pk=one.pk).first()


def _place(thing: Measured) -> str:
    return {Action: "action", Commitment: "commitment", Priority: "priority"}[type(thing)]


def _values(one: Measure) -> tuple[Any, ...]:
    return tuple(getattr(one, name) for name in FIELDS)


def _said(of: Measure, value: Decimal, source: str) -> str:
    words = f"{of.name}: {_plain(value)}{spaced(of.unit)}"
    return f"{words} ({source.strip()})" if source.strip() else words


def _both(reason: str, before: dict[str, Any], changed: dict[str, Any]) -> str:
    """For people to read; and every word of a person stands in the line's words alone, where it can be removed."""
    return "\n\n".join([reason.strip(), *_lines(before, changed)])


def _lines(before: dict[str, Any], changed: dict[str, Any]) -> Iterator[str]:
    for name, called in CALLED.items():
        if name in changed:
            was, now = (_shown(one[name]) for one in (before, changed))
            yield f"{called} was: {was}\nNow: {now}"


def _numbers(before: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    return {name: [_plain(before[name]), _plain(changed[name])] for name in changed if name not in SENTENCES}


def _plain(value: Any) -> Any:
    """ "62", "7.5", "2026-06-03": as the trail keeps it, whatever the column made of it."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    return "nothing" if value in (None, "") else str(_plain(value))


def _append(
    of: Measure, verb: str, by: Seat, today: date, words: str, detail: dict[str, Any], on: date | None = None
) -> None:
    about = {"measure": of.pk, "priority": of.priority_id}
    entry = trail.Entry(verb, by, on or today, of.action, of.commitment, words=words, detail=detail | about)
    trail.append(by.board, [entry])
