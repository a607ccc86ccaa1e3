"""Fields for writing down what somebody else said: for whom, when it was said, and how it reached the office."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q

from actions import access
from actions.access import Behalf
from actions.models import Meeting
from frontend.forms.rendering import DayField
from frontend.standing import who_may

if TYPE_CHECKING:
    from frontend.forms.steps import Step

FIELDS = ("on_behalf_of", "said_on", "how", "meeting")
MEETINGS_SINCE = timedelta(days=180)


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
            "invalid_choice": "Choose one of those who may do this.",
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
    meetings = Meeting.objects.visible_to(form.by).exclude(state=Meeting.State.CANCELLED)
    recent = meetings.filter(meets_on__range=(form.today - MEETINGS_SINCE, form.today))
    own = recent.filter(Q(subgroup=form.action.subgroup_id) | Q(subgroup__isnull=True))
    return own.select_related("subgroup", "board").order_by("-meets_on", "pk")


def check(form: Step) -> None:
    """What is said in a meeting is said in one that has a name."""
    if form.cleaned_data.get("how") == "meeting" and not form.cleaned_data.get("meeting"):
        form.add_error("meeting", "Name the meeting.")


def behalf(form: Step) -> Behalf:
    kept = form.cleaned_data
    return Behalf(
        of=form.people[kept["on_behalf_of"]],
        said_on=kept["said_on"],
        how=kept["how"],
        meeting=kept["meeting"],
    )
