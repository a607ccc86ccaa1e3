"""A number that shows impact, what was read of it, and what of both was entered wrongly."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from actions import measures
from actions.measures import Measured
from actions.models import Measure, Reading, Seat
from frontend.forms.rendering import DayField
from frontend.forms.steps import sentences
from frontend.saving import seen_now

NUMBER = {
    "invalid": "Enter a number, such as 62 or 7.5.",
    "max_digits": "Enter a smaller number: at most ten digits before the point.",
    "max_whole_digits": "Enter a smaller number: at most ten digits before the point.",
    "max_decimal_places": "Round it to two decimals, such as 7.25.",
}


def number(label: str, missing: str, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-5"}),
        error_messages=NUMBER | {"required": missing},
        **more,
    )


class Numbered(forms.Form):
    name = forms.CharField(
        label="What is measured?",
        max_length=200,
        help_text="Such as: adults asked what they want to happen. No details that identify an adult.",
        error_messages={"required": "Say what is measured."},
    )
    unit = forms.CharField(
        label="In what unit?", max_length=40, required=False, help_text="Such as %, people, days."
    )
    source = forms.CharField(
        label="Where does the number come from?",
        max_length=200,
        error_messages={"required": "Say where the number comes from."},
    )
    baseline = number("Where did it stand?", "Say where it stood.", help_text="The baseline.")
    baseline_on = DayField(label="On which day?")
    target = number(
        "Where should it go?", "Say where it should go.", help_text="The target: higher or lower."
    )
    target_on = DayField(label="By when?", required=False)


class Add(Numbered):
    def save(self, thing: Measured, by: Seat, today: date) -> Measure:
        return measures.measure(thing, **self.cleaned_data, by=by, today=today)


class Reads(forms.Form):
    value = number("What is it now?", "Enter what was read.")
    on = DayField(label="Read on")
    source = forms.CharField(
        label="Where was it read?", max_length=200, required=False, help_text="If elsewhere than usual."
    )


class Read(Reads):
    def save(self, of: Measure, by: Seat, today: date) -> None:
        measures.read(of, **self.cleaned_data, by=by, today=today)


class Corrected(forms.Form):
    reason = sentences("What was wrong?", missing="Say what was wrong.", rows=2)
    saw = forms.CharField(max_length=16, widget=forms.HiddenInput)

    of: Measure

    def now_seen(self, of: Measure) -> None:
        seen_now(self, "saw", measures.mark(of))


class Correct(Numbered, Corrected):
    field_order = (*measures.FIELDS, "reason")

    def __init__(self, data: QueryDict | None = None, *, of: Measure) -> None:
        self.of = of
        stands = {name: plain(getattr(of, name)) for name in measures.FIELDS}
        super().__init__(data, initial=stands | {"saw": measures.mark(of)})

    def save(self, by: Seat, today: date) -> None:
        measures.correct(self.of, **self.cleaned_data, by=by, today=today)


class CorrectReading(Reads, Corrected):
    field_order = ("value", "on", "source", "reason")

    def __init__(self, data: QueryDict | None = None, *, of: Measure, reading: Reading) -> None:
        self.of, self.reading = of, reading
        stands = {name: plain(getattr(reading, name)) for name in ("value", "on", "source")}
        super().__init__(data, initial=stands | {"saw": measures.mark(of)})

    def save(self, by: Seat, today: date) -> None:
        measures.correct_reading(self.reading, **self.cleaned_data, by=by, today=today)


def plain(value: Any) -> Any:
    """As a person types it: 62, not 62.00."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value
