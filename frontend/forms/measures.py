"""A number that shows impact, and what was read of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from actions import measures
from actions.measures import Measured
from actions.models import Measure, Seat
from frontend.forms.rendering import DayField

NUMBER = {"invalid": "Enter a number, such as 62 or 7.5."}


def number(label: str, missing: str, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-5"}),
        error_messages=NUMBER | {"required": missing},
        **more,
    )


class Add(forms.Form):
    name = forms.CharField(
        label="What is measured?",
        max_length=200,
        help_text="Such as: adults asked what they want to happen.",
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

    def save(self, thing: Measured, by: Seat, today: date) -> Measure:
        return measures.measure(thing, **self.cleaned_data, by=by, today=today)


class Read(forms.Form):
    value = number("What is it now?", "Enter what was read.")
    on = DayField(label="Read on")
    source = forms.CharField(
        label="Where was it read?", max_length=200, required=False, help_text="If elsewhere than usual."
    )

    def save(self, of: Measure, by: Seat, today: date) -> None:
        measures.read(of, **self.cleaned_data, by=by, today=today)
