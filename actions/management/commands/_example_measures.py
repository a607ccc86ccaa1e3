"""Measures of the example board and what was read of them. Data, and the verbs that keep it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from actions import measures
from actions.management.commands._example_play import Example, Happening
from actions.models import Action, Measure


@dataclass(frozen=True)
class Number:
    """Of a priority by its number, or of an action by its title. Days are counted from today."""

    of: int | str
    name: str
    unit: str
    source: str
    baseline: tuple[int, str]
    target: tuple[int, str]
    set_on: int
    readings: tuple[tuple[int, str], ...]


NUMBERS = (
    Number(
        1,
        "Adults who say at closing that they were heard",
        "%",
        "The question at closing of an enquiry, quarterly",
        baseline=(-330, "54"),
        target=(330, "80"),
        set_on=-320,
        readings=((-248, "58"), (-156, "66"), (-64, "71")),
    ),
    Number(
        "Agree who calls the agencies together when an adult declines help",
        "Agencies met within ten working days",
        "%",
        "Audit of 40 self-neglect records",
        baseline=(-310, "38"),
        target=(90, "85"),
        set_on=-295,
        readings=((-150, "61"), (-58, "74"), (-9, "82")),
    ),
)


def happenings(example: Example) -> list[Happening]:
    set_up: list[Happening] = [(one.set_on, partial(_set, example, one)) for one in NUMBERS]
    return set_up + [
        (day, partial(_read, example, one, day, value)) for one in NUMBERS for day, value in one.readings
    ]


def _set(example: Example, one: Number) -> None:
    thing = example.priorities[one.of] if isinstance(one.of, int) else _action(example, one.of)
    measures.measure(
        thing,
        name=one.name,
        unit=one.unit,
        source=one.source,
        baseline=Decimal(one.baseline[1]),
        baseline_on=example.on(one.baseline[0]),
        target=Decimal(one.target[1]),
        target_on=example.on(one.target[0]),
        by=example.manager,
        today=example.on(one.set_on),
    )


def _read(example: Example, one: Number, day: int, value: str) -> None:
    of = Measure.objects.get(board=example.board, name=one.name)
    on = example.on(day)
    measures.read(of, value=Decimal(value), on=on, by=example.manager, today=on)


def _action(example: Example, title: str) -> Action:
    return Action.objects.get(board=example.board, title=title)
