"""Keeps the numbers that show impact, and what was read of them. It judges nothing: a review does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from actions import access, trail
from actions.models import Action, Commitment, Measure, Priority, Reading, Seat
from actions.refusals import Invalid

Measured = Action | Commitment | Priority


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
    """From now on this number shows whether `thing` makes a difference. Whether it should rise, its target says."""
    access.check(by, "measure", thing)
    if not name.strip():
        raise Invalid("Say what is measured.", field="name")
    if not source.strip():
        raise Invalid("Say where the number comes from.", field="source")
    if baseline_on > today:
        raise Invalid("The baseline was read today or before.", field="baseline_on")
    if target == baseline:
        raise Invalid(
            "The target is where the number stands already. Say where it should go.", field="target"
        )
    if target_on and target_on <= baseline_on:
        raise Invalid("The target lies after the baseline.", field="target_on")
    made = Measure.objects.create(
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
    _append(made, "measure", by, today, made.name, {"baseline": str(baseline), "target": str(target)})
    return made


@transaction.atomic
def read(of: Measure, *, value: Decimal, on: date, by: Seat, today: date, source: str = "") -> Reading:
    """What the number was `on` a day. For a day that was read before, the new value stands and both are kept."""
    access.check(by, "measure", of.thing)
    if on > today:
        raise Invalid("A number is read today or before.", field="on")
    if on <= of.baseline_on:
        raise Invalid(f"The baseline was read on {of.baseline_on:%-d %B %Y}: choose a later day.", field="on")
    trail.lock_head(by.board)
    before = of.readings.filter(on=on).first()
    reading, _ = Reading.objects.update_or_create(
        measure=of, on=on, defaults={"board": by.board, "value": value, "source": source.strip(), "by": by}
    )
    was = {"was": str(before.value)} if before else {}
    _append(of, "read_measure", by, today, f"{of.name}: {value} {of.unit}".strip(), was, on)
    return reading


def _place(thing: Measured) -> str:
    return {Action: "action", Commitment: "commitment", Priority: "priority"}[type(thing)]


def _append(
    of: Measure, verb: str, by: Seat, today: date, words: str, detail: dict[str, str], on: date | None = None
) -> None:
    about = {"measure": of.pk, "priority": of.priority_id}
    entry = trail.Entry(verb, by, on or today, of.action, of.commitment, words=words, detail=detail | about)
    trail.append(by.board, [entry])
