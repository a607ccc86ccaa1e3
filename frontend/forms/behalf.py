"""Fields for writing down what somebody else said: for whom, when it was said, and how it reached the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from actions import access, on_behalf, progress
from actions.access import Behalf
from frontend.forms.rendering import DayField
from frontend.standing import who_may

if TYPE_CHECKING:
    from frontend.forms.steps import Step

FIELDS = ("on_behalf_of", "said_on", "how", "meeting")


def add_fields(form: Step, *, needed: bool = True) -> None:
    """For who may write it down for those who may use the verb; not `needed` where it may be their own word, too."""
    others = [seat for seat in who_may(form.by, form.verb, form.action) if seat.pk != form.by.pk]
    form.people = {str(seat.pk): seat for seat in others}
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
    if needed:
        form.order_fields([*FIELDS, *form.fields])
        return
    for name in FIELDS:
        fields[name].required = False
        if name != "on_behalf_of":
            fields[name].widget.attrs["data-only"] = "another"
    fields["on_behalf_of"].choices = [
        ("", "Nobody: it is my own"),
        *((pk, s.name) for pk, s in form.people.items()),
    ]


def how_far(form: Step, may: str) -> str:
    """Of a new date: how far this seat may move it itself; nothing where it may choose any."""
    last = progress.may_grant_until(form.by, form.action)
    if last is None:
        return ""
    if last < form.today:
        return "That is for the chair now: say below for whom you write it down."
    return f"{may} until {last:%-d %B %Y}. Longer is for the chair: say below for whom you write it down."


def check_whole(form: Step) -> None:
    """Of fields that are not needed: all of them or none. The day stands there before anybody is chosen."""
    kept = form.cleaned_data
    if kept.get("on_behalf_of"):
        for name in ("said_on", "how"):
            if not kept.get(name) and name not in form.errors:
                form.add_error(name, forms.Field.default_error_messages["required"])
    elif (kept.get("how") or kept.get("meeting")) and "on_behalf_of" not in form.errors:
        form.add_error("on_behalf_of", "Choose the person whose words these are.")


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
