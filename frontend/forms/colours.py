"""What the manager fills in to change a board's words, colours and rules: one form, looked at before it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from actions import colours
from actions.models import Seat
from actions.rag import COLOURS, LIMITS, Scheme
from actions.refusals import Invalid, Refused
from frontend.colours import ORDER, State, states
from frontend.saving import refused, seen_now

ASKED = {
    "red_after_meetings": (
        "Board meetings held since its date",
        "An action past its date by so many is long late.",
    ),
    "red_after_days": ("Or days past its date", "Where fewer board meetings than that were held."),
    "silent_after_days": (
        "Days without a word",
        "How long back a word still counts, for a subgroup without cut-offs for papers.",
    ),
}


class ColoursForm(forms.Form):
    use_required_attribute = False

    saw = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None = None, *, start: Scheme, by: Seat, today: date) -> None:
        self.by, self.today, self.start = by, today, start
        self.scheme = start
        super().__init__(data, initial=start.flat() | {"saw": colours.mark(by.board)})
        for key in ORDER:
            self.fields[f"words_{key}"] = forms.CharField(
                label="Words",
                error_messages={"required": "Give it words: a colour is never shown alone."},
            )
            self.fields[f"colour_{key}"] = forms.ChoiceField(
                label="Colour",
                choices=list(COLOURS.items()),
                error_messages={"required": "Choose a colour.", "invalid_choice": "Choose a colour."},
            )
        for name, (label, hint) in ASKED.items():
            self.fields[name] = _number(name, label, hint)
        self.fields["off_track_is_red"] = forms.BooleanField(
            label="The owner’s word “off track” makes it so too", required=False
        )

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            try:
                self.scheme = colours.checked(Scheme.of(self.cleaned_data))
            except Invalid as refusal:
                self.add_error(refusal.field, refusal.message)
        return self.cleaned_data

    def save(self) -> None:
        colours.set_colours(self.scheme, by=self.by, today=self.today, saw=self.cleaned_data["saw"])

    def refuse(self, refusal: Refused) -> int:
        """Puts a refusal where it belongs. After another's save, the next is made on what stands now."""
        if (status := refused(self, refusal)) != 409:
            return status
        self.by.board.refresh_from_db(fields=["colours"])
        seen_now(self, "saw", colours.mark(self.by.board))
        return 409

    @property
    def mark(self) -> str:
        """Of what is filled in: a save is of what was looked at, and of nothing else."""
        return colours.mark_of(self.scheme)

    def lines(self) -> Iterator[tuple[State, BoundField, BoundField]]:
        for state in states(self.by.board.scheme):
            yield state, self[f"words_{state.key}"], self[f"colour_{state.key}"]

    def rules(self) -> list[BoundField]:
        return [self[name] for name in (*ASKED, "off_track_is_red")]


def _number(name: str, label: str, hint: str) -> forms.IntegerField:
    least, most = LIMITS[name]
    said = f"Give a number from {least} to {most}."
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
    )
