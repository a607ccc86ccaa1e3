"""Fields for writing down what somebody else said: for whom, when it was said, and how it reached the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from actions import access, on_behalf
from actions.access import Behalf
from frontend.forms.rendering import DayField
from frontend.standing import who_may

if TYPE_CHECKING:
    from frontend.forms.steps import Step

FIELDS = ("on_behalf_of", "said_on", "how", "meeting")


def add_fields(form: Step) -> None:
    """For who may not use the verb, and may write it down for those who do."""
    form.people = {str(seat.pk): seat for seat in who_may(form.by, form.verb, form.action)}
    fields: Any = form.fields
    fields["on_behalf_of"] = forms.ChoiceField(
        label="On behalf of",
        choices=[("", "Choose a person"), *((pk, seat.name) for pk, seat in form.people.items())],
        help_text="Both names are kept, and that person hears of it.",
        error_messages={
            "required": "Choose the person whose words these are.",
            "invalid_choice": access.NOT_THEIRS,
        },
    )
    fields["said_on"] = DayField(label="Said on", initial=form.today)
    fields["how"] = forms.ChoiceField(
        label="How it reached you", choices=[("", "Choose"), *access.HOW.items()]
    )
    fields["meeting"] = forms.ModelChoiceField(
        _meetings(form), label="At which meeting", empty_label="Choose", required=form.verb == "sign_off"
    )
    form.order_fields([*FIELDS, *form.fields])


def _meetings(form: Step) -> Any:
    meetings = on_behalf.meetings(form.by, form.action, form.today)
    return meetings.select_related("subgroup", "board").order_by("-meets_on", "pk")


def behalf(form: Step) -> Behalf:
    kept = form.cleaned_data
    return Behalf(
        of=form.people[kept["on_behalf_of"]],
        said_on=kept["said_on"],
        how=kept["how"],
        meeting=kept["meeting"],
    )
